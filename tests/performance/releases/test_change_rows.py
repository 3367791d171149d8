"""How changes on the year are written."""

import pytest

from performance.releases.changes import change_of, changes_of
from performance.vocabulary import ControlChart, Variation
from tests.factories import make_change_result, make_organisation
from tests.performance.releases.measures import make_change


@pytest.mark.parametrize(
    ("given", "change", "interval"),
    [
        ({}, "−0.4 points", "−0.9 to 0.2"),
        ({"change": 1.24, "lower": 0.1, "upper": 2.4}, "+1.2 points", "0.1 to 2.4"),
        ({"decimals": 2, "change": 0.2594}, "+0.26 points", "−0.90 to 0.20"),
        ({"change": 0.0}, "0.0 points", "−0.9 to 0.2"),
        ({"unit": "count", "change": 12.0, "lower": None, "upper": None}, "+12", ""),
        ({"unit": "pounds", "change": -5_010_000.0, "lower": None, "upper": None}, "−£5,010,000", ""),
        ({"unit": "days", "decimals": 1, "change": 0.4, "lower": None, "upper": None}, "+0.4 days", ""),
        ({"change": None, "lower": None, "upper": None}, "", ""),
    ],
)
def test_a_change_is_written_with_its_sign_and_its_interval(given, change, interval):
    row = make_change(**given)

    assert (row.written_change, row.interval) == (change, interval)


def test_a_chart_without_points_is_none():
    assert make_change().has_chart
    assert not make_change(points={}).has_chart
    assert not make_change(chart=ControlChart.NONE).has_chart


@pytest.mark.parametrize(
    ("variation", "is_special"), [("concern", True), ("high", True), ("common-cause", False)]
)
def test_a_special_cause_is_more_than_chance(variation, is_special):
    assert make_change(variation=Variation(variation)).is_special == is_special


def test_changes_are_those_of_one_organisation_by_measure(db):
    results = [make_change_result(organisation=make_organisation(slug="a"))]
    place = {"release": results[0].release, "organisation": results[0].organisation}
    results.append(make_change_result(**place, change=1.0, change_lower=0.5, change_upper=1.5))
    make_change_result(release=results[0].release)
    make_change_result(organisation=results[0].organisation)

    rows = changes_of(results[0].release, "a")

    assert sorted(row.measure for row in rows) == sorted(result.measure.code for result in results)
    found = change_of(results[0].release, results[1].measure.code, "a")
    assert (found.change, found.lower, found.upper) == (1.0, 0.5, 1.5)
    assert change_of(results[0].release, "nothing", "a") is None
