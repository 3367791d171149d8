"""What a workbook may run, or take from elsewhere: nothing."""

from collections.abc import Iterable

from performance.returns.found import Found, error

# How the names of parts begin, in small letters.
MACROS = ("xl/vbaproject.bin", "xl/macrosheets/", "xl/activex/", "basic/", "scripts/")
LINKS = ("xl/externallinks/", "xl/connections.xml", "xl/querytables/")
HAS_MACROS = error(
    "macros",
    "The workbook has macros. Save it as XLSX or ODS without them, and send that: only the table is needed.",
)
HAS_LINKS = error(
    "external-links",
    "The workbook takes values from other files or from a database. Break those links, so that the values "
    "themselves stand in it, and send it again.",
)


def found_in_workbook(parts: Iterable[str], *, has_macros: bool, has_links: bool) -> list[Found]:
    """parts: the names of all. has_macros, has_links: what is known besides."""
    names = [part.casefold() for part in parts if not part.endswith("/")]
    has_macros |= any(name.startswith(MACROS) for name in names)
    has_links |= any(name.startswith(LINKS) for name in names)
    return [HAS_MACROS] * has_macros + [HAS_LINKS] * has_links
