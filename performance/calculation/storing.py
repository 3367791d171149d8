"""Writing the rows of a release."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import orjson
import pandas as pd

from performance.calculation.reading import CHUNK, Kind
from performance.calculation.tables import NAMES, TABLES, Results, ResultTable
from performance.models import Domain, Framework, Measure, Release
from performance.writing import write_rows
from trusts.models import Organisation

Keys = dict[str, dict[Any, int]]


def store_results(release: Release, results: Results) -> None:
    """Store every table of a release. To be called within a transaction."""
    keys = _keys()
    for table in TABLES:
        for rows in _chunks(release, table, results[table.name], keys):
            write_rows(table.model, _fields(table), rows)


def _keys() -> Keys:
    """The database's own keys by the names that results use."""
    domains = Domain.objects.values_list("framework__slug", "code", "pk")
    return {
        "measure": dict(Measure.objects.values_list("code", "pk")),
        "organisation": dict(Organisation.objects.values_list("slug", "pk")),
        "framework": dict(Framework.objects.values_list("slug", "pk")),
        "domain": {(framework, code): key for framework, code, key in domains},
    }


def _fields(table: ResultTable) -> list[str]:
    """Fields of the model, in the order of the table's own columns."""
    return ["release", *(column.removesuffix("_id") for column in (*table.columns, *table.internal))]


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
