"""Results as bytes, for keeping parts of a calculation: numbers as they are in memory, texts and
documents as JSON. Nothing in them can run when they are read, as a pickle could."""

import io
import zlib
from typing import Any

import numpy as np
import orjson
import pandas as pd

# Quick before small: parts are kept for a month.
LEVEL = 1


def packed(results: dict[str, pd.DataFrame]) -> bytes:
    """Frames of numbers, dates, flags, texts (categories or not) and JSON documents."""
    arrays: dict[str, np.ndarray] = {}
    heads: dict[str, Any] = {}
    for table, frame in results.items():
        heads[table] = {"rows": len(frame), "columns": {}}
        for column in frame.columns:
            head, array = _packed(frame[column])
            heads[table]["columns"][column] = head
            if array is not None:
                arrays[f"{table} {column}"] = array
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    text = orjson.dumps(heads)
    return zlib.compress(len(text).to_bytes(8, "big") + text + file.getvalue(), LEVEL)


def unpacked(payload: bytes) -> dict[str, pd.DataFrame]:
    """The frames of `packed`, texts as categories."""
    data = zlib.decompress(payload)
    end = 8 + int.from_bytes(data[:8], "big")
    heads = orjson.loads(data[8:end])
    with np.load(io.BytesIO(data[end:]), allow_pickle=False) as arrays:
        return {
            table: pd.DataFrame(
                {
                    column: _unpacked(own, arrays, f"{table} {column}")
                    for column, own in head["columns"].items()
                },
                index=pd.RangeIndex(head["rows"]),
                copy=False,
            )
            for table, head in heads.items()
        }


def _packed(column: pd.Series) -> tuple[dict[str, Any], np.ndarray | None]:
    if pd.api.types.is_datetime64_any_dtype(column):
        return {"as": "dates"}, column.to_numpy("datetime64[s]").astype(np.int64)
    if pd.api.types.is_numeric_dtype(column):
        return {"as": "numbers"}, column.to_numpy()
    if isinstance(column.dtype, pd.CategoricalDtype):
        return {"as": "texts", "texts": column.cat.categories.to_list()}, column.cat.codes.to_numpy()
    return {"as": "documents", "documents": column.to_list()}, None


def _unpacked(head: dict[str, Any], arrays: Any, name: str) -> Any:
    match head["as"]:
        case "dates":
            return arrays[name].astype("datetime64[s]")
        case "numbers":
            return arrays[name]
        case "texts":
            return pd.Categorical.from_codes(arrays[name], categories=pd.Index(head["texts"], dtype="str"))
        case _:
            return pd.Series(head["documents"], dtype=object)
