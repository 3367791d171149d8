import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects

from performance.statistics.dispersion.overdispersion import (
    Overdispersion,
    Taming,
    adjusted_z,
    kept_by_truncation,
    overdispersion,
    phi_above_chance,
    too_smooth,
    winsorised,
)
from tests.oracles import dispersion as naive

NAN = math.nan
NOT_GIVEN = "a figure is not given"
TEN_NEEDED = "10 units are needed and there are {}"
TAMINGS = list(Taming)

# Tenths, so that ties come up.
scores = st.integers(-60, 60).map(lambda tenths: tenths / 10)
errors = st.floats(0.01, 2)
units = st.lists(st.tuples(scores, errors), min_size=10, max_size=60)


def columns(units: list[tuple[float, float]]) -> tuple[list[float], list[float]]:
    z, standard_errors = zip(*units, strict=True)
    return list(z), list(standard_errors)


@pytest.mark.oracle(of=winsorised)
@given(st.lists(scores, min_size=1, max_size=40))
def test_winsorising_pulls_in_a_tenth_at_each_end(z):
    assert list(winsorised(z)) == pytest.approx(naive.winsorised(z))


@pytest.mark.worked_example(of=winsorised)
def test_winsorising_worked_out_by_hand():
    """Of 0 to 10 the 10th percentile is 1 and the 90th is 9."""
    assert list(winsorised(range(11))) == [1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9]


def test_winsorising_leaves_out_what_is_missing():
    assert list(winsorised([*range(11), NAN])[:-1]) == [1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9]
    assert winsorised([NAN, None]).isna().all()
    assert winsorised([]).empty


@pytest.mark.oracle(of=kept_by_truncation)
@given(st.lists(scores, min_size=1, max_size=40))
def test_truncating_leaves_out_the_first_and_last_tenth_of_average_ranks(z):
    assert list(kept_by_truncation(z)) == naive.truncated(z)


@pytest.mark.worked_example(of=kept_by_truncation)
@pytest.mark.parametrize(
    ("z", "left_out"),
    [
        # 10 rank / 7 runs from 1.4 to 8.6: of six nobody is left out.
        ([6, 5, 4, 3, 2, 1], []),
        # 10 rank / 11 is 0.9 for the first and 9.1 for the last.
        ([3, 1, 2, 10, 9, 8, 4, 5, 6, 7], [1, 3]),
        # 10 rank / 21: 0.48 and 0.95 at one end, 9.05 and 9.52 at the other.
        (list(range(20)), [0, 1, 18, 19]),
        # The three lowest of 20 share rank 2, and so leave together; the three highest, at 19, too.
        ([0, 0, 0, *range(1, 15), 20, 20, 20], [0, 1, 2, 17, 18, 19]),
        # All share the middle rank.
        ([4] * 20, []),
        ([], []),
        ([NAN, *range(10)], [0, 1, 10]),
    ],
)
def test_truncating_worked_out_by_hand(z, left_out):
    assert [place for place, kept in enumerate(kept_by_truncation(z)) if not kept] == left_out


@pytest.mark.oracle(of=overdispersion)
@given(units, st.sampled_from(TAMINGS))
def test_phi_and_tau_squared_are_those_of_the_definition(units, taming):
    z, standard_errors = columns(units)
    found = overdispersion(z, standard_errors, taming)

    assert (found.phi, found.tau_squared) == pytest.approx(
        naive.spread(z, standard_errors, taming.value), rel=1e-9, abs=1e-12
    )
    assert found.reason == ""


@pytest.mark.worked_example(of=overdispersion)
@pytest.mark.parametrize(
    ("taming", "units", "phi", "tau_squared"),
    [
        # All ten: (8 x 4 + 2 x 81) / 10; (194 - 9) / (10 - 1).
        (Taming.NONE, 10, 19.4, 185 / 9),
        # The 10th percentile is -9 + 0.9 x 7 = -2.7: (8 x 4 + 2 x 7.29) / 10; (46.58 - 9) / 9.
        (Taming.WINSORISED, 10, 4.658, 37.58 / 9),
        # Without the ends: 8 x 4 / 8; (32 - 7) / (8 - 1).
        (Taming.TRUNCATED, 8, 4.0, 25 / 7),
    ],
)
def test_the_spread_of_ten_units_worked_out_by_hand(taming, units, phi, tau_squared):
    found = overdispersion([-9, -2, -2, -2, -2, 2, 2, 2, 2, 9], 1.0, taming)

    assert found.units == units
    assert (found.phi, found.tau_squared) == pytest.approx((phi, tau_squared))
    assert found.tau == pytest.approx(math.sqrt(tau_squared))


