"""Figures for the tests of signs that an audit might ask about: months, quarters and years of shares."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from performance.calculation.audit import audit
from tests.performance.calculation.year_frames import measure, plan, rows_of

Row = dict[str, Any]
Period = tuple[str, str]
# x of n cases; of a pair with None there is no figure.
Counts = tuple[int | None, int | None]

REPORTS, LATE = measure("reports"), measure("late", kind="compliance", polarity="lower")
NUMBERS = ("numerator", "denominator", "value", "target")


def period(first: int, place: int, length: int) -> Period:
    """place: months from April of that year."""
    start, after = 12 * first + 3 + place, 12 * first + 3 + place + length
    end = datetime.date(after // 12, after % 12 + 1, 1) - datetime.timedelta(days=1)
    return datetime.date(start // 12, start % 12 + 1, 1).isoformat(), end.isoformat()


def figures(
    organisation: str,
    counts: Iterable[Counts],
    target: float | Sequence[float | None] | None = 90.0,
    first: int = 2010,
    length: int = 1,
    **changes: Any,
) -> list[Row]:
    """A trust's months in a row (or periods of another length), from April of the first year."""
    own = list(counts)
    targets = target if isinstance(target, Sequence) else [target] * len(own)
    rows = []
    for place, ((x, n), aim) in enumerate(zip(own, targets, strict=True)):
        start, end = period(first, place * length, length)
        row: Row = {
            "measure": "reports",
            "organisation": organisation,
            "organisation_kind": "trust",
            "structure": "then",
            "polarity": "higher",
            "unit": "share",
            "period_start": start,
            "period_end": end,
            "status": "missing" if n is None else "reported",
            "numerator": x,
            "denominator": n,
            "value": 100 * x / n if x is not None and n else None,
            "target": aim,
        }
        assert changes.keys() <= row.keys()
        rows.append(row | changes)
    return rows


def frame(rows: list[Row]) -> pd.DataFrame:
    """As the table `indicators` with what its measures and organisations are."""
    columns = list(figures("kent", [(1, 1)])[0])
    made = pd.DataFrame(rows, columns=columns)
    for name in ("period_start", "period_end"):
        made[name] = pd.to_datetime(made[name]).astype("datetime64[s]")
    texts = [name for name in columns if name not in ("period_start", "period_end", *NUMBERS)]
    return made.astype(dict.fromkeys(texts, "category") | dict.fromkeys(NUMBERS, float))


def predicted(outcomes: Iterable[tuple[str, int, float]]) -> pd.DataFrame:
    """Of trusts in years: how many points reoffending lies above prediction."""
    rows = [
        ("local-adult-reoffending", name, *period(first, 0, 12), above) for name, first, above in outcomes
    ]
    made = pd.DataFrame(rows, columns=["measure", "organisation", "period_start", "period_end", "difference"])
    for name in ("period_start", "period_end"):
        made[name] = pd.to_datetime(made[name]).astype("datetime64[s]")
    return made.astype({"difference": float})


def signs(
    *figures: list[Row], outcomes: Iterable[tuple[str, int, float]] = (), measures: Any = (REPORTS, LATE)
) -> dict[tuple[str, str, str], Row]:
    """By signal, measure and organisation."""
    rows = [row for own in figures for row in own]
    found = rows_of(audit(frame(rows), predicted(outcomes), [plan(*measures)]))
    by_name = {(row["signal"], row["measure"], row["organisation"]): row for row in found}
    assert len(by_name) == len(found)
    return by_name
