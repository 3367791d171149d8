"""One file, several returns: a return is of one trust, one framework and one period."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from performance.periods import Period, financial_year_of, month_of, quarter_of


@dataclass(frozen=True)
class Part:
    """What a file holds of one return. positions: of its figures in the frame, in order."""

    organisation: str
    framework: str
    period: Period
    positions: npt.NDArray[np.intp]


def divided(frame: pd.DataFrame) -> Iterator[Part]:
    """The returns in the figures of a file, by trust, framework and financial year in which the
    figures' periods end; the frame is that of Figures, sound."""
    ends = frame["period_end"]
    year = ends.dt.year - (ends.dt.month < 4)
    groups = frame.groupby(["organisation", "framework", year.rename("year")], sort=True, observed=True)
    for name, positions in groups.indices.items():
        organisation, framework, _ = cast(tuple[str, str, int], name)
        period = period_of(frame["period_start"].iloc[positions], ends.iloc[positions])
        yield Part(organisation, framework, period, np.sort(positions))


def period_of(starts: "pd.Series[pd.Timestamp]", ends: "pd.Series[pd.Timestamp]") -> Period:
    """The period of a return whose figures have these: their own where they share one; otherwise
    the month, quarter or financial year in which all of them end. A figure for the year to date
    belongs to the return of its last month."""
    own = Period(_day(starts.min()), _day(ends.max()))
    if starts.nunique() == ends.nunique() == 1:
        return own
    first, last = _day(ends.min()), own.end
    for period in (month_of, quarter_of):
        if period(first) == period(last):
            return period(last)
    return financial_year_of(last)


def _day(moment: pd.Timestamp) -> datetime.date:
    return moment.date()
