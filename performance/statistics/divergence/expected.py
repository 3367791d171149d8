"""How many trusts to expect in each quarter of process and outcome."""

import numpy as np
import pandas as pd

from performance.statistics.columns import NO_REASON, Floats, aligned, check_shares
from performance.statistics.divergence.quadrants import PROBABILITIES, QUARTERS
from performance.statistics.intervals import z_for

NO_TRUST = "no trust has its probabilities"


def expected_numbers(
    probabilities: pd.DataFrame, *, seed: int, draws: int = 10_000, confidence: float = 0.95
) -> pd.DataFrame:
    """How many trusts to expect in each quarter, were the year run again, with an interval.

    probabilities: the columns of `quadrants`; rows without them are left out. Returns a row per
    quarter (its word): expected (the sum of probabilities), lower and upper (of as many draws, each
    trust falling into one quarter by its probabilities), trusts (how many count) and reason.
    Raises ValueError where a column is lacking, isn't of probabilities, or a row doesn't add up to 1.
    """
    z_for(confidence)
    chances = _checked_probabilities(probabilities)
    trusts = len(chances)
    index: pd.Index[str] = pd.Index([str(word) for word in QUARTERS], name="quadrant")
    if not trusts:
        empty = {"expected": np.nan, "lower": np.nan, "upper": np.nan, "trusts": 0, "reason": NO_TRUST}
        return pd.DataFrame(empty, index)
    edges = chances.cumsum(axis=1)[:, :-1]
    falls = np.random.default_rng(seed).random((draws, trusts))
    quarter = sum((falls >= edge).astype(np.int8) for edge in edges.T)
    counts = np.column_stack([(quarter == k).sum(axis=1) for k in range(4)])
    tail = (1 - confidence) / 2
    lower, upper = np.quantile(counts, [tail, 1 - tail], axis=0, method="inverted_cdf")
    columns = {"expected": chances.sum(axis=0), "lower": lower, "upper": upper}
    return pd.DataFrame(columns | {"trusts": trusts, "reason": NO_REASON}, index)


def _checked_probabilities(frame: pd.DataFrame) -> Floats:
    """The rows that have their probabilities, in an order that doesn't depend on the listing."""
    if lacking := [name for name in PROBABILITIES if name not in frame]:
        raise ValueError(f"there is no column {lacking[0]}")
    _, columns = aligned(*(frame[name] for name in PROBABILITIES))
    chances = np.column_stack(columns)
    chances = chances[~np.isnan(chances).any(axis=1)]
    check_shares(chances)
    if not np.allclose(chances.sum(axis=1), 1):
        raise ValueError("the probabilities of the four quarters must add up to 1")
    return chances[np.lexsort(chances.T)]
