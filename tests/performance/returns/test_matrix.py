"""Who has sent what, by trust and by measure."""

import datetime

import pytest

from performance.models import Framework, Series
from performance.returns.expected import expected_returns
from performance.returns.matrix import measures_by_month, sent_by_month, trusts_by_month
from tests.performance.returns.sent import GOOD, MAY, drafted, submitted

KENT = GOOD | {"organisation": "kent"}


@pytest.fixture
def june(series) -> Series:
    Series.objects.filter(pk=series.pk).update(standing="simulated", day=datetime.date(2010, 6, 20))
    series.refresh_from_db()
    return series


@pytest.fixture
def ptrs(june) -> Framework:
    return Framework.objects.get(slug="ptrs")


def test_trusts_with_most_months_late_come_first(june, ptrs):
    submitted(june, KENT)

    rows = trusts_by_month(expected_returns(june, framework=ptrs))

    assert [(row.expected[0].organisation.slug, row.late) for row in rows] == [("london", 2), ("kent", 1)]
    assert [one.progress.value for one in rows[1].expected] == ["submitted", "late"]


def test_equally_late_trusts_stand_by_name(june, ptrs):
    rows = trusts_by_month(expected_returns(june, framework=ptrs))

    assert [row.expected[0].organisation.slug for row in rows] == ["kent", "london"]


def test_each_month_says_from_how_many_of_the_trusts_there_is_a_return(june, ptrs):
    submitted(june, KENT)
    drafted(june, GOOD)

    sent = sent_by_month(expected_returns(june, framework=ptrs))

    assert {str(month): counts for month, counts in sent.items()} == {
        "April 2010": (1, 2),
        "May 2010": (0, 2),
    }


def test_each_measure_says_of_how_many_trusts_there_is_a_figure(june, ptrs):
    submitted(june, KENT)
    submitted(june, GOOD, GOOD | MAY)

    rows = measures_by_month(june, ptrs)

    assert {row.entry.measure.code: list(row.sent.values()) for row in rows} == {
        "reports-on-time": [2, 1],
        "orders-completed": [0, 0],
    }


def test_a_draft_and_what_was_sent_to_another_framework_dont_count(june, ptrs):
    drafted(june, GOOD)
    submitted(june, KENT | {"framework": "ippf"})

    assert [sum(row.sent.values()) for row in measures_by_month(june, ptrs)] == [0, 0]
