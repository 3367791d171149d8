"""The limits and words of a funnel, one unit at a time."""

from fractions import Fraction
from math import asin, pi, sin, sqrt
from statistics import NormalDist

from tests.oracles import poisson
from tests.oracles.intervals import phe_poisson
from tests.oracles.wilson import wilson

Limits = tuple[float, float]
TAIL_998, TAIL_95 = Fraction(1, 1000), Fraction(25, 1000)


def z_for(tail: Fraction) -> float:
    return -NormalDist().inv_cdf(float(tail))


def score_limits(theta: Fraction, n: int, tail: Fraction) -> Limits:
    half = z_for(tail) * sqrt(theta * (1 - theta) / n)
    return max(0.0, float(theta) - half), min(1.0, float(theta) + half)


def wilson_limits(theta: Fraction, n: int, tail: Fraction) -> Limits:
    return wilson(theta * n, n, float(1 - 2 * tail))


def arcsine_limits(theta: Fraction, n: int, tail: Fraction, tau_squared: float) -> Limits:
    half = z_for(tail) * sqrt(1 / (4 * n) + tau_squared)
    angle = asin(sqrt(theta))
    return sin(max(angle - half, 0)) ** 2, sin(min(angle + half, pi / 2)) ** 2


def ratio_limits(expected: float, tail: Fraction, ratio: float) -> Limits:
    mean = expected * ratio
    lower, upper = (poisson.interpolated(mean, float(side)) / expected for side in (tail, 1 - tail))
    return max(lower, 0.0), upper


def phe_word(x: int, n: int, theta: Fraction) -> str:
    """High or low at 0.001 first: strictly outside the limits on that side."""
    for tail in (TAIL_998, TAIL_95):
        lower, upper = score_limits(theta, n, tail)
        if x / n < lower:
            return f"Low ({float(tail)})"
        if x / n > upper:
            return f"High ({float(tail)})"
    return "Not significant"


def phe_ratio_word(observed: int, expected: float, target: float) -> str:
    for tail in (TAIL_998, TAIL_95):
        lower, upper = phe_poisson(observed, float(1 - 2 * tail))
        if target > upper / expected:
            return f"Low ({float(tail)})"
        if target < lower / expected:
            return f"High ({float(tail)})"
    return "Not significant"
