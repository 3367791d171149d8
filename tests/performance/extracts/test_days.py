"""Days as numbers, and which of them are working days."""

import datetime

import holidays
import numpy as np
import pytest

from performance.extracts.days import (
    FIRST,
    LAST,
    NEVER,
    bank_holidays,
    date_of,
    days_of,
    first_days,
    month_number,
    month_period,
    months_of,
    number_of,
    working_days_after,
    working_days_between,
)
from performance.periods import Period

# As they were: Good Friday, Easter Monday, early May, spring and summer, Christmas and New Year, and what was
# moved or added. Those that fell on a Saturday or Sunday stand on the day that was given for them.
LISTS = {
    2001: "01-01 04-13 04-16 05-07 05-28 08-27 12-25 12-26",
    2002: "01-01 03-29 04-01 05-06 06-03 06-04 08-26 12-25 12-26",
    2003: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2004: "01-01 04-09 04-12 05-03 05-31 08-30 12-27 12-28",
    2005: "01-03 03-25 03-28 05-02 05-30 08-29 12-26 12-27",
    2006: "01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    2007: "01-01 04-06 04-09 05-07 05-28 08-27 12-25 12-26",
    2008: "01-01 03-21 03-24 05-05 05-26 08-25 12-25 12-26",
    2009: "01-01 04-10 04-13 05-04 05-25 08-31 12-25 12-28",
    2010: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2011: "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27",
    2012: "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26",
    2013: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2014: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2015: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2016: "01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27",
    2017: "01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    2018: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
    2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
}


@pytest.mark.parametrize("year", LISTS)
def test_bank_holidays_are_those_of_the_lists(year):
    on_weekdays = sorted(day for day in bank_holidays() if day.year == year and day.weekday() < 5)

    assert [f"{day:%m-%d}" for day in on_weekdays] == LISTS[year].split()


def test_england_and_wales_have_the_same():
    years = range(2001, 2030)

    assert set(holidays.country_holidays("GB", subdiv="WLS", years=years)) == {
        day for day in bank_holidays() if day.year in years
    }


def day_after(day: str, count: int) -> str:
    number = np.array([number_of(datetime.date.fromisoformat(day))], dtype=np.int32)
    return str(date_of(working_days_after(number, count)[0]))


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2010-06-01", 1, "2010-06-02"),
        # From Friday to Monday, and from a Saturday and a Sunday too.
        ("2010-06-04", 1, "2010-06-07"),
        ("2010-06-05", 1, "2010-06-07"),
        ("2010-06-06", 1, "2010-06-07"),
        # Christmas 2010 and New Year.
        ("2010-12-24", 1, "2010-12-29"),
        ("2010-12-24", 5, "2011-01-05"),
        # Easter 2011 and the wedding.
        ("2011-04-21", 1, "2011-04-26"),
        ("2011-04-28", 1, "2011-05-03"),
        # A leap day.
        ("2012-02-28", 1, "2012-02-29"),
        ("2012-02-28", 2, "2012-03-01"),
    ],
)
def test_working_days_leave_out_weekends_and_holidays(day, count, expected):
    assert day_after(day, count) == expected


def test_as_many_working_days_lie_between_as_were_added():
    starts = np.arange(
        number_of(datetime.date(2010, 1, 1)), number_of(datetime.date(2013, 1, 1)), dtype=np.int32
    )
    for count in (1, 5, 15):
        assert (working_days_between(starts, working_days_after(starts, count)) == count).all()


def test_never_stays_never():
    never = np.array([NEVER], dtype=np.int32)

    for found in (days_of(never), months_of(never), working_days_after(never, 5)):
        assert found.tolist() == [NEVER]


def test_a_working_day_after_all_days_is_never():
    last = np.array([number_of(LAST)], dtype=np.int32)

    assert working_days_after(last, 5).tolist() == [NEVER]


@pytest.mark.parametrize("day", [FIRST, datetime.date(2012, 2, 29), datetime.date(2012, 12, 31), LAST])
def test_days_and_months_come_back_as_they_went(day):
    number = np.array([number_of(day)], dtype=np.int32)

    assert date_of(number_of(day)) == day
    month = int(months_of(number)[0])
    assert month == month_number(day)
    period = month_period(month)
    assert period.start <= day <= period.end
    assert date_of(first_days()[month]) == period.start


def test_a_month_is_as_long_as_it_is():
    assert month_period(month_number(datetime.date(2012, 2, 1))) == Period(
        datetime.date(2012, 2, 1), datetime.date(2012, 2, 29)
    )
