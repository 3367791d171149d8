"""The rows of a workbook's sheet, as text."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from python_calamine import CalamineError, CalamineSheet

from performance.returns.files.header import Header, UnnamedColumns
from performance.returns.files.rows import batches, blocks_of
from performance.returns.files.sheet import Block
from performance.returns.files.workbooks.grid import Grid
from performance.returns.files.workbooks.values import texts_of, written_percentage
from performance.returns.files.workbooks.zipped import damaged
from performance.returns.found import CannotRead, Found, error

CELLS = "its cells can't be read"


@contextmanager
def is_readable(name: str) -> Iterator[None]:
    """For whatever python-calamine raises. name: of the file. Raises CannotRead instead."""
    try:
        yield
    except (CalamineError, OverflowError, ValueError) as failure:
        raise damaged(name, CELLS) from failure
    except BaseException as failure:
        # A panic of the Rust in it is no Exception, and its class can't be imported.
        if type(failure).__name__ != "PanicException":
            raise
        raise damaged(name, CELLS) from failure


@dataclass(frozen=True)
class WorkbookRows:
    """cells: read whole. grid: of the same sheet. name: of the file."""

    cells: CalamineSheet
    grid: Grid
    name: str

    def header(self) -> Header:
        """The first row that isn't empty. Raises CannotRead where there is none."""
        for number, row in enumerate(self._texts(), start=1):
            if any(row):
                return Header.of(number, row, self._first_column)
        sentence = f"The sheet '{self.cells.name}' of '{self.name}' is empty. Fill it in, and send it again."
        raise CannotRead([error("empty-file", sentence)])

    def check(self) -> None:
        """Raises CannotRead where a cell holds what no text can be made of, such as the year 10,000."""
        with is_readable(self.name):
            for _ in self.cells.iter_rows():
                pass

    def blocks(self, header: Header) -> Iterator[Block]:
        return blocks_of(self._below(header), header)

    def unnamed_columns(self, header: Header) -> list[Found]:
        columns = UnnamedColumns(header)
        for first, rows in self._below(header) if columns.has_any else ():
            columns.look_into(first, rows)
        return columns.found()

    @cached_property
    def _errors(self) -> dict[int, dict[int, str]]:
        """By row and column."""
        errors: defaultdict[int, dict[int, str]] = defaultdict(dict)
        for (row, column), shown in self.grid.errors.first:
            errors[row][column] = shown
        return errors

    @cached_property
    def _first_column(self) -> int:
        """Of the rows as python-calamine gives them; 1 is A."""
        return self.cells.start[1] + 1 if self.cells.start else 1

    def _below(self, header: Header) -> Iterator[tuple[int, list[list[str]]]]:
        return batches(islice(self._texts(), header.row, None), header.row + 1)

    def _texts(self) -> Iterator[list[str]]:
        """All rows from the first of the sheet, filled or not."""
        with is_readable(self.name):
            for number, cells in enumerate(self.cells.iter_rows(), start=1):
                self._show_as_sent(number, cells)
                yield texts_of(cells)

    def _show_as_sent(self, row: int, cells: list[Any]) -> None:
        """Percentages and errors: python-calamine gives 0.785 for 78.5%, and nothing for #N/A."""
        places = range(len(cells))
        for column, rows in self.grid.percentages.items():
            place = column - self._first_column
            if row in rows and place in places and isinstance(cells[place], float):
                cells[place] = written_percentage(cells[place])
        for column, shown in self._errors.get(row, {}).items():
            if column - self._first_column in places:
                cells[column - self._first_column] = shown
