"""The Wilson interval by its definition: every share that the observed one doesn't reject."""

from fractions import Fraction
from statistics import NormalDist

STEPS = 60


def wilson(x: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """The two shares whose squared distance from x/n, over their own variance, is z squared."""
    z = Fraction(NormalDist().inv_cdf((1 + confidence) / 2))
    observed = Fraction(x, n)

    def is_rejected(share: Fraction) -> bool:
        return n * (observed - share) ** 2 > z**2 * share * (1 - share)

    return float(edge(Fraction(0), observed, is_rejected)), float(edge(Fraction(1), observed, is_rejected))


def edge(outside: Fraction, inside: Fraction, is_rejected) -> Fraction:
    """Where a share begins to be rejected, found by halving."""
    if not is_rejected(outside):
        return outside
    for _ in range(STEPS):
        middle = (outside + inside) / 2
        if is_rejected(middle):
            outside = middle
        else:
            inside = middle
    return inside
