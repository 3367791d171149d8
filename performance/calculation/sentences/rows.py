"""Rows of a release's results as sentences are made from them.

Numbers are floats with NaN where there is none, texts are never missing, and rows come in one
order, however they were worked out.
"""

import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from performance.calculation.divergence import NO_REOFFENDING
from performance.calculation.years import YEAR, whole_months
from performance.periods import Period
from performance.statistics.divergence.quadrants import QUARTERS
from performance.vocabulary import ProcessKind, Quadrant

# How the reason of a divergence begins that is one of its outcome.
OF_OUTCOME = "on reoffending, "

Results = Mapping[str, pd.DataFrame]


@lru_cache(maxsize=1024)
def period_name(start: datetime.date, end: datetime.date) -> str:
    return str(Period(start, end))


@dataclass(frozen=True)
class Row:
    period_start: datetime.date
    period_end: datetime.date

    @property
    def period(self) -> str:
        """As readers know it: 2010-11."""
        return period_name(self.period_start, self.period_end)


@dataclass(frozen=True)
class Divergence(Row):
    framework: str
    kind: str
    organisation: str
    process: float
    targets_judged: float
    targets_met: float
    counted: float
    cases: float
    required: float
    attainment: float
    outcome: float
    reoffended: float
    cohort: float
    expected: float
    meets: float
    worse: float
    fact: str
    quadrant: str
    probability: float
    reason: str

    @property
    def has_fact(self) -> bool:
        return self.fact in QUARTERS

    @property
    def is_compared(self) -> bool:
        return self.quadrant in (*QUARTERS, Quadrant.NOT_DETERMINED) and told(self.probability)

    @property
    def has_neither_side(self) -> bool:
        """Nothing judged, and no outcome: then one sentence says all that there is to say."""
        return not (told(self.process) or self.targets_judged > 0 or told(self.outcome))

    @property
    def reason_of_process(self) -> str:
        return "; ".join(part for part in self._reasons if not _is_of_outcome(part))

    @property
    def reason_of_outcome(self) -> str:
        return "; ".join(part.removeprefix(OF_OUTCOME) for part in self._reasons if _is_of_outcome(part))

    @property
    def _reasons(self) -> list[str]:
        return self.reason.split("; ")


def _is_of_outcome(reason: str) -> bool:
    return reason == NO_REOFFENDING or reason.startswith(OF_OUTCOME)


@dataclass(frozen=True)
class Prediction(Row):
    measure: str
    organisation: str
    observed: float
    cases: float
    expected: float
    difference: float
    lower: float
    upper: float
    adjusted_p: float
    verdict: str
    verdict_changes: bool
    spread_verdict: str
    national_verdict: str
    reason: str
    flag_reason: str


@dataclass(frozen=True)
class Rating(Row):
    framework: str
    domain: str
    organisation: str
    score: float
    band: float
    band_probabilities: object
    weight_used: float
    reason: str


@dataclass(frozen=True)
class National(Row):
    subject: str
    method: str
    framework: str
    kind: str
    estimate: float
    by_chance: float
    lower: float
    upper: float
    p: float
    n: float
    reason: str

    @property
    def is_told(self) -> bool:
        return told(self.estimate)

    @property
    def process(self) -> str:
        """What of process is looked at: all of it, or one kind."""
        return "process" if self.kind == ProcessKind.ALL else self.kind

    @property
    def targets(self) -> str:
        return "targets" if self.kind == ProcessKind.ALL else f"{self.kind} targets"


OneRow = TypeVar("OneRow", bound=Row)

_ORDER = (
    "framework",
    "kind",
    "period_start",
    "period_end",
    "subject",
    "method",
    "measure",
    "domain",
    "organisation",
)


def told(*figures: float) -> bool:
    """Whether all of these are there."""
    return not any(math.isnan(figure) for figure in figures)


def table(results: Results, name: str) -> pd.DataFrame:
    """A table of the results, an empty one where nothing was worked out."""
    return results.get(name, pd.DataFrame())


def rows_of(frame: pd.DataFrame, kind: type[OneRow]) -> list[OneRow]:
    """The frame's rows, in order. Raises KeyError where a column is lacking."""
    if frame.empty:
        return []
    columns = {field.name: _READ[field.type](frame[field.name]) for field in fields(kind)}
    order = pd.DataFrame({name: columns[name] for name in _ORDER if name in columns})
    places = order.sort_values(list(order.columns), ignore_index=False).index
    rows = list(zip(*columns.values(), strict=True))
    return [kind(*rows[place]) for place in places]


def of_financial_years(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that are of a whole financial year."""
    return frame[whole_months(frame) == YEAR] if len(frame) else frame


def _numbers(column: pd.Series) -> list[float]:
    numbers = pd.to_numeric(column).to_numpy(dtype=float, na_value=np.nan)
    return np.where(np.isfinite(numbers), numbers, np.nan).tolist()


def _texts(column: pd.Series) -> list[str]:
    return column.astype(object).where(column.notna(), "").astype(str).tolist()


def _dates(column: pd.Series) -> list[datetime.date]:
    return pd.to_datetime(column).dt.date.tolist()


def _flags(column: pd.Series) -> list[bool]:
    return column.astype(object).where(column.notna(), False).astype(bool).tolist()


_READ: dict[Any, Any] = {
    float: _numbers,
    str: _texts,
    datetime.date: _dates,
    bool: _flags,
    object: list,
}
