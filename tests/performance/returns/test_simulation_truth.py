"""What is planted in simulated returns is in them, and what is written down is what was planted."""

import numpy as np
import pandas as pd
import pytest

from performance.frameworks.reader import read_definitions
from performance.returns.simulation import simulate
from performance.vocabulary import Kind

SEEDS = range(1, 11)
KINDS = {code: measure.kind for code, measure in read_definitions().measures.items()}
PROCESS = [code for code, kind in KINDS.items() if kind in ("timeliness", "volume", "compliance")]
TIMELINESS = [code for code, kind in KINDS.items() if kind == Kind.TIMELINESS]
YEAR = ["seed", "organisation", "framework"]


@pytest.fixture(scope="module")
def simulations() -> tuple[pd.DataFrame, pd.DataFrame]:
    made = {seed: simulate(seed) for seed in SEEDS}
    returns = pd.concat([simulation.returns.assign(seed=seed) for seed, simulation in made.items()])
    truth = pd.concat([simulation.truth.assign(seed=seed) for seed, simulation in made.items()])
    return returns, truth.set_index(["seed", "organisation"])


@pytest.fixture
def returns(simulations) -> pd.DataFrame:
    return simulations[0]


@pytest.fixture
def truth(simulations) -> pd.DataFrame:
    return simulations[1]


def attainment(rows: pd.DataFrame) -> pd.Series:
    """Per cent of what the targets ask for, by trust and year."""
    required = rows["denominator"] * rows["target"] / 100
    sums = rows.assign(required=required.where(rows["numerator"].notna())).groupby(YEAR)
    return 100 * sums["numerator"].sum() / sums["required"].sum()


def differences(returns: pd.DataFrame) -> pd.DataFrame:
    """Actual less predicted reoffending in points, and how sure that is, by trust and year."""
    rows = returns[returns["measure"] == "local-adult-reoffending"]
    sums = rows.groupby(YEAR)[["numerator", "denominator", "expected"]].sum()
    predicted = sums["expected"] / sums["denominator"]
    difference = 100 * (sums["numerator"] / sums["denominator"] - predicted)
    error = 100 * np.sqrt(1.3 * predicted * (1 - predicted) / sums["denominator"])
    return pd.DataFrame({"difference": difference, "error": error})


def test_each_group_has_its_trusts_in_every_simulation(truth):
    counts = truth.groupby(["seed", "group"]).size().unstack()
    planted = {"met-better": 2, "met-worse": 6, "missed-better": 6, "missed-worse": 2, "unplanted": 19}
    assert (counts == pd.Series(planted)).all(axis=None)
    assert (truth.groupby("seed")["heaps_above_target"].sum() == 5).all()
    assert ((truth["changes_in"] != "").groupby("seed").sum() == 4).all()
    assert set(truth["changes_in"]) == {"", "2011-12", "2012-13"}
    assert (truth.loc[truth["group"] != "unplanted", "changes_in"] == "").all()
    assert not truth.loc[truth["group"] != "unplanted", "heaps_above_target"].any()


def test_what_a_group_says_is_so(truth):
    meets, worse = truth["group"].str.startswith("met"), truth["group"].str.endswith("worse")
    planted = truth["group"] != "unplanted"
    assert truth.loc[planted, "meets"].eq(meets[planted]).all()
    difference = truth["true_difference"]
    assert difference[planted & worse].between(1.5, 2.5).all()
    assert difference[planted & ~worse].between(-2.5, -1.5).all()
    assert abs(difference[~planted].mean()) < 0.05
    assert difference[~planted].std() == pytest.approx(0.15, abs=0.03)


def test_those_planted_as_meeting_their_targets_clearly_do_and_the_others_clearly_do_not(returns, truth):
    process = returns[returns["measure"].isin(PROCESS)]
    found = attainment(process).reset_index("framework", name="attainment").join(truth["group"])
    assert found.loc[found["group"].str.startswith("met"), "attainment"].min() > 101
    assert found.loc[found["group"].str.startswith("missed"), "attainment"].max() < 98.5
    assert (truth.loc[truth["group"].str.startswith("met"), "margin"] >= 2).all()


def test_those_planted_as_worse_than_predicted_are(returns, truth):
    found = differences(returns).reset_index("framework").join(truth[["group", "true_difference"]])
    z = (found["difference"] - found["true_difference"]) / found["error"]
    # 1,050 trust-years: means and deviations of z are known to within 0.1. A count varies with the
    # true rate, the error here with the predicted one.
    assert abs(z.mean()) < 0.1
    assert z.std() == pytest.approx(1, abs=0.1)
    worse = found["group"].str.endswith("worse")
    assert (found.loc[worse, "difference"] > 0).all()
    assert (found.loc[found["group"].str.endswith("better"), "difference"] < 0).all()


