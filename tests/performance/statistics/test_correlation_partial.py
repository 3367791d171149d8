import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.correlation.pairs import ALL_ALIKE, Correlation
from performance.statistics.correlation.partial import CONTROLS_OVERLAP, NOTHING_LEFT, partial_spearman
from performance.statistics.correlation.rank import spearman
from tests.oracles import correlation as naive

NAN = math.nan


def table(seed: int, n: int = 35, controls: int = 1) -> pd.DataFrame:
    """Two figures that both owe something to the controls."""
    draw = np.random.default_rng(seed)
    others = {f"control {k}": draw.normal(size=n).round(1) for k in range(controls)}
    common = sum(others.values())
    return pd.DataFrame({"x": common + draw.normal(size=n), "y": common + draw.normal(size=n)} | others)


def partial(frame: pd.DataFrame, **options) -> Correlation:
    options = {"seed": 1, "permutations": 99} | options
    return partial_spearman(frame["x"], frame["y"], frame.drop(columns=["x", "y"]), **options)


@pytest.mark.oracle(of=partial_spearman)
@given(st.integers(0, 10_000), st.sampled_from([1, 2]))
def test_it_is_the_recursion_of_correlations_of_ranks(seed, controls):
    frame = table(seed, controls=controls)

    expected = naive.partial(*(naive.ranks(list(frame[name])) for name in frame))
    assert partial(frame).coefficient == pytest.approx(expected, abs=1e-9)


@pytest.mark.oracle(of=partial_spearman)
def test_each_control_takes_a_trust_from_the_interval():
    frame = table(3, controls=2)
    result = partial(frame)

    variance = (1 + result.coefficient**2 / 2) / (35 - 2 - 3)
    expected = naive.interval(result.coefficient, variance, 0.95)
    assert (result.lower, result.upper) == pytest.approx(expected, abs=1e-9)


@pytest.mark.oracle(of=partial_spearman)
@pytest.mark.parametrize("seed", [0, 5])
def test_p_shuffles_what_the_control_leaves_of_the_outcome(seed):
    frame = table(seed, n=16)
    x, y, control = (naive.ranks(list(frame[name])) for name in frame)

    p = partial(frame, permutations=99_999).p

    # The shuffles leave about 0.005 open; without taking the control out again p is 0.02 lower.
    assert p == pytest.approx(naive.partial_p(x, y, control, shuffles=20_000, seed=seed), abs=0.012)


@pytest.mark.worked_example(of=partial_spearman)
def test_a_partial_correlation_that_can_be_worked_out_by_hand():
    """x: 1 to 15. y: each two neighbours of the first fourteen have changed places, so squared
    differences add up to 14 and r_xy = 1 - 6 x 14 / 3360 = 0.975. z: the first and the last have
    changed places: 2 x 14^2 = 392, r_xz = 0.3. y against z: 13^2 + 13 x 1 + 14^2 = 378,
    r_yz = 0.325. So (0.975 - 0.3 x 0.325) / sqrt((1 - 0.3^2)(1 - 0.325^2)) = 0.972672.
    """
    x = list(range(1, 16))
    y = [2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 15]
    z = [15, *range(2, 15), 1]

    result = partial_spearman(x, y, pd.DataFrame({"z": z}), seed=1)

    assert result.coefficient == pytest.approx(0.972672, abs=1e-6)


def test_what_both_owe_to_a_control_is_taken_away():
    frame = table(11, n=200)

    assert spearman(frame["x"], frame["y"], seed=1, permutations=99).coefficient > 0.4
    assert abs(partial(frame).coefficient) < 0.15


@given(st.integers(0, 10_000))
def test_rows_in_another_order_give_the_same(seed):
    frame = table(seed, n=20)

    assert partial(frame.sample(frac=1, random_state=seed)) == partial(frame)


@given(st.integers(0, 10_000))
def test_the_two_sides_can_change_places(seed):
    frame = table(seed, n=20)
    swapped = frame.rename(columns={"x": "y", "y": "x"})

    assert partial(swapped).coefficient == pytest.approx(partial(frame).coefficient)


def test_a_trust_that_lacks_a_figure_changes_nothing():
    frame = table(5)
    gaps = pd.DataFrame({"x": [NAN, 1, 1], "y": [1, NAN, 1], "control 0": [1, 1, NAN]})

    assert partial(pd.concat([frame, gaps], ignore_index=True)) == partial(frame)


def changed(frame: pd.DataFrame, **columns) -> pd.DataFrame:
    return frame.assign(**columns)


@pytest.mark.parametrize(
    ("frame", "n", "reason"),
    [
        (table(1, n=0), 0, "10 trusts with both figures are needed and there are 0"),
        (table(1, n=9), 9, "10 trusts with both figures are needed and there are 9"),
        (table(1, n=14), 14, "15 trusts for 1 control are needed and there are 14"),
        (table(1, n=29, controls=2), 29, "30 trusts for 2 controls are needed and there are 29"),
        (table(1, n=35, controls=3), 35, "45 trusts for 3 controls are needed and there are 35"),
        (changed(table(1), x=1.0), 35, ALL_ALIKE),
        (changed(table(1), z=1.0), 35, CONTROLS_OVERLAP),
        (changed(table(1), z=table(1)["control 0"] * 3), 35, CONTROLS_OVERLAP),
        (changed(table(1), x=table(1)["control 0"] * -3), 35, NOTHING_LEFT),
        (changed(table(1), y=table(1)["control 0"] * 3), 35, NOTHING_LEFT),
    ],
)
def test_too_little_has_no_figure_but_a_reason(frame, n, reason):
    assert partial(frame) == Correlation(n, reason)


def test_a_shuffle_that_the_control_wholly_explains_does_no_harm():
    """y and the control are 1 for four trusts each, one of them the same. One shuffle in 1,820 makes
    the two alike, which leaves nothing to correlate."""
    y, z = np.zeros((2, 16))
    y[:4] = z[3:7] = 1.0

    result = partial_spearman(np.arange(16.0), y, pd.DataFrame({"z": z}), seed=1, permutations=19_999)

    assert result.coefficient < 0
    assert 0 < result.p < 0.01


def test_mistakes_are_refused():
    with pytest.raises(ValueError, match="needs a control"):
        partial(table(1)[["x", "y"]])
    with pytest.raises(ValueError, match="indexed alike"):
        partial_spearman(table(1)["x"], table(1)["y"], table(1)[["control 0"]].iloc[::-1], seed=1)
