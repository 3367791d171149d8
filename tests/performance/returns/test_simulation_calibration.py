"""Sizes and spreads of simulated returns are those of the public record."""

import numpy as np
import pandas as pd
import pytest

from performance.returns.simulation import simulate
from performance.returns.simulation.assumptions import DESIGN_EFFECT
from performance.returns.simulation.outcome import reoffended
from performance.returns.simulation.record import load_spread, trusts

SEEDS = range(1, 6)


@pytest.fixture(scope="module")
def returns() -> pd.DataFrame:
    return pd.concat([simulate(seed).returns.assign(seed=seed) for seed in SEEDS])


def of(returns: pd.DataFrame, code: str) -> pd.DataFrame:
    return returns[returns["measure"] == code]


def national(rows: pd.DataFrame, *columns: str) -> pd.DataFrame:
    return rows.groupby(["seed", "framework"])[list(columns)].sum()


def test_the_sizes_of_trusts_are_those_of_their_areas_budgets():
    """Read by hand from the table of 2003-04, in thousands of pounds."""
    size = trusts()["size"]
    assert len(size) == 35 and size.sum() == pytest.approx(1)
    areas = {"durham-tees-valley": 7_460 + 8_420, "bedfordshire": 5_440}
    assert size["durham-tees-valley"] / size["bedfordshire"] == pytest.approx(
        areas["durham-tees-valley"] / areas["bedfordshire"]
    )
    assert size.idxmax() == "london" and 0.15 < size.max() < 0.20
    assert size.idxmin() == "warwickshire" and size.min() > 0.005


def test_every_trust_has_its_region():
    regions = trusts()["region"]
    assert regions["london"] == "london-region"
    assert regions["durham-tees-valley"] == "north-east-region"
    assert regions.nunique() == 10


def test_the_national_cohort_is_that_of_2012_13(returns):
    cohorts = national(of(returns, "local-adult-reoffending"), "denominator")["denominator"]
    assert cohorts.between(0.99 * 616_252, 1.01 * 616_252).all()


def test_four_snapshots_of_a_trust_are_of_about_one_size(returns):
    rows = of(returns, "local-adult-reoffending")
    sizes = rows.groupby(["seed", "organisation"])["denominator"].agg(["min", "max"])
    assert (sizes["max"] / sizes["min"]).between(1.001, 1.15).all()


def test_about_nine_in_a_hundred_are_predicted_to_reoffend_in_three_months(returns):
    """And trusts lie as far apart as from 26.6% to 44.7% round 35.65% for a year."""
    rows = of(returns, "local-adult-reoffending")
    total = national(rows, "expected", "denominator")
    assert (total["expected"] / total["denominator"]).between(0.085, 0.095).all()
    rates = rows.groupby(["seed", "framework", "organisation"])[["expected", "denominator"]].sum()
    spread = (rates["expected"] / rates["denominator"]).groupby(["seed", "framework"]).agg(["min", "max"])
    assert spread["min"].between(0.065, 0.070).all()
    assert spread["max"].between(0.109, 0.117).all()


def test_proven_reoffending_runs_from_the_published_lowest_to_the_highest(returns):
    rows = of(returns, "proven-reoffending")
    rate = 100 * rows["numerator"] / rows["denominator"]
    found = rate.groupby([rows["seed"], rows["framework"]]).agg(["min", "max"]).round(1)
    assert set(found["min"]) == {26.6} and set(found["max"]) == {44.7}


def test_the_variance_of_a_years_count_is_about_1_3_times_that_of_other_people():
    years, cohort, rate = 20_000, 4_000, 0.09
    counts = reoffended(
        np.full((years, 4), float(cohort)), np.full((years, 4), rate), np.random.default_rng(5)
    )
    binomial = 4 * cohort * rate * (1 - rate)
    # The variance of 20,000 draws has a standard error of 1% of itself.
    assert counts.sum(axis=1).var() / binomial == pytest.approx(DESIGN_EFFECT, abs=0.05)
    assert counts[:, 0].var() / (binomial / 4) == pytest.approx(1, abs=0.05)
    assert counts.mean() == pytest.approx(cohort * rate, rel=0.002)
    assert pytest.approx(1.3) == DESIGN_EFFECT


def test_a_count_of_reoffenders_stays_within_its_snapshot():
    counts = reoffended(np.full((500, 4), 3.0), np.full((500, 4), 0.5), np.random.default_rng(5))
    assert set(counts.ravel()) == {0, 1, 2, 3}


def test_offenders_for_each_manager_come_to_31_to_34_nationally(returns):
    """All offenders over all managers: an average of trusts' averages would be another figure."""
    key = ["seed", "framework", "organisation"]
    load = of(returns, "offenders-per-offender-manager").set_index(key)["value"]
    caseload = of(returns, "caseload-community").set_index(key)["value"]
    by_year = ["seed", "framework"]
    overall = caseload.groupby(by_year).sum() / (caseload / load).groupby(by_year).sum()
    assert overall.between(31, 34).all()
    assert overall.xs(1, level="seed").round(1).tolist() == [33.0, 32.5, 32.0]


def test_trusts_loads_lie_as_far_apart_as_areas_did(returns):
    """From 22.7 to 54.9 round 34.1 on the last day of 2007."""
    assert load_spread().min() == pytest.approx(22.7 / 34.1)
    assert load_spread().max() == pytest.approx(54.9 / 34.1)
    load = of(returns, "offenders-per-offender-manager")["value"]
    assert load.between(0.9 * 22.7, 1.15 * 54.9).all()
    assert load.max() > 45 and load.min() < 27


def test_budgets_add_up_to_the_nations(returns):
    budgets = national(of(returns, "planned-budget"), "value")["value"].xs("ptrs-2010-11", level="framework")
    assert budgets.tolist() == pytest.approx([870_000_000] * len(SEEDS), rel=0.001)


def test_trusts_own_targets_lie_as_areas_own_did(returns):
    """Of settled accommodation, from 70% to 83%; of timeliness close to 90%."""
    targets = of(returns, "accommodation-at-termination")["target"]
    assert targets.between(70, 83).all() and targets.nunique() > 5
    assert of(returns, "oasys-15-days")["target"].between(87, 93).all()
    by_trust = returns.groupby(["seed", "organisation", "measure"])["target"].nunique()
    assert by_trust.loc[:, :, "oasys-15-days"].max() == 1


def test_drug_treatment_targets_add_up_to_those_of_2010_11(returns):
    target = national(of(returns, "dtto-drr-completions"), "target")["target"]
    assert target.between(0.98 * 6_837, 1.02 * 6_837).all()


def test_cases_are_as_many_as_assumed(returns):
    cases = national(of(returns, "court-reports-on-time"), "denominator")["denominator"]
    assert cases.between(0.99 * 210_000, 1.01 * 210_000).all()
