"""Reading many rows of the database as one data frame, in little more memory than the frame takes.

Rows come in chunks, and a text is kept once however many rows have it: a million observations
hold a few thousand different texts.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

import numpy as np
import orjson
import pandas as pd
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

CHUNK = 50_000


class Kind(Enum):
    """What a column holds. A text that isn't there (NULL) is ''; a number that isn't, NaN."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    FLAG = "flag"
    JSON = "json"


def read_frame(rows: QuerySet[Any], columns: Mapping[str, tuple[str, Kind]]) -> pd.DataFrame:
    """The rows of a query, in no particular order.

    columns: by name in the frame, the path in the model and the kind. Texts come as categories
    (sorted), numbers as floats, dates as datetime64[s].
    """
    readers = [_READERS[kind]() for _, kind in columns.values()]
    for chunk in _chunks(rows.order_by().values_list(*(path for path, _ in columns.values()))):
        for reader, values in zip(readers, zip(*chunk, strict=True), strict=True):
            reader.add(values)
    return pd.DataFrame(
        {name: reader.column() for name, reader in zip(columns, readers, strict=True)}, copy=False
    )


def _chunks(rows: QuerySet[Any]) -> Iterator[list[tuple[Any, ...]]]:
    """Past Django's own conversions, which would take as long again as the database does."""
    try:
        sql, parameters = rows.query.sql_with_params()
    except EmptyResultSet:
        # Asked for rows of none of a list: there is no statement for that.
        return
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, parameters)
        while chunk := cursor.fetchmany(CHUNK):
            yield chunk


class _Numbers:
    dtype = "float64"

    def __init__(self) -> None:
        self.arrays: list[np.ndarray] = [np.empty(0, self.dtype)]

    def add(self, values: Sequence[Any]) -> None:
        self.arrays.append(np.array(values, dtype=self.dtype))

    def column(self) -> Any:
        return np.concatenate(self.arrays)


class _Flags(_Numbers):
    dtype = "bool"


class _Dates(_Numbers):
    """Few days in many rows: each is turned into a number once."""

    dtype = "datetime64[D]"

    def add(self, values: Sequence[Any]) -> None:
        codes, days = pd.factorize(np.array(values, dtype=object))
        self.arrays.append(np.array(days, dtype=self.dtype)[codes])

    def column(self) -> Any:
        return super().column().astype("datetime64[s]")


class _Texts:
    def __init__(self) -> None:
        self.known: dict[str, int] = {}
        self.codes: list[np.ndarray] = [np.empty(0, np.int32)]

    def add(self, values: Sequence[Any]) -> None:
        own_codes, own_texts = pd.factorize(np.array(values, dtype=object), use_na_sentinel=False)
        texts = [text if isinstance(text, str) else "" for text in own_texts]
        codes = [self.known.setdefault(text, len(self.known)) for text in texts]
        self.codes.append(np.array(codes, np.int32)[own_codes])

    def column(self) -> Any:
        texts = np.array(list(self.known), dtype=object)
        order = np.argsort(texts) if len(texts) else np.empty(0, np.intp)
        place = np.empty(len(texts), np.int32)
        place[order] = np.arange(len(texts), dtype=np.int32)
        codes = np.concatenate(self.codes)
        sorted_texts: pd.Index[Any] = pd.Index(texts[order], dtype="str")
        return pd.Categorical.from_codes(place[codes] if len(codes) else codes, categories=sorted_texts)


class _Documents:
    """JSON, which raw rows hold as text."""

    def __init__(self) -> None:
        self.documents: list[Any] = []

    def add(self, values: Sequence[Any]) -> None:
        self.documents.extend(orjson.loads(value) if isinstance(value, str) else value for value in values)

    def column(self) -> Any:
        return pd.Series(self.documents, dtype=object)


_READERS: dict[Kind, Any] = {
    Kind.TEXT: _Texts,
    Kind.NUMBER: _Numbers,
    Kind.DATE: _Dates,
    Kind.FLAG: _Flags,
    Kind.JSON: _Documents,
}
