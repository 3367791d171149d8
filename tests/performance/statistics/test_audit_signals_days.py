import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.statistics.audit_signals.days import (
    BUNCHING_QUESTION,
    HAZARD_QUESTION,
    Bunching,
    bunching_at_limit,
    hazard_after_limit,
)
from tests.oracles import audit_signals as naive

LIMIT = 15
SHAPES = {
    "a hump": lambda day: 200 * np.exp(-(((day - 14) / 8) ** 2)),
    "a long tail": lambda day: 6 * day**2 * np.exp(-day / 5),
    "a slope": lambda day: 150 - 2 * day,
    "a skewed hump": lambda day: 1000 / day * np.exp(-2 * np.log(day / 14) ** 2),
}


def by_day(counts, start: int = 1) -> pd.Series:
    return pd.Series(list(counts), range(start, start + len(counts)))


def waits(random: np.random.Generator, shape: str, *, moved: float = 0.0) -> pd.Series:
    """Cases by day, so many of those due on the three days after the limit being done on it."""
    done = random.poisson(SHAPES[shape](np.arange(1, 41)))
    after = slice(LIMIT, LIMIT + 3)
    taken = random.binomial(done[after], moved)
    done[after] -= taken
    done[LIMIT - 1] += taken.sum()
    return by_day(done)


@pytest.mark.oracle(of=bunching_at_limit)
@settings(max_examples=40)
@given(st.lists(st.integers(20, 200), min_size=25, max_size=40), st.integers(8, 18))
def test_the_excess_is_that_above_the_curve_of_the_definition(counts, limit):
    found = bunching_at_limit(by_day(counts), limit)
    excess, z, expected = naive.bunching(dict(enumerate(counts, start=1)), limit)

    assert (found.excess, found.z, found.expected_at_limit) == pytest.approx((excess, z, expected), rel=1e-5)
    assert found.excess_days == pytest.approx(excess / expected, rel=1e-5)
    assert found.p == pytest.approx(math.erfc(z / math.sqrt(2)) / 2, rel=1e-3)
    assert found.days == len(counts) - 6


@pytest.mark.worked_example(of=bunching_at_limit)
def test_an_excess_worked_out_by_hand():
    """50 a day, but 90 on the day of the limit and 10, 40 and 40 on the next: 40 too many, which are
    four fifths of a day, and 60 too few after it."""
    counts = by_day([50] * 30)
    counts[LIMIT], counts[LIMIT + 1], counts[LIMIT + 2], counts[LIMIT + 3] = 90, 10, 40, 40
    found = bunching_at_limit(counts, LIMIT)

    assert (found.days, found.reason) == (24, "")
    assert (found.expected_at_limit, found.excess, found.excess_days, found.shortfall_days) == pytest.approx(
        (50, 40, 0.8, 1.2)
    )
    # Less than the errors of three days alone would make it, as the curve has an error too.
    assert 0 < found.z < 40 / math.sqrt(150)


def test_bunching_raises_a_question_and_smooth_waits_do_not():
    random = np.random.default_rng(4)
    bunched, smooth = (bunching_at_limit(waits(random, "a hump", moved=moved), LIMIT) for moved in (0.4, 0.0))

    assert bunched.question == BUNCHING_QUESTION
    assert bunched.shortfall_days > 0
    assert (smooth.p > 0.05, smooth.question) == (True, "")


def test_the_same_count_each_day_is_no_bunching():
    found = bunching_at_limit(by_day([50] * 30), LIMIT)

    assert (found.excess, found.z, found.p) == pytest.approx((0, 0, 0.5), abs=1e-6)


def test_more_done_on_the_limit_never_makes_it_less():
    counts, excesses = by_day([50] * 30), []
    for extra in range(0, 50, 10):
        counts[LIMIT] = 50 + extra
        excesses.append(bunching_at_limit(counts, LIMIT).z)

    assert (np.diff(excesses) > 0).all()


def test_order_and_a_day_without_a_count_change_nothing():
    counts = waits(np.random.default_rng(5), "a slope", moved=0.2)
    counts[2] = math.nan
    found = bunching_at_limit(counts, LIMIT)
    shuffled = bunching_at_limit(counts.sample(frac=1, random_state=1), LIMIT)
    without = bunching_at_limit(counts.dropna(), LIMIT)

    assert found.days == 33
    assert found == without == shuffled


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        (by_day([]), "a day near the limit has no count"),
        (by_day([50] * 17), "a day near the limit has no count"),
        (by_day([50] * 14 + [math.nan] + [50] * 20), "a day near the limit has no count"),
        (by_day([50] * 10, start=10), "10 days away from the limit are needed and there are 4"),
        (
            by_day([0] * 12 + [50] * 6 + [0] * 12),
            "50 cases on days away from the limit are needed and there are 0",
        ),
        (
            by_day([1000] + [0] * 29),
            "no smooth curve through the other days has a case at the limit",
        ),
    ],
)
def test_days_that_say_nothing_are_refused(counts, reason):
    found = bunching_at_limit(counts, LIMIT)

    assert found == Bunching(found.days, reason=reason)
    assert (found.excess, found.p, found.question) == (None, None, "")


