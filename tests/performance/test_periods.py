import datetime

import pytest

from performance.periods import Period, financial_year_of, month_of, quarter_of, written_date


def period(start: str, end: str) -> Period:
    return Period(datetime.date.fromisoformat(start), datetime.date.fromisoformat(end))


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        ("2004-12-31", "2004-12-31", "31 December 2004"),
        ("2010-04-01", "2011-03-31", "2010-11"),
        ("1999-04-01", "2000-03-31", "1999-2000"),
        ("2008-04-01", "2009-03-31", "2008-09"),
        ("2009-04-01", "2009-07-31", "April to July 2009"),
        ("2017-04-01", "2017-06-30", "April to June 2017"),
        ("2015-10-01", "2015-12-31", "October to December 2015"),
        ("2009-11-01", "2010-02-28", "November 2009 to February 2010"),
        ("2011-11-01", "2012-02-29", "November 2011 to February 2012"),
        ("2011-02-01", "2011-02-28", "February 2011"),
        ("2012-02-01", "2012-02-29", "February 2012"),
        ("2012-02-01", "2012-02-28", "1 February 2012 to 28 February 2012"),
        ("2001-01-01", "2001-12-31", "2001"),
        ("2002-04-01", "2005-03-31", "April 2002 to March 2005"),
        ("2001-01-01", "2002-12-31", "January 2001 to December 2002"),
        ("2001-01-15", "2001-02-14", "15 January 2001 to 14 February 2001"),
        ("2001-01-01", "2001-01-01", "1 January 2001"),
    ],
)
def test_a_period_is_written_as_readers_write_it(start, end, written):
    assert str(period(start, end)) == written


@pytest.mark.parametrize(
    ("start", "end", "is_so"),
    [
        ("2010-04-01", "2011-03-31", True),
        ("2010-04-01", "2012-03-31", False),
        ("2010-04-01", "2011-03-30", False),
        ("2010-01-01", "2010-12-31", False),
        ("2010-04-02", "2011-03-31", False),
    ],
)
def test_a_financial_year_runs_from_april_to_march(start, end, is_so):
    assert period(start, end).is_financial_year is is_so


def test_periods_come_in_order_of_their_start_and_then_their_end():
    first, second, third = (
        period("2009-04-01", "2009-07-31"),
        period("2009-04-01", "2010-03-31"),
        period("2010-04-01", "2010-04-30"),
    )

    assert sorted([third, second, first]) == [first, second, third]


def test_equal_periods_are_one():
    assert len({period("2009-04-01", "2009-07-31"), period("2009-04-01", "2009-07-31")}) == 1


def test_a_day_is_written_without_a_leading_nought():
    assert written_date(datetime.date(2011, 4, 1)) == "1 April 2011"


@pytest.mark.parametrize(
    ("day", "month", "quarter", "year"),
    [
        ("2010-04-01", "April 2010", "April to June 2010", "2010-11"),
        ("2010-12-31", "December 2010", "October to December 2010", "2010-11"),
        ("2011-03-31", "March 2011", "January to March 2011", "2010-11"),
        ("2012-02-29", "February 2012", "January to March 2012", "2011-12"),
    ],
)
def test_the_month_quarter_and_financial_year_of_a_day(day, month, quarter, year):
    day = datetime.date.fromisoformat(day)

    assert [str(of(day)) for of in (month_of, quarter_of, financial_year_of)] == [month, quarter, year]
