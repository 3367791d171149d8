"""The spread of risk between the cases of one trust."""

import numpy as np
import pandas as pd

from performance.statistics.columns import (
    NO_CASES,
    NOT_GIVEN,
    check_shares,
    floats,
    in_words,
    is_missing,
)


def of_bands(bands: pd.DataFrame) -> pd.DataFrame:
    """The average risk and its variance between cases, from how many cases are in each risk band.

    bands: series (the trust), cases (from 0) and predicted_rate (0 to 1), a row for each band.
    Returns cases, predicted_rate, risk_variance and reason, indexed by series: what `cohorts`
    takes. With them n p(1 - p) less n times the variance is the sum of n_b p_b(1 - p_b) over bands.
    A trust is refused where a band lacks a figure or there are no cases.
    Raises ValueError where a count is below 0 or a rate isn't a share.
    """
    cases, rate = floats(bands["cases"]), floats(bands["predicted_rate"])
    if (cases < 0).any():
        raise ValueError("a count can't be below 0")
    check_shares(rate)
    missing = is_missing(cases, rate)
    sums = (
        pd.DataFrame(
            {"cases": cases, "expected": cases * rate, "squares": cases * rate**2, "missing": missing}
        )
        .groupby(bands["series"].to_numpy())
        .sum()
    )
    is_missing_one, has_none = sums["missing"].to_numpy() > 0, sums["cases"].to_numpy() == 0
    total = np.where(is_missing_one | has_none, np.nan, sums["cases"])
    mean = sums["expected"].to_numpy() / total
    columns = {
        "cases": total,
        "predicted_rate": mean,
        # Rounding can leave a hair below 0 where all bands are of one risk.
        "risk_variance": np.maximum(sums["squares"].to_numpy() / total - mean**2, 0.0),
        "reason": in_words(len(sums), (is_missing_one, NOT_GIVEN), (has_none, NO_CASES)),
    }
    return pd.DataFrame(columns, sums.index.rename("series"))