@pytest.mark.parametrize(
    ("counts", "complaint"),
    [
        (pd.Series([1, 2], [3, 3]), "days are whole numbers, each of them once"),
        (pd.Series([1, 2], [3, 3.5]), "days are whole numbers, each of them once"),
        (pd.Series([1, -2], [3, 4]), "a count can't be below 0"),
    ],
)
def test_impossible_days_are_mistakes(counts, complaint):
    with pytest.raises(ValueError, match=complaint):
        bunching_at_limit(counts, LIMIT)
    with pytest.raises(ValueError, match=complaint):
        hazard_after_limit(counts, by_day([5] * 20), LIMIT)


@st.composite
def late_cases(draw) -> tuple[list[int], int]:
    """By day from the 16th to the 25th, and how many were never done."""
    return draw(st.lists(st.integers(0, 6), min_size=10, max_size=10)), draw(st.integers(0, 5))


@pytest.mark.oracle(of=hazard_after_limit)
@given(late_cases(), late_cases())
def test_the_hazard_is_what_is_done_of_what_was_left(earlier, later):
    (before, still_open_before), (after, still_open_after) = earlier, later
    left = sum(before) + still_open_before, sum(after) + still_open_after
    found = hazard_after_limit(
        by_day([9] * 15 + before), by_day([9] * 15 + after), LIMIT, 5, still_open_before, still_open_after
    )
    if 0 in left:
        assert found.reason == "no case was still to be done after the limit in one of the periods"
        return
    done = sum(before[:5]), sum(after[:5])

    assert (found.earlier, found.later) == pytest.approx((done[0] / left[0], done[1] / left[1]))
    assert found.change == pytest.approx(found.later - found.earlier)
    assert found.p == pytest.approx(float(naive.at_most_of(done[1], left[1], sum(done), sum(left))))
    assert found.lower - 1e-9 <= found.change <= found.upper + 1e-9


@pytest.mark.worked_example(of=hazard_after_limit)
def test_a_hazard_worked_out_by_hand():
    """Of 4 left, all done at once, and then none of 4: of the 70 ways to pick 4 of 8, one has none of
    the four that were done."""
    found = hazard_after_limit(by_day([9] * 15 + [4]), by_day([9] * 15), LIMIT, later_open=4)

    assert (found.earlier, found.later, found.change) == (1, 0, -1)
    assert found.p == pytest.approx(float(Fraction(1, 70)))
    assert found.question == HAZARD_QUESTION


def test_a_hazard_that_rises_raises_no_question():
    found = hazard_after_limit(by_day([9] * 15), by_day([9] * 15 + [4]), LIMIT, earlier_open=4)

    assert (found.change, found.p, found.question) == (1, 1, "")


@pytest.mark.parametrize(("earlier", "later"), [([], [5] * 20), ([5] * 20, [5] * 15), ([], [])])
def test_a_period_without_late_cases_is_refused(earlier, later):
    found = hazard_after_limit(by_day(earlier), by_day(later), LIMIT)

    assert found.reason == "no case was still to be done after the limit in one of the periods"
    assert (found.change, found.p, found.question) == (None, None, "")


@pytest.mark.parametrize(
    ("counts", "still_open", "complaint"),
    [
        (by_day([5] * 15 + [1.5]), 0, "a count must be a whole number"),
        (by_day([5] * 15 + [math.nan]), 0, "a count must be a whole number"),
        (by_day([5] * 20), -1, "a count can't be below 0"),
    ],
)
def test_impossible_late_cases_are_mistakes(counts, still_open, complaint):
    with pytest.raises(ValueError, match=complaint):
        hazard_after_limit(by_day([5] * 20), counts, LIMIT, later_open=still_open)


@pytest.mark.slow
@pytest.mark.parametrize(("shape", "power"), [("a hump", 0.95), ("a slope", 0.95), ("a long tail", 0.3)])
def test_bunching_is_found_and_smooth_waits_are_seldom_called(shape, power):
    random = np.random.default_rng(15)

    def fired(moved: float) -> float:
        tables = (waits(random, shape, moved=moved) for _ in range(300))
        return float(np.mean([bunching_at_limit(counts, LIMIT).p <= 0.05 for counts in tables]))

    assert fired(0.0) <= 0.1
    assert fired(0.3) >= power


@pytest.mark.slow
def test_a_shape_that_the_curve_cannot_follow_hides_bunching_rather_than_feigning_it():
    random = np.random.default_rng(15)
    p = [bunching_at_limit(waits(random, "a skewed hump"), LIMIT).p for _ in range(300)]

    assert np.mean(np.array(p) <= 0.05) <= 0.1
