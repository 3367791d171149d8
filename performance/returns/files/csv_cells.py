"""CSV: commas between cells, and quotation marks around what has a comma or a line end in it."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from itertools import islice
from pathlib import Path

from performance.returns.files.csv_findings import malformed_row, row_of_another_width, wrong_delimiter
from performance.returns.files.encodings import TextFile
from performance.returns.files.findings import cell_is_an_error, too_many_lines
from performance.returns.files.header import Header, UnnamedColumns
from performance.returns.files.limits import MOST_LINES
from performance.returns.files.places import Places
from performance.returns.files.rows import batches, blocks_of
from performance.returns.files.sheet import Block, FileFormat, Sheet
from performance.returns.found import CannotRead, Found, error

DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars"}
# As Excel and LibreOffice write cells that show an error.
ERRORS = frozenset({"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})

Rows = list[list[str]]


def read_csv(path: Path, name: str) -> Sheet:
    """name: of the file as it was sent. Raises CannotRead."""
    file = TextFile.of(path, name)
    _refuse_other_delimiters(file)
    try:
        header = _header(file, name)
        found = _found_below(file, header)
    except csv.Error as failure:
        raise CannotRead([malformed_row(file, str(failure))]) from failure
    return Sheet(FileFormat.CSV, "", header.names, header.row, partial(_blocks, file, header), found)


@contextmanager
def _rows(file: TextFile) -> Iterator[Iterator[list[str]]]:
    with file.opened() as lines:
        yield csv.reader(lines, strict=True)


def _header(file: TextFile, name: str) -> Header:
    """The first row that isn't empty."""
    with _rows(file) as rows:
        for number, row in enumerate(rows, start=1):
            if "".join(row).strip():
                return Header.of(number, row)
    sentence = f"'{name}' is empty: none of its cells is filled. Fill in the table, and send it again."
    raise CannotRead([error("empty-file", sentence)])


def _refuse_other_delimiters(file: TextFile) -> None:
    """Where another than a comma makes more cells of the header."""
    _, with_commas = _header_between(file, ",")
    for delimiter, what in DELIMITERS.items():
        row, cells = _header_between(file, delimiter)
        if cells > max(with_commas, 1):
            raise CannotRead([wrong_delimiter(what, row)])


def _header_between(file: TextFile, delimiter: str) -> tuple[int, int]:
    """The row of the header and its count of cells; none where it can't be told."""
    with file.opened() as lines, suppress(csv.Error):
        for number, row in enumerate(csv.reader(lines, delimiter=delimiter), start=1):
            if "".join(row).strip():
                return number, len(row)
    return 0, 0


def _below(rows: Iterator[list[str]], header: Header) -> Iterator[tuple[int, Rows]]:
    """rows: from the first of the file."""
    return batches(islice(rows, header.row, None), header.row + 1)


def _blocks(file: TextFile, header: Header) -> Iterator[Block]:
    with _rows(file) as rows:
        yield from blocks_of(_below(rows, header), header)


def _found_below(file: TextFile, header: Header) -> list[Found]:
    """Reads all rows, so that the blocks can be read too. Raises CannotRead where they are too many."""
    uneven: Places[Found] = Places()
    errors: Places[Found] = Places()
    unnamed = UnnamedColumns(header)
    with _rows(file) as all_rows:
        for first, rows in _below(all_rows, header):
            if first + len(rows) - 1 - header.row > MOST_LINES:
                raise CannotRead([too_many_lines()])
            if set(map(len, rows)) != {header.width}:
                uneven.add_all(_uneven(first, rows, header))
            if file.has_hash:
                errors.add_all(_errors(first, rows, header))
            if unnamed.has_any:
                unnamed.look_into(first, rows)
    return [*unnamed.found(), *uneven.found(lambda found: found), *errors.found(lambda found: found)]


def _uneven(first: int, rows: Rows, header: Header) -> Iterator[Found]:
    for number, row in enumerate(rows, start=first):
        if not header.takes(row) and "".join(row).strip():
            yield row_of_another_width(number, len(row), header.width)


def _errors(first: int, rows: Rows, header: Header) -> Iterator[Found]:
    for number, row in enumerate(rows, start=first):
        texts = list(map(str.strip, row))
        if not ERRORS.isdisjoint(texts):
            for column, text in enumerate(texts, start=1):
                if text in ERRORS:
                    yield cell_is_an_error(text, number, header.name_of(column))
