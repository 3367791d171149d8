"""Fingerprints of data: the same figures give the same digest on any database.

Rows are named by codes and slugs, never by database keys, and put in the order of their names.
Numbers are taken to 30 binary digits, nine decimal ones: more than any source prints, and fewer
than machines differ in.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import orjson
import pandas as pd

BINARY_DIGITS = 30
NO_NUMBER = np.iinfo(np.int32).min


def frame_digest(frame: pd.DataFrame, key: Sequence[str], columns: Sequence[str]) -> str:
    """SHA-256 of the columns, in the order of the key's rows.

    key: columns that name each row, once. Text, numbers, dates, flags and JSON documents.
    """
    order = np.lexsort([ranks(frame[column]) for column in reversed(key)])
    digest = hashlib.sha256()
    for column in columns:
        digest.update(orjson.dumps([column, len(frame)]))
        for part in _written(frame[column]):
            digest.update(part[order].tobytes() if isinstance(part, np.ndarray) else part)
    return digest.hexdigest()


def combined(parts: Iterable[tuple[str, str]]) -> str:
    """One digest of several, each with its name."""
    lines = (orjson.dumps(part) for part in parts)
    return hashlib.sha256(b"\n".join(lines)).hexdigest()


def document_digest(document: Any) -> str:
    """Of plain values: lists, mappings, texts, numbers."""
    return hashlib.sha256(orjson.dumps(document, option=orjson.OPT_SORT_KEYS)).hexdigest()


def ranks(column: pd.Series) -> np.ndarray:
    """Whole numbers in the order of the column's values."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return _days(column)
    return _coded(column)[0]


def significant(numbers: np.ndarray) -> np.ndarray:
    """Numbers as far as a digest looks at them."""
    mantissa, exponent = np.frexp(numbers)
    # Adding 0.0 takes the sign off a negative zero, which databases don't keep.
    return np.asarray(np.ldexp(np.rint(mantissa * 2.0**BINARY_DIGITS), exponent - BINARY_DIGITS) + 0.0)


def _written(column: pd.Series) -> list[Any]:
    """A column as bytes that are shared by its rows, and arrays with a place for each."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return [_days(column)]
    if pd.api.types.is_numeric_dtype(column):
        return _mantissa_and_exponent(column.to_numpy(dtype=float))
    if column.dtype == object and len(column) and isinstance(column.iloc[0], dict):
        documents = [orjson.dumps(document, option=orjson.OPT_SORT_KEYS).decode() for document in column]
        column = pd.Series(documents, dtype=object)
    codes, texts = _coded(column)
    return [orjson.dumps(texts), codes]


def _days(column: pd.Series) -> np.ndarray:
    return column.to_numpy("datetime64[D]").astype(np.int32)


def _mantissa_and_exponent(numbers: np.ndarray) -> list[np.ndarray]:
    """Exact steps on any machine: no logarithm, no decimal figures."""
    mantissa, exponent = np.frexp(significant(numbers))
    is_number = ~np.isnan(numbers)
    whole = np.where(is_number, mantissa * 2.0**BINARY_DIGITS, NO_NUMBER).astype(np.int32)
    return [whole, np.where(is_number, exponent, 0).astype(np.int32)]


def _coded(column: pd.Series) -> tuple[np.ndarray, list[str]]:
    """Each row's place among the texts that occur, and these in order. Raises ValueError where
    one is missing: what isn't there is ''."""
    codes, found = pd.factorize(column.astype("category"))
    if (codes < 0).any():
        raise ValueError(f"a text of '{column.name}' is missing")
    texts = np.array([str(text) for text in found], dtype=object)
    order = np.argsort(texts) if len(texts) else np.empty(0, np.intp)
    place = np.empty(len(texts), np.int32)
    place[order] = np.arange(len(texts), dtype=np.int32)
    return (place[codes] if len(texts) else codes.astype(np.int32)), texts[order].tolist()
