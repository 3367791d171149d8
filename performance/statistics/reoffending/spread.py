"""How much trusts differ beyond chance, and what is left of a verdict when that is allowed for.

Both functions take the table of `comparison.against_prediction` or `against_national`, whose
standard errors hold the design effect, so that it isn't counted as spread a second time. Against
prediction a national drift counts as spread too; how much trusts differ from each other is what the
table against the national result says. Before any of it is used, see the policy in `dispersion`.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from performance.statistics.columns import NO_REASON, in_words
from performance.statistics.dispersion.overdispersion import (
    Taming,
    adjusted_z,
    overdispersion,
    phi_above_chance,
)
from performance.statistics.multiple_comparisons import benjamini_hochberg
from performance.statistics.reoffending.cohorts import holding
from performance.statistics.reoffending.verdicts import AgainstPrediction, Words, verdicts


@dataclass(frozen=True)
class BetweenTrusts:
    """trusts: how many the spread rests on; phi: the average squared z (1 is chance alone);
    tau_squared: the variance between trusts beyond chance, of shares; tau_points: its square root
    in percentage points, by how much trusts really differ; all None where there is a reason.
    p: the chance of a phi as high if chance is all there is, without taming outliers."""

    trusts: int
    phi: float | None
    tau_squared: float | None
    tau_points: float | None
    p: float | None
    reason: str


def between_trusts(comparison: pd.DataFrame, taming: Taming = Taming.NONE) -> BetweenTrusts:
    """By how much trusts differ beyond chance. Rows without a z are left out; refuses fewer than
    10 trusts.

    Untamed, as taming outliers before a verdict makes the spread itself too small: of 35 trusts
    whose true rates have a standard deviation of 0.5 points it says 0.4 winsorised and 0.3 truncated.
    """
    found = overdispersion(comparison["z"], comparison["standard_error"], taming)
    points = None if found.tau is None else 100 * found.tau
    p = None if found.reason else phi_above_chance(comparison["z"]).p
    return BetweenTrusts(found.units, found.phi, found.tau_squared, points, p, found.reason)


def allowing_for_spread(
    comparison: pd.DataFrame, taming: Taming = Taming.WINSORISED, words: Words = AgainstPrediction
) -> pd.DataFrame:
    """Verdicts that hold though trusts usually differ by more than chance, both ways.

    words: `AgainstNational` for a table against the national result. Returns z, and for additive
    (tau squared added to the variance: preferred) and multiplicative (limits times the square root
    of phi): additive_z, additive_p, additive_adjusted_p (Benjamini-Hochberg), additive_verdict, and
    the same of multiplicative; reason, flag_reason. With fewer than 10 trusts there is no
    adjustment, and flag_reason says so.
    """
    spread = overdispersion(comparison["z"], comparison["standard_error"], taming)
    scores = adjusted_z(comparison["z"], comparison["standard_error"], spread)
    columns: dict[str, Any] = {"z": scores["z"]}
    for way in ("additive", "multiplicative"):
        p = 2 * stats.norm.sf(np.abs(scores[f"{way}_z"].to_numpy()))
        columns |= {
            f"{way}_z": scores[f"{way}_z"],
            f"{way}_p": p,
            f"{way}_adjusted_p": benjamini_hochberg(p)["adjusted_p"].to_numpy(),
            f"{way}_verdict": verdicts(words, p, scores["z"].to_numpy()),
        }
    is_refused = (comparison["reason"] != "").to_numpy()
    has_no_spread = np.full(len(scores), spread.reason != "")
    flag_reason = in_words(
        len(scores),
        (is_refused, NO_REASON),
        *holding(pd.Categorical(comparison["flag_reason"])),
        (has_no_spread, spread.reason),
    )
    return pd.DataFrame(columns | {"reason": comparison["reason"], "flag_reason": flag_reason})
