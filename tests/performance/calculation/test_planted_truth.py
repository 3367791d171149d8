"""What is planted in a simulation is found, and nothing is found where nothing is planted.

Measured over 20 seeds: of each year the figures go the way they go in a release, from the returns to
the table `divergence`, and on to the permutation test of the table `national`.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from performance.calculation.definitions import Definitions
from performance.calculation.divergence import divergence
from performance.calculation.inputs import years_of
from performance.calculation.outcomes import predictions
from performance.calculation.parts import work_out_year
from performance.calculation.places import Places
from performance.calculation.plans import FrameworkPlan, PlannedDomain, PlannedMeasure
from performance.calculation.process import process_indices
from performance.calculation.ratings import SEED
from performance.calculation.sums import with_sums
from performance.calculation.years import YEAR, whole_months
from performance.returns.simulation import frame_of, simulate
from performance.returns.simulation.record import trusts
from performance.returns.simulation.years import definitions
from performance.statistics.divergence.chance import against_chance
from performance.statistics.divergence.quadrants import LEAST_TO_NAME
from performance.vocabulary import ProcessKind, Quadrant

pytestmark = pytest.mark.slow

SEEDS = range(1, 21)
YEARS = ("2010-11", "2011-12", "2012-13")
# What the issue asks for: how many of those planted are named, how many others may be.
LEAST_FOUND, MOST_FALSE = 0.80, 0.05
LEAST_EFFECT = 1.5
# An error of one in a hundred is taken where chance alone may break a test.
RARE = 0.01


def plan_of(slug: str) -> FrameworkPlan:
    """A shipped framework as a calculation takes it, without a database. Its bands are left out: no
    divergence depends on them."""
    framework, measures = definitions().frameworks[slug], definitions().measures
    entries = [(domain.code, entry) for domain in framework.domains for entry in domain.measures]
    return FrameworkPlan(
        slug=slug,
        title=framework.short_title,
        starts=framework.starts,
        ends=framework.ends,
        domains=tuple(PlannedDomain(d.code, d.title, d.weight) for d in framework.domains),
        measures=tuple(
            PlannedMeasure(entry.measure, domain, entry.weight, own.kind, own.polarity, own.unit)
            for domain, entry in entries
            for own in [measures[entry.measure]]
        ),
    )


def places() -> Places:
    """The trusts alone. Sums of regions and of the nation have no part in any trust's divergence."""
    organisations = pd.DataFrame({"slug": trusts().index, "name": trusts().index, "kind": "trust"})
    nobody = pd.DataFrame({"organisation": [], "kind": [], "today": []}, dtype=object)
    return Places(organisations.assign(region=""), nobody, nation="")


