"""From a file to its figures and every finding about it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from performance.models import Series
from performance.returns.before import figures_before
from performance.returns.checks import check_figures
from performance.returns.elsewhere import held_elsewhere
from performance.returns.figures_frame import Figures
from performance.returns.files import FileFormat, read_sheet
from performance.returns.found import CannotRead, Found
from performance.returns.known import ReturnNames
from performance.returns.layouts import Said, read_figures
from trusts.models import Organisation

READ, CHECK = "Read the file", "Check the figures"


@dataclass(frozen=True)
class Beside:
    """What a file is held against: the series that it is sent to, the only trust whose figures its
    sender may send (None for any), and what was said beside it, for cells that it lacks."""

    series: Series
    own: Organisation | None = None
    said: Said = Said()


@dataclass(frozen=True)
class Reading:
    """What a file came to: its figures, unless it couldn't be read, and all that was found, in the
    order in which a reader of the file comes upon it."""

    found: list[Found]
    format: FileFormat | None = None
    figures: Figures | None = None

    @property
    def is_sound(self) -> bool:
        return self.figures is not None and not any(finding.is_error for finding in self.found)


def read_return(
    path: Path,
    name: str,
    names: ReturnNames,
    beside: Beside,
    begins: Callable[[str], object] = lambda step: None,
) -> Reading:
    """name: of the file, as it was sent. begins: told of each step as it begins. Never raises for
    what a file holds."""
    sheet = None
    try:
        begins(READ)
        sheet = read_sheet(path, name)
        figures, found = read_figures(sheet, names.written, beside.said)
        begins(CHECK)
        found = [*sheet.found, *found, *_checked(figures, names, beside)]
    except CannotRead as error:
        found = [*(sheet.found if sheet else []), *error.found]
        return Reading(_in_order(found), sheet.format if sheet else None)
    return _held_against_others(Reading(_in_order(found), sheet.format, figures), beside)


def _checked(figures: Figures, names: ReturnNames, beside: Beside) -> list[Found]:
    known = names.known(beside.series.today, beside.own)
    return check_figures(figures, known, figures_before(beside.series, figures.frame))


def _held_against_others(reading: Reading, beside: Beside) -> Reading:
    """Only of figures that are sound can it be said which return they are of."""
    if reading.figures is None or not reading.is_sound:
        return reading
    elsewhere = held_elsewhere(beside.series, reading.figures)
    return replace(reading, found=_in_order([*reading.found, *elsewhere]))


def _in_order(found: list[Found]) -> list[Found]:
    return sorted(found, key=lambda finding: finding.place)
