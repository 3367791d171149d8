"""What a framework scores in a year: its scheme, and each trust's figures as the scheme takes them.

How frameworks scored is reconstructed (see `performance.statistics.ratings.scheme`), so a framework
whose steps and edges aren't stated has no scheme.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from performance.calculation.outcomes import REOFFENDING
from performance.calculation.plans import FrameworkPlan, PlannedMeasure
from performance.calculation.process import figures_of_year, weighted_part
from performance.statistics.columns import Floats
from performance.statistics.ratings.evidence import Evidence, evidence_of, evidence_targets
from performance.statistics.ratings.scheme import RatedDomain, RatedMeasure, Scheme, StepScore
from performance.statistics.ratings.scores import measure_scores
from performance.vocabulary import ADDED_UP, Polarity, Unit

# A scheme wants a target for each measure. Each figure that is scored goes with one of its own.
NOT_USED = 1.0


@dataclass(frozen=True)
class Scored:
    """A framework's figures under its scheme. All arrays are trusts (sorted) x measures of the scheme,
    NaN where there is none; shares are parts of 1."""

    scheme: Scheme
    figures: pd.DataFrame

    @cached_property
    def evidence(self) -> Evidence:
        return evidence_of(self.scheme, observations(self.figures))

    @cached_property
    def own_targets(self) -> pd.DataFrame:
        own = self.figures.assign(target=self.figures["target"] / scale(self.figures))
        return own.pivot(index="organisation", columns="measure", values="target")

    @cached_property
    def targets(self) -> Floats:
        """With something in the place of a target that isn't there."""
        return evidence_targets(self.scheme, self.evidence, self.own_targets)

    @cached_property
    def scores(self) -> Floats:
        """Of each measure by itself, from 1."""
        return measure_scores(self.scheme, self.evidence.observed, self.targets)

    def wide(self, column: pd.Series) -> Floats:
        """A column of the figures."""
        names = {name: self.figures[name] for name in ("organisation", "measure")}
        table = pd.DataFrame({**names, "told": column}).pivot(
            index="organisation", columns="measure", values="told"
        )
        return table.reindex(index=self.evidence.trusts, columns=self.scheme.codes).to_numpy(dtype=float)


@dataclass(frozen=True)
class Scoring:
    """plan: without what has no weight; figures: of `process.figures_of_year`, on the plan's measures,
    with what each is scored against as its target; scored: None where nobody can be rated."""

    plan: FrameworkPlan
    figures: pd.DataFrame
    scored: Scored | None

    @property
    def scores_all_domains(self) -> bool:
        """Or there is no rating of the whole."""
        return self.scored is not None and len(self.scored.scheme.domains) == len(self.plan.domains)


def scoring_of(rows: pd.DataFrame, plan: FrameworkPlan) -> Scoring:
    """rows: of `sums.with_sums`, of one financial year.

    A figure is scored by its attainment of the trust's own target for the year; of reoffending that
    is the predicted rate; where a trust has none, the framework's, unless that is a total of the
    nation. A figure without a target counts as missing, and a measure for which there is no target
    at all has no part in the scheme.
    """
    figures = figures_of_year(rows, plan)
    figures = figures[figures["domain"].notna()]
    plan = weighted_part(plan)
    figures = figures.assign(target=_targets(figures, plan))
    aimed = {*figures.loc[figures["target"].notna(), "measure"]}
    aimed |= {measure.code for measure in plan.measures if _target_of_each(measure) is not None}
    scheme = scheme_of(plan, aimed)
    return Scoring(plan, figures, Scored(scheme, figures) if scheme else None)


def scheme_of(plan: FrameworkPlan, codes: Collection[str]) -> Scheme | None:
    """The plan's scheme, of those of these measures that have a good side. None where there is no such
    measure, or no scoring."""
    measures = tuple(
        RatedMeasure(m.code, m.domain, m.weight, NOT_USED, m.polarity)
        for m in plan.measures
        if m.code in codes and m.polarity != Polarity.NONE
    )
    if not (plan.is_scored and measures):
        return None
    used = {measure.domain for measure in measures}
    return Scheme(
        measures,
        tuple(RatedDomain(domain.code, domain.weight) for domain in plan.domains if domain.code in used),
        StepScore(plan.steps),
        tuple(str(number) for number, _ in plan.bands),
        plan.band_edges,
    )


def observations(figures: pd.DataFrame) -> pd.DataFrame:
    """As `evidence_of` takes them: shares as parts of 1, counts with Poisson's error, other figures
    as known exactly. A figure without a target is left empty."""
    told = figures["value"].notna() & figures["target"].notna()
    cases = figures["denominator"].where(told & (figures["unit"] == Unit.SHARE))
    error = np.sqrt(figures["value"].where(figures["unit"] == Unit.COUNT, 0.0))
    return pd.DataFrame(
        {
            "trust": figures["organisation"],
            "measure": figures["measure"],
            "counted": figures["numerator"].where(cases > 0),
            "cases": cases.where(cases > 0),
            "value": (figures["value"] / scale(figures)).where(told),
            "standard_error": error.where(told),
        }
    )


def scale(figures: pd.DataFrame) -> Floats:
    """Shares are rated as parts of 1."""
    return np.where(figures["unit"] == Unit.SHARE, 100.0, 1.0)


def _targets(figures: pd.DataFrame, plan: FrameworkPlan) -> pd.Series:
    """What each figure is scored against, in its own unit. NaN where there is nothing, or 0:
    attainment is value over target."""
    predicted = 100 * figures["expected"] / figures["denominator"].where(figures["denominator"] > 0)
    own = predicted.where(figures["measure"] == REOFFENDING, figures["target"])
    general = {measure.code: _target_of_each(measure) for measure in plan.measures}
    units = {measure.code: str(measure.unit) for measure in plan.measures}
    is_alike = figures["unit"] == figures["measure"].map(units)
    target = own.fillna(figures["measure"].map(general).astype(float).where(is_alike))
    # More predicted than there are cases, say: what nobody can reach is no target.
    is_beyond = (figures["unit"] == Unit.SHARE) & (target > 100)
    return target.where((target > 0) & ~is_beyond)


def _target_of_each(measure: PlannedMeasure) -> float | None:
    """The framework's target where it is one for each trust, and not for all of them together."""
    if measure.target is None or measure.target <= 0 or measure.unit in ADDED_UP:
        return None
    return None if measure.code == REOFFENDING else measure.target
