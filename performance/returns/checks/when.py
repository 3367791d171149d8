"""The periods of figures: no longer than a year, within the framework's years, and over."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from performance.frameworks.figure_checks.columns import PERIOD, places_in
from performance.frameworks.figure_checks.faults import Faults, faults
from performance.periods import written_date
from performance.returns.checks.check import Places, Sent
from performance.returns.checks.known import KnownToReturns

SHORTEST_YEAR = np.timedelta64(365, "D")


def period_is_no_longer_than_a_year(frame: pd.DataFrame, known: KnownToReturns) -> Iterator[Faults]:
    start, end = (frame[column].to_numpy("datetime64[D]") for column in PERIOD)
    is_longer = end - start >= SHORTEST_YEAR
    is_longer[is_longer] = end[is_longer] > _last_day_of_the_year_from(start[is_longer])

    def expected(position: int) -> str:
        (last,) = _last_day_of_the_year_from(start[position : position + 1])
        return f"a date up to {last}, as a period is a year at most"

    yield faults(is_longer, "period_end", expected)


def _last_day_of_the_year_from(start: np.ndarray) -> np.ndarray:
    month = start.astype("datetime64[M]")
    days_into_it = start - month.astype("datetime64[D]")
    last: np.ndarray = (month + 12).astype("datetime64[D]") + days_into_it - 1
    return last


def period_lies_in_the_years_of_the_framework(frame: pd.DataFrame, known: KnownToReturns) -> Iterator[Faults]:
    slugs = sorted(known.years)
    place = places_in(slugs, frame["framework"])

    def expected(position: int) -> str:
        slug = slugs[place[position]]
        years = known.years[slug]
        return f"a date from {years.start} to {years.end}, the years of '{slug}'"

    starts, ends = (
        np.array([*(getattr(known.years[slug], side) for slug in slugs), "NaT"], "datetime64[s]")[place]
        for side in ("start", "end")
    )
    yield faults((frame["period_start"] < starts).to_numpy(np.bool_), "period_start", expected)
    yield faults((frame["period_end"] > ends).to_numpy(np.bool_), "period_end", expected)


def period_is_over(sent: Sent) -> Iterator[Places]:
    ends = sent.frame["period_end"].to_numpy("datetime64[D]")
    today = np.datetime64(sent.known.today, "D")
    positions = np.flatnonzero(ends >= today)

    def sentence(number: int) -> str:
        end = ends[positions[number]]
        when = "is today, so it isn't over" if end == today else "hasn't come yet"
        return f"This period ends on {written_date(end.item())}, which {when}."

    yield Places(positions, "period_end", sentence)
