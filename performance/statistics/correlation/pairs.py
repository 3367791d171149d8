"""What every correlation shares: pairs that are complete, refusals, intervals on Fisher's scale.

Orient both columns so that high is good before they are correlated.
"""

from dataclasses import dataclass

import numpy as np

from performance.statistics.columns import NO_REASON, Floats, Numbers, aligned, is_missing, too_few
from performance.statistics.intervals import z_for

# With fewer, show the scatter: a coefficient of 9 points can be nearly anything.
LEAST_TRUSTS = 10

ALL_ALIKE = "one of the two is the same for every trust"
SAME_ORDER = "the one follows the other without exception, which leaves no interval"

# Rounding leaves a perfect correlation this close to 1.
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Correlation:
    """A correlation (-1 to 1) of n trusts with its confidence interval and a two-sided p-value.

    What can't be told is None, and `reason` says why. A perfect correlation has no interval.
    """

    n: int
    reason: str
    coefficient: float | None = None
    lower: float | None = None
    upper: float | None = None
    p: float | None = None


def complete(*columns: Numbers) -> tuple[Floats, ...]:
    """The rows in which every column has its figure, put in order by their figures, so that what
    is drawn at random for them never depends on the order in which trusts are listed.

    Raises ValueError for columns of different lengths or indexes, or an infinite figure.
    """
    _, arrays = aligned(*columns)
    kept = ~is_missing(*arrays)
    arrays = tuple(array[kept] for array in arrays)
    order = np.lexsort(arrays[::-1])
    return tuple(array[order] for array in arrays)


def refusal(x: Floats, y: Floats) -> str:
    """Why complete pairs can't be correlated, or ''."""
    if len(x) < LEAST_TRUSTS:
        return too_few("trusts with both figures", LEAST_TRUSTS, len(x))
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return ALL_ALIKE
    return NO_REASON


def with_interval(coefficient: float, variance: float, p: float, n: int, confidence: float) -> Correlation:
    """A correlation with its interval on Fisher's scale, tanh(atanh r +- z sqrt(variance)).

    variance: of atanh r. A coefficient of 1 or -1 lies infinitely far out on that scale: no interval.
    Raises ValueError for a confidence outside 0 to 1.
    """
    z = z_for(confidence)
    if abs(coefficient) > 1 - _ROUNDING:
        return Correlation(n, SAME_ORDER, coefficient=float(np.sign(coefficient)), p=p)
    half = z * np.sqrt(variance)
    lower, upper = np.tanh(np.arctanh(coefficient) + np.array([-half, half]))
    return Correlation(n, NO_REASON, coefficient, float(lower), float(upper), p)
