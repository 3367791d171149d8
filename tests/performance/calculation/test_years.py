import datetime

import pandas as pd
import pytest

from performance.calculation.years import (
    bounds,
    financial_year,
    is_other_part,
    label,
    places_in_year,
    whole_months,
)
from tests.performance.calculation.frames import financial_year as whole
from tests.performance.calculation.frames import frame, month, months, row


def day(text):
    return {
        "period_start": datetime.date.fromisoformat(text),
        "period_end": datetime.date.fromisoformat(text),
    }


def of(look, *periods):
    return look(frame(*(row() | period for period in periods))).tolist()


@pytest.mark.parametrize(
    ("day", "year"),
    [
        ("2010-04-01", "2010-11"),
        ("2011-03-31", "2010-11"),
        ("2011-04-01", "2011-12"),
        ("2000-03-31", "1999-2000"),
        ("1999-04-01", "1999-2000"),
        ("2000-04-01", "2000-01"),
        ("1969-12-31", "1969-70"),
        ("2008-02-29", "2007-08"),
    ],
)
def test_a_financial_year_begins_in_april(day, year):
    assert financial_year(pd.Series(pd.to_datetime([day]))).tolist() == [year]


def test_years_are_categories_in_their_order_and_indexed_alike():
    days = pd.Series(pd.to_datetime(["2011-03-31", "1999-04-01", "2011-03-30"]), index=[7, 3, 5])

    years = financial_year(days)

    assert years.to_dict() == {7: "2010-11", 3: "1999-2000", 5: "2010-11"}
    assert list(years.cat.categories) == ["1999-2000", "2010-11"]


def test_no_days_have_no_years():
    assert len(financial_year(pd.Series([], dtype="datetime64[s]")).cat.categories) == 0


@pytest.mark.parametrize("first", [1969, 1998, 1999, 2000, 2008, 2009, 2099])
def test_bounds_are_those_of_the_label(first):
    assert bounds(label(first)) == (datetime.date(first, 4, 1), datetime.date(first + 1, 3, 31))


@pytest.mark.parametrize("text", ["2010-12", "2010", "1999-00", "", "2010/11", "next year"])
def test_another_text_is_no_financial_year(text):
    with pytest.raises(ValueError, match=r"financial year|invalid literal"):
        bounds(text)


def test_only_months_quarters_and_the_financial_year_are_told_by_their_months():
    periods = {
        1: [month(2010, 4), month(2008, 2), month(2009, 2), month(2010, 12)],
        3: [months(2010, first, 3) for first in (1, 4, 7, 10)],
        12: [whole(2010), whole(1999)],
        0: [
            *(months(2010, 4, length) for length in (2, 4, 6, 9, 11, 13, 24)),
            *(months(2010, first, 3) for first in (2, 3, 5, 12)),
            *(months(2010, first, 12) for first in (1, 3, 7)),
            day("2010-04-30"),
            {"period_start": datetime.date(2010, 4, 2), "period_end": datetime.date(2010, 4, 30)},
            {"period_start": datetime.date(2010, 4, 1), "period_end": datetime.date(2010, 4, 29)},
        ],
    }

    for length, own in periods.items():
        assert of(whole_months, *own) == [length] * len(own)


def test_places_count_from_april():
    assert of(places_in_year, month(2010, 4), month(2010, 12), month(2011, 3), months(2011, 1, 3)) == [
        0,
        8,
        11,
        9,
    ]


def test_other_parts_lie_within_one_financial_year_and_are_longer_than_a_day():
    others = [months(2010, 4, 6), months(2010, 5, 3), months(2011, 1, 2), months(2010, 4, 11)]
    none = [
        whole(2010),
        month(2010, 4),
        months(2010, 7, 3),
        day("2010-12-31"),
        months(2010, 1, 12),
        months(2011, 2, 3),
    ]

    assert of(is_other_part, *others) == [True] * 4
    assert of(is_other_part, *none) == [False] * 6
