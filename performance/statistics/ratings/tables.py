"""Frames of trusts by measures as arrays, and sums over their measures."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from performance.statistics.columns import Floats

# The places of trusts' bands among those of a scheme, 0 the lowest.
Places = NDArray[np.integer]
# The place of a trust without a band, as pandas has it.
NOT_RATED = -1


def as_array(frame: pd.DataFrame, codes: Sequence[str]) -> Floats:
    """The columns `codes` of a frame, in that order, with NaN for what isn't there.

    Raises ValueError where a column is missing, a trust stands twice, or a number is infinite.
    """
    lacking = [code for code in codes if code not in frame.columns]
    if lacking:
        raise ValueError(f"there is no column for {lacking[0]}")
    check_trusts(frame)
    numbers = frame[list(codes)].to_numpy(dtype=float, na_value=np.nan)
    if np.isinf(numbers).any():
        raise ValueError("a figure can't be infinite")
    return numbers


def check_trusts(*frames: pd.DataFrame) -> None:
    """Raises ValueError where a trust stands twice, or frames aren't indexed alike."""
    for frame in frames:
        if not frame.index.is_unique:
            raise ValueError("a trust can't be there twice")
        if not frame.index.equals(frames[0].index):
            raise ValueError("frames must be indexed alike")


def as_bands(places: Places, bands: Sequence[str]) -> "pd.Categorical[str]":
    """Bands by name, ordered, from their places among `bands` (lowest first): 0 the lowest, and
    NOT_RATED where there is none."""
    return pd.Categorical.from_codes(places, categories=pd.Index(bands), ordered=True)


def weighted(numbers: Floats, weights: Floats) -> Floats:
    """The product numbers (... x measures) @ weights (measures x domains).

    Without BLAS: its threads, waiting for more, were measured to double the time of the random
    draws in between.
    """
    return np.einsum("...m,md->...d", numbers, weights)
