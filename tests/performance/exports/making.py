"""Tables made up for tests of files."""

from collections.abc import Iterable, Sequence
from typing import Any

from performance.exports.table_file import FileTable, ReleaseFile
from performance.models import Release
from tests.factories import make_release, make_series

SITE = "https://dashboard.example"


def table_of(columns: Sequence[str], rows: Iterable[Sequence[Any]], **others: Any) -> FileTable:
    number = others.pop("number", None)
    rows = rows if number is not None else list(rows)
    return FileTable(
        others.pop("name", "areas"),
        others.pop("title", "Areas: every figure"),
        columns,
        rows,
        len(rows) if number is None else number,
        **others,
    )


def file_of(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], release: Release | None = None, **others: Any
) -> ReleaseFile:
    """Of the public record, release 12, unless another is given."""
    return ReleaseFile(
        table_of(columns, rows, **others),
        release or make_release(number=12, series=make_series(standing="published-record")),
        lambda ending: f"{SITE}/releases/12/areas.{ending}?region=wales",
        lambda name, *args: "/".join(map(str, (SITE, name, *args))),
    )
