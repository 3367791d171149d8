"""Words for where a result lies, and how they change with what isn't known of the cases.

A person can be in several of a year's snapshots, and so be counted several times: how much that
widens chance, the design effect, isn't known. With m snapshots for each person and a correlation
rho between them that the prediction leaves, it is 1 + (m - 1) rho: 1.3 for m = 4 and rho = 0.1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from performance.statistics.columns import Booleans, Floats, in_words

# Two-sided: the chance of a result so far from the line if there is nothing behind it.
P_95, P_998 = 0.05, 0.002

_PREDICTED = "predicted"
_NATIONAL = "the national result for such offenders"
_YEAR_BEFORE = "in the earlier year, against prediction"


class AgainstPrediction(StrEnum):
    LOWER_998 = f"significantly lower than {_PREDICTED} (99.8%)"
    LOWER_95 = f"significantly lower than {_PREDICTED} (95%)"
    NOT_DIFFERENT = f"not significantly different from {_PREDICTED}"
    HIGHER_95 = f"significantly higher than {_PREDICTED} (95%)"
    HIGHER_998 = f"significantly higher than {_PREDICTED} (99.8%)"
    NOT_COMPARED = "not compared"


class AgainstNational(StrEnum):
    LOWER_998 = f"significantly lower than {_NATIONAL} (99.8%)"
    LOWER_95 = f"significantly lower than {_NATIONAL} (95%)"
    NOT_DIFFERENT = f"not significantly different from {_NATIONAL}"
    HIGHER_95 = f"significantly higher than {_NATIONAL} (95%)"
    HIGHER_998 = f"significantly higher than {_NATIONAL} (99.8%)"
    NOT_COMPARED = "not compared"


class AgainstEarlierYear(StrEnum):
    LOWER_998 = f"significantly lower than {_YEAR_BEFORE} (99.8%)"
    LOWER_95 = f"significantly lower than {_YEAR_BEFORE} (95%)"
    NOT_DIFFERENT = f"not significantly different from what it was {_YEAR_BEFORE}"
    HIGHER_95 = f"significantly higher than {_YEAR_BEFORE} (95%)"
    HIGHER_998 = f"significantly higher than {_YEAR_BEFORE} (99.8%)"
    NOT_COMPARED = "not compared"


Words = type[AgainstPrediction] | type[AgainstNational] | type[AgainstEarlierYear]


@dataclass(frozen=True)
class DesignEffects:
    """How many times wider the variance is than of independent cases: the least, the usual and the
    most that is thought possible. Source: reconstructed, from four snapshots a year and a
    correlation of 0, 0.1 and 0.3. Raises ValueError unless they rise from 1 or more."""

    least: float = 1.0
    usual: float = 1.3
    most: float = 1.9

    def __post_init__(self) -> None:
        if not 1 <= self.least <= self.usual <= self.most < np.inf:
            raise ValueError("design effects must rise from 1 or more: least, usual, most")

    @property
    def usual_least_most(self) -> tuple[float, float, float]:
        return self.usual, self.least, self.most


def design_effect(snapshots: float, correlation: float) -> float:
    """1 + (m - 1) rho. snapshots (m): in how many of them a person is, averaged over snapshots
    (sum of squares over sum), 1 or more; correlation (rho): between one person's snapshots, as far
    as the prediction leaves it, 0 to 1. Raises ValueError outside these.
    Source: Kish (1965), Survey Sampling, section 5.4."""
    if not (1 <= snapshots < np.inf and 0 <= correlation <= 1):
        raise ValueError("snapshots must be 1 or more and a correlation from 0 to 1")
    return 1 + (snapshots - 1) * correlation


def verdicts(words: Words, p: Floats, difference: Floats) -> pd.Categorical:
    """A word for each row: from its two-sided p (0 to 1, NaN where it isn't compared) and the sign
    of its difference."""
    is_lower = difference < 0
    return in_words(
        len(p),
        (np.isnan(p), words.NOT_COMPARED),
        ((p <= P_998) & is_lower, words.LOWER_998),
        (p <= P_998, words.HIGHER_998),
        ((p <= P_95) & is_lower, words.LOWER_95),
        (p <= P_95, words.HIGHER_95),
        otherwise=words.NOT_DIFFERENT,
    )


def verdict_columns(
    words: Words, p_by_effect: Sequence[Floats], difference: Floats
) -> dict[str, pd.Categorical | Booleans]:
    """The verdict from the p of the usual, the least and the most design effect, in this order,
    and verdict_changes: whether they differ."""
    usual, least, most = (verdicts(words, p, difference) for p in p_by_effect)
    return {
        "verdict": usual,
        "verdict_if_least": least,
        "verdict_if_most": most,
        # p grows with the design effect, so where the ends agree all do. The codes are of the
        # same words in the same order.
        "verdict_changes": np.asarray(least.codes != most.codes),
    }
