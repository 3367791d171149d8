"""Days and minutes as whole numbers, so that millions of them can be compared at once.

A moment is in minutes, and a day in days, since the beginning of 1990: earlier than any case of which
an extract can tell. Both are those of the clock in England and Wales.
"""

import datetime
from functools import cache

import holidays
import numpy as np
from numpy.typing import NDArray

from performance.periods import Period

Whole = NDArray[np.int32]

FIRST = datetime.date(1990, 1, 1)
# No moment. It lies after every other, so that the least of several moments is the first.
NEVER = np.iinfo(np.int32).max
MINUTES = 24 * 60
# Far after any case, and near enough for its minutes to fit.
LAST = datetime.date(2089, 12, 31)
DAYS = (LAST - FIRST).days + 1


def number_of(day: datetime.date) -> int:
    return (day - FIRST).days


def date_of(number: int) -> datetime.date:
    return FIRST + datetime.timedelta(days=int(number))


def days_of(moments: Whole) -> Whole:
    """NEVER stays NEVER."""
    return np.where(moments == NEVER, NEVER, moments // MINUTES).astype(np.int32)


def months_of(days: Whole) -> Whole:
    """The month of each day, counted from January 1990; NEVER for NEVER."""
    is_day = (days >= 0) & (days < DAYS)
    return np.where(is_day, _month_of_each_day()[np.where(is_day, days, 0)], NEVER).astype(np.int32)


def month_number(day: datetime.date) -> int:
    return (day.year - FIRST.year) * 12 + day.month - 1


def month_period(number: int) -> Period:
    year, month = divmod(int(number), 12)
    start = datetime.date(FIRST.year + year, month + 1, 1)
    after = datetime.date(FIRST.year + year + (month == 11), (month + 1) % 12 + 1, 1)
    return Period(start, after - datetime.timedelta(days=1))


@cache
def first_days() -> Whole:
    """The first day of each month."""
    return np.flatnonzero(np.diff(_month_of_each_day(), prepend=-1)).astype(np.int32)


def working_days_after(days: Whole, count: int) -> Whole:
    """The so-manieth working day after each day, which itself isn't counted; NEVER for NEVER.
    Neither Saturdays and Sundays nor the bank holidays of England and Wales are working days."""
    is_day = (days >= 0) & (days < DAYS)
    done_by, working = _working_days()
    wanted = done_by[np.where(is_day, days, 0)] + count - 1
    found = working[np.minimum(wanted, len(working) - 1)]
    return np.where(is_day & (wanted < len(working)), found, NEVER).astype(np.int32)


def working_days_between(starts: Whole, ends: Whole) -> Whole:
    """Which working day after each start its end is, or comes before; 0 for the same day, and below 0 for
    an end before. An end on a Saturday is as late as one on the Monday after."""
    done_by, _ = _working_days()
    after = done_by[np.maximum(ends - 1, 0)] - done_by[starts] + 1
    return np.where(ends > starts, after, np.minimum(ends - starts, 0)).astype(np.int32)


@cache
def bank_holidays() -> frozenset[datetime.date]:
    """Of England and Wales, which have the same, from 1990 on; of years to come as far as they are
    known today."""
    found = holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST.year, LAST.year + 1))
    return frozenset(found)


@cache
def _working_days() -> tuple[Whole, Whole]:
    """How many working days there have been by the end of each day, and the days that are ones."""
    days = np.arange(DAYS, dtype=np.int32)
    # 1 January 1990 was a Monday.
    is_working = days % 7 < 5
    is_working[[number_of(day) for day in bank_holidays()]] = False
    return np.cumsum(is_working, dtype=np.int32), days[is_working]


@cache
def _month_of_each_day() -> Whole:
    months = np.arange(DAYS).astype("datetime64[D]") + np.datetime64(FIRST, "D").astype(int)
    return (months.astype("datetime64[M]").astype(int) - (FIRST.year - 1970) * 12).astype(np.int32)
