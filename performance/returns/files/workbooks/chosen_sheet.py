"""Which sheet of a workbook is the return."""

from collections.abc import Iterable

from performance.returns.found import CannotRead, Found, error
from performance.wording import listed_briefly

RETURN = "return"
# What we put into a workbook beside the return: a template's guidance, and what was found in it.
OURS = ("guidance", "findings")


def chosen(names: Iterable[str]) -> str:
    """names: of the sheets that are visible. The one named Return, otherwise the only one that isn't
    ours. Raises CannotRead where there is none, or more than one."""
    visible = list(names)
    returns = [name for name in visible if _plain(name) == RETURN]
    others = [name for name in visible if _plain(name) not in OURS]
    found = returns or others
    if len(found) == 1:
        return found[0]
    if not found:
        sentence = "The workbook has no visible sheet for the return. Unhide the sheet with its table."
        raise CannotRead([error("no-sheet", sentence)])
    sheets = listed_briefly([f"'{name}'" for name in found])
    sentence = (
        f"The workbook has {len(found)} sheets, {sheets}, and only one is read. Name the one with the return "
        "'Return', or delete the others."
    )
    raise CannotRead([error("several-sheets", sentence)])


def _plain(name: str) -> str:
    return name.strip().casefold()


def hidden_sheet(name: str, how: str) -> Found:
    """how: it is hidden, in words."""
    return error("hidden-sheet", f"The sheet '{name}' is {how}. Unhide it if it is needed, or delete it.")