@cache
def simulated(seed: int, effect: bool) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The truth, by trust, and the figures."""
    simulation = simulate(seed, effect=effect)
    return simulation.truth.set_index("organisation"), frame_of(simulation)


@cache
def divergence_of(seed: int, year: str, effect: bool = True) -> pd.DataFrame:
    """The table `divergence` of one year, by trust, of all kinds of process together."""
    _, figures = simulated(seed, effect)
    rows, plan = with_sums(years_of(figures)[year], places()), plan_of(f"ptrs-{year}")
    # A year is compared with other trusts' years alone, so its quarters needn't be compared too.
    compared = predictions(rows[whole_months(rows) == YEAR])
    return of_all_kinds(divergence(process_indices(rows, plan), compared, plan)).set_index("organisation")


def of_all_kinds(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["kind"] == ProcessKind.ALL]


def chance_of(table: pd.DataFrame) -> float:
    """The p of the table `national`, against chance."""
    found = against_chance(table["meets"], table["worse"], seed=SEED)
    assert (found.n, found.reason) == (len(trusts()), "")
    assert found.p is not None
    return found.p


@dataclass(frozen=True)
class Found:
    """By group of trusts: how many trust-years there are, and how many of them are named met-worse."""

    trusts: Counter[str]
    named: Counter[str]

    def rate(self, *groups: str) -> float:
        return sum(self.named[g] for g in groups) / sum(self.trusts[g] for g in groups)


@cache
def named_met_worse(year: str) -> Found:
    """Over all seeds. The planted are those that truly do worse by `LEAST_EFFECT` or more."""
    every, named = Counter[str](), Counter[str]()
    for seed in SEEDS:
        truth, table = simulated(seed, True)[0], divergence_of(seed, year)
        assert set(table.index) == set(truth.index)
        is_weak = (truth["group"] == Quadrant.MET_WORSE) & (truth["true_difference"] < LEAST_EFFECT)
        group = truth["group"].mask(is_weak, "weak")
        is_named = (table["quadrant"] == Quadrant.MET_WORSE) & (table["probability"] >= LEAST_TO_NAME)
        every.update(group)
        named.update(group[is_named.reindex(group.index)])
    return Found(every, named)


def together(found: list[Found]) -> Found:
    """Of several years."""
    every, named = Counter[str](), Counter[str]()
    for one in found:
        every, named = every + one.trusts, named + one.named
    return Found(every, named)


def check(found: Found, what: str) -> None:
    others = [group for group in found.trusts if group != Quadrant.MET_WORSE]
    said = (
        f"{what}: of the planted {found.rate(Quadrant.MET_WORSE):.1%} are named, of the unplanted "
        f"{found.rate('unplanted'):.1%}, of all others {found.rate(*others):.1%}; {found}"
    )
    print(said)
    assert found.trusts[Quadrant.MET_WORSE] > 100, said
    assert found.rate(Quadrant.MET_WORSE) >= LEAST_FOUND, said
    assert found.rate("unplanted") <= MOST_FALSE, said
    assert found.rate(*others) <= MOST_FALSE, said


@pytest.mark.parametrize("year", YEARS)
def test_trusts_that_hit_the_target_and_miss_the_outcome_are_named_and_others_are_not(year):
    check(named_met_worse(year), year)


def test_this_is_the_way_that_figures_go_in_a_release():
    """What is left out here (groups, comparisons of quarters, ratings) has no part in it."""
    (_, figures), year, plan = simulated(1, True), YEARS[0], plan_of(f"ptrs-{YEARS[0]}")
    measures = pd.DataFrame({"code": [], "kind": [], "polarity": [], "unit": []}, dtype=object)

    results = work_out_year(years_of(figures)[year], Definitions((plan,), measures, places()))

    table = of_all_kinds(results["divergence"]).set_index("organisation").sort_index()
    own = divergence_of(1, year)
    assert table.index.tolist() == own.index.tolist()
    for column in ("meets", "worse", "probability"):
        np.testing.assert_allclose(table[column], own[column], rtol=1e-12)
    assert table["quadrant"].tolist() == own["quadrant"].tolist()
    national = of_all_kinds(results["national"]).set_index("method")
    assert national.loc["against-chance", "p"] == chance_of(own)


def test_so_it_is_over_all_years_together():
    check(together([named_met_worse(year) for year in YEARS]), "all years")


def test_with_the_effect_switched_off_p_is_not_small_more_often_than_by_chance():
    """One year of each seed, as what is planted in a trust stays from year to year."""
    p = np.array([chance_of(divergence_of(seed, YEARS[seed % 3], effect=False)) for seed in SEEDS])

    said = f"p of {len(p)} seeds: {np.sort(p).round(4).tolist()}"
    print(said)
    for level in (0.05, 0.10):
        most = stats.binom.ppf(1 - RARE / 2, len(p), level)
        assert (p <= level).sum() <= most, f"{said}; at most {most:.0f} may be {level} or below"
    # Larger than uniform it may be, as a sum over few trusts has few values; not smaller.
    assert stats.kstest(p, "uniform", alternative="greater").pvalue >= RARE, said


def test_with_the_effect_p_is_small():
    """Or the test above would pass for a p that never is. 35 trusts, six of them planted, don't
    always show it: so it is 14 times in 20."""
    p = np.array([chance_of(divergence_of(seed, YEARS[0])) for seed in SEEDS])

    assert (p <= 0.05).mean() >= 0.5, np.sort(p).round(4).tolist()
