"""Many tests at once: how many of the flagged are flagged by chance."""

import numpy as np
import pandas as pd
from scipy import stats

from performance.statistics.columns import NOT_GIVEN, Numbers, aligned, check_shares, in_words


def benjamini_hochberg(p: Numbers) -> pd.DataFrame:
    """p-values of one family (all trusts on one measure in one period), adjusted so that among
    those called at 0.05 at most one in twenty is expected to be called by chance.

    Returns adjusted_p (0 to 1) and reason. Missing p-values are left out of the family: one of
    them would make every adjusted value NaN. Raises ValueError outside 0 to 1.
    Source: Benjamini and Hochberg (1995), JRSS B 57:289-300.
    """
    index, (p,) = aligned(p)
    check_shares(p)
    given = ~np.isnan(p)
    adjusted = np.full(len(p), np.nan)
    if given.any():
        adjusted[given] = stats.false_discovery_control(p[given], method="bh")
    return pd.DataFrame({"adjusted_p": adjusted, "reason": in_words(len(p), (~given, NOT_GIVEN))}, index)
