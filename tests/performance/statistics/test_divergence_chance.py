import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.divergence.chance import ALL_ALIKE, AgainstChance, against_chance
from tests.oracles import divergence as naive

NAN = math.nan

facts = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=10, max_size=35).filter(
    lambda rows: all(0 < sum(side) < len(rows) for side in zip(*rows, strict=True))
)


def compared(rows, **options) -> AgainstChance:
    options = {"seed": 1} | options
    return against_chance(*zip(*rows, strict=True), **options)


@pytest.mark.oracle(of=against_chance)
@given(facts)
def test_a_count_is_held_against_the_hypergeometric_distribution(rows):
    """Which is what shuffling facts comes to, but for what 9,999 shuffles leave open."""
    n, met, worse = len(rows), sum(a for a, _ in rows), sum(b for _, b in rows)
    masses = [float(mass) for mass in naive.overlaps(n, met, worse)]
    observed = sum(a * b for a, b in rows)
    exact = sum(masses[observed:])

    result = compared(rows)

    assert result.observed == observed
    assert result.expected == pytest.approx(sum(k * mass for k, mass in enumerate(masses)))
    assert result.p == pytest.approx(exact, abs=5 * math.sqrt(exact * (1 - exact) / 9_999) + 2e-4)
    assert sum(masses[: int(result.lower)]) <= 0.025 + 0.01
    assert sum(masses[int(result.upper) + 1 :]) <= 0.025 + 0.01


@pytest.mark.worked_example(of=against_chance)
def test_9_of_35_means_nothing_where_half_do_the_one_and_half_the_other():
    """Of 35 trusts 17 meet the target and 18 do worse than predicted: 17 x 18 / 35 = 8.74."""
    rows = [(1, 1)] * 9 + [(1, 0)] * 8 + [(0, 1)] * 9 + [(0, 0)] * 9

    result = compared(rows)

    assert (result.observed, result.n) == (9, 35)
    assert result.expected == pytest.approx(17 * 18 / 35)
    assert result.p > 0.5
    assert result.lower <= 6 and result.upper >= 11


@pytest.mark.worked_example(of=against_chance)
def test_the_least_p_is_one_of_all_shuffles_and_the_observed():
    """All ten that meet the target do worse and no other: 1 in 184,756."""
    result = compared([(1, 1)] * 10 + [(0, 0)] * 10)

    assert result.p == 1 / 10_000
    assert (result.observed, result.expected) == (10, 5)


def test_probabilities_are_added_up_in_place_of_counts():
    rows = [(0.9, 0.8), (0.2, 0.3), *[(0.5, 0.4), (0.6, 0.7)] * 5]

    result = compared(rows)

    assert result.observed == pytest.approx(0.72 + 0.06 + 5 * (0.2 + 0.42))
    assert result.expected == pytest.approx((1.1 + 5.5) * (1.1 + 5.5) / 12)
    assert result.lower < result.expected < result.upper


@given(facts, st.randoms())
def test_it_depends_on_the_seed_and_not_on_the_order_or_on_empty_trusts(rows, order):
    shuffled = [*rows, (NAN, 1), (1, NAN)]
    order.shuffle(shuffled)

    assert compared(shuffled, permutations=99) == compared(rows, permutations=99)


@given(facts)
def test_the_two_sides_can_change_places(rows):
    one, other = compared(rows), compared([(b, a) for a, b in rows])

    assert (one.observed, one.expected) == pytest.approx((other.observed, other.expected))
    assert one.p == pytest.approx(other.p, abs=0.04)


@pytest.mark.parametrize(
    ("rows", "n", "reason"),
    [
        ([(NAN, NAN)], 0, "10 trusts with both figures are needed and there are 0"),
        ([(1, 1)], 1, "10 trusts with both figures are needed and there are 1"),
        (
            [(1, 0)] * 5 + [(0, 1)] * 4 + [(NAN, 1)],
            9,
            "10 trusts with both figures are needed and there are 9",
        ),
        ([(1, 0), (1, 1)] * 5, 10, ALL_ALIKE),
        ([(1, 0), (0, 0)] * 5, 10, ALL_ALIKE),
        ([(0.5, 0), (0.5, 1)] * 5, 10, ALL_ALIKE),
    ],
)
def test_too_little_has_no_figure_but_a_reason(rows, n, reason):
    assert compared(rows) == AgainstChance(n, reason)


@pytest.mark.parametrize("rows", [[(1.1, 0)] * 10, [(1, -0.1)] * 10])
def test_a_probability_beyond_0_to_1_is_a_mistake(rows):
    with pytest.raises(ValueError, match="from 0 to 1"):
        compared(rows)


LEVELS = np.array([0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9])


@pytest.mark.slow
def test_p_is_uniform_when_process_and_outcome_are_unrelated():
    """With probabilities hardly two shuffles are equal, so p is as good as continuous."""
    draw = np.random.default_rng(11)
    found = [
        against_chance(draw.beta(3, 1, 35), draw.beta(1, 1, 35), seed=seed, permutations=499).p
        for seed in range(3_000)
    ]

    sizes = (np.array(found)[:, None] <= LEVELS).mean(axis=0)
    assert sizes == pytest.approx(LEVELS, abs=0.03)
    assert sizes[:3] == pytest.approx(LEVELS[:3], abs=0.013)


@pytest.mark.slow
def test_a_p_of_counts_fires_no_more_often_than_it_says():
    """Counts are whole, so p leaps: it may fire more rarely than its level, not more often. Were
    it drawn evenly from each leap it would be uniform."""
    draw = np.random.default_rng(12)
    found, even = [], []
    for seed in range(3_000):
        met, worse = draw.random((2, 35)) < 0.5
        result = against_chance(met, worse, seed=seed, permutations=499)
        tie = float(naive.overlaps(35, int(met.sum()), int(worse.sum()))[int(result.observed)])
        found.append(result.p)
        even.append(result.p - draw.random() * tie)

    noise = 3.5 * np.sqrt(LEVELS * (1 - LEVELS) / len(found))
    assert ((np.array(found)[:, None] <= LEVELS).mean(axis=0) <= LEVELS + noise).all()
    assert ((np.array(even)[:, None] <= LEVELS).mean(axis=0)) == pytest.approx(LEVELS, abs=0.035)
