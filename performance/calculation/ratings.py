"""What each trust would have been rated under a framework, and how sure that is.

How frameworks scored is reconstructed (see `performance.statistics.ratings.scheme`), so a framework
whose steps and edges aren't stated rates nobody.
"""

from typing import Any

import numpy as np
import pandas as pd

from performance.calculation.outcomes import REOFFENDING
from performance.calculation.plans import FrameworkPlan, PlannedDomain, PlannedMeasure
from performance.calculation.process import TRUST, figures_of_year, weighted_part
from performance.statistics.columns import Floats
from performance.statistics.ratings.certainty import band_certainty
from performance.statistics.ratings.evidence import evidence_of, evidence_targets, rate_evidence
from performance.statistics.ratings.scheme import RatedDomain, RatedMeasure, Scheme, StepScore
from performance.vocabulary import ADDED_UP, Polarity, Unit

# With 2,000 draws a probability is within 2.2 points of what endless draws would say, 19 times in 20.
DRAWS = 2_000
SEED = 20101

FIGURES = ["score", "band", "band_probabilities", "weight_used", "reason"]
# The domain of a rating of all domains together.
WHOLE = ""
# A scheme wants a target for each measure. Each figure that is scored goes with one of its own.
NOT_USED = 1.0


def ratings(rows: pd.DataFrame, plan: FrameworkPlan) -> pd.DataFrame:
    """The table `ratings`: for each trust that has a yearly figure, if only a missing one, on a
    measure of the framework a row for the whole (domain '') and one for each domain.

    rows: of `sums.with_sums`, of one financial year. A figure is scored by its attainment of the
    trust's own target for the year; of reoffending that is the predicted rate; where a trust has
    none, the framework's, unless that is a total of the nation. A figure without a target counts as
    missing, and a measure for which there is no target at all has no part in the rating.
    score: from 1; band: its number; band_probabilities: of the whole, from that number as text to
    0 to 1; weight_used: the part of the framework's or the domain's weight, 0 to 1, that was scored.
    Nobody is rated, for the reason given, where the framework has no scoring, weights or targets,
    or one of its domains has none. Draws are by trusts in sorted order, whatever that of the rows.
    """
    figures = figures_of_year(rows, plan)
    figures = figures[figures["domain"].notna()]
    plan = weighted_part(plan)
    figures = figures.assign(target=_targets(figures, plan))
    scheme = _scheme(plan, figures)
    table = _refused(figures, _why_nobody(plan)) if scheme is None else _rated(plan, scheme, figures)
    return table.assign(framework=plan.slug)[["framework", "domain", *TRUST, *FIGURES]]


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


def _scheme(plan: FrameworkPlan, figures: pd.DataFrame) -> Scheme | None:
    """The framework's scheme, of the measures for which there is a target. None where there is no
    such measure, or no scoring."""
    has_target = {*figures.loc[figures["target"].notna(), "measure"]}
    has_target |= {measure.code for measure in plan.measures if _target_of_each(measure) is not None}
    measures = tuple(
        RatedMeasure(m.code, m.domain, m.weight, NOT_USED, m.polarity)
        for m in plan.measures
        if m.code in has_target and m.polarity != Polarity.NONE
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


def _why_nobody(plan: FrameworkPlan) -> str:
    if not plan.is_scored:
        return f"how {plan.title} turned results into bands isn't known"
    if not plan.measures:
        return f"{plan.title} gives its measures no weight"
    return f"no measure of {plan.title} has a target"


def _refused(figures: pd.DataFrame, reason: str) -> pd.DataFrame:
    trusts = figures[TRUST].drop_duplicates(ignore_index=True)
    return _no_rating(trusts.index).assign(reason=reason).join(trusts)


def _rated(plan: FrameworkPlan, scheme: Scheme, figures: pd.DataFrame) -> pd.DataFrame:
    evidence = evidence_of(scheme, _observations(figures))
    own = figures.assign(target=figures["target"] / _scale(figures))
    targets = own.pivot(index="organisation", columns="measure", values="target")
    rated = rate_evidence(scheme, evidence, evidence_targets(scheme, evidence, targets))
    weights = pd.Series(plan.weights)
    scored = pd.DataFrame(~np.isnan(evidence.observed), evidence.trusts, scheme.codes) * weights[scheme.codes]
    of_domains = [_of_domain(plan, domain, rated, scored) for domain in plan.domains]
    whole = _no_rating(evidence.trusts).assign(
        weight_used=scored.sum(axis=1), reason=_together([table["reason"] for table in of_domains])
    )
    if len(scheme.domains) == len(plan.domains):
        certainty = band_certainty(scheme, evidence, seed=SEED, draws=DRAWS, targets=targets)
        whole = whole.assign(
            score=rated["score"],
            band=pd.to_numeric(certainty.table["band"].astype(object)),
            band_probabilities=_by_band(certainty.probabilities),
        )
    table = pd.concat([whole, *of_domains]).rename_axis("organisation").reset_index()
    return table.assign(**figures[["period_start", "period_end"]].iloc[0])


def _no_rating(trusts: pd.Index) -> pd.DataFrame:
    none: dict[str, Any] = {"domain": WHOLE, "score": np.nan, "band": np.nan, "weight_used": np.nan}
    empty = pd.Series([{} for _ in trusts], trusts, dtype=object)
    return pd.DataFrame(none, trusts).assign(band_probabilities=empty, reason="")


def _of_domain(
    plan: FrameworkPlan, domain: PlannedDomain, rated: pd.DataFrame, scored: pd.DataFrame
) -> pd.DataFrame:
    """scored: trusts x measures of the scheme, a measure's weight where it was scored, else 0."""
    codes = [measure.code for measure in plan.measures if measure.domain == domain.code]
    weights = pd.Series(plan.weights)[codes]
    why = f"no measure of {domain.title} has a target"
    if domain.code in rated:
        why = f"less than half of the weight of {domain.title} could be scored"
    score = rated.get(domain.code, pd.Series(np.nan, rated.index))
    return _no_rating(scored.index).assign(
        domain=domain.code,
        score=score,
        weight_used=scored[scored.columns.intersection(codes)].sum(axis=1) / weights.sum(),
        reason=np.where(score.isna(), why, ""),
    )


def _together(reasons: list[pd.Series]) -> list[str]:
    """Why each trust has no rating: everything that its domains lack."""
    return ["; ".join(filter(None, of_trust)) for of_trust in zip(*reasons, strict=True)]


def _by_band(probabilities: pd.DataFrame) -> pd.Series:
    """A dictionary for each trust, empty where it has no rating."""
    rows = zip(probabilities.notna().all(axis=1), probabilities.to_dict("records"), strict=True)
    return pd.Series([row if is_rated else {} for is_rated, row in rows], probabilities.index, dtype=object)


def _observations(figures: pd.DataFrame) -> pd.DataFrame:
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
            "value": (figures["value"] / _scale(figures)).where(told),
            "standard_error": error.where(told),
        }
    )


def _scale(figures: pd.DataFrame) -> Floats:
    """Shares are rated as parts of 1."""
    return np.where(figures["unit"] == Unit.SHARE, 100.0, 1.0)
