"""What a number of cases can show: how far from its prediction a trust must be to be noticed."""

import numpy as np
import pandas as pd
from scipy import stats

from performance.statistics.columns import (
    NO_CASES,
    NOT_GIVEN,
    Numbers,
    aligned,
    check_shares,
    in_words,
    is_missing,
)
from performance.statistics.dispersion.scales import CERTAIN
from performance.statistics.intervals import z_for


def detectable_difference(
    cases: Numbers,
    predicted_rate: Numbers,
    design_effect: float = 1.3,
    power: float = 0.8,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """How large a difference from prediction chance hides, and how large one is likely found.

    cases: from 0, predicted_rate: 0 to 1. Returns margin (half the width of the interval, a share:
    0.01 is one percentage point), margin_of_rate (the same over the prediction), detectable (the
    true difference that is called significant with this power), detectable_of_rate, and reason:
    not given, no cases, a prediction of 0% or 100%.
    Raises ValueError where cases are below 0, the prediction isn't a share, the design effect is
    below 1, or power or confidence isn't between 0 and 1. By the normal approximation.
    """
    index, (cases, rate) = aligned(cases, predicted_rate)
    check_shares(rate)
    if (cases < 0).any():
        raise ValueError("a count can't be below 0")
    if design_effect < 1:
        raise ValueError("a design effect is 1 or more")
    if not 0 < power < 1:
        raise ValueError("power must lie between 0 and 1")
    z = z_for(confidence)
    is_certain = (rate == 0) | (rate == 1)
    reason = in_words(
        len(cases), (is_missing(cases, rate), NOT_GIVEN), (cases == 0, NO_CASES), (is_certain, CERTAIN)
    )
    cases, rate = (np.where(reason == "", column, np.nan) for column in (cases, rate))
    error = np.sqrt(design_effect * rate * (1 - rate) / cases)
    margin, detectable = z * error, (z + stats.norm.ppf(power)) * error
    columns = {
        "margin": margin,
        "margin_of_rate": margin / rate,
        "detectable": detectable,
        "detectable_of_rate": detectable / rate,
    }
    return pd.DataFrame(columns | {"reason": reason}, index)
