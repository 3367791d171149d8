"""Whether a trust's reoffending moved, against what was predicted, from one year to another."""

from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from performance.periods import Period
from performance.statistics.columns import NO_REASON, Booleans, in_words
from performance.statistics.intervals import z_for
from performance.statistics.multiple_comparisons import benjamini_hochberg
from performance.statistics.reoffending.cohorts import Cohorts, holding
from performance.statistics.reoffending.verdicts import (
    AgainstEarlierYear,
    DesignEffects,
    verdict_columns,
)

CONFIDENCE = 0.95
OVERLAPPING = "the two periods share cases: only periods that don't overlap can be compared"


def change_between_years(
    earlier: Cohorts,
    later: Cohorts,
    earlier_period: Period,
    later_period: Period,
    design_effects: DesignEffects | None = None,
) -> pd.DataFrame:
    """The difference from prediction in the later year less that in the earlier one.

    earlier, later: the same trusts in one order. Returns earlier_difference, later_difference,
    change (shares: 0.01 is one percentage point; below 0 is less reoffending) with 95% limits
    lower and upper, standard_error, z, p (two-sided), adjusted_p (Benjamini-Hochberg), verdict
    (`AgainstEarlierYear`), verdict_if_least, verdict_if_most, verdict_changes, reason, flag_reason.
    z is the change over the root of both variances, at the usual design effect.

    Refuses every row where the periods overlap: consecutive rolling years published each quarter
    share three quarters of their cases. A row is refused or shown without a flag where either year is.
    Raises ValueError where the indexes differ or the later period doesn't start later.
    """
    if not earlier.index.equals(later.index):
        raise ValueError("both years must be of the same trusts, in one order")
    if later_period.start <= earlier_period.start:
        raise ValueError("the later period must start after the earlier one")
    is_overlapping = np.full(len(later.index), later_period.start <= earlier_period.end)
    reason = in_words(
        len(later.index), (is_overlapping, OVERLAPPING), *holding(earlier.reason), *holding(later.reason)
    )
    told = reason == ""
    flag_reason = in_words(
        len(told), (~told, NO_REASON), *holding(earlier.flag_reason), *holding(later.flag_reason)
    )
    columns = _change(earlier, later, told, told & (flag_reason == ""), design_effects or DesignEffects())
    return pd.DataFrame(columns | {"reason": reason, "flag_reason": flag_reason}, later.index)


def _change(
    earlier: Cohorts, later: Cohorts, told: Booleans, is_flagged: Booleans, effects: DesignEffects
) -> dict[str, Any]:
    before, after = (np.where(told, year.difference, np.nan) for year in (earlier, later))
    change = after - before
    variance = np.where(told, earlier.variance + later.variance, np.nan)
    errors = [np.sqrt(variance * effect) for effect in effects.usual_least_most]
    half = z_for(CONFIDENCE) * errors[0]
    z_by_effect = [np.where(is_flagged, change / error, np.nan) for error in errors]
    p_by_effect = [2 * stats.norm.sf(np.abs(z)) for z in z_by_effect]
    return {
        "earlier_difference": before,
        "later_difference": after,
        "change": change,
        "lower": change - half,
        "upper": change + half,
        "standard_error": errors[0],
        "z": z_by_effect[0],
        "p": p_by_effect[0],
        "adjusted_p": benjamini_hochberg(p_by_effect[0])["adjusted_p"].to_numpy(),
    } | verdict_columns(AgainstEarlierYear, p_by_effect, change)
