"""Tables as Parquet, with what they are and what their columns mean in the file's own metadata."""

import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import IO

import duckdb
import orjson
import pandas as pd

from performance.exports.about import about
from performance.exports.dictionary import Field
from performance.exports.table_file import ReleaseFile

ROWS_IN_A_PIECE = 50_000
# As DuckDB and as pandas call them; pandas' own types hold what is missing beside what is there.
TYPES = {
    "text": ("VARCHAR", "string"),
    "integer": ("BIGINT", "Int64"),
    "number": ("DOUBLE", "Float64"),
    "boolean": ("BOOLEAN", "boolean"),
    "date": ("DATE", "datetime64[s]"),
}


def parquet_file(file: ReleaseFile) -> IO[bytes]:
    """The open file, which is gone when it is closed. Its metadata hold `about` and `fields`, as JSON."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "table.parquet"
        _write(file, path)
        return path.open("rb")


def _write(file: ReleaseFile, path: Path) -> None:
    fields = file.fields_of_rows
    columns = ", ".join(f'"{field.name}" {TYPES[field.type][0]}' for field in fields)
    said = {"about": asdict(about(file)), "fields": [asdict(field) for field in fields]}
    metadata = ", ".join(f"{key}: {_quoted(orjson.dumps(value).decode())}" for key, value in said.items())
    # On the disk, beside the file that it becomes: the rows of a release don't fit a web process.
    with duckdb.connect(str(path.with_suffix(".duckdb"))) as connection:
        connection.execute(f"CREATE TABLE rows ({columns})")
        for piece in _pieces(file, fields):
            connection.register("piece", piece)
            connection.execute("INSERT INTO rows SELECT * FROM piece")
            connection.unregister("piece")
        options = f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{metadata}}}"
        connection.execute(f"COPY rows TO {_quoted(str(path))} ({options})")


def _pieces(file: ReleaseFile, fields: list[Field]) -> Iterator[pd.DataFrame]:
    names = [field.name for field in fields]
    types = {field.name: TYPES[field.type][1] for field in fields}
    rows = file.rows_about_themselves
    while some := list(islice(rows, ROWS_IN_A_PIECE)):
        yield pd.DataFrame(some, columns=names, dtype=object).astype(types)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
