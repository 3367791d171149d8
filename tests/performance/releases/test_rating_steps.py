"""One step of one measure: how many cases it takes, by brute force, and what would come of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.releases.rating_measures import RatingMeasure, lifts, risks
from performance.releases.rating_steps import step_down, step_up
from performance.vocabulary import Polarity
from tests.performance.charts.findings import make_rating_row
from tests.performance.charts.rows import make_row

RATING = make_rating_row(score=3.1, band=3)


def share(numerator: int, denominator: int, polarity: Polarity = Polarity.HIGHER):
    return make_row(
        numerator=numerator, denominator=denominator, value=100 * numerator / denominator, polarity=polarity
    )


@given(st.integers(1, 300), st.data(), st.sampled_from([80.0, 81.9, 90.0, 94.5, 99.75]))
def test_a_step_up_takes_the_fewest_cases_that_reach_the_edge(denominator, data, at):
    below = [n for n in range(denominator + 1) if 100 * n / denominator < at - 1e-9]
    numerator = data.draw(st.sampled_from(below))
    reached = [n for n in range(denominator + 1) if 100 * n / denominator >= at - 1e-9]

    step = step_up(share(numerator, denominator), RATING, at, 3.2, 3)

    assert step.cases == (min(reached) if reached else denominator) - numerator
    assert (step.is_more, step.of) == (True, denominator)


@given(st.integers(1, 300), st.data(), st.sampled_from([5.0, 9.05, 20.0, 33.3]))
def test_where_less_is_better_a_step_up_takes_the_fewest_fewer(denominator, data, at):
    above = [n for n in range(denominator + 1) if 100 * n / denominator > at + 1e-9]
    numerator = data.draw(st.sampled_from(above))
    reached = [n for n in range(denominator + 1) if 100 * n / denominator <= at + 1e-9]

    step = step_up(share(numerator, denominator, Polarity.LOWER), RATING, at, 3.2, 3)

    assert step.cases == numerator - max(reached)
    assert not step.is_more


@given(st.integers(1, 300), st.data(), st.sampled_from([80.0, 81.0, 90.0]))
def test_a_step_down_takes_one_case_beyond_the_edge(denominator, data, at):
    higher = [n for n in range(denominator + 1) if 100 * n / denominator >= at - 1e-9]
    numerator = data.draw(st.sampled_from(higher))
    lost = [n for n in range(denominator + 1) if 100 * n / denominator < at - 1e-9]

    step = step_down(share(numerator, denominator), RATING, at, 2.9, 3)

    assert step.cases == numerator - max(lost)
    assert not step.is_more


@given(st.integers(10, 300), st.data(), st.sampled_from([5.0, 9.05, 20.0]))
def test_where_less_is_better_a_step_down_takes_one_more(denominator, data, at):
    lower = [n for n in range(denominator + 1) if 100 * n / denominator <= at + 1e-9]
    numerator = data.draw(st.sampled_from(lower))
    lost = [n for n in range(denominator + 1) if 100 * n / denominator > at + 1e-9]

    step = step_down(share(numerator, denominator, Polarity.LOWER), RATING, at, 2.9, 3)

    assert step.cases == min(lost) - numerator
    assert step.is_more


@pytest.mark.parametrize(
    ("unit", "at", "cases", "written"),
    [
        ("count", 2_532.0, "249 more", "2,532"),
        ("days", 9.9, "", "9.9 days"),
        ("share", 92.0, "", "92.0%"),
    ],
)
def test_a_number_of_cases_is_told_by_itself_and_what_is_no_matter_of_cases_is_not(unit, at, cases, written):
    """Of a share without counts nobody knows how many cases it takes."""
    step = step_up(make_row(unit=unit, value=2_283.0, polarity=Polarity.HIGHER), RATING, at, 3.2, 3)

    assert (step.written_cases, step.at) == (cases, written)


def test_a_step_is_written_with_the_scores_and_with_what_becomes_of_the_band():
    stays = step_up(share(1_094, 1_204), RATING, 92.0, 3.2, 3)
    rises = step_up(share(1_094, 1_204), RATING, 92.0, 3.52, 4)

    assert (stays.at, stays.written_cases) == ("92.0%", "14 more of 1,204 cases")
    assert (stays.written_scores, stays.written_band) == ("3.10 to 3.20", "stays Good")
    assert (rises.written_band, rises.changes_band) == ("becomes Exceptional", True)


@pytest.mark.parametrize(
    ("rating", "at", "score", "band"),
    [
        (RATING, None, 3.2, 3),
        (RATING, 92.0, None, 3),
        (RATING, 92.0, 3.2, None),
        (make_rating_row(score=None, band=None), 92.0, 3.2, 3),
    ],
)
def test_without_a_step_or_a_rating_there_is_nothing_to_say(rating, at, score, band):
    assert step_up(share(9, 10), rating, at, score, band) is None
    assert step_down(share(9, 10), rating, at, score, band) is None


def measure(title: str, *, up=None, down=None) -> RatingMeasure:
    return RatingMeasure(title, title, title, "", "", "", 2.0, 0.1, up, down, "")


def test_what_changes_the_band_comes_first_then_what_adds_most_then_what_takes_fewest_cases():
    def up(score: float, band: int = 3, numerator: int = 80):
        return step_up(share(numerator, 100), RATING, 90.0, score, band)

    measures = [
        measure("little", up=up(3.15)),
        measure("far", up=up(3.3, numerator=70)),
        measure("near", up=up(3.3, numerator=89)),
        measure("new band", up=up(3.5, 4)),
        measure("best already"),
    ]

    assert [one.measure for one in lifts(measures)] == ["new band", "near", "far", "little"]


def test_at_risk_is_only_what_would_lose_the_band_the_nearest_first():
    def down(band: int, numerator: int = 95):
        return step_down(share(numerator, 100), RATING, 90.0, 2.4, band)

    measures = [
        measure("far", down=down(2)),
        measure("near", down=down(2, numerator=91)),
        measure("stays", down=down(3)),
        measure("worst already"),
    ]

    assert [one.measure for one in risks(measures)] == ["near", "far"]
