"""Tables of pages as files. A row goes out with every value that it has; the object that writes
its cells stays behind."""

from collections.abc import Sequence
from urllib.parse import parse_qsl

from performance.charts.figure import Figure, Row
from performance.charts.results_table import RESULT_FILE_COLUMNS, raw
from performance.exports.dictionary import dictionary
from performance.exports.table_file import FileTable
from performance.releases.rows import ResultRow

WRITES_CELLS = "result"


def results_file(name: str, title: str, rows: Sequence[ResultRow]) -> FileTable:
    return _table(name, title, RESULT_FILE_COLUMNS, [raw(row) for row in rows])


def figure_file(name: str, figure: Figure, query: str = "") -> FileTable:
    """The table behind a figure, under the figure's title."""
    return rows_file(name, figure.title, figure.table.rows, query, figure.methods)


def rows_file(
    name: str,
    title: str,
    rows: Sequence[Row],
    query: str = "",
    methods: tuple[str, ...] = (),
    columns: Sequence[str] = (),
) -> FileTable:
    """query: what of the table is asked for, as its page's address has it; columns: where they are known
    without a row."""
    return _table(name, title, columns or file_columns(rows), rows, query, methods)


def file_columns(rows: Sequence[Row]) -> list[str]:
    return [column for column in rows[0] if column != WRITES_CELLS] if rows else []


def _table(
    name: str,
    title: str,
    columns: Sequence[str],
    rows: Sequence[Row],
    query: str = "",
    methods: tuple[str, ...] = (),
) -> FileTable:
    of_rows = {row["measure"] for row in rows} if "measure" in columns else set()
    of_columns = {column for column in columns if column not in dictionary()}
    return FileTable(
        name,
        title,
        columns,
        [[row[column] for column in columns] for row in rows],
        len(rows),
        tuple(parse_qsl(query.removeprefix("?"))),
        methods,
        of_rows | of_columns,
    )
