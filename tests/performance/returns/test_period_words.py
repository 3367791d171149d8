"""Days and periods as people write them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.periods import Period, month_of, quarter_of, written_date
from performance.returns.period_words import A_DAY, A_PERIOD, NotADay, NotAPeriod, read_day, read_period

APRIL = ("2010-04-01", "2010-04-30")
FIRST_QUARTER = ("2010-04-01", "2010-06-30")
YEAR = ("2010-04-01", "2011-03-31")

days = st.dates(datetime.date(1900, 1, 1), datetime.date(2098, 12, 31))


def period(start: str, end: str) -> Period:
    return Period(datetime.date.fromisoformat(start), datetime.date.fromisoformat(end))


@pytest.mark.parametrize(
    "text", ["2010-04-30", "30/04/2010", "30.4.2010", "30 April 2010", "30-Apr-2010", " 30th  APRIL 2010"]
)
def test_a_day_is_read(text):
    assert read_day(text) == datetime.date(2010, 4, 30)


def test_days_come_before_months():
    assert read_day("03/04/2010") == datetime.date(2010, 4, 3)


@pytest.mark.parametrize(
    "text, advice",
    [
        ("31/02/2011", "there is no such day"),
        ("2011-02-31", "there is no such day"),
        ("04/30/2010", "there is no such day"),
        ("30/04/10", "give the year in four digits, as in 30/04/2010"),
        ("30-Apr-10", "give the year in four digits, as in 30/04/2010"),
        ("20100401", "write it with hyphens, as in 2010-04-30"),
        ("0210-04-01", "give a year from 1900 to 2099"),
        ("40299", f"write {A_DAY}"),
        ("30 Avril 2010", f"write {A_DAY}"),
        ("٣٠/٠٤/٢٠١٠", f"write {A_DAY}"),
        ("", f"write {A_DAY}"),
        ("1 April 2010 " * 10_000, f"write {A_DAY}"),
    ],
)
def test_what_is_no_day_is_refused_with_what_to_write(text, advice):
    with pytest.raises(NotADay) as caught:
        read_day(text)
    assert str(caught.value) == advice


@pytest.mark.parametrize(
    "text, ends",
    [
        ("2010-04", APRIL),
        ("2010-12", ("2010-12-01", "2010-12-31")),
        ("Apr 2010", APRIL),
        ("april  2010", APRIL),
        ("Apr. 2010", APRIL),
        ("Apr-10", APRIL),
        ("Apr-2010", APRIL),
        ("Sept 2010", ("2010-09-01", "2010-09-30")),
        ("Feb 2012", ("2012-02-01", "2012-02-29")),
        ("Q1 2010-11", FIRST_QUARTER),
        ("q1 2010/11", FIRST_QUARTER),
        ("Quarter 1, 2010-2011", FIRST_QUARTER),
        ("2010-11 Q1", FIRST_QUARTER),
        ("Q3 2010-11", ("2010-10-01", "2010-12-31")),
        ("Q4 2010-11", ("2011-01-01", "2011-03-31")),
        ("2010/11", YEAR),
        ("2010-2011", YEAR),
        ("2012-13", ("2012-04-01", "2013-03-31")),
        ("1999/00", ("1999-04-01", "2000-03-31")),
        ("Apr 2010 to Jun 2010", FIRST_QUARTER),
        ("April to June 2010", FIRST_QUARTER),
        ("Apr–Jun 2010", FIRST_QUARTER),
        ("2010-04 to 2010-06", FIRST_QUARTER),
        ("January to December 2011", ("2011-01-01", "2011-12-31")),
        ("November 2010 to January 2011", ("2010-11-01", "2011-01-31")),
        ("2010-04-01 to 2010-04-15", ("2010-04-01", "2010-04-15")),
        ("1 April 2010 to 15 April 2010", ("2010-04-01", "2010-04-15")),
        ("31 December 2004", ("2004-12-31", "2004-12-31")),
        ("1 April 2010", ("2010-04-01", "2010-04-01")),
    ],
)
def test_a_period_is_read(text, ends):
    assert read_period(text) == period(*ends)


def test_what_a_workbook_makes_of_a_month_is_the_month():
    assert read_period("2010-04-01") == period(*APRIL)


@pytest.mark.parametrize(
    "text, advice",
    [
        ("2010-11", "write November 2010 for the month, or 2010/11 for the year"),
        ("2008-09", "write September 2008 for the month, or 2008/09 for the year"),
        ("2011", "write 2011/12 for April to March, or January to December 2011"),
        ("Q1 2010", "write the financial year in full, as in Q1 2010/11"),
        ("Q1 2010-12", "write the financial year in full, as in Q1 2010/11"),
        ("Apr 10", "give the year in four digits, as in Apr 2010"),
        ("2010-13", f"write {A_PERIOD}"),
        ("2010/12", f"write {A_PERIOD}"),
        (
            "November to January 2011",
            "it ends before it starts; give both years, as in November 2010 to January 2011",
        ),
        ("2010-11 to 2011-01", "write November 2010 for the month, or 2010/11 for the year"),
        ("31/02/2011", "there is no such day"),
    ],
)
def test_what_is_no_clear_period_is_refused_with_what_to_write(text, advice):
    with pytest.raises(NotAPeriod) as caught:
        read_period(text)
    assert (str(caught.value), caught.value.is_close) == (advice, True)


@pytest.mark.parametrize("text", ["", "numerator", "Q1", "April", "12", "to", "May be 2010", "x" * 10_000])
def test_what_was_never_meant_as_a_period_is_said_to_be_none(text):
    with pytest.raises(NotAPeriod) as caught:
        read_period(text)
    assert (str(caught.value), caught.value.is_close) == (f"write {A_PERIOD}", False)


@given(days, days)
def test_two_days_are_read_as_we_write_them(one, other):
    start, end = sorted((one, other))
    assert read_period(f"{written_date(start)} to {written_date(end)}") == Period(start, end)


@given(days)
def test_days_months_and_quarters_are_read_as_we_write_them(day):
    for written in (Period(day, day), month_of(day), quarter_of(day)):
        assert read_period(str(written)) == written


@given(st.text() | st.from_regex(r"[0-9 /a-z-]{0,20}"))
def test_any_other_text_is_refused(text):
    for read, refusal in ((read_day, NotADay), (read_period, NotAPeriod)):
        try:
            found = read(text)
        except refusal as error:
            assert str(error)
        else:
            assert 1900 <= getattr(found, "start", found).year <= 2099
