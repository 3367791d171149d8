import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.ratings.ranks import expected_ranks, rank_intervals, rankability, ranks_of_draws
from performance.statistics.shrinkage import normal_normal
from tests.oracles import ratings as oracle

NAN = math.nan
TOO_FEW = "4 trusts are needed and there are 3"

# Few different levels, so that there are ties.
draws = st.integers(4, 9).flatmap(
    lambda trusts: st.lists(
        st.lists(st.integers(0, 5), min_size=trusts, max_size=trusts), min_size=1, max_size=30
    )
)
levels = st.lists(st.tuples(st.floats(-2, 2), st.sampled_from([0.0, 0.3, 1.0])), min_size=4, max_size=9)


def columns(pairs) -> tuple[list, list]:
    first, second = zip(*pairs, strict=True)
    return list(first), list(second)


@pytest.mark.oracle(of=ranks_of_draws)
@given(draws)
def test_ranks_of_draws_are_counted_one_by_one(drawn):
    found = ranks_of_draws(pd.DataFrame(drawn).T)

    expected = oracle.rank_figures(drawn)
    for name in ("lower", "upper", "mean_rank", "top_quarter", "bottom_quarter"):
        assert list(found[name]) == pytest.approx([figures[name] for figures in expected])


@pytest.mark.worked_example(of=ranks_of_draws)
def test_ranks_by_hand():
    """Of four trusts a quarter is one. Kent is best in two draws of four, shares the first three
    places in one, and is third in one; London is last in all."""
    drawn = pd.DataFrame(
        [[9, 9, 5, 1], [8, 7, 5, 9], [6, 5, 5, 3], [1, 1, 1, 0]], index=["kent", "wales", "essex", "london"]
    )
    found = ranks_of_draws(drawn)

    assert list(found["mean_rank"]) == [(1 + 1 + 2 + 3) / 4, (2 + 2 + 2 + 1) / 4, (3 + 3 + 2 + 2) / 4, 4]
    assert list(found["top_quarter"]) == [0.5, 0.25, 0, 0]
    assert list(found["bottom_quarter"]) == [0, 0, 0, 1]
    assert list(found["lower"]) == [1, 1, 2, 4]
    assert list(found["upper"]) == [3, 2, 3, 4]


@pytest.mark.oracle(of=expected_ranks)
@given(levels)
def test_an_expected_rank_adds_up_who_may_be_better(pairs):
    level, error = columns(pairs)
    found = expected_ranks(level, error)["expected_rank"]

    assert list(found) == pytest.approx(
        [oracle.expected_rank(i, level, error) for i in range(len(pairs))], abs=1e-9
    )
    assert found.sum() == pytest.approx(len(pairs) * (len(pairs) + 1) / 2)


@pytest.mark.worked_example(of=expected_ranks)
def test_expected_ranks_by_hand():
    """Two at 0 and two at 1, errors such that two trusts' difference has one of 1: each of the
    upper is beaten by the other half the time and by each lower one with P(Z > 1) = 0.1587."""
    error = math.sqrt(0.5)

    assert list(expected_ranks([0, 0, 1, 1], error)["expected_rank"]) == pytest.approx(
        [1 + 0.5 + 2 * 0.8413447, 1 + 0.5 + 2 * 0.8413447, 1.5 + 2 * 0.1586553, 1.5 + 2 * 0.1586553]
    )


@pytest.mark.oracle(of=rank_intervals)
@pytest.mark.parametrize("error", [0.2, [0.1, 0.5, 1.0, 0.0, 0.3, 0.3]])
def test_mean_ranks_of_draws_are_the_expected_ones(error):
    level = [0.0, 0.5, 0.4, -0.3, 1.2, 0.4]
    errors = [error] * 6 if isinstance(error, float) else error
    found = rank_intervals(level, error, seed=1)

    expected = [oracle.expected_rank(i, level, errors) for i in range(6)]
    assert list(found["mean_rank"]) == pytest.approx(expected, abs=0.06)
    assert (found["lower"] <= found["upper"]).all()


@pytest.mark.worked_example(of=rank_intervals)
def test_levels_that_are_known_have_the_ranks_they_have():
    found = rank_intervals([3, 1, 4, 2], 0, seed=1, draws=50)

    assert list(found["lower"]) == list(found["upper"]) == list(found["mean_rank"]) == [2, 4, 1, 3]
    assert list(found["top_quarter"]) == [0, 0, 1, 0]
    assert list(found["bottom_quarter"]) == [0, 1, 0, 0]


def test_levels_that_are_all_alike_share_the_middle():
    assert list(rank_intervals([2] * 5, 0, seed=1, draws=9)["mean_rank"]) == [3] * 5
    assert list(expected_ranks([2] * 5, 0)["expected_rank"]) == [3] * 5


@given(levels, st.randoms(use_true_random=False))
def test_neither_order_nor_an_empty_trust_changes_ranks(pairs, random):
    level, error = (pd.Series(column) for column in columns(pairs))
    order = random.sample(range(len(pairs)), len(pairs))
    # Trusts with the same figures are told apart by their draws only, so they can't be compared.
    unlike = ~pd.DataFrame({"level": level, "error": error}).duplicated(keep=False).to_numpy()
    straight = rank_intervals(level, error, seed=5, draws=40)
    mixed = rank_intervals([*level[order], NAN], [*error[order], 1.0], seed=5, draws=40)

    back = mixed.iloc[np.argsort(order)].reset_index(drop=True)
    pd.testing.assert_frame_equal(back[unlike], straight[unlike], check_categorical=False)
    assert mixed["reason"].iloc[-1] == "a figure is not given"


