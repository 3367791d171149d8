"""What stands in each column of an answer: the data dictionary, and columns that only programs are told."""

from functools import cache
from pathlib import Path

from performance.exports.dictionary import Field, dictionary, read_fields
from performance.releases.tables import Table

CONTENT = Path(__file__).parent / "content" / "columns.yaml"


@cache
def own_fields() -> dict[str, Field]:
    return read_fields(CONTENT)


def field_of(column: str) -> Field:
    """Raises KeyError for a column that neither list explains."""
    return own_fields()[column] if column in own_fields() else dictionary()[column]


def fields_of(table: Table) -> dict[str, Field]:
    return {column: field_of(column) for column in table.columns}