@given(st.lists(st.tuples(st.floats(-3, 3), errors), min_size=10, max_size=40))
def test_about_the_weighted_mean_tau_squared_is_that_of_dersimonian_and_laird(units):
    """Another library's: about that target, and only there, the two are one."""
    values, standard_errors = map(np.array, columns(units))
    centred = values - np.average(values, weights=standard_errors**-2)
    # A negative estimate, which is 0 here, makes that library divide by 0 further on.
    with np.errstate(all="ignore"):
        theirs = combine_effects(centred, standard_errors**2, method_re="dl").tau2

    found = overdispersion(centred / standard_errors, standard_errors, Taming.NONE)

    assert found.tau_squared == pytest.approx(max(theirs, 0), rel=1e-6, abs=1e-9)


@given(units, st.sampled_from(TAMINGS), st.randoms(use_true_random=False))
def test_the_spread_is_the_same_in_any_order_mirrored_and_with_an_empty_unit(units, taming, random):
    z, standard_errors = columns(units)
    found = overdispersion(z, standard_errors, taming)
    shuffled = random.sample(units, len(units))
    others = [
        overdispersion(*columns(shuffled), taming),
        overdispersion([NAN, *z, 1.0], [1.0, *standard_errors, NAN], taming),
    ]
    # The SHMI's rule leaves out a rank of just nine tenths and keeps one of just a tenth.
    if taming is not Taming.TRUNCATED or (len(units) + 1) % 5:
        others.append(overdispersion([-score for score in z], standard_errors, taming))

    for other in others:
        assert other.units == found.units
        assert (other.phi, other.tau_squared) == pytest.approx((found.phi, found.tau_squared), abs=1e-9)


@pytest.mark.worked_example(of=kept_by_truncation)
def test_of_19_units_the_last_two_are_left_out_and_the_first():
    """floor(10 rank / 20) is 0 for the first alone, and 9 for the 18th and the 19th."""
    kept = kept_by_truncation(range(19))

    assert list(kept[~kept].index) == [0, 17, 18]


@pytest.mark.parametrize("taming", TAMINGS)
def test_units_all_on_target_have_no_spread(taming):
    found = overdispersion([0.0] * 12, 0.1, taming)

    assert (found.phi, found.tau_squared, found.tau) == (0, 0, 0)


@pytest.mark.parametrize("count", [0, 1, 9])
@pytest.mark.parametrize("taming", TAMINGS)
def test_fewer_than_ten_units_are_not_adjusted(count, taming):
    found = overdispersion([*([3.0] * count), NAN], 1.0, taming)

    assert found == Overdispersion(count, None, None, TEN_NEEDED.format(count))
    assert found.tau is None


@pytest.mark.parametrize("error", [0.0, -1.0])
def test_a_standard_error_of_nothing_is_a_mistake(error):
    with pytest.raises(ValueError, match="a standard error must be above 0"):
        overdispersion([1.0] * 12, error)
    with pytest.raises(ValueError, match="a standard error must be above 0"):
        adjusted_z([1.0] * 12, error, Overdispersion(12, 1.0, 0.0, ""))


@pytest.mark.oracle(of=adjusted_z)
@given(units, st.floats(0, 10), st.floats(0, 3))
def test_an_adjusted_score_is_the_distance_over_the_wider_error(units, phi, tau_squared):
    z, standard_errors = columns(units)
    found = adjusted_z(z, standard_errors, Overdispersion(len(units), phi, tau_squared, ""))

    for row, (score, error) in zip(found.itertuples(), units, strict=True):
        assert row.z == score
        assert row.additive_z == pytest.approx(score * error / math.hypot(error, math.sqrt(tau_squared)))
        assert row.multiplicative_z == pytest.approx(score / math.sqrt(phi) if phi > 1 else score)
        assert abs(row.additive_z) <= abs(score) + 1e-12
    assert (found["reason"] == "").all()


@pytest.mark.worked_example(of=adjusted_z)
def test_adjusted_scores_worked_out_by_hand():
    """A value of 12 with an error of 3 lies 4 errors out; with a spread of 4 beside it, 12 / 5."""
    found = adjusted_z([4.0], [3.0], Overdispersion(10, 4.0, 16.0, ""))

    assert list(found.iloc[0][["z", "additive_z", "multiplicative_z"]]) == pytest.approx([4, 2.4, 2])


