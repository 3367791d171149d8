"""Which returns are expected, when they are due, and how each stands."""

import datetime

import pytest

from performance.models import Framework, Series
from performance.periods import Period, month_of
from performance.returns.actions import accept_return, approve_return, send_back_return
from performance.returns.expected import due_date, expected_returns, months_of, stands_through
from tests import factories
from tests.performance.returns.sent import (
    GOOD,
    MAY,
    ORDERS,
    chief_executive,
    drafted,
    someone,
    submit,
    submitted,
    trust,
)
from trusts.models import Organisation, Role

TODAY = datetime.date(2010, 6, 20)


@pytest.fixture
def simulated(series) -> Series:
    """In which it is June 2010: April was due on 15 May, May on 15 June, June is not over."""
    Series.objects.filter(pk=series.pk).update(standing="simulated", day=TODAY, takes_returns=True)
    series.refresh_from_db()
    return series


def month(number: int) -> Period:
    return month_of(datetime.date(2010, number, 1))


def standing(series: Series, framework: str = "ptrs") -> dict[tuple[str, str], str]:
    return {
        (one.organisation.slug, str(one.period)): one.progress.value
        for one in expected_returns(series)
        if one.framework.slug == framework
    }


@pytest.mark.parametrize(
    ("last", "due"),
    [("2010-04-30", "2010-05-15"), ("2010-12-31", "2011-01-15"), ("2011-02-28", "2011-03-15")],
)
def test_a_return_is_due_on_the_15th_of_the_month_after(last, due):
    assert str(due_date(month_of(datetime.date.fromisoformat(last)))) == due


def test_a_month_is_expected_of_every_trust_once_it_is_over(simulated):
    assert standing(simulated) == {
        ("kent", "April 2010"): "late",
        ("london", "April 2010"): "late",
        ("kent", "May 2010"): "late",
        ("london", "May 2010"): "late",
    }


def test_until_its_day_is_over_a_return_is_due(simulated):
    Series.objects.filter(pk=simulated.pk).update(day=datetime.date(2010, 6, 15))
    simulated.refresh_from_db()

    assert standing(simulated)["kent", "May 2010"] == "due"
    assert [one.days_late(simulated.today) for one in expected_returns(simulated, trust("kent"))] == [
        31,
        31,
        0,
        0,
    ]


def test_each_step_takes_a_return_further(simulated):
    def london() -> str:
        return standing(simulated)["london", "April 2010"]

    version = drafted(simulated, GOOD)
    assert london() == "draft"
    version = submit(version)
    assert london() == "submitted"
    version = approve_return(trust_return=version, by=chief_executive())
    assert london() == "approved"
    accept_return(trust_return=version, by=someone(Role.NOMS_ANALYST))
    assert london() == "accepted"
    assert standing(simulated)["london", "May 2010"] == "late"


def test_what_was_sent_back_is_with_the_trust_again(simulated):
    version = submitted(simulated, GOOD)
    send_back_return(trust_return=version, by=someone(Role.NOMS_ANALYST), reason="A total is off.")

    (april,) = [one for one in expected_returns(simulated, trust()) if one.version]
    assert (april.progress, april.version, str(april.period)) == ("returned", version.pk, "April 2010")


def test_a_return_for_longer_covers_the_months_that_it_has_figures_for(simulated):
    submitted(simulated, GOOD, GOOD | MAY)

    found = standing(simulated)
    assert (found["london", "April 2010"], found["london", "May 2010"]) == ("submitted", "submitted")


def test_a_figure_for_a_longer_period_is_no_return_for_its_last_month(simulated):
    submitted(simulated, GOOD | {"period_start": "2010-04-01", "period_end": "2010-05-31"})

    assert standing(simulated)["london", "May 2010"] == "late"


def test_where_two_returns_hold_a_month_the_furthest_counts(simulated):
    submitted(simulated, GOOD)
    drafted(simulated, ORDERS, GOOD | MAY)

    assert standing(simulated)["london", "April 2010"] == "submitted"


def test_other_series_and_frameworks_are_no_matter(simulated):
    submitted(factories.make_series(), GOOD)
    submitted(simulated, GOOD | {"framework": "ippf"})

    assert standing(simulated)["london", "April 2010"] == "late"
    assert standing(simulated, "ippf")["london", "April 2010"] == "submitted"


@pytest.mark.parametrize(
    ("opened", "closed", "stands"),
    [
        (None, None, True),
        ("2010-04-01", "2010-04-30", True),
        ("2010-04-02", None, False),
        (None, "2010-04-29", False),
    ],
)
def test_a_trust_answers_for_the_months_in_which_it_stood_throughout(opened, closed, stands):
    days = {
        name: day and datetime.date.fromisoformat(day)
        for name, day in (("opened", opened), ("closed", closed))
    }

    assert stands_through(Organisation(**days), month(4)) is stands


def test_months_that_are_over_end_before_today():
    framework = Framework(starts=datetime.date(2010, 4, 1), ends=datetime.date(2010, 5, 31))

    def over_on(day: str) -> list[str]:
        return [str(month) for month in months_of(framework, datetime.date.fromisoformat(day))]

    assert over_on("2010-04-30") == []
    assert over_on("2010-05-01") == ["April 2010"]
    assert over_on("2026-05-01") == ["April 2010", "May 2010"]


def test_the_whole_list_takes_few_queries(simulated, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        assert len(expected_returns(simulated)) == 8
