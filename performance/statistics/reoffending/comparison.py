"""Each trust's reoffending against its prediction, and against the national result."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from performance.statistics.columns import NO_REASON, Booleans, Floats, in_words
from performance.statistics.intervals import wilson
from performance.statistics.multiple_comparisons import benjamini_hochberg
from performance.statistics.reoffending.cohorts import Cohorts, holding
from performance.statistics.reoffending.exact import exact_p
from performance.statistics.reoffending.verdicts import (
    AgainstNational,
    AgainstPrediction,
    DesignEffects,
    Words,
    verdict_columns,
)

NO_NATION = "no trust has a result and a prediction for the same cases"
NOBODY_REOFFENDED = "nobody reoffended anywhere"
NO_OTHER_TRUST = "there is no other trust to compare with"
BEYOND_EVERYONE = "the national result would come to 100% or more of such offenders"

# With fewer expected on either side the normal approximation is too rough.
NORMAL_FROM = 10


@dataclass(frozen=True)
class NationalResult:
    """observed, expected and cases of all trusts together; ratio: observed over expected (1 is as
    predicted); difference: (observed - expected) / cases, a share; both None where there is a reason."""

    observed: float
    expected: float
    cases: float
    ratio: float | None
    difference: float | None
    reason: str


def national_result(cohorts: Cohorts) -> NationalResult:
    """All trusts together, without those whose prediction was made for other cases. Its ratio
    drifts from 1 as the prediction's baseline ages."""
    counted = cohorts.is_national
    cases = cohorts.cases[counted]
    observed, expected = cohorts.observed[counted].sum(), (cases * cohorts.predicted_rate[counted]).sum()
    if not cases.size:
        return NationalResult(0.0, 0.0, 0.0, None, None, NO_NATION)
    total = float(cases.sum())
    ratio, difference = float(observed / expected), float((observed - expected) / total)
    return NationalResult(float(observed), float(expected), total, ratio, difference, NO_REASON)


def against_prediction(cohorts: Cohorts, design_effects: DesignEffects | None = None) -> pd.DataFrame:
    """Each trust's reoffending against what was predicted for its cases.

    Returns expected (cases predicted to reoffend), actual_rate, predicted_rate, difference (of
    the two, a share: 0.01 is one percentage point) with lower and upper, ratio (observed over
    expected; less 1 it is the % difference) with ratio_lower and ratio_upper, standard_error (of
    the difference, if the prediction is right), z, p (two-sided), is_exact (whether p is the exact
    binomial's), adjusted_p (Benjamini-Hochberg over the rows that have a p), verdict
    (`AgainstPrediction`), verdict_if_least, verdict_if_most and verdict_changes (whether it
    depends on the design effect), reason, flag_reason.

    z = (O - n p) / sqrt(n p(1 - p)), with the variance times the design effect, and less by the
    known spread of risk: without that n p(1 - p) is an upper bound. Limits are the 95% Wilson
    limits of the actual rate for as many independent cases, less or over the prediction; figures
    are for the usual design effect. Where fewer than 10 are expected on either side p is the
    exact binomial's, its normal equivalent over the square root of the design effect.
    A row with a flag_reason has no z, no p and no verdict. Beyond 5 a larger z says no more: the
    error of the prediction doesn't shrink with cases, so for large trusts lead with the difference.
    Source: reconstructed; Wilson (1927), JASA 22:209-212, for the limits.
    """
    figures = _compared(
        cohorts, cohorts.predicted_rate, 1 - cohorts.risk_share, AgainstPrediction, design_effects
    )
    columns = figures | {"reason": cohorts.reason, "flag_reason": cohorts.flag_reason}
    return pd.DataFrame(columns, cohorts.index).rename(columns={"rate": "predicted_rate"})


