"""The files of an extract divided into parts on disk, as small numbers: no cell is kept as it was.

A case is in one part alone, whichever files its events are in, so that each part can be counted by
itself, in little memory, by any number of workers.
"""

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from performance.extracts.faults import Fault
from performance.extracts.reading.expressions import (
    NO_DATE,
    NO_EVENT,
    NO_TIER,
    NO_TRUST,
    TOO_EARLY,
    WITH_OFFSET,
    Known,
    columns,
    trimmed,
)
from performance.extracts.reading.source import SETTINGS, Source, broken, empty, opened
from performance.returns.files.parquet_file import locked_to, quoted, refuse_cut
from performance.returns.found import CannotRead, Found

# Rows of a part: counted in some 150 MB.
ROWS_OF_A_PART = 1_250_000
# A line of CSV is no shorter.
BYTES_OF_A_LINE = 40
EXAMPLES = 5
# Cells that are odd: of which column, and what stands for them in a part.
SHOWN = {
    Fault.UNKNOWN_TRUST: ("trust", f"trust = {NO_TRUST}"),
    Fault.UNKNOWN_EVENT: ("event", f"event = {NO_EVENT}"),
    Fault.NO_DATE: ("date", f"moment = {NO_DATE}"),
    Fault.LONG_AGO: ("date", f"moment = {TOO_EARLY}"),
    Fault.UNKNOWN_TIER: ("tier", f"tier % {WITH_OFFSET} = {NO_TIER}"),
}


@dataclass(frozen=True)
class Division:
    """Into which folder and how many parts. key: of the installation, with which cases are hashed in parts
    that are kept; threads: of the database, as many as there are processors unless told."""

    directory: Path
    parts: int
    key: str = ""
    threads: int | None = None

    @property
    def place(self) -> Path:
        return self.directory / "parts"


@dataclass
class Divided:
    """What one file came to. cells: of each fault, the odd cells there are most of, with how many."""

    rows: int
    found: list[Found] = field(default_factory=list)
    cells: dict[Fault, Counter[str]] = field(default_factory=dict)


def parts_for(paths: Iterable[Path]) -> int:
    """Into how many parts files are divided."""
    return max(1, sum(map(_rows, paths)) // ROWS_OF_A_PART)


def divide(path: Path, name: str, number: int, known: Known, division: Division) -> Divided:
    """Put the rows of one file into the parts. name: as it was sent; number: among the files of the
    extract. Doing so again puts the same in the same place. Raises CannotRead, also for a full disk."""
    division.directory.mkdir(parents=True, exist_ok=True)
    with opened(path, name, division.directory, division.threads) as source:
        return _divided(source, number, known, division)


def _divided(source: Source, number: int, known: Known, division: Division) -> Divided:
    source.connection.execute("SET VARIABLE key = $1", [division.key])
    part = f'CAST("case" % {division.parts} AS USMALLINT) AS part'
    rows = source.select(", ".join(columns(source, known, bool(division.key))))
    place = f"{quoted(str(division.place))} ({_options(number)})"
    copied = source.run(f"COPY (SELECT *, {part} FROM ({rows})) TO {place}")  # noqa: S608 - as above
    count = int(copied.fetchall()[0][0])
    found = [*source.found]
    if count == 0:
        found.append(empty(source))
    if lines := source.broken_lines():
        found.append(broken(source, lines))
    return Divided(count, found, _odd_cells(source, number, known, division) if count else {})


def _options(number: int) -> str:
    return f"FORMAT parquet, PARTITION_BY (part), OVERWRITE_OR_IGNORE, FILENAME_PATTERN 'file-{number}-{{i}}'"


def _odd_cells(source: Source, number: int, known: Known, division: Division) -> dict[Fault, Counter[str]]:
    files = str(division.place / "*" / f"file-{number}-*.parquet")
    conditions = [f"coalesce(bool_or({condition}), false)" for _, condition in SHOWN.values()]
    presence = f"SELECT {', '.join(conditions)} FROM read_parquet($1)"  # noqa: S608 - all of it ours
    there = source.connection.execute(presence, [files]).fetchall()[0]
    odd = (fault for fault, is_there in zip(SHOWN, there, strict=True) if is_there)
    return {fault: _cells(source, fault, known) for fault in odd}


def _cells(source: Source, fault: Fault, known: Known) -> Counter[str]:
    column, condition = SHOWN[fault]
    cell = f"{trimmed(source, column)} AS cell"
    rows = source.select(", ".join([cell, *columns(source, known, is_kept=False)]))
    query = (
        f"SELECT cell, count(*) FROM ({rows}) WHERE {condition} AND cell <> '' "  # noqa: S608 - as above
        f"GROUP BY cell ORDER BY count(*) DESC, cell LIMIT {EXAMPLES}"
    )
    return Counter(dict(source.run(query).fetchall()))


def _rows(path: Path) -> int:
    """About how many there are in a file. Whether it can be read at all is found when it is."""
    try:
        refuse_cut(path, path.name)
        with locked_to(path, SETTINGS) as (connection, pattern):
            query = "SELECT num_rows FROM parquet_file_metadata($1)"
            return int(connection.execute(query, [pattern]).fetchall()[0][0])
    except (CannotRead, duckdb.Error):
        return os.path.getsize(path) // BYTES_OF_A_LINE
