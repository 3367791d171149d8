"""Values that heap just above a target, trust by trust."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from performance.statistics.audit_signals.questions import asked
from performance.statistics.columns import (
    NO_REASON,
    Floats,
    Numbers,
    check_counts,
    check_whole,
    floats,
    is_missing,
    too_few,
)
from performance.statistics.shrinkage import beta_binomial

QUESTION = (
    "why do more values lie just above the target, and fewer just below it, than their spread would bring?"
)
NONE_DRAWN = "values spread as these are would not come near the target"
NEAR_NEEDED = 10
# Drawn counts held at once, so that a large table takes no more memory than a small one.
_HELD = 2_000_000
# A target times n, or a share, as a float may lie a hair off what it stands for.
_HAIR = 1e-6
# Normal scores at which the quantiles of true shares are worked out; between them lie straight lines.
_GRID = np.linspace(-6, 6, 601)


@dataclass(frozen=True)
class Heaping:
    """values: how many have a figure; just_above: those from the target to a width above it,
    just_below: those from a width below it; share_just_above: of both; expected_share: the average
    without heaping; p: the chance of so large a share without it. The shares and p are None where
    there is a reason. question: for audit, '' where p is above 0.05."""

    values: int
    just_above: int
    just_below: int
    share_just_above: float | None = None
    expected_share: float | None = None
    p: float | None = None
    reason: str = NO_REASON
    question: str = ""


def heaping_above_target(
    values: pd.DataFrame, target: Numbers, *, seed: int, width: float = 0.02, draws: int = 999
) -> Heaping:
    """Whether shares heap just above a target, by a parametric bootstrap.

    values: series (the trust), x and n (whole counts; x/n is the share), a row for each trust and
    period. target: one of all values, or a column of one for each; target and width are shares, as
    0.9 and 0.02. A beta-binomial is fitted to all values, and
    how alike one trust's periods are is estimated; each draw gives every trust and period a true share
    from these and counts cases of its own number. p is how often at least as large a part of the
    values near the target lies above it. A sign test of 50:50 would be wrong: without any heaping
    it fires in a quarter to a half of tables, as shares crowd towards 100% and x/n is discrete.

    Measured on 1,000 tables of 35 trusts of 8 quarters round 92% (standard deviation 3 points), at
    a target of 90%: it fires on 3 to 5% of clean ones, and where four in ten values just below were
    lifted to the target on 54 to 59% with about 20 cases in each value, 85 to 93% with about 200.
    Values without a figure or cases are left out. Refused with fewer than 10 values near the
    target, where no beta-binomial fits, or where no draw comes near the target.
    Raises ValueError where x isn't from 0 to n, a count has a fraction, a target or the width isn't
    a share, the width isn't the smaller, or there isn't a draw.
    """
    targets = floats(target)
    if not (width > 0 and ((width < targets) & (targets < 1)).all() and draws >= 1):
        raise ValueError("target and width are shares, the width the smaller one, and draws 1 or more")
    series, x, n, target = _given(values, targets)
    edges = [np.ceil(edge * n - _HAIR) for edge in (target - width, target, target + width)]
    just_below, just_above = (int(count[0]) for count in _near(x[np.newaxis], edges))
    near = just_below + just_above
    if near < NEAR_NEEDED:
        return Heaping(
            len(x), just_above, just_below, reason=too_few("values near the target", NEAR_NEEDED, near)
        )
    fit = beta_binomial(x, n)
    if fit.alpha is None or fit.beta is None:
        return Heaping(len(x), just_above, just_below, reason=fit.reason)
    shares = _drawn(np.random.default_rng(seed), draws, (series, x, n), edges, (fit.alpha, fit.beta))
    if not shares.size:
        return Heaping(len(x), just_above, just_below, reason=NONE_DRAWN)
    p = float((1 + np.count_nonzero(shares >= just_above / near - _HAIR)) / (len(shares) + 1))
    return Heaping(
        values=len(x),
        just_above=just_above,
        just_below=just_below,
        share_just_above=just_above / near,
        expected_share=float(shares.mean()),
        p=p,
        question=asked(QUESTION, p),
    )


def _given(values: pd.DataFrame, target: Floats) -> tuple[NDArray[np.intp], Floats, Floats, Floats]:
    """The series (numbered), x, n and target of values with cases, in an order of their own, so that
    what is drawn doesn't depend on that of the rows."""
    x, n, target = floats(values["x"]), floats(values["n"]), np.broadcast_to(target, len(values))
    check_counts(x, n)
    check_whole(x, n)
    told = ~is_missing(x, n) & (n > 0)
    series, _ = pd.factorize(values["series"].to_numpy()[told], sort=True)
    order = np.lexsort((target[told], x[told], n[told], series))
    return series[order], x[told][order], n[told][order], target[told][order]


def _near(x: NDArray[Any], edges: list[Floats]) -> tuple[Floats, Floats]:
    """How many in each row of counts lie just below the target, and just above."""
    below, at, above = edges
    return ((x >= below) & (x < at)).sum(axis=1), ((x >= at) & (x < above)).sum(axis=1)


def _drawn(
    random: np.random.Generator,
    draws: int,
    values: tuple[NDArray[np.intp], Floats, Floats],
    edges: list[Floats],
    fit: tuple[float, float],
) -> Floats:
    """The part just above, of the values near the target, in each draw that has such values."""
    series, x, n = values
    persistence = _persistence(series, x, n, fit)
    quantiles = stats.beta.ppf(stats.norm.cdf(_GRID), *fit)
    shares = []
    block = max(1, _HELD // len(n))
    for start in range(0, draws, block):
        rows = min(block, draws - start)
        of_trust = random.standard_normal((rows, series[-1] + 1))[:, series]
        of_period = random.standard_normal((rows, len(n)))
        place = np.sqrt(persistence) * of_trust + np.sqrt(1 - persistence) * of_period
        true_share = np.interp(place, _GRID, quantiles)
        below, above = _near(random.binomial(n.astype(np.int64), true_share), edges)
        has_some = below + above > 0
        shares.append(above[has_some] / (below + above)[has_some])
    return np.concatenate(shares)


def _persistence(series: NDArray[np.intp], x: Floats, n: Floats, fit: tuple[float, float]) -> float:
    """How alike the true shares of one trust's periods are, 0 to 1: the average product of two
    periods' distances from the mean, over the variance of all true shares. Counting cases makes
    two periods no more alike, so nothing need be taken off."""
    alpha, beta = fit
    mean = alpha / (alpha + beta)
    variance = mean * (1 - mean) / (alpha + beta + 1)
    distance = x - n * mean
    products = np.bincount(series, distance) ** 2 - np.bincount(series, distance**2)
    weights = np.bincount(series, n) ** 2 - np.bincount(series, n**2)
    if weights.sum() <= 0:
        return 0.0
    return float(np.clip(products.sum() / weights.sum() / variance, 0.0, 1.0))
