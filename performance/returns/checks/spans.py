"""The periods that figures are for, as whole numbers, so that a million of them can be compared."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from performance.frameworks.figure_checks.columns import Integers
from performance.periods import Period

# Room for every day and month that a calendar has, before and after 1970.
ROOM, MIDDLE = 2**23, 2**22
# Lengths in days come after those in months.
IN_DAYS = 2**22
YEAR = 12


@dataclass(frozen=True)
class Spans:
    """Each period once, those of whole months first, by length: so that of one length which follow
    one another without a gap or an overlap, as quarters do, stand one below the other.

    key: one number for all of that; start: days since 1970; length: in days. months: how many whole
    months, otherwise 0; first_month: since January 1970.
    """

    key: Integers
    start: Integers
    length: Integers
    months: Integers
    first_month: Integers

    @classmethod
    def of(cls, start: np.ndarray, end: np.ndarray) -> tuple["Spans", Integers]:
        """The spans of figures whose periods start and end on these days, and which of them each has."""
        first = start.astype(np.int64)
        codes, pairs = pd.factorize(first * ROOM + end.astype(np.int64) - first)
        first, days = pairs // ROOM, pairs % ROOM + 1
        month, months = _whole_months(first, days)
        key = np.where(months > 0, _key_of_months(months, month), _key_of_days(days, first))
        order = np.argsort(key)
        place = np.empty(len(order), np.int64)
        place[order] = np.arange(len(order))
        columns = (column[order] for column in (key, first, days, months, month))
        return cls(*columns), place[codes]

    def __len__(self) -> int:
        return len(self.key)

    @property
    def just_before(self) -> Integers:
        """The span of the same length that ends where each starts, -1 if no figure is for it."""
        in_months = _key_of_months(self.months, self.first_month - self.months)
        in_days = _key_of_days(self.length, self.start - self.length)
        return look_up(self.key, np.where(self.months > 0, in_months, in_days))

    def of_months(self, months: int, first_month: Integers) -> Integers:
        """The span of so many whole months from each first month, -1 if no figure is for it."""
        return look_up(self.key, _key_of_months(np.full(len(first_month), months), first_month))

    def period(self, span: int) -> Period:
        first = np.datetime64(int(self.start[span]), "D")
        return Period(first.item(), (first + (self.length[span] - 1)).item())


def month_period(first_month: int) -> Period:
    """A month, of those since January 1970."""
    months = np.arange(first_month, first_month + 2).astype("datetime64[M]")
    start, after = months.astype("datetime64[D]")
    return Period(start.item(), (after - 1).item())


def look_up(sorted_keys: Integers, wanted: Integers) -> Integers:
    """Where each key that is wanted stands among sorted ones, -1 if nowhere."""
    if not len(sorted_keys):
        return np.full(len(wanted), -1, np.int64)
    places = np.minimum(np.searchsorted(sorted_keys, wanted), len(sorted_keys) - 1)
    return np.where(sorted_keys[places] == wanted, places, -1)


def _whole_months(first: Integers, days: Integers) -> tuple[Integers, Integers]:
    """The month in which each period starts, and how many whole months it is, otherwise 0."""
    start = first.astype("datetime64[D]")
    after = (first + days).astype("datetime64[D]")
    month, next_month = start.astype("datetime64[M]"), after.astype("datetime64[M]")
    is_whole = (month.astype("datetime64[D]") == start) & (next_month.astype("datetime64[D]") == after)
    months = (next_month - month).astype(np.int64)
    return month.astype(np.int64), np.where(is_whole, months, 0)


def _key_of_months(months: Integers, first_month: Integers) -> Integers:
    """Quarters that start in March are no neighbours of those that start in April."""
    place = first_month % np.clip(months, 1, YEAR)
    return (YEAR * months + place) * ROOM + first_month + MIDDLE


def _key_of_days(length: Integers, start: Integers) -> Integers:
    return (IN_DAYS + length) * ROOM + start + MIDDLE
