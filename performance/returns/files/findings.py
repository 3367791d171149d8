"""What is said of a file whatever its format."""

from performance.returns.files.limits import LONGEST_CELL, MOST_COLUMNS, MOST_LINES, MOST_UNPACKED
from performance.returns.found import Found, error
from performance.wording import written_number


def too_many_columns(columns: int) -> list[Found]:
    """None where there are few enough."""
    if columns <= MOST_COLUMNS:
        return []
    sentence = (
        f"The table has {written_number(columns)} columns, and may have {MOST_COLUMNS} at most. Send only "
        "the columns of a return."
    )
    return [error("too-many-columns", sentence)]


def too_many_lines() -> Found:
    most = written_number(MOST_LINES)
    sentence = f"The file has more than {most} lines. Send it in parts, such as one for each year."
    return error("too-many-lines", sentence)


def cell_too_long(*, row: int | None = None, column: str = "") -> Found:
    most = written_number(LONGEST_CELL)
    sentence = f"A cell has more than {most} characters. Shorten it, or leave it out."
    return error("cell-too-long", sentence, row=row, column=column)


def too_much_text() -> Found:
    sentence = (
        f"The cells hold more than {written_number(MOST_UNPACKED)} characters together. Send only the "
        "columns of a return, in parts if need be."
    )
    return error("unpacks-too-large", sentence)


def cell_is_an_error(shown: str, row: int, column: str) -> Found:
    """shown: such as #N/A."""
    sentence = (
        f"The cell shows the error {shown}. Put the figure in its place; where there is none, leave the cell "
        "empty and say why in the status."
    )
    return error("cell-is-an-error", sentence, row=row, column=column)
