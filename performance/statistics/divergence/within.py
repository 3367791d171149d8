"""Slopes within trusts and between them, for as many shuffles of the trusts as are wanted at once.

x: trusts by years, or a stack of such; y and weight: trusts by years. What is missing is NaN.
A slope per member of the stack: infinite where x doesn't vary, so that such a shuffle counts
against a finding and never for one.
"""

import numpy as np

from performance.statistics.columns import Booleans, Floats

# The part of a figure that may be rounding. Squares of 0.1 round their mean don't quite add up to 0.
_ROUNDING = 1e-10


def slopes_within(x: Floats, y: Floats, weight: Floats) -> Floats:
    """The weighted least-squares slope of y on x with trust and year effects (two-way fixed
    effects), from the cells in which both are known.
    Source: Frisch and Waugh (1933), Econometrica 1:387-401.
    """
    weight = np.where(np.isnan(x) | np.isnan(y), 0.0, weight)
    x, y = np.nan_to_num(x), np.nan_to_num(y)
    along, across = _within_products(x, y, weight)
    flat = (*x.shape[:-2], -1)
    total = _squares(x.reshape(flat), weight.reshape(flat))
    return _over(across, along, (along > _ROUNDING * total) & (total > 0))


def slopes_between(x: Floats, y: Floats, weight: Floats) -> Floats:
    """The weighted least-squares slope of y on x, of one figure per trust (the last axis)."""
    along = _squares(x, weight)
    return _over((weight * x * (y - _mean(y, weight))).sum(axis=-1), along, along > 0)


def _over(across: Floats, along: Floats, varies: Booleans) -> Floats:
    return np.where(varies, across / np.where(varies, along, 1.0), np.inf)


def _mean(values: Floats, weight: Floats) -> Floats:
    """Weighted, along the last axis; 0 where nothing has a weight."""
    total = weight.sum(axis=-1, keepdims=True)
    return (weight * values).sum(axis=-1, keepdims=True) / np.where(total > 0, total, 1.0)


def _squares(values: Floats, weight: Floats) -> Floats:
    """The weighted sum of squares round the mean, along the last axis; 0 where it is rounding."""
    round_mean = (weight * (values - _mean(values, weight)) ** 2).sum(axis=-1)
    round_0 = (weight * values**2).sum(axis=-1)
    return np.where(round_mean > _ROUNDING**2 * round_0, round_mean, 0.0)


def _within_products(x: Floats, y: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """The weighted sums of x by x and of x by y, of what trust and year effects leave of them."""
    x, y = x - _mean(x, weight), y - _mean(y, weight)
    total = weight.sum(axis=-1, keepdims=True)
    share = weight / np.where(total > 0, total, 1.0)
    by_year = weight.sum(axis=-2)
    # The cross products of the years' dummies, once trusts' means are taken out of them.
    years = by_year[..., None] * np.eye(by_year.shape[-1]) - np.swapaxes(weight, -1, -2) @ share
    year_x, year_y = ((weight * values).sum(axis=-2)[..., None] for values in (x, y))
    explaining = np.swapaxes(year_x, -1, -2) @ np.linalg.pinv(years, rcond=1e-10, hermitian=True)
    along, across = (
        (weight * x * values).sum(axis=(-2, -1)) - (explaining @ year)[..., 0, 0]
        for values, year in ((x, year_x), (y, year_y))
    )
    return along, across
