"""Simulated returns are the same for the same seed, and shaped as returns are."""

import time

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from performance.frameworks.reader import read_definitions
from performance.returns.simulation import Simulation, simulate
from performance.returns.simulation.layout import COLUMNS
from performance.returns.simulation.record import trusts
from performance.vocabulary import Status

DEFINITIONS = read_definitions()
OUTCOMES = ["local-adult-reoffending", "proven-reoffending"]


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return simulate(1)


def test_the_same_seed_gives_the_same_returns_and_the_same_truth(simulation):
    again = simulate(1)

    assert_frame_equal(again.returns, simulation.returns)
    assert_frame_equal(again.truth, simulation.truth)


def test_another_seed_gives_others(simulation):
    other = simulate(2)

    assert not other.returns["numerator"].equals(simulation.returns["numerator"])
    assert set(other.truth.query("group == 'met-worse'").organisation) != set(
        simulation.truth.query("group == 'met-worse'").organisation
    )


def test_a_seed_below_zero_is_refused():
    with pytest.raises(ValueError, match="a seed is a whole number, 0 or more"):
        simulate(-1)


def test_it_takes_less_than_half_a_second():
    taken = []
    for seed in range(3):
        begin = time.perf_counter()
        simulate(seed)
        taken.append(time.perf_counter() - begin)
    assert min(taken) < 0.5


def test_every_trust_sends_every_measure_of_every_framework_in_every_period(simulation):
    """Months for what is counted as it happens, quarters for reoffending, a year for the rest."""
    length = (simulation.returns["period_end"] - simulation.returns["period_start"]).dt.days + 1
    spans = simulation.returns.assign(span=pd.cut(length, [0, 1, 31, 92, 366], labels=["day", 1, 3, 12]))
    found = spans.groupby(["framework", "measure"], observed=True)["span"].agg(["count", "unique"])
    for slug in ("ptrs-2010-11", "ptrs-2011-12", "ptrs-2012-13"):
        framework = DEFINITIONS.frameworks[slug]
        for code in {entry.measure for domain in framework.domains for entry in domain.measures}:
            months = {"local-adult-reoffending": 3, "sickness-absence-days": 12}.get(code, 1)
            count, spans_found = found.loc[(slug, code)]
            assert (count, list(spans_found)) == (35 * 12 // months, [months]), code


def test_what_no_framework_asks_for_is_sent_every_year(simulation):
    for code in (
        "local-adult-reoffending",
        "proven-reoffending",
        "planned-budget",
        "offenders-per-offender-manager",
        "caseload-community",
    ):
        rows = simulation.returns[simulation.returns["measure"] == code]
        assert rows["framework"].nunique() == 3, code
        assert rows["organisation"].nunique() == 35, code


def test_the_columns_are_those_of_a_return_and_no_figure_stands_twice(simulation):
    assert list(simulation.returns.columns) == list(COLUMNS)
    key = ["organisation", "measure", "period_start", "period_end"]
    assert not simulation.returns.duplicated(key).any()
    assert set(simulation.returns["organisation"]) == set(trusts().index)


def test_months_follow_one_another_without_a_day_between(simulation):
    rows = simulation.returns.query("organisation == 'london' and measure == 'breach-10-days'")
    days = rows["period_start"].iloc[1:].to_numpy() - rows["period_end"].iloc[:-1].to_numpy()
    assert len(rows) == 36
    assert set(days) == {pd.Timedelta(days=1).to_numpy().astype("timedelta64[s]")}
    assert rows["period_start"].min() == pd.Timestamp("2010-04-01")
    assert rows["period_end"].max() == pd.Timestamp("2013-03-31")


def test_a_target_stands_just_where_the_framework_has_the_measure(simulation):
    """But for reoffending, which is measured against prediction."""
    entries = {
        (slug, entry.measure)
        for slug, framework in DEFINITIONS.frameworks.items()
        for domain in framework.domains
        for entry in domain.measures
        if entry.measure != "local-adult-reoffending"
    }
    rows = simulation.returns
    is_in = [pair in entries for pair in zip(rows["framework"], rows["measure"], strict=True)]
    assert (rows["target"].notna() == is_in).all()
    reported = rows[rows["status"] == Status.REPORTED]
    assert (reported["note"] == "The target is assumed.").eq(reported["target"].notna()).all()


def test_shares_have_counts_and_no_value_and_all_else_a_value_and_no_counts(simulation):
    reported = simulation.returns[simulation.returns["status"] == Status.REPORTED]
    is_share = reported["measure"].map(lambda code: DEFINITIONS.measures[code].unit) == "share"
    counts = reported[["numerator", "denominator"]]
    assert counts[is_share].notna().all(axis=None) and counts[~is_share].isna().all(axis=None)
    assert (reported["value"].notna() == ~is_share).all()
    assert (counts[is_share]["numerator"].between(0, counts[is_share]["denominator"])).all()
    assert (counts[is_share]["denominator"] > 0).all()


def test_a_count_that_is_a_shares_numerator_is_the_same_number_in_both(simulation):
    key = ["organisation", "period_start"]
    rows = simulation.returns.set_index(key)
    counted = rows.query("measure == 'dtto-drr-completions'")["value"]
    share = rows.query("measure == 'dtto-drr-completion-rate'")["numerator"]
    assert len(counted) == 35 * 24
    assert (counted == share.reindex(counted.index)).all()


def test_the_ways_of_having_no_number_are_all_there_and_none_is_in_what_is_planted(simulation):
    gaps = simulation.returns[simulation.returns["status"] != Status.REPORTED]
    assert gaps["status"].value_counts().to_dict() == {
        "missing": 3,
        "suppressed": 1,
        "not-applicable": 1,
        "nil": 1,
    }
    assert not gaps["measure"].isin(OUTCOMES).any()
    truth = simulation.truth.set_index("organisation").loc[gaps["organisation"]]
    assert (truth["group"] == "unplanted").all()
    assert not truth["heaps_above_target"].any() and (truth["changes_in"] == "").all()
    numbers = gaps.set_index("status")[["numerator", "denominator", "expected", "value"]]
    assert numbers.loc["nil", "value"] == 0
    assert numbers.drop("nil").isna().all(axis=None)
    assert (gaps["note"] != "").all() and not gaps["note"].str.contains("target").any()


def test_without_the_effect_only_reoffending_differs(simulation):
    without = simulate(1, effect=False)

    is_outcome = simulation.returns["measure"].isin(OUTCOMES)
    assert_frame_equal(without.returns[~is_outcome], simulation.returns[~is_outcome])
    changed = without.returns["numerator"] != simulation.returns["numerator"]
    assert changed[is_outcome].mean() > 0.5
    same = ["denominator", "expected"]
    assert_frame_equal(without.returns[same], simulation.returns[same])
