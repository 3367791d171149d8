"""Writing the rows of a release, as fast as each database takes them.

Django's own bulk_create makes an object of each row first.
"""

import csv
import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import orjson
import pandas as pd
from django.db import connection

from performance.calculation.reading import CHUNK, Kind
from performance.calculation.tables import NAMES, TABLES, Results, ResultTable
from performance.models import Domain, Framework, Measure, Release
from trusts.models import Organisation

Keys = dict[str, dict[Any, int]]


def store_results(release: Release, results: Results) -> None:
    """Store every table of a release. To be called within a transaction."""
    keys = _keys()
    for table in TABLES:
        for rows in _chunks(release, table, results[table.name], keys):
            _insert(table, rows)


def _keys() -> Keys:
    """The database's own keys by the names that results use."""
    domains = Domain.objects.values_list("framework__slug", "code", "pk")
    return {
        "measure": dict(Measure.objects.values_list("code", "pk")),
        "organisation": dict(Organisation.objects.values_list("slug", "pk")),
        "framework": dict(Framework.objects.values_list("slug", "pk")),
        "domain": {(framework, code): key for framework, code, key in domains},
    }


def _columns(table: ResultTable) -> list[str]:
    """As the database calls them, in the order of the table's own."""
    fields = [column.removesuffix("_id") for column in (*table.columns, *table.internal)]
    return ["release_id", *(str(table.model._meta.get_field(field).column) for field in fields)]  # type: ignore[union-attr]


def _chunks(
    release: Release, table: ResultTable, frame: pd.DataFrame, keys: Keys
) -> Iterator[list[tuple[Any, ...]]]:
    for start in range(0, len(frame), CHUNK):
        rows = frame.iloc[start : start + CHUNK]
        columns = [_stored(table, column, rows, keys) for column in (*table.columns, *table.internal)]
        yield list(zip([release.pk] * len(rows), *columns, strict=True))


def _stored(table: ResultTable, column: str, rows: pd.DataFrame, keys: Keys) -> list[Any]:
    """A column's values as the database takes them."""
    values = rows[column]
    if column == "domain":
        pairs = zip(rows["framework"].astype(object), values.astype(object), strict=True)
        return [keys[column][pair] if pair[1] else None for pair in pairs]
    if column in NAMES:
        of_text = [keys[column][text] if text else None for text in values.cat.categories]
        return [of_text[code] for code in values.cat.codes.tolist()]
    match table.kind(column):
        case Kind.NUMBER:
            return _numbers(table, column, values)
        case Kind.DATE:
            return list(np.datetime_as_string(values.to_numpy("datetime64[D]")).tolist())
        case Kind.JSON:
            return [orjson.dumps(document).decode() for document in values]
        case _:
            return list(values.tolist())


def _numbers(table: ResultTable, column: str, values: pd.Series) -> list[Any]:
    field = table.model._meta.get_field(column.removesuffix("_id"))
    is_whole = field.get_internal_type() != "FloatField"
    return [None if number != number else int(number) if is_whole else number for number in values.tolist()]


def _insert(table: ResultTable, rows: list[tuple[Any, ...]]) -> None:
    name, columns = table.model._meta.db_table, _columns(table)
    if connection.vendor == "postgresql":
        _copy(name, columns, rows, _never_null(table))
        return
    places = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({places})", rows)  # noqa: S608 - our own names


def _copy(name: str, columns: list[str], rows: list[tuple[Any, ...]], never_null: list[str]) -> None:
    """PostgreSQL's own bulk load. An empty cell is NULL, but in texts, which are never NULL."""
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    file.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f"COPY {name} ({', '.join(columns)}) FROM STDIN "
            f"WITH (FORMAT csv, NULL '', FORCE_NOT_NULL ({', '.join(never_null)}))",
            file,
        )


def _never_null(table: ResultTable) -> list[str]:
    return [column for column in table.columns if column not in NAMES and table.kind(column) is Kind.TEXT]
