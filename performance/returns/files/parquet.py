"""The table in a Parquet file, as text."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from performance.returns.files.findings import cell_too_long, too_many_lines, too_much_text
from performance.returns.files.header import Header, UnnamedColumns
from performance.returns.files.limits import (
    LONGEST_CELL,
    MOST_CELLS,
    MOST_CELLS_OF_A_BLOCK,
    MOST_LINES,
    MOST_ROWS_OF_A_BLOCK,
    MOST_UNPACKED,
)
from performance.returns.files.parquet_file import Query, opened, refuse_cut
from performance.returns.files.rows import blocks_of
from performance.returns.files.sheet import Block, FileFormat, Sheet
from performance.returns.found import CannotRead, Found, error
from performance.wording import written_number

# The names of the columns stand in no row; a spreadsheet would show them in the first.
HEADER_ROW = 1
# What DuckDB writes of some types and we don't: 45.0 and 2010-04-30 00:00:00.
LEFT_OUT = {"DOUBLE": r"\.0$", "FLOAT": r"\.0$", "TIMESTAMP": r" 00:00:00(\+00)?$"}


def read_parquet(path: Path, name: str) -> Sheet:
    """name: of the file as it was sent. Raises CannotRead."""
    refuse_cut(path, name)
    with opened(path, name) as query:
        header = _header(query)
        _refuse_too_many(query, header)
        texts = _texts(query)
        found = _found_in_columns(query, texts, header)
    blocks = partial(_blocks, path, name, texts, header)
    return Sheet(FileFormat.PARQUET, "", header.names, header.row, blocks, found)


def _header(query: Query) -> Header:
    columns = _columns(query.rows("SELECT name, num_children FROM parquet_schema($1)"))
    nested = [column for column, children in columns if children]
    if nested:
        raise CannotRead(map(_nested, nested))
    return Header.of(HEADER_ROW, [column for column, _ in columns])


def _columns(schema: Sequence[tuple[str, int | None]]) -> list[tuple[str, int]]:
    """Name and count of the columns within each column. schema: as it stands in the file, where the
    whole comes first, and each column before those within it."""
    columns, within = [], 0
    for name, children in schema[1:]:
        if within:
            within -= 1
        else:
            columns.append((name, children or 0))
        within += children or 0
    return columns


def _nested(column: str) -> Found:
    sentence = (
        f"The column '{column}' holds lists or records, and a cell of a return is one text or number. Write "
        "a column for each part, or leave it out."
    )
    return error("nested-column", sentence, column=column)


def _refuse_too_many(query: Query, header: Header) -> None:
    claimed = "SELECT coalesce(sum(row_group_num_rows), 0) FROM parquet_metadata($1) WHERE column_id = 0"
    [(rows,)] = query.rows(claimed)
    if rows > MOST_LINES:
        raise CannotRead([too_many_lines()])
    if rows * header.width > MOST_CELLS:
        sentence = (
            f"The file has {written_number(rows * header.width)} cells, and may have "
            f"{written_number(MOST_CELLS)} at most. Send only the columns of a return."
        )
        raise CannotRead([error("too-many-cells", sentence)])


def _texts(query: Query) -> list[str]:
    """An expression for each column that gives its cells as text."""
    return [_text(column, kind) for column, kind in query.types()]


def _text(column: str, kind: str) -> str:
    text = 'CAST("' + column.replace('"', '""') + '" AS VARCHAR)'
    if kind == "BOOLEAN":
        text = f"upper({text})"
    elif kind.startswith("DECIMAL") and not kind.endswith(",0)"):
        text = f"rtrim(rtrim({text}, '0'), '.')"
    for beginning, left_out in LEFT_OUT.items():
        if kind.startswith(beginning):
            text = f"regexp_replace({text}, '{left_out}', '')"
    return f"coalesce({text}, '')"


def _found_in_columns(query: Query, texts: list[str], header: Header) -> list[Found]:
    """Reads the whole file, so that the blocks can be read too. Raises CannotRead where cells are too
    long, or too much together."""
    sizes = [f"{size}(strlen({text}))" for size in ("max", "sum") for text in texts]
    [found] = query.select(sizes).fetchall()
    longest, sums = found[: len(texts)], found[len(texts) :]
    too_long = [column for column, size in enumerate(longest, start=1) if size and size > LONGEST_CELL]
    if too_long:
        raise CannotRead(cell_too_long(column=header.name_of(column)) for column in too_long)
    if sum(filter(None, sums)) > MOST_UNPACKED:
        raise CannotRead([too_much_text()])
    unnamed = UnnamedColumns(header)
    for first, rows in _below(query, texts, header) if unnamed.has_any else ():
        unnamed.look_into(first, rows)
    return unnamed.found()


def _below(query: Query, texts: list[str], header: Header) -> Iterator[tuple[int, list[list[str]]]]:
    first = HEADER_ROW + 1
    most = min(MOST_ROWS_OF_A_BLOCK, MOST_CELLS_OF_A_BLOCK // len(texts))
    selected = query.select(texts)
    while rows := selected.fetchmany(most):
        yield first, [list(row) for row in rows]
        first += len(rows)


def _blocks(path: Path, name: str, texts: list[str], header: Header) -> Iterator[Block]:
    with opened(path, name) as query:
        yield from blocks_of(_below(query, texts, header), header)
