"""What to expect of the worst and the best next time, if nothing changes."""

import numpy as np
import pandas as pd

from performance.statistics.columns import NOT_GIVEN, Numbers, aligned, in_words, is_missing
from performance.statistics.correlation.reliability import reliability


def expected_regression(observed: Numbers, standard_error: Numbers) -> pd.DataFrame:
    """Regression to the mean: the change to expect of each trust by next time although nothing
    true changes, -(1 - reliability) x its distance from the mean. To be shown beside any
    change, as the worst get better anyway.

    A row per trust. Returns expected_change, in the units given, and reason: not given, or why
    `correlation.reliability.reliability` can't be told.
    Raises ValueError for a negative standard error. Source: Kelley (1927), Interpretation of
    Educational Measurements.
    """
    index, (observed, error) = aligned(observed, standard_error)
    missing = is_missing(observed, error)
    real = reliability(observed, error)
    change = np.full(len(observed), np.nan)
    if real.reliability is not None:
        kept = observed[~missing]
        change[~missing] = -(1 - real.reliability) * (kept - kept.mean())
    refused = np.full(len(observed), bool(real.reason))
    reason = in_words(len(observed), (missing, NOT_GIVEN), (refused, real.reason))
    return pd.DataFrame({"expected_change": change, "reason": reason}, index)