def test_a_predicted_rate_does_not_tell_what_is_planted(returns, truth):
    """What is predicted must not give away the difference, or nothing would be found but that."""
    rows = returns[returns["measure"] == "local-adult-reoffending"]
    sums = rows.groupby(["seed", "organisation"])[["expected", "denominator"]].sum()
    predicted = (sums["expected"] / sums["denominator"]).to_numpy()
    together = np.corrcoef(predicted, truth.loc[sums.index, "true_difference"])[0, 1]
    assert abs(together) < 0.15


def test_timeliness_is_what_the_truth_says(returns, truth):
    rows = returns[returns["measure"].isin(TIMELINESS)]
    sums = rows.groupby(YEAR)[["numerator", "denominator"]].sum()
    share = (100 * sums["numerator"] / sums["denominator"]).unstack()
    cases = sums["denominator"].unstack()
    still = truth.query("not heaps_above_target").index
    for framework in share:
        true = truth[f"timeliness_{framework.removeprefix('ptrs-').replace('-', '_')}"]
        error = 100 * np.sqrt(true / 100 * (1 - true / 100) / cases[framework])
        z = ((share[framework] - true) / error)[still]
        # A month's own drift comes on top of chance.
        assert abs(z.mean()) < 0.3 and z.std() < 1.6, framework


def test_counts_follow_the_margin(returns, truth):
    rows = returns[returns["measure"] == "unpaid-work-completions"]
    rows = rows[rows["status"] == "reported"]
    sums = rows.groupby(["seed", "organisation"])[["value", "target"]].sum()
    lift = (sums["value"] / sums["target"]).to_frame("lift").join(truth)
    assert lift.loc[lift["group"].str.startswith("met"), "lift"].mean() == pytest.approx(1.07, abs=0.02)
    assert lift.loc[lift["group"].str.startswith("missed"), "lift"].mean() == pytest.approx(0.91, abs=0.02)


def near_target(rows: pd.DataFrame) -> pd.Series:
    """Of the months within 3 points of the target, the part that meets it, trust by trust."""
    distance = 100 * rows["numerator"] / rows["denominator"] - rows["target"]
    near = distance.between(-3, 3)
    return (distance[near] >= 0).groupby([rows["seed"][near], rows["organisation"][near]]).mean()


def test_months_heap_just_above_the_target_where_that_is_planted_and_nowhere_else(returns, truth):
    heaps = truth["heaps_above_target"]
    alike = truth.index[~heaps & truth["margin"].between(-1.5, 0.5) & (truth["change"] == 0)]
    heaped = near_target(returns[returns["measure"] == "breach-10-days"])
    other = near_target(returns[returns["measure"] == "court-reports-on-time"])
    assert heaped[heaps].mean() > 0.8
    assert heaped.reindex(alike).mean() < 0.6
    assert other[heaps].mean() < 0.5


def test_a_lifted_month_meets_its_target_by_less_than_one_case(returns, truth):
    rows = returns[returns["measure"] == "breach-10-days"].set_index(["seed", "organisation"])
    rows = rows[truth["heaps_above_target"].reindex(rows.index)]
    just = (100 * (rows["numerator"] - 1) < rows["target"] * rows["denominator"]) & (
        100 * rows["numerator"] >= rows["target"] * rows["denominator"]
    )
    assert just.mean() > 0.3


def test_a_trust_that_changes_does_so_in_its_year(returns, truth):
    rows = returns[returns["measure"].isin(TIMELINESS) & (returns["measure"] != "oasys-15-days")]
    by_year = attainment(rows).unstack()
    for place, planted in truth[truth["changes_in"] != ""].iterrows():
        first, second, third = by_year.loc[place]
        steps = {"2011-12": second - first, "2012-13": third - second}
        moved = steps.pop(planted["changes_in"])
        assert np.sign(moved) == np.sign(planted["change"])
        assert abs(moved) > 2.5 > abs(steps.popitem()[1]), place
        assert planted["change"] * planted["margin"] < 0
        assert not planted["meets"]


def test_cohorts_are_as_the_truth_has_them(returns, truth):
    rows = returns[returns["measure"] == "local-adult-reoffending"]
    cohorts = rows.groupby(YEAR)["denominator"].sum().unstack()
    for framework in cohorts:
        column = f"cohort_{framework.removeprefix('ptrs-').replace('-', '_')}"
        assert (cohorts[framework] == truth[column].reindex(cohorts.index)).all()


def test_without_the_effect_the_same_differences_have_nothing_to_do_with_process():
    together = []
    for seed in range(1, 21):
        effect, none = simulate(seed).truth, simulate(seed, effect=False).truth
        assert sorted(effect["true_difference"]) == sorted(none["true_difference"])
        assert (none["group"] == "unplanted").all()
        assert none["margin"].equals(effect["margin"])
        together.append(np.corrcoef(none["margin"], none["true_difference"])[0, 1])
        assert np.corrcoef(effect["margin"], effect["true_difference"])[0, 1] > 0.25
    # 20 correlations of 35 trusts, each with a standard deviation of 1 / sqrt(34).
    assert abs(np.mean(together)) < 3 / np.sqrt(34 * 20)
    assert np.std(together) == pytest.approx(1 / np.sqrt(34), rel=0.4)
