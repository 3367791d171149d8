import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.dispersion.scales import arcsine, difference, log_ratio, square_root_ratio
from performance.statistics.funnel import exact_flags
from tests.oracles import dispersion as naive

NAN = math.nan
NOT_GIVEN = "a figure is not given"
NO_CASES = "there are no cases"
NO_EXPECTED = "none were expected"
CERTAIN = "a prediction of 0% or 100% leaves nothing to chance"
COLUMNS = ["value", "target", "standard_error", "z", "reason"]

expectations = st.floats(0.5, 5000)
shares = st.floats(0.001, 0.999)


@st.composite
def counts(draw) -> tuple[int, int]:
    n = draw(st.integers(1, 5000))
    return draw(st.integers(0, n)), n


def score(scores: pd.DataFrame) -> tuple[float, float]:
    """Value and z of a table of one row."""
    assert len(scores) == 1
    assert list(scores.columns) == COLUMNS
    return float(scores["value"].iloc[0]), float(scores["z"].iloc[0])


@pytest.mark.oracle(of=log_ratio)
@given(st.integers(0, 5000), expectations)
def test_a_log_ratio_is_the_logarithm_over_its_standard_error(observed, expected):
    assert score(log_ratio(observed, expected)) == pytest.approx(
        naive.log_ratio(observed, expected), abs=1e-9
    )


@pytest.mark.oracle(of=square_root_ratio)
@given(st.integers(0, 5000), expectations)
def test_a_square_root_is_twice_the_difference_of_the_roots(observed, expected):
    assert score(square_root_ratio(observed, expected)) == pytest.approx(
        naive.square_root_ratio(observed, expected), abs=1e-9
    )


@pytest.mark.oracle(of=arcsine)
@given(counts(), shares)
def test_an_arcsine_is_the_angle_from_that_of_the_target(counts, theta):
    assert score(arcsine(*counts, theta)) == pytest.approx(naive.arcsine(*counts, theta), abs=1e-9)


@pytest.mark.oracle(of=difference)
@given(counts(), shares)
def test_a_difference_is_the_count_less_its_expectation_over_its_standard_deviation(counts, rate):
    assert score(difference(*counts, rate)) == pytest.approx(naive.difference(*counts, rate), abs=1e-9)


@pytest.mark.worked_example(of=log_ratio)
def test_a_log_ratio_worked_out_by_hand():
    """120 against 100: ln 1.2 = 0.182322, ten standard errors of 0.1 to the unit."""
    scores = log_ratio(120, 100)

    assert score(scores) == pytest.approx((0.182322, 1.82322), abs=1e-5)
    assert scores["standard_error"][0] == pytest.approx(0.1)


@pytest.mark.worked_example(of=log_ratio)
def test_nobody_observed_is_taken_as_half_a_case_in_one_half_more():
    """Of 4.5 expected: ln(0.5 / 5) = -ln 10 = -2.302585."""
    assert score(log_ratio(0, 4.5)) == pytest.approx((-2.302585, -2.302585 * math.sqrt(4.5)), abs=1e-6)


@pytest.mark.worked_example(of=square_root_ratio)
def test_a_square_root_worked_out_by_hand():
    """144 against 100: 1.2, each standard error being 1/20. None against 100 is 20 of them below."""
    scores = square_root_ratio([144, 0], 100)

    assert list(scores["value"]) == pytest.approx([1.2, 0])
    assert list(scores["z"]) == pytest.approx([4, -20])


@pytest.mark.worked_example(of=arcsine)
def test_an_arcsine_worked_out_by_hand():
    """A half is pi/4 and three quarters pi/3; the standard error of 100 cases is 1/20."""
    scores = arcsine(75, 100, theta=0.5)

    assert score(scores) == pytest.approx((math.pi / 3, 20 * math.pi / 12))
    assert scores["target"][0] == pytest.approx(math.pi / 4)


@pytest.mark.worked_example(of=difference)
def test_a_difference_worked_out_by_hand():
    """60 of 400 against 10%: 5 points above, each standard error being sqrt(0.09 / 400) = 1.5."""
    assert score(difference(60, 400, 0.1)) == pytest.approx((0.05, 10 / 3))


def test_all_of_40_is_far_more_extreme_as_an_angle_than_its_exact_tail():
    assert score(arcsine(40, 40, theta=0.9))[1] == pytest.approx(4.07, abs=0.005)
    assert exact_flags(40, 40, 0.9)["tail"][0] == pytest.approx(0.015, abs=0.0005)


