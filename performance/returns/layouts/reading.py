"""From a sheet to its figures: which layout it has, and every cell read."""

from collections.abc import Sequence
from typing import Protocol

import pandas as pd

from performance.returns.figures_frame import Figures, Layout
from performance.returns.files import Block, Sheet
from performance.returns.found import CannotRead, Found, error
from performance.returns.layouts.figure_reader import FigureReader
from performance.returns.layouts.findings import Findings
from performance.returns.layouts.local_adult_reoffending import LocalAdultReoffendingTable
from performance.returns.layouts.said import Said
from performance.returns.layouts.tidy import TidyTable
from performance.returns.layouts.wide import WideTable
from performance.returns.names import KnownNames


class Table(Protocol):
    """A table of one layout, by its header and the row in which that stands."""

    def __init__(self, header: Sequence[str], row: int) -> None: ...

    @staticmethod
    def fits(header: Sequence[str]) -> bool:
        """Whether a header is of this layout."""

    def found(self, said: Said) -> list[Found]:
        """What is wrong with the header."""

    def read(self, block: Block, reader: FigureReader) -> None:
        """Have the figures of a block, which has rows, read and kept."""

    def figures(self, frame: pd.DataFrame) -> Figures: ...


# A tidy table's headers are the least particular, so it comes last.
TABLES: dict[Layout, type[Table]] = {
    Layout.LOCAL_ADULT_REOFFENDING: LocalAdultReoffendingTable,
    Layout.WIDE: WideTable,
    Layout.TIDY: TidyTable,
}
NOT_RECOGNISED = (
    "None of the headers is known. The first row of a return names its columns, such as organisation, "
    "framework, measure, period, numerator, denominator and value."
)
NO_FIGURES = "There is no figure below the header: give at least one row for a trust."


def recognised(header: Sequence[str]) -> Layout | None:
    """The layout of a file by its headers alone; none where no header is known."""
    return next((layout for layout, table in TABLES.items() if table.fits(header)), None)


def read_figures(sheet: Sheet, names: KnownNames, said: Said) -> tuple[Figures, list[Found]]:
    """The figures of a sheet, and a finding for each cell that can't be read, by row; of one kind
    at most 1,000 and one more that counts the others. Names that aren't known stay as they were sent.

    Raises CannotRead, with all that was found, where the header can't be used or there is no figure.
    """
    layout = recognised(sheet.header)
    if layout is None:
        raise CannotRead([error("not-recognised", NOT_RECOGNISED, row=sheet.header_row)])
    table = TABLES[layout](sheet.header, sheet.header_row)
    findings = Findings()
    for found in table.found(said):
        findings.add(found)
    if findings.has_errors:
        raise CannotRead(findings.all())
    reader = FigureReader(names, said, findings)
    for block in sheet.blocks():
        if block.cells:
            table.read(block, reader)
    if not reader.has_figures:
        findings.add(error("no-figures", NO_FIGURES))
        raise CannotRead(findings.all())
    return table.figures(reader.frame()), findings.all()
