"""By how much each trust's process is ahead of its outcome, or behind."""

import numpy as np
import pandas as pd
from scipy import stats

from performance.statistics.columns import NOT_GIVEN, Booleans, Floats, Numbers, aligned, in_words, is_missing
from performance.statistics.correlation.pairs import refusal
from performance.statistics.correlation.reliability import check_standard_errors, part_that_is_real
from performance.statistics.multiple_comparisons import benjamini_hochberg
from trusts.words import Word

NO_ERROR = "both its standard errors are 0"

# A difference must also matter: a standard deviation between trusts, after shrinkage.
LEAST_SHRUNKEN = 1.0


class Lead(Word):
    """Which of the two is ahead of the other, among trusts."""

    PROCESS = "process-ahead", "Process ahead of outcome"
    OUTCOME = "outcome-ahead", "Outcome ahead of process"
    ALIKE = "alike", "No clear difference"
    NOT_COMPARED = "not-compared", "Not compared"


def standardised_differences(
    process: Numbers,
    process_standard_error: Numbers,
    outcome: Numbers,
    outcome_standard_error: Numbers,
) -> pd.DataFrame:
    """Each trust's z score on the process less that on the outcome (Bland and Altman's difference
    of standardised scores), shrunk, tested and flagged.

    A row per trust, both oriented so that high is good. Returns
    - process_z, outcome_z: in standard deviations between trusts; mean: of the two; difference
    - standard_error: of the difference; the errors of the two sides must be independent
    - shrinkage: the part of the differences' variance that isn't noise (0 to 1, one for all);
      shrunken: the difference times that, to sort by, as raw ones put small trusts on top
    - p, adjusted_p: that the difference is 0, and with all trusts as one family
    - flag: process-ahead or outcome-ahead where p is below 0.05 and the shrunken difference is
      beyond 1, else alike; adjusted_flag: the same by adjusted_p; not-compared without figures
    - reason: not given, fewer than 10 trusts, a side without differences, no standard error.
    The correlation says how far the two part over all trusts; the use of this is the list.
    Raises ValueError for a negative standard error or indexes that differ.
    Source: Bland and Altman (1986), Lancet 327:307-310; the flags are reconstructed.
    """
    columns = (process, process_standard_error, outcome, outcome_standard_error)
    index, (process, process_error, outcome, outcome_error) = aligned(*columns)
    check_standard_errors(process_error, outcome_error)
    missing = is_missing(process, process_error, outcome, outcome_error)
    why_none = refusal(process[~missing], outcome[~missing])
    kept = ~missing if not why_none else np.zeros_like(missing)
    process_z, process_scale = _standardised(process, kept)
    outcome_z, outcome_scale = _standardised(outcome, kept)
    difference = process_z - outcome_z
    error = np.hypot(process_error / process_scale, outcome_error / outcome_scale)
    no_error = kept & (error == 0)
    shrinkage = part_that_is_real(difference[kept], error[kept]) if kept.any() else np.nan
    shrunken = np.where(kept, shrinkage * difference, np.nan)
    p = 2 * stats.norm.sf(np.abs(difference) / np.where(no_error, np.nan, error))
    adjusted_p = benjamini_hochberg(p)["adjusted_p"].to_numpy()
    refused = np.full(len(process), bool(why_none))
    return pd.DataFrame(
        {
            "process_z": process_z,
            "outcome_z": outcome_z,
            "mean": (process_z + outcome_z) / 2,
            "difference": difference,
            "standard_error": np.where(kept, error, np.nan),
            "shrinkage": np.where(kept, shrinkage, np.nan),
            "shrunken": shrunken,
            "p": p,
            "adjusted_p": adjusted_p,
            "flag": _flags(p, shrunken),
            "adjusted_flag": _flags(adjusted_p, shrunken),
            "reason": in_words(len(process), (missing, NOT_GIVEN), (refused, why_none), (no_error, NO_ERROR)),
        },
        index,
    )


def _standardised(values: Floats, kept: Booleans) -> tuple[Floats, float]:
    """Scores of the rows kept, and the standard deviation that they are in."""
    scores = np.full(len(values), np.nan)
    if not kept.any():
        return scores, np.nan
    scale = float(np.std(values[kept], ddof=1))
    scores[kept] = (values[kept] - values[kept].mean()) / scale
    return scores, scale


def _flags(p: Floats, shrunken: Floats) -> pd.Categorical:
    beyond = (p < 0.05) & (np.abs(shrunken) > LEAST_SHRUNKEN)
    return in_words(
        len(p),
        (np.isnan(p), Lead.NOT_COMPARED),
        (beyond & (shrunken > 0), Lead.PROCESS),
        (beyond, Lead.OUTCOME),
        otherwise=Lead.ALIKE,
    )
