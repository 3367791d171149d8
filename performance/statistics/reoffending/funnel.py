"""A funnel of differences from prediction."""

import numpy as np
import pandas as pd
from scipy import stats

from performance.statistics.funnel import TAIL_95, TAIL_998


def funnel_points(
    comparison: pd.DataFrame, centre: float = 0.0, tau_squared: float = 0.0, phi: float = 1.0
) -> pd.DataFrame:
    """Where each trust lies in a funnel on its difference from prediction, and its own limits: as
    predictions differ, these make no smooth curve.

    comparison: of `comparison.against_prediction`. centre: the line (a share); 0 is as predicted,
    and `national_result(...).difference` makes a second funnel round the nation. tau_squared or
    phi widens the limits by the spread between trusts (see `spread`), phi by no less than 1.
    Returns difference (up), precision (across: one over the squared standard error),
    standard_error, lower_95, upper_95, lower_998, upper_998 and reason.
    Raises ValueError where tau squared or phi is below 0.
    """
    if tau_squared < 0 or phi < 0:
        raise ValueError("a spread can't be below 0")
    error = comparison["standard_error"]
    width = np.sqrt(error**2 * max(phi, 1.0) + tau_squared)
    columns = {"difference": comparison["difference"], "precision": error**-2.0, "standard_error": error}
    for name, tail in (("95", TAIL_95), ("998", TAIL_998)):
        half = stats.norm.isf(tail) * width
        columns |= {f"lower_{name}": centre - half, f"upper_{name}": centre + half}
    return pd.DataFrame(columns | {"reason": comparison["reason"]})
