"""Tables as JSON: what the file is, what its columns are, and its rows."""

from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice

import orjson

from performance.exports.about import about
from performance.exports.table_file import ReleaseFile

ROWS_IN_A_PIECE = 500


def json_file(file: ReleaseFile) -> Iterator[bytes]:
    """Pieces of {"about": ..., "fields": [...], "rows": [{column: value}, ...]}."""
    names = [field.name for field in file.fields]
    fields = orjson.dumps([asdict(field) for field in file.fields])
    yield b'{"about":%b,"fields":%b,"rows":[' % (orjson.dumps(asdict(about(file))), fields)
    rows = iter(file.table.rows)
    between = b""
    while some := list(islice(rows, ROWS_IN_A_PIECE)):
        yield between + orjson.dumps([dict(zip(names, row, strict=True)) for row in some])[1:-1]
        between = b","
    yield b"]}"
