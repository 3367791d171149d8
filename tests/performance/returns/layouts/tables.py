"""Sheets as a file's reader gives them, and what the names in them stand for."""

from collections.abc import Iterator, Sequence

import pytest

from performance.returns.figures_frame import Figures
from performance.returns.files import Block, FileFormat, Sheet
from performance.returns.found import CannotRead, Found
from performance.returns.layouts import Said, read_figures
from performance.returns.names import KnownNames
from performance.returns.period_words import read_period

COLUMNS = [
    *("organisation", "framework", "measure", "period_start", "period_end", "status"),
    *("numerator", "denominator", "expected", "value", "target", "note"),
]
GOOD = {
    "organisation": "london",
    "framework": "ptrs",
    "measure": "reports",
    "period_start": "2010-04-01",
    "period_end": "2010-04-30",
    "status": "reported",
    "numerator": "45",
    "denominator": "50",
}
NAMES = KnownNames(
    organisations={
        **{"london": "london", "london probation trust": "london", "ldn": "london", "kent": "kent"},
        **{"england and wales": "england-and-wales", "south east": "south-east-region"},
    },
    frameworks={"ptrs": "ptrs", "ptrs 2010-11": "ptrs", "ippf": "ippf"},
    measures={"reports": "reports", "reports on time": "reports", "orders": "orders"},
    local_codes={"ptrs": {"m1": "reports"}, "ippf": {"m1": "orders"}},
    totals=frozenset({"england-and-wales", "south-east-region"}),
)
NOTHING = Said()
ALL = Said("london", "ptrs", read_period("April 2010"))


def sheet_of(header: Sequence[str], *rows: Sequence[str], header_row: int = 1, at_once: int = 3) -> Sheet:
    """at_once: how many rows a block has."""

    def blocks() -> Iterator[Block]:
        for start in range(0, len(rows), at_once):
            cells = [list(row) for row in rows[start : start + at_once]]
            first = header_row + 1 + start
            yield Block(range(first, first + len(cells)), cells)

    return Sheet(
        format=FileFormat.CSV, name="", header=list(header), header_row=header_row, blocks=blocks, found=[]
    )


def tidy(*rows: dict[str, str]) -> Sheet:
    """With every column of a tidy file, empty where a row has nothing."""
    return sheet_of(COLUMNS, *([row.get(column, "") for column in COLUMNS] for row in rows))


def read(sheet: Sheet, said: Said = NOTHING) -> tuple[Figures, list[Found]]:
    return read_figures(sheet, NAMES, said)


def refused(sheet: Sheet, said: Said = NOTHING) -> list[Found]:
    """Why a sheet can't be read at all."""
    with pytest.raises(CannotRead) as caught:
        read(sheet, said)
    return caught.value.found


def columns_of(figures: Figures, *columns: str) -> list[tuple[object, ...]]:
    """Rows of the frame, NaN as None, so that they can be compared."""
    frame = figures.frame[list(columns)].astype(object)
    return list(frame.where(frame.notna(), None).itertuples(index=False, name=None))
