"""A Parquet file opened by DuckDB: within a limit of memory, and nothing besides the file."""

import glob
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from performance.returns.files.findings import too_much_text
from performance.returns.files.limits import MOST_METADATA
from performance.returns.found import CannotRead, error
from performance.wording import written_number

END = b"PAR1"
TABLE = "read_parquet($1, binary_as_string = true, hive_partitioning = false)"
SETTINGS: dict[str, Any] = {
    "threads": 1,
    "memory_limit": "512MB",
    # Nothing is put on disk, and nothing is fetched.
    "temp_directory": "",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def refuse_cut(path: Path, name: str) -> None:
    """A Parquet file ends with what tells what is where in it, how long that is, and END. Raises
    CannotRead."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(size - 8, 0))
        end = file.read()
    metadata = int.from_bytes(end[:4], "little")
    if size < 12 or not end.endswith(END):
        sentence = f"The Parquet file '{name}' breaks off, perhaps as the upload was cut. Send it again."
        raise CannotRead([error("truncated-parquet", sentence)])
    if metadata > size - 12:
        raise damaged(name)
    if metadata > MOST_METADATA:
        sentence = (
            f"The Parquet file '{name}' needs {written_number(metadata)} bytes to tell what is in it, and "
            f"may need {written_number(MOST_METADATA)} at most. Write it with fewer and larger row groups."
        )
        raise CannotRead([error("too-many-parts", sentence)])


def damaged(name: str) -> CannotRead:
    sentence = f"The Parquet file '{name}' is damaged, as bytes of it have changed. Write and send it again."
    return CannotRead([error("damaged-parquet", sentence)])


@contextmanager
def locked_to(
    path: Path, settings: dict[str, Any], directory: Path | None = None
) -> Iterator[tuple[duckdb.DuckDBPyConnection, str]]:
    """A database that can reach one file and one directory, if any, and nothing besides, and the pattern
    by which the file is read."""
    # Of several files, DuckDB takes a pattern, so a name is made one of itself.
    pattern = glob.escape(str(path))
    allowed = ", ".join(map(quoted, {str(path), pattern}))
    with duckdb.connect(config=settings) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"SET allowed_paths = [{allowed}]")
        if directory:
            connection.execute(f"SET allowed_directories = [{quoted(str(directory))}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection, pattern


def quoted(text: str) -> str:
    """As a text of SQL."""
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def opened(path: Path, name: str) -> Iterator["Query"]:
    """Raises CannotRead for whatever DuckDB makes of the file while it is open."""
    try:
        with locked_to(path, SETTINGS) as (connection, pattern):
            yield Query(connection, pattern)
    except duckdb.OutOfMemoryException as failure:
        raise CannotRead([too_much_text()]) from failure
    except duckdb.Error as failure:
        raise damaged(name) from failure


@dataclass(frozen=True)
class Query:
    """Queries of the file, whose name stands as $1 in them."""

    connection: duckdb.DuckDBPyConnection
    pattern: str

    def rows(self, query: str) -> list[Any]:
        return self.connection.execute(query, [self.pattern]).fetchall()

    def types(self) -> list[tuple[str, str]]:
        """Names and types of the columns, as DuckDB has them."""
        return [(name, kind) for name, kind, *_ in self.rows(f"DESCRIBE FROM {TABLE}")]

    def select(self, expressions: Sequence[str]) -> duckdb.DuckDBPyConnection:
        """From the table. Rows come as they are fetched, and aren't all in memory."""
        query = f"SELECT {', '.join(expressions)} FROM {TABLE}"  # noqa: S608 - names in them are quoted
        return self.connection.execute(query, [self.pattern])
