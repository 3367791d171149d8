"""A month without a figure, in a quarter whose other months have one."""

import datetime
from collections.abc import Iterator

import numpy as np

from performance.frameworks.figure_checks.columns import Booleans, Integers
from performance.returns.checks.check import Places, Sent
from performance.returns.checks.history import History
from performance.returns.checks.known import KnownToReturns
from performance.returns.checks.spans import month_period
from performance.returns.checks.standing import days_of_standing

QUARTER = 3


def quarter_has_all_its_months(sent: Sent) -> Iterator[Places]:
    """One finding for each trust, measure and quarter that is over, at its last month that is there."""
    history, known = sent.history, sent.known
    places = np.flatnonzero(history.is_sent & (history.months == 1))
    quarter = history.first_month[places] // QUARTER
    # Months of one measure stand one below the other.
    series = history.series[places]
    is_next = (series[:-1] == series[1:]) & (quarter[:-1] == quarter[1:])
    # A quarter with three, as nearly all are, need not be looked into.
    is_pair = is_next.copy()
    is_pair[1:] &= ~is_next[:-1]
    is_pair[:-1] &= ~is_next[1:]
    pairs = np.flatnonzero(is_pair)
    first, last, quarter = places[pairs], places[pairs + 1], quarter[pairs]
    # The numbers of the three months of a quarter come to so much.
    sum_of_months = QUARTER * (QUARTER * quarter + 1)
    missing = sum_of_months - history.first_month[first] - history.first_month[last]
    is_gap = history.find(history.series[last], history.spans.of_months(1, missing)) < 0
    is_gap &= _is_over(quarter, known.today) & _stood(history, known, last, missing)
    gaps = np.flatnonzero(is_gap)

    def sentence(number: int) -> str:
        gap = gaps[number]
        place = int(last[gap])
        there = " and ".join(str(history.period_at(int(month[gap]))) for month in (first, last))
        title, name = known.title_of(history.measure_at(place)), history.organisation_at(place)
        return (
            f"{title} of {known.name_of(name)} has figures for {there}, and none "
            f"for {month_period(int(missing[gap]))}."
        )

    yield Places(history.position[last[gaps]], "", sentence)


def _is_over(quarter: Integers, today: datetime.date) -> Booleans:
    after = (QUARTER * (quarter + 1)).astype("datetime64[M]").astype("datetime64[D]")
    is_over: Booleans = after <= np.full(len(after), today, "datetime64[D]")
    return is_over


def _stood(history: History, known: KnownToReturns, places: Integers, month: Integers) -> Booleans:
    """Whether the trust stood for some of a month."""
    first = month.astype("datetime64[M]").astype("datetime64[D]")
    after = (month + 1).astype("datetime64[M]").astype("datetime64[D]")
    opened, closed = days_of_standing(history.organisations, known)
    organisation = history.organisation[places]
    stood_in_it: Booleans = (opened[organisation] < after) & (closed[organisation] >= first)
    return stood_in_it
