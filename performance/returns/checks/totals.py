"""Totals beside their parts: quarters and their months, years and their quarters or months."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from performance.frameworks.figure_checks.columns import COUNTS, Booleans, Floats, Integers
from performance.frameworks.figure_checks.counts import HAIR
from performance.returns.checks.check import Places, Sent
from performance.returns.checks.history import History
from performance.returns.checks.known import KnownToReturns
from performance.returns.checks.sentences import in_full
from performance.vocabulary import Unit

MONTH, QUARTER = 1, 3
NOUNS = {MONTH: "months", QUARTER: "quarters"}
# How far sums of fractions may be off, as a part of the sum.
OFF = 1e-12


@dataclass(frozen=True)
class Parts:
    """Figures of a file for longer periods, each with all its months or all its quarters.

    whole: where each stands in the history; length: of a part in months; sums: what its parts come
    to, NaN where one of them has no number.
    """

    whole: Integers
    length: Integers
    sums: Floats


def total_is_that_of_its_parts(sent: Sent) -> Iterator[Places]:
    history, known = sent.history, sent.known
    adds_up = history.where(lambda code: code in known.over_time) & history.is_sent
    for column, unit in (*((count, Unit.SHARE) for count in COUNTS), ("value", Unit.COUNT)):
        is_one = adds_up & history.where_unit(unit)
        numbers: Floats = np.where(is_one, getattr(history, column), np.nan)
        yield _off(history, known, column, numbers, parts_of(history, is_one, numbers))


def _off(history: History, known: KnownToReturns, column: str, numbers: Floats, parts: Parts) -> Places:
    apart = np.abs(numbers[parts.whole] - parts.sums)
    is_off = np.flatnonzero(apart > HAIR + OFF * np.abs(parts.sums))

    def sentence(number: int) -> str:
        place = parts.whole[is_off[number]]
        length = int(parts.length[is_off[number]])
        title = f"{known.title_of(history.measure_at(place))} for {history.period_at(place)}"
        what, those = (title, "its") if column == "value" else (f"The {column} of {title}", "those of its")
        total, total_of_parts = in_full(numbers[place]), in_full(parts.sums[is_off[number]])
        many = f"{history.months[place] // length} {NOUNS[length]}"
        return f"{what} is {total}, but {those} {many} add up to {total_of_parts}."

    return Places(history.position[parts.whole[is_off]], column, sentence)


def parts_of(history: History, is_one: Booleans, numbers: Floats) -> Parts:
    """Of the figures that are chosen, those that consist of others: of months, or else of quarters.

    is_one: whether a figure may be a whole or a part; numbers: what is added up.
    """
    is_whole = is_one & (history.months > MONTH) & ~np.isnan(numbers)
    whole = np.flatnonzero(is_whole)
    of_months = _sums(history, numbers, whole, MONTH)
    of_quarters = _sums(history, numbers, whole, QUARTER)
    length = np.where(np.isnan(of_months), QUARTER, MONTH)
    return Parts(whole, length, np.where(np.isnan(of_months), of_quarters, of_months))


def _sums(history: History, numbers: Floats, whole: Integers, length: int) -> Floats:
    """What the parts of each whole come to, NaN where one isn't there. Parts of one length that
    follow one another stand one below the other."""
    sums = np.full(len(whole), np.nan)
    first_month, count = history.first_month[whole], history.months[whole] // length
    span = history.spans.of_months(length, first_month)
    last_span = history.spans.of_months(length, first_month + history.months[whole] - length)
    first = history.find(history.series[whole], span)
    last = history.find(history.series[whole], last_span)
    is_all = (first >= 0) & (last - first == count - 1)
    if length == QUARTER:
        is_all &= (first_month % QUARTER == 0) & (history.months[whole] % QUARTER == 0)
    for many in np.unique(count[is_all]).tolist():
        chosen = np.flatnonzero(is_all & (count == many))
        sums[chosen] = sum(numbers[first[chosen] + part] for part in range(many))
    return sums
