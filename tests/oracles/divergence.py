"""Divergence of process and outcome by its definitions, trust by trust."""

import math
from fractions import Fraction
from itertools import accumulate
from statistics import NormalDist, mean, median, quantiles, stdev

import numpy as np

Row = dict[str, float]


def robust_z(values: list[float]) -> list[float] | None:
    middle = median(values)
    upper_quartile = NormalDist().inv_cdf(0.75)
    scale = median(abs(value - middle) for value in values) / upper_quartile
    if scale == 0:
        first, _, third = quantiles(values, n=4, method="inclusive")
        scale = (third - first) / (2 * upper_quartile)
    return [(value - middle) / scale for value in values] if scale else None


def chance_of_meeting(x: float, n: float, target: float) -> float:
    """The beta density above the target, by Simpson's rule over the angle whose squared sine is
    the rate: there Jeffreys' prior is flat and the density has no poles."""

    def density(angle: float) -> float:
        return math.sin(angle) ** (2 * x) * math.cos(angle) ** (2 * (n - x))

    def area(start: float, end: float, steps: int = 600) -> float:
        width = (end - start) / steps
        weights = [1, *([4, 2] * (steps // 2))[: steps - 1], 1]
        return width / 3 * sum(w * density(start + k * width) for k, w in enumerate(weights))

    turn = math.asin(math.sqrt(target))
    above, below = area(turn, math.pi / 2), area(0, turn)
    return above / (above + below)


def normal_below(z: float) -> float:
    return (1 + math.erf(z / math.sqrt(2))) / 2


def quarter(meets: Fraction, worse: Fraction, least: Fraction) -> str:
    chances = {
        "met-better": meets * (1 - worse),
        "met-worse": meets * worse,
        "missed-better": (1 - meets) * (1 - worse),
        "missed-worse": (1 - meets) * worse,
    }
    assert sum(chances.values()) == 1
    return next((name for name, chance in chances.items() if chance >= least), "not-determined")


def number_of_successes(chances: list[float]) -> list[float]:
    """P(at most k) of trusts that each fall in by their own chance (Poisson's binomial)."""
    masses = [1.0]
    for chance in chances:
        stay, come = [m * (1 - chance) for m in masses] + [0.0], [0.0] + [m * chance for m in masses]
        masses = [a + b for a, b in zip(stay, come, strict=True)]
    return list(accumulate(masses))


def overlaps(n: int, a: int, b: int) -> list[Fraction]:
    """P(k trusts are in both) when a of n and b of n are drawn apart from each other."""
    return [Fraction(math.comb(a, k) * math.comb(n - a, b - k), math.comb(n, b)) for k in range(b + 1)]


def standardised_differences(rows: list[tuple[float, float, float, float]]) -> list[Row]:
    process, process_errors, outcome, outcome_errors = zip(*rows, strict=True)
    scale_p, scale_q = stdev(process), stdev(outcome)
    z = [(p - mean(process)) / scale_p - (q - mean(outcome)) / scale_q for p, _, q, _ in rows]
    errors = [
        math.sqrt((a / scale_p) ** 2 + (b / scale_q) ** 2)
        for a, b in zip(process_errors, outcome_errors, strict=True)
    ]
    shrinkage = max(0.0, 1 - mean(error**2 for error in errors) / stdev(z) ** 2)
    p = [2 * (1 - NormalDist().cdf(abs(d) / error)) for d, error in zip(z, errors, strict=True)]
    return [
        {"difference": d, "standard_error": error, "shrunken": shrinkage * d, "p": value}
        for d, error, value in zip(z, errors, p, strict=True)
    ]


def flag(row: Row) -> str:
    if abs(row["difference"]) <= 1.959964 * row["standard_error"] or abs(row["shrunken"]) <= 1:
        return "alike"
    return "process-ahead" if row["difference"] > 0 else "outcome-ahead"


Pair = tuple[int, int, float, float, float]


def dummies(pairs: list[Pair]) -> np.ndarray:
    """The process, a column per trust, and one per year but the first."""
    trusts, years = sorted({pair[0] for pair in pairs}), sorted({pair[1] for pair in pairs})
    return np.array(
        [
            [x, *(float(trust == t) for t in trusts), *(float(year == s) for s in years[1:])]
            for trust, year, x, _, _ in pairs
        ]
    )


def slope(pairs: list[Pair]) -> tuple[float, float]:
    """Of (trust, year, process, outcome, weight): the slope of the outcome with trust and year
    effects, and its standard error in clusters of trusts, by the sandwich formula."""
    design, y = dummies(pairs), np.array([pair[3] for pair in pairs])
    weights = np.array([pair[4] for pair in pairs])
    bread = np.linalg.inv((design.T * weights) @ design)
    coefficients = bread @ (design.T * weights) @ y
    return float(coefficients[0]), clustered_error(
        pairs, design, weights * (y - design @ coefficients), bread
    )


def clustered_error(pairs: list[Pair], design: np.ndarray, residuals: np.ndarray, bread: np.ndarray) -> float:
    trusts = sorted({pair[0] for pair in pairs})
    meat = np.zeros_like(bread)
    for trust in trusts:
        score = sum(design[i] * residuals[i] for i, pair in enumerate(pairs) if pair[0] == trust)
        meat += np.outer(score, score)
    (n, k), g = design.shape, len(trusts)
    correction = g / (g - 1) * (n - 1) / (n - k)
    return math.sqrt((correction * bread @ meat @ bread)[0, 0])


def simple_slope(x: list[float], y: list[float], weights: list[float]) -> float:
    total = sum(weights)
    mean_x = sum(w * a for w, a in zip(weights, x, strict=True)) / total
    mean_y = sum(w * b for w, b in zip(weights, y, strict=True)) / total
    across = sum(w * (a - mean_x) * (b - mean_y) for w, a, b in zip(weights, x, y, strict=True))
    return across / sum(w * (a - mean_x) ** 2 for w, a in zip(weights, x, strict=True))
