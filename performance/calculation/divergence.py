"""Where each trust's process and outcome part company: the table `divergence`."""

from typing import Any

import numpy as np
import pandas as pd

from performance.calculation.divergence_ranks import RANKS, ranks
from performance.calculation.outcomes import REOFFENDING
from performance.calculation.plans import FrameworkPlan
from performance.calculation.process import TRUST
from performance.statistics.divergence.quadrants import (
    PROBABILITIES,
    chance_of_meeting,
    chance_of_worse,
    facts,
    quadrants,
)
from performance.statistics.reoffending.verdicts import DesignEffects

# Percentage points above the prediction from which a difference matters. With 17,600 offenders 0.2
# points are certain and matter little: without a margin a fifth of average trusts would be named.
MARGIN = 0.5

NO_REOFFENDING = "no reoffending is told for the year"

FIGURES = [
    "process",
    "process_standard_error",
    "targets_judged",
    "targets_met",
    "counted",
    "cases",
    "required",
    "attainment",
    "attainment_standard_error",
    "outcome",
    "outcome_standard_error",
    "reoffended",
    "cohort",
    "expected",
    "meets",
    "worse",
    "fact",
    "quadrant",
    "probability",
    "ranked",
    *RANKS,
    "reason",
]
OUTCOME = ["observed", "cases", "expected", "difference", "standard_error", "reason", "flag_reason"]


def divergence(process: pd.DataFrame, predictions: pd.DataFrame, plan: FrameworkPlan) -> pd.DataFrame:
    """The table `divergence`: a row for each kind and trust of `process.process_indices`.

    predictions: of `outcomes.predictions`, of which the year's local adult reoffending is taken.
    outcome: percentage points below prediction, so that high is good, with its standard error,
    which allows for people who are counted several times. meets: the probability (0 to 1) that the
    true level of the pooled cases meets what the targets ask for; worse: that reoffending truly is
    more than `MARGIN` points above the prediction. Process and outcome are of different cases, so
    the quarters' probabilities are their products; quadrant is named where that is 0.80 or more,
    and probability is that of the named or the likeliest quarter. fact: the quarter as counted.
    Ranks: see `divergence_ranks.ranks`, among the trusts of a kind. The outcome, and `worse`, are the
    same whatever the kind. reason: why one side or the quarter can't be told; both, where both can't.
    """
    outcomes = predictions.loc[predictions["measure"] == REOFFENDING, [*TRUST, *OUTCOME]]
    named = {name: f"outcome_{name}" for name in OUTCOME if name not in ("observed", "expected")}
    both = process.merge(outcomes.rename(columns=named), how="left", on=TRUST, validate="many_to_one")
    table = both.assign(
        framework=plan.slug,
        outcome=0.0 - both["outcome_difference"],
        reoffended=both["observed"],
        cohort=both["outcome_cases"],
    )
    table = table.assign(**_quarters(table)).join(ranks(table))
    return table[["framework", "kind", *TRUST, *FIGURES]]


def _quarters(table: pd.DataFrame) -> dict[str, Any]:
    """The columns from `meets` on. A side that is refused has no place in a quarter, whatever was
    counted."""
    is_told = table["attainment"].notna(), table["outcome"].notna()
    counted, cases, required = (table[name].where(is_told[0]) for name in ("counted", "cases", "required"))
    observed, cohort, expected = (
        table[name].where(is_told[1]) for name in ("reoffended", "cohort", "expected")
    )
    asked = required / cases
    counts = facts(counted, cases, asked, observed, expected)
    meets = chance_of_meeting(counted, cases, asked)
    worse = _chance_of_mattering(observed, cohort, expected).where(table["outcome_flag_reason"] == "")
    quarters = quadrants(meets["probability"], worse)
    return {
        "meets": meets["probability"],
        "worse": worse,
        "fact": counts["quadrant"].astype(str),
        "quadrant": quarters["quadrant"].astype(str),
        "probability": quarters[PROBABILITIES].max(axis=1),
        "reason": _reasons(table, meets["reason"].mask(counts["meets_target"].isna(), "")),
    }


def _chance_of_mattering(observed: pd.Series, cohort: pd.Series, expected: pd.Series) -> pd.Series:
    """The probability that the true rate is above the predicted one by more than the margin."""
    predicted = expected / cohort
    variance = cohort * predicted * (1 - predicted)
    bearable = expected + MARGIN / 100 * cohort
    return chance_of_worse(observed, bearable, variance, DesignEffects().usual)["probability"]


def _reasons(table: pd.DataFrame, no_chance: pd.Series) -> pd.Series:
    """no_chance: why a process that has its figures has no probability, or ''."""
    of_process = table["reason"].mask(table["reason"] == "", no_chance.astype(str))
    refused = table["outcome_reason"].fillna(NO_REOFFENDING)
    of_outcome = refused.mask(refused == "", table["outcome_flag_reason"])
    of_outcome = ("on reoffending, " + of_outcome).mask(of_outcome.isin(["", NO_REOFFENDING]), of_outcome)
    both = (of_process != "") & (of_outcome != "")
    return of_process + np.where(both, "; ", "") + of_outcome
