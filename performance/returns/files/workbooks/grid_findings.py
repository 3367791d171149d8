"""What is wrong with cells, rows and columns of a workbook's sheet, each of them named."""

from performance.returns.files.findings import cell_is_an_error
from performance.returns.files.header import Header, column_letters
from performance.returns.files.places import Places
from performance.returns.files.workbooks.grid import Cell, Grid, Span
from performance.returns.found import Found, error


def found_in_grid(grid: Grid, header: Header) -> list[Found]:
    hidden_rows: Places[Span] = Places()
    # What is hidden beside the table doesn't matter.
    hidden_rows.add_all(
        (first, min(last, grid.rows)) for first, last in grid.hidden_rows if first <= grid.rows
    )
    hidden_columns = sorted(column for column in grid.hidden_columns if column <= grid.columns)
    return [
        *grid.formulas.found(lambda cell: _formula(cell, header)),
        *grid.errors.found(lambda shown: _error(*shown, header)),
        *grid.merged.found(lambda span: _merged(*span, header)),
        *hidden_rows.found(_hidden_rows),
        *(_hidden_column(column, header) for column in hidden_columns),
    ]


def _formula(cell: Cell, header: Header) -> Found:
    sentence = (
        f"Cell {_written(cell)} is a formula. Put its value in its place: copy the cell, and paste the value "
        "alone."
    )
    return error("formula", sentence, row=cell[0], column=header.name_of(cell[1]))


def _error(cell: Cell, shown: str, header: Header) -> Found:
    return cell_is_an_error(shown, cell[0], header.name_of(cell[1]))


def _merged(first: Cell, last: Cell, header: Header) -> Found:
    sentence = (
        f"The cells {_written(first)} to {_written(last)} are merged. Unmerge them, and fill in each of them."
    )
    return error("merged-cells", sentence, row=first[0], column=header.name_of(first[1]))


def _hidden_rows(span: Span) -> Found:
    first, last = span
    which = f"Row {first} is" if first == last else f"Rows {first} to {last} are"
    it, it_is = ("it", "it is") if first == last else ("them", "they are")
    sentence = f"{which} hidden. Unhide {it} if {it_is} to be read, otherwise delete {it}."
    return error("hidden-row", sentence, row=first)


def _hidden_column(column: int, header: Header) -> Found:
    letters = column_letters(column)
    sentence = f"Column {letters} is hidden. Unhide it if it is to be read, otherwise delete it."
    return error("hidden-column", sentence, column=header.name_of(column))


def _written(cell: Cell) -> str:
    return f"{column_letters(cell[1])}{cell[0]}"