def test_without_a_target_the_units_are_held_against_all_their_cases_together():
    scores = arcsine([50, 10, NAN], [100, 100, 50])

    assert list(scores["target"][:2]) == pytest.approx([math.asin(math.sqrt(0.3))] * 2)
    assert math.isnan(scores["target"][2])


def test_an_angle_has_no_target_where_nobody_has_a_case():
    assert list(arcsine([0, NAN], [0, 5])["reason"]) == [NO_CASES, NOT_GIVEN]


@given(counts(), shares)
def test_what_is_counted_and_what_is_left_mirror_each_other(counts, share):
    x, n = counts

    for scale in (arcsine, difference):
        rest = score(scale(n - x, n, 1 - share))[1]
        assert score(scale(x, n, share))[1] == pytest.approx(-rest, abs=1e-7)


@pytest.mark.parametrize("scale", [log_ratio, square_root_ratio])
def test_a_ratios_score_grows_with_what_is_observed(scale):
    assert (np.diff(scale(np.arange(200), 30)["z"]) > 0).all()


@pytest.mark.parametrize("scale", [arcsine, difference])
def test_a_shares_score_grows_with_what_is_counted(scale):
    assert (np.diff(scale(np.arange(201), 200, 0.3)["z"]) > 0).all()


@pytest.mark.parametrize("scale", [log_ratio, square_root_ratio])
@pytest.mark.parametrize(
    ("observed", "expected", "reason"),
    [
        (NAN, 5, NOT_GIVEN),
        (5, NAN, NOT_GIVEN),
        (5, 0, NO_EXPECTED),
        (0, 0, NO_EXPECTED),
        (None, 5, NOT_GIVEN),
    ],
)
def test_a_ratio_without_figures_says_why(scale, observed, expected, reason):
    scores = scale([observed, 10], [expected, 8])

    assert list(scores["reason"]) == [reason, ""]
    assert scores.iloc[0][["value", "target", "standard_error", "z"]].isna().all()
    assert scores.iloc[1].notna().all()


@pytest.mark.parametrize(
    ("x", "n", "rate", "reason"),
    [
        (NAN, 5, 0.5, NOT_GIVEN),
        (5, NAN, 0.5, NOT_GIVEN),
        (5, 5, NAN, NOT_GIVEN),
        (0, 0, 0.5, NO_CASES),
        (0, 5, 0.0, CERTAIN),
        (5, 5, 1.0, CERTAIN),
    ],
)
def test_a_difference_without_figures_says_why(x, n, rate, reason):
    scores = difference([x, 10], [n, 20], [rate, 0.4])

    assert list(scores["reason"]) == [reason, ""]
    assert scores.iloc[0][["value", "target", "standard_error", "z"]].isna().all()
    assert scores.iloc[1].notna().all()


@pytest.mark.parametrize(("x", "n", "reason"), [(NAN, 5, NOT_GIVEN), (5, NAN, NOT_GIVEN), (0, 0, NO_CASES)])
def test_an_angle_without_figures_says_why(x, n, reason):
    scores = arcsine([x, 10], [n, 20], theta=0.4)

    assert list(scores["reason"]) == [reason, ""]
    assert scores.iloc[0][["value", "target", "standard_error", "z"]].isna().all()


@pytest.mark.parametrize("scale", [log_ratio, square_root_ratio])
@pytest.mark.parametrize(("observed", "expected"), [(-1, 5), (1, -5)])
def test_a_count_below_0_is_a_mistake(scale, observed, expected):
    with pytest.raises(ValueError, match="a count can't be below 0"):
        scale(observed, expected)


@pytest.mark.parametrize("scale", [arcsine, difference])
def test_impossible_shares_are_mistakes(scale):
    with pytest.raises(ValueError, match="a count must be from 0 to its denominator"):
        scale(11, 10, 0.5)
    with pytest.raises(ValueError, match="a share must be from 0 to 1"):
        scale(5, 10, 50)


@pytest.mark.parametrize(
    "scores", [log_ratio([], []), square_root_ratio([], []), arcsine([], []), difference([], [], [])]
)
def test_nothing_in_is_nothing_out(scores):
    assert list(scores.columns) == COLUMNS
    assert scores.empty


def test_rows_keep_their_index_and_stand_alone():
    observed = pd.Series([3, 40, 25], index=["c", "a", "b"])
    expected = pd.Series([5.0, 30.0, 25.0], index=["c", "a", "b"])
    scores = log_ratio(observed, expected)
    turned = log_ratio(observed[::-1], expected[::-1])

    assert list(scores.index) == ["c", "a", "b"]
    pd.testing.assert_frame_equal(scores.sort_index(), turned.sort_index())
