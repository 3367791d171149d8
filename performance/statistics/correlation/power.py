"""What a number of trusts can show: beside every correlation, so that "not significant" isn't read
as "none".
"""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from scipy import optimize, stats

from performance.statistics.columns import NO_REASON, too_few
from performance.statistics.correlation.pairs import LEAST_TRUSTS
from performance.statistics.intervals import z_for


class Coefficient(Enum):
    """Which correlation is tested. The value is the variance of atanh r, times n - 3: that of ranks
    by Fieller, Hartley and Pearson (1957), Biometrika 44:470-481."""

    PEARSON = 1.0
    SPEARMAN = 1.06


@dataclass(frozen=True)
class Power:
    """power: the chance (0 to 1) that a correlation of n trusts comes out significant."""

    n: int
    reason: str
    power: float | None = None


@dataclass(frozen=True)
class Detectable:
    """least_significant: a correlation observed in n trusts is significant beyond this.
    detectable: a true correlation this strong comes out significant in `power` of all tries."""

    n: int
    reason: str
    least_significant: float | None = None
    detectable: float | None = None


def power(
    rho: float, n: int, *, coefficient: Coefficient = Coefficient.SPEARMAN, confidence: float = 0.95
) -> Power:
    """The chance that a true correlation rho (-1 to 1) is found significant, on two sides, in n
    trusts. Within 0.5 percentage points of simulation at 35 trusts.

    Refused below 10 trusts. Raises ValueError where rho isn't between -1 and 1.
    Source: the normal approximation on Fisher's scale, Cohen (1988), Statistical Power Analysis,
    chapter 3, and for its bias Fisher (1921), Metron 1:3-32.
    """
    z_for(confidence)
    if not -1 < rho < 1:
        raise ValueError("a correlation must lie between -1 and 1")
    if n < LEAST_TRUSTS:
        return Power(n, too_few("trusts", LEAST_TRUSTS, n))
    return Power(n, NO_REASON, _power(rho, n, coefficient, confidence))


def detectable(
    n: int,
    *,
    power: float = 0.8,
    coefficient: Coefficient = Coefficient.SPEARMAN,
    confidence: float = 0.95,
) -> Detectable:
    """What n trusts can show: the least correlation that is significant when observed, and the
    least true one that would be found in `power` of all tries, by default 4 times in 5.

    Refused below 10 trusts. Raises ValueError for a power below a half or not below 1.
    """
    z_for(confidence)
    if not 0.5 <= power < 1:
        raise ValueError("power must be from a half to below 1")
    if n < LEAST_TRUSTS:
        return Detectable(n, too_few("trusts", LEAST_TRUSTS, n))
    found = optimize.brentq(lambda rho: _power(rho, n, coefficient, confidence) - power, 0, 1 - 1e-9)
    return Detectable(n, NO_REASON, _least_significant(n, confidence), float(found))


def _least_significant(n: int, confidence: float) -> float:
    """By the t distribution of r sqrt((n - 2) / (1 - r^2)), which serves ranks too."""
    t = stats.t.isf((1 - confidence) / 2, n - 2)
    return float(t / np.sqrt(t**2 + n - 2))


def _power(rho: float, n: int, coefficient: Coefficient, confidence: float) -> float:
    # Pearson's r lies a little further out than rho on this scale. Spearman's doesn't.
    bias = rho / (2 * (n - 1)) if coefficient is Coefficient.PEARSON else 0.0
    error = np.sqrt(coefficient.value / (n - 3))
    limits = np.arctanh(_least_significant(n, confidence)) * np.array([1, -1])
    above, below = (limits - np.arctanh(rho) - bias) / error
    return float(stats.norm.sf(above) + stats.norm.cdf(below))
