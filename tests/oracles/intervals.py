"""Intervals of counts, ratios and differences, one row at a time."""

from fractions import Fraction
from math import sqrt
from statistics import NormalDist

from tests.oracles import poisson
from tests.oracles.wilson import wilson

Limits = tuple[float | None, float | None]


def byar(count: int, confidence: float) -> Limits:
    """Cubes of normal deviates, with the count plus one on the upper side."""
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    lower = count * cube_of_deviate(count, -z) if count else None
    upper = (count + 1) * cube_of_deviate(count + 1, z)
    return (None if lower is None or lower < 0 else lower), upper


def cube_of_deviate(count: int, z: float) -> float:
    return (1 - 1 / (9 * count) + z / (3 * sqrt(count))) ** 3


def phe_poisson(count: int, confidence: float) -> Limits:
    return poisson.exact_interval(count, confidence) if count < 10 else byar(count, confidence)


def newcombe(x1: int, n1: int, x2: int, n2: int, confidence: float) -> tuple[float, float]:
    """The distances of each share from its own Wilson limits, put together by Pythagoras."""
    p1, p2 = float(Fraction(x1, n1)), float(Fraction(x2, n2))
    (lower1, upper1), (lower2, upper2) = wilson(x1, n1, confidence), wilson(x2, n2, confidence)
    down = sqrt((p1 - lower1) ** 2 + (upper2 - p2) ** 2)
    up = sqrt((upper1 - p1) ** 2 + (p2 - lower2) ** 2)
    return p1 - p2 - down, p1 - p2 + up
