"""What each trust would have been rated under a framework, and how sure that is."""

from typing import Any

import numpy as np
import pandas as pd

from performance.calculation.plans import FrameworkPlan, PlannedDomain
from performance.calculation.process import TRUST
from performance.calculation.scoring import Scored, Scoring
from performance.statistics.ratings.certainty import band_certainty
from performance.statistics.ratings.evidence import rate_evidence

# With 2,000 draws a probability is within 2.2 points of what endless draws would say, 19 times in 20.
DRAWS = 2_000
SEED = 20101

FIGURES = ["score", "band", "band_probabilities", "weight_used", "reason"]
# The domain of a rating of all domains together.
WHOLE = ""


def ratings(scoring: Scoring) -> pd.DataFrame:
    """The table `ratings`: for each trust that has a yearly figure, if only a missing one, on a
    measure of the framework a row for the whole (domain '') and one for each domain.

    score: from 1; band: its number; band_probabilities: of the whole, from that number as text to
    0 to 1; weight_used: the part of the framework's or the domain's weight, 0 to 1, that was scored.
    Nobody is rated, for the reason given, where the framework has no scoring, weights or targets,
    or one of its domains has none. Draws are by trusts in sorted order, whatever that of the rows.
    """
    plan, scored = scoring.plan, scoring.scored
    table = _refused(scoring) if scored is None else _rated(scoring, scored)
    return table.assign(framework=plan.slug)[["framework", "domain", *TRUST, *FIGURES]]


def _refused(scoring: Scoring) -> pd.DataFrame:
    trusts = scoring.figures[TRUST].drop_duplicates(ignore_index=True)
    return _no_rating(trusts.index).assign(reason=_why_nobody(scoring.plan)).join(trusts)


def _why_nobody(plan: FrameworkPlan) -> str:
    if not plan.is_scored:
        return f"how {plan.title} turned results into bands isn't known"
    if not plan.measures:
        return f"{plan.title} gives its measures no weight"
    return f"no measure of {plan.title} has a target"


def _rated(scoring: Scoring, given: Scored) -> pd.DataFrame:
    plan, scheme, evidence = scoring.plan, given.scheme, given.evidence
    rated = rate_evidence(scheme, evidence, given.targets)
    weights = pd.Series(plan.weights)
    scored = pd.DataFrame(~np.isnan(evidence.observed), evidence.trusts, scheme.codes) * weights[scheme.codes]
    of_domains = [_of_domain(plan, domain, rated, scored) for domain in plan.domains]
    whole = _no_rating(evidence.trusts).assign(
        weight_used=scored.sum(axis=1), reason=_together([table["reason"] for table in of_domains])
    )
    if scoring.scores_all_domains:
        certainty = band_certainty(scheme, evidence, seed=SEED, draws=DRAWS, targets=given.own_targets)
        whole = whole.assign(
            score=rated["score"],
            band=pd.to_numeric(certainty.table["band"].astype(object)),
            band_probabilities=_by_band(certainty.probabilities),
        )
    table = pd.concat([whole, *of_domains]).rename_axis("organisation").reset_index()
    return table.assign(**scoring.figures[["period_start", "period_end"]].iloc[0])


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
