"""Figures for the year to date, which grow from one month end to the next."""

from collections.abc import Iterator

import numpy as np

from performance.frameworks.figure_checks.columns import COUNTS, Integers
from performance.frameworks.figure_checks.counts import HAIR
from performance.returns.checks.check import Places, Sent
from performance.returns.checks.history import History
from performance.returns.checks.known import KnownToReturns
from performance.returns.checks.sentences import dated, in_full
from performance.vocabulary import Unit

YEAR = 12
# Of months that are counted from January.
APRIL = 3


def year_to_date_grows(sent: Sent) -> Iterator[Places]:
    history, known = sent.history, sent.known
    is_share = history.where_unit(Unit.SHARE)
    places = _years_to_date(history, known)
    for column in COUNTS:
        yield _falls(history, known, column, places[is_share[places]])
    yield _falls(history, known, "value", places[~is_share[places]])


def _years_to_date(history: History, known: KnownToReturns) -> Integers:
    """Where figures from 1 April to the end of a month stand, each year's in the order of months."""
    adds_up = history.where(lambda code: code in known.over_time)
    from_april = (history.first_month % YEAR == APRIL) & (history.months > 0) & (history.months <= YEAR)
    places = np.flatnonzero(adds_up & from_april)
    order = np.lexsort(
        (history.months[places], history.first_month[places], history.series[places]),
    )
    return places[order]


def _falls(history: History, known: KnownToReturns, column: str, places: Integers) -> Places:
    numbers = getattr(history, column)
    places = places[~np.isnan(numbers[places])]
    then, now = places[:-1], places[1:]
    is_next = (history.series[then] == history.series[now]) & (
        history.first_month[then] == history.first_month[now]
    )
    is_fall = numbers[now] < numbers[then] - HAIR
    falls = np.flatnonzero(is_next & is_fall & history.is_sent[now])

    def sentence(number: int) -> str:
        before, after = int(then[falls[number]]), int(now[falls[number]])
        title = known.title_of(history.measure_at(after))
        what = title if column == "value" else f"The {column} of {title}"
        was = f"{in_full(numbers[before])} {dated(history.period_at(before))}"
        has_become = f"{in_full(numbers[after])} {dated(history.period_at(after))}"
        return f"{what} was {was} and is {has_become}: a total for the year to date doesn't fall."

    return Places(history.position[now[falls]], column, sentence)
