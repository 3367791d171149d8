import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from performance.statistics.dispersion.overdispersion import Taming
from performance.statistics.reoffending.cohorts import cohorts
from performance.statistics.reoffending.comparison import against_national, against_prediction
from performance.statistics.reoffending.spread import BetweenTrusts, allowing_for_spread, between_trusts
from performance.statistics.reoffending.verdicts import AgainstNational, AgainstPrediction, DesignEffects
from tests.oracles import reoffending as naive

NAN = math.nan
INDEPENDENT = DesignEffects(1.0, 1.0, 1.0)
TEN_NEEDED = "10 units are needed and there are {}"
WAYS = ("additive", "multiplicative")

rows = st.integers(100, 20_000).flatmap(lambda n: st.tuples(st.integers(0, n // 5), st.just(n)))
tables = st.lists(rows, min_size=10, max_size=40).map(
    lambda rows: against_prediction(cohorts(*map(list, zip(*rows, strict=True)), 0.1))
)


@pytest.mark.oracle(of=between_trusts)
@given(tables)
def test_the_spread_is_that_of_the_definition(table):
    phi, tau_squared = naive.spread(list(table["difference"]), list(table["standard_error"]))
    found = between_trusts(table)

    assert (found.trusts, found.reason) == (len(table), "")
    assert (found.phi, found.tau_squared) == pytest.approx((phi, tau_squared))
    assert found.tau_points == pytest.approx(100 * math.sqrt(tau_squared))
    assert found.p == pytest.approx(stats.chi2.sf((table["z"] ** 2).sum(), len(table)))


@pytest.mark.worked_example(of=between_trusts)
def test_a_spread_worked_out_by_hand():
    """Ten trusts of 900 cases at 10%, with errors of one point each: five 3 points above and five
    3 below. phi is 9, and tau squared (90 - 9) / (10 - 1) = 9 squared points: 3 points."""
    found = between_trusts(against_prediction(cohorts([117, 63] * 5, 900, 0.1), INDEPENDENT))

    assert (found.phi, found.tau_squared, found.tau_points) == pytest.approx((9, 0.0009, 3))
    assert found.p == pytest.approx(stats.chi2.sf(90, 10))


@pytest.mark.worked_example(of=allowing_for_spread)
def test_verdicts_that_allow_for_it_worked_out_by_hand():
    """As above: 3 points are 3 errors of one point, and less than one of sqrt(1 + 9) points. With
    phi at 9 they are one error of 3."""
    table = against_prediction(cohorts([117, 63] * 5, 900, 0.1), INDEPENDENT)
    found = allowing_for_spread(table, Taming.NONE)

    assert list(table["verdict"][:2]) == [AgainstPrediction.HIGHER_95, AgainstPrediction.LOWER_95]
    assert list(found["additive_z"][:2]) == pytest.approx([3 / math.sqrt(10), -3 / math.sqrt(10)])
    assert list(found["multiplicative_z"][:2]) == pytest.approx([1, -1])
    assert found["multiplicative_p"][0] == pytest.approx(0.3173, abs=1e-4)
    for way in WAYS:
        assert set(found[f"{way}_verdict"]) == {AgainstPrediction.NOT_DIFFERENT}
        # All p are alike, and so is each when adjusted.
        assert found[f"{way}_adjusted_p"].to_numpy() == pytest.approx(found[f"{way}_p"].to_numpy())


@pytest.mark.oracle(of=allowing_for_spread)
@given(tables)
def test_allowing_for_spread_is_the_distance_over_the_wider_error(table):
    phi, tau_squared = naive.spread(list(table["difference"]), list(table["standard_error"]))
    found = allowing_for_spread(table, Taming.NONE)

    for given_row, row in zip(table.itertuples(), found.itertuples(), strict=True):
        z = given_row.difference / math.hypot(given_row.standard_error, math.sqrt(tau_squared))
        assert row.additive_z == pytest.approx(z)
        assert row.additive_p == pytest.approx(naive.two_sided(z), rel=1e-6, abs=1e-15)
        assert row.multiplicative_z == pytest.approx(row.z / math.sqrt(max(phi, 1)))


def test_the_words_are_those_of_the_comparison():
    table = against_national(cohorts([*[80, 120] * 6, 400], 1000, 0.1))
    found = allowing_for_spread(table, words=AgainstNational)

    assert found["additive_verdict"].iloc[-1] == AgainstNational.HIGHER_998


def test_fewer_than_ten_trusts_are_not_adjusted():
    table = against_prediction(cohorts([*[200] * 9, NAN, 2], [*[900] * 10, 30], 0.1))
    found = allowing_for_spread(table)

    assert between_trusts(table) == BetweenTrusts(9, None, None, None, None, TEN_NEEDED.format(9))
    assert list(found["reason"]) == [*[""] * 9, "a figure is not given", ""]
    assert list(found["flag_reason"]) == [
        *[TEN_NEEDED.format(9)] * 9,
        "",
        "fewer than 5 were expected to reoffend, or fewer than 5 not to",
    ]
    assert found["z"].notna().tolist() == [*[True] * 9, False, False]
    for way in WAYS:
        assert found[f"{way}_z"].isna().all()
        assert (found[f"{way}_verdict"] == "not compared").all()


def test_trusts_all_as_predicted_have_no_spread():
    found = between_trusts(against_prediction(cohorts([90] * 10, 900, 0.1)))

    assert (found.phi, found.tau_squared, found.tau_points, found.p) == (0, 0, 0, 1)


@given(tables, st.integers(0, 99))
def test_neither_order_nor_an_empty_trust_changes_the_spread(table, seed):
    other = table.astype(object).sample(frac=1, random_state=seed)
    empty = against_prediction(cohorts([NAN], [100], [0.1])).astype(object)
    other = pd.concat([other, empty])
    for name in ("z", "standard_error"):
        other[name] = other[name].astype(float)
    plain, shuffled = between_trusts(table), between_trusts(other)

    assert (plain.phi, plain.tau_squared, plain.p) == pytest.approx(
        (shuffled.phi, shuffled.tau_squared, shuffled.p)
    )


def test_nobody_in_has_no_spread():
    table = against_prediction(cohorts([], [], []))

    assert between_trusts(table).reason == TEN_NEEDED.format(0)
    assert allowing_for_spread(table).empty


@pytest.mark.slow
def test_the_spread_comes_out_as_it_went_in():
    """35 trusts of 18,000 cases, whose true rates lie 0.5 points (standard deviation) round their
    prediction. Taming outliers, right before a verdict, makes it too small."""
    random = np.random.default_rng(26)
    found: dict[Taming, list[float]] = {taming: [] for taming in Taming}
    for _ in range(400):
        true = 0.09 + random.normal(0, 0.005, 35)
        table = against_prediction(cohorts(random.binomial(18_000, true), 18_000, 0.09), INDEPENDENT)
        for taming in Taming:
            found[taming].append(between_trusts(table, taming).tau_points)

    assert np.mean(found[Taming.NONE]) == pytest.approx(0.5, abs=0.02)
    assert np.mean(found[Taming.WINSORISED]) == pytest.approx(0.4, abs=0.02)
    assert np.mean(found[Taming.TRUNCATED]) == pytest.approx(0.33, abs=0.02)
