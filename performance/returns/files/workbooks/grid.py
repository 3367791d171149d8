"""What a sheet of a workbook holds besides its values. It is looked at before those are read, as it
tells how much memory they would take."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from performance.returns.files.findings import too_many_columns, too_much_text
from performance.returns.files.header import column_letters
from performance.returns.files.limits import MOST_CELLS_OF_A_WORKBOOK, MOST_COLUMNS, MOST_UNPACKED
from performance.returns.files.places import Places
from performance.returns.found import CannotRead, Found, error
from performance.wording import written_number

# As far as a sheet goes in any spreadsheet program.
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
# Characters of what a cell shows that is an error, such as #N/A.
LONGEST_ERROR = 20

# Row and column, from (1, 1).
Cell = tuple[int, int]
Span = tuple[int, int]


@dataclass
class Grid:
    """rows, columns: the last that is filled. text: characters of all cells, where they can be more
    than the bytes of the workbook. errors: what cells show, such as #N/A. merged: first and last
    cells. percentages: rows whose number is shown as a percentage, by column."""

    rows: int = 0
    columns: int = 0
    text: int = 0
    formulas: Places[Cell] = field(default_factory=Places)
    errors: Places[tuple[Cell, str]] = field(default_factory=Places)
    merged: Places[tuple[Cell, Cell]] = field(default_factory=Places)
    hidden_rows: list[Span] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    percentages: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    @property
    def cells(self) -> int:
        """Empty ones too, as memory is taken for them."""
        return self.rows * self.columns

    def fill(self, row: int, column: int) -> None:
        if row > self.rows:
            self.rows = row
        if column > self.columns:
            self.columns = column

    def hide_rows(self, first: int, last: int) -> None:
        """After those above."""
        if self.hidden_rows and self.hidden_rows[-1][1] == first - 1:
            first, _ = self.hidden_rows.pop()
        self.hidden_rows.append((first, last))

    def hide_columns(self, first: int, last: int) -> None:
        self.hidden_columns.update(range(first, min(last, MOST_COLUMNS) + 1))


def refuse_too_large(grids: Iterable[Grid]) -> None:
    """grids: of the sheets that are held in memory together. Raises CannotRead."""
    grids = list(grids)
    widest = max((grid.columns for grid in grids), default=0)
    found = [*too_many_columns(widest), *too_many_cells(grids)]
    if sum(grid.text for grid in grids) > MOST_UNPACKED:
        found.append(too_much_text())
    if found:
        raise CannotRead(found)


def too_many_cells(grids: list[Grid]) -> list[Found]:
    if sum(grid.cells for grid in grids) <= MOST_CELLS_OF_A_WORKBOOK:
        return []
    largest = max(grids, key=lambda grid: grid.cells)
    sentence = (
        f"The sheet goes as far as column {column_letters(largest.columns)} and row {largest.rows}: "
        f"{written_number(largest.cells)} cells, empty ones too, and a workbook may have "
        f"{written_number(MOST_CELLS_OF_A_WORKBOOK)} at most. Delete what stands far from the table, or send "
        "the table as CSV or Parquet."
    )
    return [error("too-many-cells", sentence)]
