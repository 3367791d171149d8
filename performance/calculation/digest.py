"""Fingerprints of data: the same figures give the same digest on any database.

Rows are named by codes and slugs, never by database keys, and numbers are written to nine
significant figures, which is more than any source prints and fewer than machines differ in.
"""

import hashlib
from typing import Any

import numpy as np
import orjson
import pandas as pd

INPUT_COLUMNS = [
    "measure",
    "organisation",
    "period_start",
    "period_end",
    "unit",
    "polarity",
    "organisation_kind",
    "status",
    "numerator",
    "denominator",
    "expected",
    "value",
    "percent_of_target",
    "target",
    "as_printed",
    "source",
    "certainty",
    "note",
]
PERIOD_AND_FIGURES = [
    "period_start",
    "period_end",
    "status",
    "numerator",
    "denominator",
    "expected",
    "value",
    "lower",
    "upper",
    "target",
    "target_status",
    "attainment",
    "baseline",
    "flag",
]
RESULT_COLUMNS = ["measure", "organisation", *PERIOD_AND_FIGURES]


def inputs_digest(frame: pd.DataFrame) -> str:
    return _digest(frame, INPUT_COLUMNS)


def results_digest(frame: pd.DataFrame, framework_mixes: list[dict[str, Any]]) -> str:
    """Of the indicators and of what each framework rewards: all that a release tells."""
    figures = _digest(frame, RESULT_COLUMNS).encode()
    mixes = orjson.dumps(framework_mixes, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(figures + b"\n" + mixes).hexdigest()


def _digest(frame: pd.DataFrame, columns: list[str]) -> str:
    """SHA-256 of the sorted rows, one JSON list a line, headed by the columns."""
    rows = pd.DataFrame({column: written(frame[column]) for column in columns})
    lines = sorted(orjson.dumps(row) for row in rows.to_numpy(dtype=object).tolist())
    return hashlib.sha256(b"\n".join([orjson.dumps(columns), *lines])).hexdigest()


def written(column: pd.Series) -> list[str | None]:
    """A column as a digest has it: numbers to nine significant figures, None for no number."""
    if pd.api.types.is_float_dtype(column):
        # Adding 0.0 takes the sign off a negative zero, which databases don't keep.
        return [None if np.isnan(number) else f"{number + 0.0:.9g}" for number in column]
    return [str(value) for value in column]