def against_national(cohorts: Cohorts, design_effects: DesignEffects | None = None) -> pd.DataFrame:
    """Each trust's reoffending against the national result for such offenders: its prediction times
    the national ratio of observed to expected (see `national_result`). A trust below prediction
    where all are as far below isn't notable.

    cohorts: all trusts of the nation. Returns what `against_prediction` does, with national_rate
    in place of predicted_rate, expected at that rate, and words of `AgainstNational`. As the
    nation holds the trust itself, the variance is less by the part n / N that it makes up.
    Known risk is taken to explain as much of the variance as of the prediction's.
    Refuses all rows where nobody reoffended anywhere, and a trust that is alone.
    """
    nation = national_result(cohorts)
    rate = cohorts.predicted_rate * (np.nan if nation.ratio is None else nation.ratio)
    others = np.where(cohorts.is_national, 1 - cohorts.cases / max(nation.cases, 1.0), 1.0)
    reason = in_words(
        len(rate),
        *holding(cohorts.reason),
        (np.full(len(rate), nation.ratio is None), nation.reason),
        (rate == 0, NOBODY_REOFFENDED),
        (others <= 0, NO_OTHER_TRUST),
        (rate >= 1, BEYOND_EVERYONE),
    )
    told = reason == ""
    rate, others = np.where(told, rate, np.nan), np.where(told, others, np.nan)
    figures = _compared(cohorts, rate, others * (1 - cohorts.risk_share), AgainstNational, design_effects)
    flag_reason = in_words(len(rate), (~told, NO_REASON), *holding(cohorts.flag_reason))
    columns = figures | {"reason": reason, "flag_reason": flag_reason}
    return pd.DataFrame(columns, cohorts.index).rename(columns={"rate": "national_rate"})


def _compared(
    cohorts: Cohorts, rate: Floats, chance: Floats, words: Words, design_effects: DesignEffects | None
) -> dict[str, Any]:
    """The figures against these rates. chance: how much of n p(1 - p) is left to chance."""
    observed, cases = cohorts.observed, cohorts.cases
    factors = [chance * effect for effect in (design_effects or DesignEffects()).usual_least_most]
    # As many independent cases as say the same.
    limits = wilson(observed / factors[0], cases / factors[0])
    lower, upper = limits["lower"].to_numpy(), limits["upper"].to_numpy()
    difference = observed / cases - rate
    is_exact = cohorts.is_flagged & (cases * np.minimum(rate, 1 - rate) < NORMAL_FROM)
    p_by_effect = _two_sided(cohorts, rate, factors, is_exact)
    error = np.sqrt(rate * (1 - rate) / cases * factors[0])
    return {
        "expected": cases * rate,
        "actual_rate": observed / cases,
        "rate": rate,
        "difference": difference,
        "lower": lower - rate,
        "upper": upper - rate,
        "ratio": observed / (cases * rate),
        "ratio_lower": lower / rate,
        "ratio_upper": upper / rate,
        "standard_error": error,
        "z": np.where(cohorts.is_flagged, difference / error, np.nan),
        "p": p_by_effect[0],
        "is_exact": is_exact,
        "adjusted_p": benjamini_hochberg(p_by_effect[0])["adjusted_p"].to_numpy(),
    } | verdict_columns(words, p_by_effect, difference)


def _two_sided(cohorts: Cohorts, rate: Floats, factors: Sequence[Floats], is_exact: Booleans) -> list[Floats]:
    """p for each of the factors by which the variance differs from n p(1 - p)."""
    observed, cases = cohorts.observed, cohorts.cases
    strength = np.abs(observed - cases * rate) / np.sqrt(cases * rate * (1 - rate))
    strength[is_exact] = stats.norm.isf(exact_p(observed[is_exact], cases[is_exact], rate[is_exact]) / 2)
    strength[~cohorts.is_flagged] = np.nan
    # Known spread of risk doesn't make an exact test bolder than the exact one.
    widths = [np.where(is_exact, np.maximum(factor, 1.0), factor) for factor in factors]
    return [2 * stats.norm.sf(strength / np.sqrt(width)) for width in widths]
