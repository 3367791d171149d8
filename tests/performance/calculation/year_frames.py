"""Figures of a financial year, and frameworks, for the tests of what is worked out from them."""

import datetime
import math
from typing import Any

import pandas as pd

from performance.calculation.plans import FrameworkPlan, PlannedDomain, PlannedMeasure
from performance.vocabulary import Kind, Polarity, Unit

Row = dict[str, Any]

YEAR = ("2010-04-01", "2011-03-31")
QUARTERS = [
    ("2010-04-01", "2010-06-30"),
    ("2010-07-01", "2010-09-30"),
    ("2010-10-01", "2010-12-31"),
    ("2011-01-01", "2011-03-31"),
]
PERIOD = {"period_start": pd.Timestamp(YEAR[0]), "period_end": pd.Timestamp(YEAR[1])}
TEXTS = ("measure", "unit", "organisation", "organisation_kind", "status", "structure")
NUMBERS = ("numerator", "denominator", "expected", "value", "target")


def figure(organisation: str, measure: str, period: tuple[str, str] = YEAR, **changes: Any) -> Row:
    """A share of a trust's cases, unless told otherwise, with its value from its counts."""
    row: Row = {
        "measure": measure,
        "unit": "share",
        "organisation": organisation,
        "organisation_kind": "trust",
        "period_start": period[0],
        "period_end": period[1],
        "status": "reported",
        "structure": "then",
        **dict.fromkeys(NUMBERS),
    }
    assert changes.keys() <= row.keys()
    row |= changes
    if row["value"] is None and row["numerator"] is not None and row["denominator"]:
        row["value"] = 100 * row["numerator"] / row["denominator"]
    return row


def reoffending(organisation: str, observed: int | None, cases: int | None, **changes: Any) -> Row:
    """`expected` goes among the changes."""
    return figure(organisation, "local-adult-reoffending", numerator=observed, denominator=cases, **changes)


def frame(*rows: Row) -> pd.DataFrame:
    """As `sums.with_sums` gives it: texts as categories, numbers as floats with NaN for none."""
    columns = [*TEXTS, "period_start", "period_end", *NUMBERS]
    made = pd.DataFrame.from_records(list(rows), columns=columns)
    for name in ("period_start", "period_end"):
        made[name] = pd.to_datetime(made[name]).astype("datetime64[s]")
    kinds: dict[str, Any] = dict.fromkeys(TEXTS, "category") | dict.fromkeys(NUMBERS, float)
    return made.astype(kinds)


def rows_of(table: pd.DataFrame) -> list[Row]:
    """Plain rows: None for NaN, and days as text."""
    return [{name: plain(cell) for name, cell in row.items()} for row in table.to_dict("records")]


def plain(cell: Any) -> Any:
    if isinstance(cell, pd.Timestamp):
        return str(cell.date())
    return None if isinstance(cell, float) and math.isnan(cell) else cell


def measure(
    code: str,
    domain: str = "delivery",
    weight: float = 1.0,
    kind: str = "timeliness",
    polarity: str = "higher",
    unit: str = "share",
    target: float | None = None,
) -> PlannedMeasure:
    return PlannedMeasure(code, domain, weight, Kind(kind), Polarity(polarity), Unit(unit), target)


def plan(*measures: PlannedMeasure, **changes: Any) -> FrameworkPlan:
    """A framework of one year, with a domain for each that its measures name. It scores 1, and 1
    more at 90%, 100% and 105% of the target, in four bands."""
    parts: dict[str, Any] = {
        "slug": "ptrs-2010-11",
        "title": "PTRS 2010-11",
        "starts": datetime.date(2010, 4, 1),
        "ends": datetime.date(2011, 3, 31),
        "domains": tuple(
            PlannedDomain(code, code.capitalize(), 1.0) for code in dict.fromkeys(m.domain for m in measures)
        ),
        "bands": ((1, "Serious concerns"), (2, "Requiring improvement"), (3, "Good"), (4, "Exceptional")),
        "steps": (0.9, 1.0, 1.05),
        "band_edges": (1.5, 2.5, 3.5),
    }
    return FrameworkPlan(measures=measures, **(parts | changes))