def test_draws_of_ranks_depend_on_the_seed():
    one, same, other = (rank_intervals([1, 2, 3, 4], 1, seed=seed, draws=100) for seed in (1, 1, 2))

    pd.testing.assert_frame_equal(one, same)
    assert not one.equals(other)


@pytest.mark.parametrize(
    ("level", "reasons"),
    [
        ([], []),
        ([1], ["4 trusts are needed and there are 1"]),
        ([1, 2, 3], [TOO_FEW] * 3),
        ([1, 2, NAN, 3], [TOO_FEW, TOO_FEW, "a figure is not given", TOO_FEW]),
        ([1, 2, None, 3, 4], ["", "", "a figure is not given", "", ""]),
    ],
)
def test_what_cannot_be_ranked_says_why(level, reasons):
    by_draws = ranks_of_draws(pd.DataFrame({"draw": pd.Series(level, dtype=float)}))
    for found in (rank_intervals(level, 1, seed=1, draws=5), expected_ranks(level, 1), by_draws):
        assert list(found["reason"]) == reasons
        assert list(found.drop(columns="reason").notna().all(axis=1)) == [reason == "" for reason in reasons]


def test_impossible_levels_are_a_mistake():
    with pytest.raises(ValueError, match="a standard error can't be below 0"):
        expected_ranks([1, 2], [1, -1])
    with pytest.raises(ValueError, match="a standard error can't be below 0"):
        rank_intervals([1, 2], [1, -1], seed=1)
    with pytest.raises(ValueError, match="ranks need draws"):
        rank_intervals([1, 2, 3, 4], 1, seed=1, draws=0)
    with pytest.raises(ValueError, match="a trust can't be there twice"):
        ranks_of_draws(pd.DataFrame({"draw": [1, 2]}, index=["kent", "kent"]))


@pytest.mark.worked_example(of=rankability)
@pytest.mark.parametrize(
    ("tau_squared", "errors", "value", "verdict"),
    [
        # The median of squared errors is 4.
        (3.9, [1, 2, 2, 5], 3.9 / 7.9, "do not rank"),
        (4, [1, 2, 2, 5], 0.5, "rank with care"),
        (9, [1, 2, 2, 5, None], 9 / 13, "rank with care"),
        (12, [1, 2, 2, 5], 0.75, "may be ranked"),
        (0, [1, 2, 2, 5], 0, "do not rank"),
        (1, [0, 0, 0, 0], 1, "may be ranked"),
    ],
)
def test_rankability_by_hand(tau_squared, errors, value, verdict):
    found = rankability(tau_squared, errors)

    assert (found.value, found.verdict, found.reason) == (pytest.approx(value), verdict, "")


@pytest.mark.parametrize(
    ("tau_squared", "errors", "reason"),
    [
        (1, [1, 1, 1], TOO_FEW),
        (1, [1, 1, 1, NAN], TOO_FEW),
        (1, [], "4 trusts are needed and there are 0"),
        (0, [0, 0, 0, 0], "the trusts don't differ and nothing about them is uncertain"),
    ],
)
def test_what_has_no_rankability_says_why(tau_squared, errors, reason):
    found = rankability(tau_squared, errors)

    assert (found.value, found.verdict, found.reason) == (None, None, reason)


@pytest.mark.parametrize(("tau_squared", "error"), [(-1, 1), (NAN, 1), (math.inf, 1), (1, -1)])
def test_an_impossible_variance_is_a_mistake(tau_squared, error):
    with pytest.raises(ValueError, match="below 0"):
        rankability(tau_squared, [error] * 4)


@pytest.mark.slow
@pytest.mark.parametrize(("n", "places", "stated"), [(2_000, 25, 0.40), (18_000, 15, 0.88)])
def test_rank_intervals_are_as_wide_as_stated(n, places, stated):
    """Of 35 trusts whose true rates spread by half a percentage point round 9%, as methods 3.10
    states for one set of draws of each n: the median width of a 95% interval of ranks, and the
    rankability. Sets whose rankability comes near the stated one have intervals about as wide."""
    widths, values = [], []
    for seed in range(30):
        random = np.random.default_rng(seed)
        share = random.binomial(n, random.normal(0.09, 0.005, 35)) / n
        error = np.sqrt(share * (1 - share) / n)
        ranks = rank_intervals(share, error, seed=seed, draws=2_000)
        widths.append((ranks["upper"] - ranks["lower"]).median())
        values.append(rankability(normal_normal(share, error).tau_squared, error).value)
    widths, values = np.array(widths), np.array(values)

    truly = 0.005**2 / (0.005**2 + 0.09 * 0.91 / n)
    assert values.mean() == pytest.approx(truly, abs=0.05)
    assert values.min() < stated < values.max()
    near = np.abs(values - stated) < 0.04
    assert widths[near].mean() == pytest.approx(places, abs=1.5)