def test_without_a_spread_only_the_plain_score_is_left():
    spread = overdispersion([3.0, 4.0], 1.0)
    found = adjusted_z(pd.Series([3.0, NAN], ["a", "b"]), 1.0, spread)

    assert list(found["reason"]) == [TEN_NEEDED.format(2), NOT_GIVEN]
    assert found["z"]["a"] == 3
    assert found[["additive_z", "multiplicative_z"]].isna().all(axis=None)


def test_a_missing_score_leaves_the_others_alone():
    spread = Overdispersion(10, 2.0, 1.0, "")
    found = adjusted_z([1.0, NAN, 1.0], [1.0, 1.0, NAN], spread)

    assert list(found["reason"]) == ["", NOT_GIVEN, NOT_GIVEN]
    assert found[["z", "additive_z", "multiplicative_z"]].notna().all(axis=1).tolist() == [True, False, False]
    assert adjusted_z([], [], spread).empty


@pytest.mark.oracle(of=phi_above_chance)
@given(st.lists(scores, min_size=1, max_size=20).map(lambda half: half + [0.3] * len(half)))
def test_phi_is_held_against_chi_squared(z):
    found = phi_above_chance(z)
    sum_of_squares = sum(score**2 for score in z)

    assert found.units == len(z)
    assert found.phi == pytest.approx(sum_of_squares / len(z))
    assert found.p == pytest.approx(naive.chance_of_more(sum_of_squares, len(z)), rel=1e-9)


@pytest.mark.oracle(of=too_smooth)
@given(st.lists(scores, min_size=5, max_size=20).map(lambda half: half + [0.3] * len(half)))
def test_too_smooth_is_the_other_tail(z):
    found = too_smooth(z)

    assert found.p == pytest.approx(
        1 - naive.chance_of_more(sum(score**2 for score in z), len(z)), rel=1e-6, abs=1e-12
    )


@pytest.mark.worked_example(of=phi_above_chance)
def test_phi_above_chance_worked_out_by_hand():
    """Of two units the tail is exp(-sum / 2): squares of 4 and 2 give exp(-3)."""
    found = phi_above_chance([2, math.sqrt(2), NAN])

    assert (found.units, found.phi, found.p) == pytest.approx((2, 3, math.exp(-3)))


@pytest.mark.worked_example(of=too_smooth)
def test_units_that_vary_half_as_much_as_chance_are_too_smooth():
    """Tables of chi-squared on 30: 14.95 leaves 1% below it. 30 scores of 0.7 sum to 14.7."""
    assert too_smooth([0.7, -0.7] * 15).p == pytest.approx(0.01, abs=0.002)
    assert too_smooth([0.7, -0.7] * 15).p < 0.01 < too_smooth([0.71, -0.71] * 15).p


def test_scores_all_on_target_are_as_smooth_as_can_be():
    assert too_smooth([0.0] * 10).p == 0
    assert phi_above_chance([0.0] * 10).p == 1


@pytest.mark.parametrize(("z", "count"), [([], 0), ([NAN, None], 0), ([1.0] * 9, 9)])
def test_smoothness_needs_ten_units(z, count):
    found = too_smooth(z)

    assert (found.units, found.phi, found.p, found.reason) == (count, None, None, TEN_NEEDED.format(count))


def test_phi_needs_a_unit():
    assert phi_above_chance([NAN]).reason == "no unit has a z score"
    assert phi_above_chance([1.96]).p == pytest.approx(0.05, abs=0.001)


@pytest.mark.slow
def test_the_tails_have_their_size_and_adjusting_restores_it():
    """35 units of one line: each tail fires in its share of runs. With a real spread of twice the
    error the plain scores call far too many, and the adjusted ones about as many as they should."""
    random = np.random.default_rng(24)
    z = random.standard_normal((2000, 35))
    assert np.mean([phi_above_chance(row).p < 0.05 for row in z]) == pytest.approx(0.05, abs=0.015)
    assert np.mean([too_smooth(row).p < 0.01 for row in z]) == pytest.approx(0.01, abs=0.006)

    error = random.uniform(0.5, 1.5, (2000, 35))
    value = random.standard_normal((2000, 35)) * np.sqrt(error**2 + 4)
    plain = adjusted = 0.0
    for row, errors in zip(value / error, error, strict=True):
        found = adjusted_z(row, errors, overdispersion(row, errors, Taming.NONE))
        plain += np.mean(np.abs(found["z"]) > stats.norm.isf(0.025)) / 2000
        adjusted += np.mean(np.abs(found["additive_z"]) > stats.norm.isf(0.025)) / 2000
    assert plain > 0.3
    assert adjusted == pytest.approx(0.05, abs=0.015)
