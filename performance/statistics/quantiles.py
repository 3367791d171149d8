"""Quantiles as Public Health England makes them: fifths of areas, ties together."""

import numpy as np
import pandas as pd

from performance.statistics.columns import NOT_GIVEN, Numbers, aligned, in_words, too_few

MOST = 100


def phe_quantiles(
    values: Numbers, number: int = 5, *, highest_first: bool = True, groups: pd.Series | None = None
) -> pd.DataFrame:
    """Which of so many quantiles (5: fifths) each value is in, from 1 to number.

    values: NaN where missing; number: 2 to 100. Quantile 1 has the highest values, or the lowest
    if not highest_first. groups: what divides the values into families of their own, indexed
    alike. Equal values share the quantile of the first of them, so that quantiles differ in size;
    values that are all equal are all in the first. Tenths of 35 trusts would be mostly chance.
    Returns quantile and reason: not given, or fewer values in the family than quantiles.
    Raises ValueError where number isn't whole or from 2 to 100, a value is infinite, or groups
    lack a row or are indexed otherwise.
    Source: reconstructed from what Public Health England's tools are known to give: of n values,
    the one of rank r is in quantile number + 1 - (n + 1 - r) * number / n, the last part rounded up.
    """
    if number not in range(2, MOST + 1):
        raise ValueError(f"quantiles are a whole number of parts from 2 to {MOST}")
    index, (values,) = aligned(values)
    family = pd.Series(values).groupby(_families(index, groups))
    rank = family.rank(method="min", ascending=not highest_first).to_numpy()
    given = family.transform("count").to_numpy(dtype=float)
    missing, is_few = np.isnan(values), given < number
    # Whole numbers divided with what is left over, as rounding up an inexact quotient can go wrong.
    from_last = -((rank - given - 1) * number // np.where(missing, np.nan, given))
    reason = in_words(
        len(values),
        (missing, NOT_GIVEN),
        *((given == found, too_few("figures", number, found)) for found in range(1, number)),
    )
    quantile = np.where(missing | is_few, np.nan, number + 1 - from_last)
    return pd.DataFrame({"quantile": quantile, "reason": reason}, index)


def _families(index: pd.Index, groups: pd.Series | None) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    if groups is None:
        return np.zeros(len(index), dtype=np.int64)
    if not groups.index.equals(index) or groups.isna().any():
        raise ValueError("every value needs its group, indexed alike")
    return pd.factorize(groups)[0]
