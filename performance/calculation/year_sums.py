"""Years added up from their months or quarters."""

import datetime
from collections.abc import Iterator

import numpy as np
import pandas as pd

from performance.calculation.cells import cells
from performance.calculation.sum_notes import Wording, of_periods
from performance.calculation.sum_rows import Parts, sum_rows
from performance.calculation.years import (
    MONTH,
    QUARTER,
    YEAR,
    bounds,
    is_other_part,
    places_in_year,
    whole_months,
)
from performance.periods import Period
from performance.statistics.columns import Booleans
from performance.vocabulary import COUNTED_ON_A_DAY, Unit


def year_sums(rows: pd.DataFrame, year: str) -> Iterator[pd.DataFrame]:
    """A row for each measure and organisation whose figures within the year are all of months, or
    all of quarters.

    rows: of one financial year, in which no figure is twice. With figures of both lengths, or for
    periods such as April to September, they may be running totals: nothing is added up then.
    """
    months, of_one = whole_months(rows), cells(rows, ["measure", "organisation"])
    is_odd = is_other_part(rows)
    for length, other, noun in ((MONTH, QUARTER, "month"), (QUARTER, MONTH, "quarter")):
        is_mixed = np.bincount(of_one, weights=is_odd | (months == other)) > 0
        parts = rows[_adds_up(rows) & (months == length) & ~is_mixed[of_one]]
        if len(parts):
            yield _years_of(parts, length, of_periods(noun, _periods(year, length)), year)


def _adds_up(rows: pd.DataFrame) -> Booleans:
    is_count = (rows["unit"] == Unit.COUNT) & ~rows["kind"].isin(COUNTED_ON_A_DAY)
    return ((rows["unit"] == Unit.SHARE) | is_count).to_numpy()


def _years_of(rows: pd.DataFrame, length: int, wording: Wording, year: str) -> pd.DataFrame:
    parts = Parts.of(rows, ["measure", "organisation", "unit"])
    place = places_in_year(rows) // length
    made = sum_rows(parts, place, YEAR // length, wording, _has_a_part, targets=True)
    first, last = (pd.Timestamp(day).as_unit(rows["period_start"].dt.unit) for day in bounds(year))
    return made.assign(period_start=first, period_end=last)


def _has_a_part(sums: pd.DataFrame) -> Booleans:
    return (sums["counted"] > 0).to_numpy()


def _periods(year: str, length: int) -> list[Period]:
    """The months or quarters of a financial year."""
    first, last = bounds(year)
    starts = [(pd.Timestamp(first) + pd.DateOffset(months=n)).date() for n in range(0, YEAR, length)]
    ends = [start - datetime.timedelta(days=1) for start in starts[1:]]
    return [Period(start, end) for start, end in zip(starts, [*ends, last], strict=True)]
