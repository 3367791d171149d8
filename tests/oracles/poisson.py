"""Poisson tails and limits, by adding up and by halving."""

import math
from collections.abc import Callable

STEPS = 200


def mass(k: int, mean: float) -> float:
    if mean == 0:
        return 1.0 if k == 0 else 0.0
    return math.exp(k * math.log(mean) - mean - math.lgamma(k + 1))


def at_most(k: int, mean: float) -> float:
    return math.fsum(mass(i, mean) for i in range(k + 1))


def exact_interval(count: int, confidence: float) -> tuple[float, float]:
    """The two means of which the count lies just in the tail."""
    tail = (1 - confidence) / 2
    far = 10.0 * count + 100
    lower = crossing(lambda mean: 1 - at_most(count - 1, mean) > tail, far) if count else 0.0
    upper = crossing(lambda mean: at_most(count, mean) < tail, far)
    return lower, upper


def crossing(is_beyond: Callable[[float], bool], far: float) -> float:
    low, high = 0.0, far
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if is_beyond(middle) else (middle, high)
    return high


def interpolated(mean: float, probability: float) -> float:
    """Spiegelhalter's count: the smallest whose tail reaches the probability, less the part of
    its mass by which it goes beyond."""
    reached = 0.0
    for r in range(10_000):
        at = mass(r, mean)
        reached += at
        if reached >= probability:
            return r - (reached - probability) / at
    raise AssertionError("the mean is too large for this loop")
