"""Frames of figures for tests: plain rows in, the data frame that `inputs` gives out."""

import datetime
import math
from typing import Any

import pandas as pd

from performance.calculation.digest import INPUT_COLUMNS
from performance.calculation.inputs import NUMBERS

RESULTS = ("value", "lower", "upper", "target_status", "attainment", "baseline", "flag")

ROW = {
    "observation_id": 1,
    "measure_id": 1,
    "organisation_id": 1,
    "measure": "reports-on-time",
    "organisation": "gwent-area",
    "period_start": datetime.date(2009, 4, 1),
    "period_end": datetime.date(2010, 3, 31),
    "unit": "share",
    "polarity": "higher",
    "organisation_kind": "area",
    "status": "reported",
    "numerator": None,
    "denominator": None,
    "expected": None,
    "value": None,
    "percent_of_target": None,
    "target": None,
    "as_printed": "",
    "source": "https://example.org/hansard",
    "certainty": "verbatim",
    "note": "",
}
assert ROW.keys() >= set(INPUT_COLUMNS)


def row(**changes: Any) -> dict[str, Any]:
    assert changes.keys() <= ROW.keys()
    return ROW | changes


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    made = pd.DataFrame.from_records(list(rows), columns=list(ROW))
    made[NUMBERS] = made[NUMBERS].astype(float)
    return made


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Back to plain rows: no NaN, and counts as whole numbers."""
    rows = [{key: plain(cell) for key, cell in row.items()} for row in frame.to_dict("records")]
    for row in rows:
        for count in ("numerator", "denominator"):
            row[count] = None if row[count] is None else int(row[count])
    return rows


def plain(cell: Any) -> Any:
    return None if isinstance(cell, float) and math.isnan(cell) else cell
