"""What the figures of this package rest on: trusts' cases, how many reoffended, and how many were
predicted to."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from performance.statistics.columns import (
    NO_CASES,
    NOT_GIVEN,
    Booleans,
    Floats,
    Numbers,
    aligned,
    check_counts,
    check_shares,
    check_whole,
    in_words,
    is_missing,
)
from performance.statistics.dispersion.scales import CERTAIN

NO_PREDICTION = "no prediction is given"
TOO_FEW_EXPECTED = "fewer than 5 were expected to reoffend, or fewer than 5 not to"
OTHER_CASES = "the prediction was made for other cases than those that were followed up"
UNKNOWN_CASES = "it is not known for which cases the prediction was made"

# Below this many expected the figures are shown, and no trust is called high or low by them.
EXPECTED_NEEDED = 5


@dataclass(frozen=True, eq=False)
class Cohorts:
    """Columns of one length, a row for each trust.

    observed: those who reoffended; cases: all of them; predicted_rate: 0 to 1; these are NaN
    where reason says that the row has no figures. risk_share: how much of p(1 - p) is known
    spread of risk between cases (0 to below 1). flag_reason: why a row with figures is shown
    without a flag, or ''.
    """

    index: pd.Index
    observed: Floats
    cases: Floats
    predicted_rate: Floats
    risk_share: Floats
    reason: pd.Categorical
    flag_reason: pd.Categorical

    @property
    def is_flagged(self) -> Booleans:
        """Which rows may be called high or low."""
        return np.asarray((self.reason == "") & (self.flag_reason == ""))

    @property
    def is_national(self) -> Booleans:
        """Which rows count towards the national result: those whose prediction is for their cases."""
        is_other = (self.flag_reason == OTHER_CASES) | (self.flag_reason == UNKNOWN_CASES)
        return np.asarray((self.reason == "") & ~is_other)

    @property
    def difference(self) -> Floats:
        """Of the actual rate and the predicted one: 0.01 is one percentage point."""
        return self.observed / self.cases - self.predicted_rate

    @property
    def variance(self) -> Floats:
        """Of that difference, if the prediction is right and cases are independent."""
        return self.predicted_rate * (1 - self.predicted_rate) * (1 - self.risk_share) / self.cases


def cohorts(
    observed: Numbers,
    cases: Numbers,
    predicted_rate: Numbers,
    risk_variance: Numbers = 0.0,
    predicted_cases: Numbers | None = None,
) -> Cohorts:
    """Checked columns for the other functions of this package.

    observed: how many reoffended and cases: how many there were, whole numbers; predicted_rate:
    the average predicted risk of those cases (0 to 1); risk_variance: the variance of the risk
    between cases (see `risk.of_bands`), 0 or NaN where it isn't known, which makes every verdict
    more cautious; predicted_cases: for how many the prediction was made, where that is published.

    A row is refused where a figure isn't given, there are no cases, or the prediction is 0% or
    100%. It is shown without a flag where fewer than 5 were expected to reoffend or not to, or
    predicted_cases isn't cases.
    Raises ValueError where observed isn't from 0 to cases, a count has a fraction, the prediction
    isn't a share, or risk_variance isn't from 0 to below p(1 - p).
    """
    predicted_for = cases if predicted_cases is None else predicted_cases
    index, (observed, cases, rate, variance, predicted_for) = aligned(
        observed, cases, predicted_rate, risk_variance, predicted_for
    )
    check_counts(observed, cases)
    check_whole(observed, cases)
    check_shares(rate)
    is_certain = (rate == 0) | (rate == 1)
    reason = in_words(
        len(cases),
        (is_missing(observed, cases), NOT_GIVEN),
        (np.isnan(rate), NO_PREDICTION),
        (cases == 0, NO_CASES),
        (is_certain, CERTAIN),
    )
    told = reason == ""
    observed, cases, rate = (np.where(told, column, np.nan) for column in (observed, cases, rate))
    flag_reason = in_words(
        len(cases),
        (~told, ""),
        (np.isnan(predicted_for), UNKNOWN_CASES),
        (predicted_for != cases, OTHER_CASES),
        (cases * np.minimum(rate, 1 - rate) < EXPECTED_NEEDED, TOO_FEW_EXPECTED),
    )
    return Cohorts(index, observed, cases, rate, _risk_share(rate, variance), reason, flag_reason)


def holding(reasons: pd.Categorical) -> list[tuple[Booleans, str]]:
    """Each reason and the rows in which it holds, as `columns.in_words` takes them."""
    return [(np.asarray(reasons == word), word) for word in reasons.categories if word]


def _risk_share(rate: Floats, variance: Floats) -> Floats:
    share = np.where(is_missing(variance, rate), 0.0, variance / (rate * (1 - rate)))
    # As a float all of p(1 - p) can come out a hair below all.
    if (share < 0).any() or (share > 1 - 1e-9).any():
        raise ValueError("a variance of risk must be from 0 to below p(1 - p)")
    return share
