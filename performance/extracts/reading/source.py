"""One file of an extract, opened by DuckDB: what is where in it, and whether it may be read at all."""

import csv
import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from performance.extracts.reading.header import places_of, tells_of_a_person, wrong_types
from performance.extracts.reading.identifiers import ONE_IN, PATTERNS
from performance.returns.files import FileFormat
from performance.returns.files.kinds import format_of
from performance.returns.files.parquet_file import locked_to, refuse_cut
from performance.returns.found import CannotRead, Found, error, warning
from performance.wording import counted

# The database holds a block of rows for each processor, no more: rows go on as they come.
SETTINGS: dict[str, Any] = {
    "memory_limit": "256MB",
    "temp_directory": "",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "preserve_insertion_order": False,
    "partitioned_write_flush_threshold": 100000,
}
# A row is two lines at most: a case number, a few words and a day.
LONGEST_LINE = 10_000
TABLES = {
    FileFormat.PARQUET: "read_parquet($1, binary_as_string = true, hive_partitioning = false)",
    FileFormat.CSV: (
        "read_csv($1, header = true, delim = ',', quote = '\"', escape = '\"', all_varchar = true, "
        f"max_line_size = {LONGEST_LINE}, store_rejects = true, hive_partitioning = false)"
    ),
}
# What is our mistake, whatever is in the file.
PROGRAM_FAULTS = (
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.ParserException,
    duckdb.PermissionException,
    duckdb.SyntaxException,
)
DISK_FULL = "The disk of the server is full, so the extract couldn't be taken in. Nothing of it was kept."
# Rows in which it is looked for what tells of a person. What isn't read is thrown away in any case, and
# case numbers are hashed: this is for telling the sender.
LOOKED_THROUGH = 5_000


# Of these only known words are kept, or nothing.
NOT_LOOKED_INTO = ("trust", "unit", "tier", "event", "date")


@dataclass(frozen=True)
class Source:
    """columns: of each field, what it is called in SQL; types: as DuckDB has them; found: what is odd
    about the file and doesn't keep it from being read."""

    connection: duckdb.DuckDBPyConnection
    pattern: str
    name: str
    format: FileFormat
    columns: dict[str, str]
    types: dict[str, str]
    found: list[Found]

    def select(self, columns: str) -> str:
        """A query of the file, to be run or to stand within another. columns: as SQL has them."""
        return f"SELECT {columns} FROM {TABLES[self.format]}"  # noqa: S608 - names in them are quoted

    def run(self, query: str) -> duckdb.DuckDBPyConnection:
        return self.connection.execute(query, [self.pattern])

    def broken_lines(self) -> int:
        """Of CSV that was read to its end: lines that are no rows of it."""
        if self.format != FileFormat.CSV:
            return 0
        broken = "SELECT count(DISTINCT line) FROM reject_errors"
        return int(self.connection.execute(broken).fetchall()[0][0])


@contextmanager
def opened(path: Path, name: str, directory: Path, threads: int | None = None) -> Iterator[Source]:
    """directory: the only one in which the database may write. Raises CannotRead for what isn't the
    events of cases, or tells who somebody is."""
    format = _format(path, name)
    settings = SETTINGS | ({"threads": threads} if threads else {})
    with locked_to(path, settings, directory) as (connection, pattern):
        try:
            yield _looked_at(path, connection, pattern, name, format)
        except duckdb.OutOfMemoryException as failure:
            sentence = f"{name} holds more in one place than can be taken in. Send it in smaller parts."
            raise CannotRead([error("too-much-text", sentence)]) from failure
        except PROGRAM_FAULTS:
            raise
        except duckdb.IOException as failure:
            # That the disk is full is in the text alone.
            if os.strerror(errno.ENOSPC) not in str(failure):
                raise CannotRead([error("damaged", _damaged(name, failure))]) from failure
            raise CannotRead([error("disk-full", DISK_FULL)]) from failure
        except duckdb.Error as failure:
            raise CannotRead([error("damaged", _damaged(name, failure))]) from failure


def _format(path: Path, name: str) -> FileFormat:
    format = format_of(path, name)
    if format not in TABLES:
        sentence = f"{name} is a workbook. Save the events as CSV or Parquet, and send that."
        raise CannotRead([error("another-kind", sentence)])
    if format == FileFormat.PARQUET:
        refuse_cut(path, name)
    return format


def _damaged(name: str, failure: duckdb.Error) -> str:
    """Without what the database says, which may hold cells of the file."""
    line = re.search(r"Line: (\d+)", str(failure))
    where = f" at line {line[1]}" if line else ""
    return f"{name} can't be read{where}: it is damaged, or no table. Write and send it again."


def _looked_at(
    path: Path, connection: duckdb.DuckDBPyConnection, pattern: str, name: str, format: FileFormat
) -> Source:
    described = connection.execute(f"DESCRIBE FROM {TABLES[format]}", [pattern]).fetchall()
    names, kinds = [row[0] for row in described], [row[1] for row in described]
    header = _header_of(path, names) if format == FileFormat.CSV else names
    places, found = places_of(header, name)
    columns = {field: _quoted(names[place]) for field, place in places.items()}
    types = {field: kinds[place] for field, place in places.items()}
    source = Source(connection, pattern, name, format, columns, types, found)
    wrong = list(wrong_types(types, {field: header[place] for field, place in places.items()}, name))
    looked_into = set(range(len(names))) - {places[field] for field in NOT_LOOKED_INTO if field in places}
    wrong += _persons_in(source, {header[place]: names[place] for place in sorted(looked_into)})
    if wrong:
        raise CannotRead(wrong)
    return source


def _header_of(path: Path, names: list[str]) -> list[str]:
    """As the file has it: of two columns of one name DuckDB calls the second otherwise."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        header = next(csv.reader(file), [])
    return header if len(header) == len(names) else names


def _persons_in(source: Source, columns: dict[str, str]) -> Iterator[Found]:
    """A finding for each column whose cells look like what tells of a person. columns: what DuckDB calls
    each."""
    for column, called in columns.items():
        text = f"trim(CAST({_quoted(called)} AS VARCHAR))"
        rows = source.run(f"{source.select(text)} LIMIT {LOOKED_THROUGH}").fetchall()
        cells = [cell for (cell,) in rows if cell]
        for pattern, what in PATTERNS.items():
            matches = sum(bool(re.fullmatch(pattern, cell, re.IGNORECASE)) for cell in cells)
            if matches * ONE_IN > len(cells):
                yield tells_of_a_person(column, what, source.name)
                break


def empty(source: Source) -> Found:
    return warning("no-rows", f"{source.name} has the columns of an extract and no rows.")


def broken(source: Source, lines: int) -> Found:
    sentence = f"{source.name}: {counted(lines, 'line')} can't be read as rows, and were left out."
    return warning("broken-lines", sentence)


def _quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'
