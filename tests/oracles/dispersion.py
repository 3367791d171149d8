"""Overdispersion by its definitions, unit by unit in plain Python."""

import math


def log_ratio(observed: float, expected: float) -> tuple[float, float]:
    """The value and its z."""
    value = math.log(observed) - math.log(expected) if observed else math.log(0.5) - math.log(expected + 0.5)
    return value, value * math.sqrt(expected)


def square_root_ratio(observed: float, expected: float) -> tuple[float, float]:
    value = math.sqrt(observed) / math.sqrt(expected)
    return value, 2 * (math.sqrt(observed) - math.sqrt(expected))


def arcsine(x: float, n: float, theta: float) -> tuple[float, float]:
    """An angle whose squared sine is the share; its z against that of theta."""
    value = math.atan2(math.sqrt(x), math.sqrt(n - x))
    return value, 2 * math.sqrt(n) * (value - math.atan2(math.sqrt(theta), math.sqrt(1 - theta)))


def difference(x: float, n: float, predicted_rate: float) -> tuple[float, float]:
    return (x - n * predicted_rate) / n, (x - n * predicted_rate) / math.sqrt(
        n * predicted_rate * (1 - predicted_rate)
    )


def quantile(values: list[float], share: float) -> float:
    """Type 7: the first and last value are the 0th and 100th percentile, and straight lines join
    the rest."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def winsorised(z: list[float]) -> list[float]:
    lower, upper = quantile(z, 0.1), quantile(z, 0.9)
    return [lower if score < lower else upper if score > upper else score for score in z]


def truncated(z: list[float]) -> list[bool]:
    """Who is kept: the average rank is how many lie below, and half of those level with it."""
    kept = []
    for score in z:
        below = sum(other < score for other in z)
        level = sum(other == score for other in z)
        rank = below + (level + 1) / 2
        kept.append(math.floor(rank * 10 / (len(z) + 1)) not in (0, 9))
    return kept


def spread(z: list[float], errors: list[float], taming: str) -> tuple[float, float]:
    """phi and tau squared."""
    if taming == "winsorised":
        z = winsorised(z)
    if taming == "truncated":
        kept = truncated(z)
        errors = [error for error, is_kept in zip(errors, kept, strict=True) if is_kept]
        z = [score for score, is_kept in zip(z, kept, strict=True) if is_kept]
    units = len(z)
    phi = math.fsum(score**2 for score in z) / units
    if units * phi < units - 1:
        return phi, 0.0
    weights = [1 / error**2 for error in errors]
    total = math.fsum(weights)
    return phi, (units * phi - (units - 1)) / (total - math.fsum(w * w for w in weights) / total)


def chance_of_more(sum_of_squares: float, units: int) -> float:
    """The upper tail of chi-squared with an even number of degrees of freedom, which is the chance
    of fewer than half as many events of a Poisson count."""
    assert units % 2 == 0
    half = sum_of_squares / 2
    return math.fsum(math.exp(k * math.log(half) - half - math.lgamma(k + 1)) for k in range(units // 2))
