"""Correlations by their definitions, pair by pair and trust by trust."""

import math
from collections import Counter
from fractions import Fraction
from itertools import combinations
from statistics import NormalDist

import numpy as np
from scipy import optimize, stats

Numbers = list[float]


def ranks(values: Numbers) -> list[Fraction]:
    """How many lie below, and half of the others that are equal, plus 1."""
    return [
        1 + sum(other < value for other in values) + Fraction(sum(other == value for other in values) - 1, 2)
        for value in values
    ]


def pearson(x: list, y: list) -> float:
    n = len(x)
    products = sum(a * b for a, b in zip(x, y, strict=True)) - sum(x) * sum(y) / n
    squares = (sum(a * a for a in x) - sum(x) ** 2 / n) * (sum(b * b for b in y) - sum(y) ** 2 / n)
    return float(products) / math.sqrt(squares)


def spearman(x: Numbers, y: Numbers) -> float:
    return pearson(ranks(x), ranks(y))


def kendall(x: Numbers, y: Numbers) -> float:
    """Tau-b: agreeing less disagreeing pairs, over the root of the pairs untied on each side."""
    agreeing = untied_x = untied_y = 0
    for i, j in combinations(range(len(x)), 2):
        dx, dy = sign(x[i] - x[j]), sign(y[i] - y[j])
        agreeing += dx * dy
        untied_x += dx != 0
        untied_y += dy != 0
    return agreeing / math.sqrt(untied_x * untied_y)


def sign(number: float) -> int:
    return (number > 0) - (number < 0)


def interval(coefficient: float, variance: float, confidence: float) -> tuple[float, float]:
    half = NormalDist().inv_cdf((1 + confidence) / 2) * math.sqrt(variance)
    return math.tanh(math.atanh(coefficient) - half), math.tanh(math.atanh(coefficient) + half)


def spearman_p(x: Numbers, y: Numbers) -> float:
    """Exact, of all orders there are: how many give each sum of products of ranks, built up one
    trust at a time over every set of ranks handed out so far."""
    a, b = ([int(2 * rank) for rank in ranks(values)] for values in (x, y))
    n = len(a)
    ways: dict[int, Counter] = {0: Counter({0: 1})}
    for first in a:
        following: dict[int, Counter] = {}
        for given, sums in ways.items():
            for j in range(n):
                if not given >> j & 1:
                    target = following.setdefault(given | 1 << j, Counter())
                    for total, count in sums.items():
                        target[total + first * b[j]] += count
        ways = following
    return two_sided(ways[(1 << n) - 1], sum(p * q for p, q in zip(a, b, strict=True)))


def kendall_p(x: Numbers, y: Numbers) -> float:
    """Exact, without ties: of all orders, by their number of inversions."""
    inversions = Counter({0: 1})
    for n in range(1, len(x) + 1):
        following: Counter = Counter()
        for count, ways in inversions.items():
            for more in range(n):
                following[count + more] += ways
        inversions = following
    observed = sum((x[i] - x[j]) * (y[i] - y[j]) < 0 for i, j in combinations(range(len(x)), 2))
    return two_sided(inversions, observed)


def two_sided(ways: Counter, observed: float) -> float:
    total = sum(ways.values())
    low = sum(count for value, count in ways.items() if value <= observed)
    high = sum(count for value, count in ways.items() if value >= observed)
    return min(1.0, 2 * min(low, high) / total)


def partial(x: list, y: list, *controls: list) -> float:
    """By recursion: each control is taken out of the correlations without it."""
    if not controls:
        return pearson(x, y)
    *others, last = controls
    xy, xz, yz = partial(x, y, *others), partial(x, last, *others), partial(y, last, *others)
    return (xy - xz * yz) / math.sqrt((1 - xz**2) * (1 - yz**2))


def partial_p(x: list, y: list, control: list, shuffles: int, seed: int) -> float:
    """Freedman and Lane: what a straight line leaves of y is shuffled and added to the line."""
    n = len(x)
    mean_y, mean_z = sum(y) / n, sum(control) / n
    slope = sum((a - mean_y) * (b - mean_z) for a, b in zip(y, control, strict=True)) / sum(
        (b - mean_z) ** 2 for b in control
    )
    line = [float(mean_y + slope * (b - mean_z)) for b in control]
    left = [float(a) - b for a, b in zip(y, line, strict=True)]
    observed = partial(x, y, control)
    draw = np.random.default_rng(seed)
    first, held = ([float(a) for a in side] for side in (x, control))
    found = []
    for _ in range(shuffles):
        draw.shuffle(left)
        found.append(partial(first, [a + b for a, b in zip(line, left, strict=True)], held))
    low = sum(value <= observed + 1e-9 for value in found) + 1
    high = sum(value >= observed - 1e-9 for value in found) + 1
    return min(1.0, 2 * min(low, high) / (shuffles + 1))


def reliability(observed: list[Fraction], errors: list[Fraction]) -> Fraction:
    n = len(observed)
    mean = sum(observed) / n
    variance = sum((value - mean) ** 2 for value in observed) / (n - 1)
    return max(Fraction(0), 1 - sum(error**2 for error in errors) / n / variance)


def weighted_pearson(x: list, y: list, weights: list) -> float:
    total = sum(weights)
    mean_x = sum(w * a for w, a in zip(weights, x, strict=True)) / total
    mean_y = sum(w * b for w, b in zip(weights, y, strict=True)) / total
    xy = sum(w * (a - mean_x) * (b - mean_y) for w, a, b in zip(weights, x, y, strict=True))
    xx = sum(w * (a - mean_x) ** 2 for w, a in zip(weights, x, strict=True))
    yy = sum(w * (b - mean_y) ** 2 for w, b in zip(weights, y, strict=True))
    return xy / math.sqrt(xx * yy)


Trust = tuple[float, float, float, float, float]


def log_likelihood(
    trusts: list[Trust], mean_x: float, mean_y: float, t_x: float, t_y: float, rho: float
) -> float:
    """Of (x, its error, y, its error, their covariance), each trust by its own normal density."""
    total = 0.0
    for x, s_x, y, s_y, covariance in trusts:
        matrix = np.array(
            [
                [t_x**2 + s_x**2, rho * t_x * t_y + covariance],
                [rho * t_x * t_y + covariance, t_y**2 + s_y**2],
            ]
        )
        left = np.array([x - mean_x, y - mean_y])
        total -= 0.5 * (math.log(np.linalg.det(matrix)) + left @ np.linalg.solve(matrix, left))
    return total - len(trusts) * math.log(2 * math.pi)


def greatest_log_likelihood(trusts: list[Trust], rho: float | None = None) -> float:
    """By a search without slopes over (mean x, mean y, ln t_x, ln t_y, atanh rho), from several
    places; with rho fixed over the first four."""
    x, y = [trust[0] for trust in trusts], [trust[2] for trust in trusts]
    observed = min(max(pearson(x, y), -0.9), 0.9)
    best = -math.inf
    for part in (0.9, 0.4):
        start = [np.mean(x), np.mean(y), math.log(part * np.std(x)), math.log(part * np.std(y))]
        found = optimize.minimize(
            lambda at: (
                -log_likelihood(
                    trusts,
                    at[0],
                    at[1],
                    math.exp(at[2]),
                    math.exp(at[3]),
                    math.tanh(at[4]) if rho is None else rho,
                )
            ),
            [*start, math.atanh(observed)] if rho is None else start,
            method="Nelder-Mead",
            options={"xatol": 1e-5, "fatol": 1e-7, "maxiter": 4000, "maxfev": 4000},
        )
        best = max(best, -found.fun)
    return best


def share_significant(rho: float, n: int, runs: int, seed: int, of_ranks: bool) -> float:
    """How often bivariate normal draws of a true Pearson's rho are significant at 5%, by the t test."""
    draw = np.random.default_rng(seed)
    x = draw.standard_normal((runs, n))
    y = rho * x + math.sqrt(1 - rho**2) * draw.standard_normal((runs, n))
    if of_ranks:
        x, y = (np.argsort(np.argsort(side, axis=1), axis=1).astype(float) for side in (x, y))
    x, y = (side - side.mean(axis=1, keepdims=True) for side in (x, y))
    r = (x * y).sum(axis=1) / np.sqrt((x**2).sum(axis=1) * (y**2).sum(axis=1))
    return float(np.mean(np.abs(r) * np.sqrt((n - 2) / (1 - r**2)) > stats.t.ppf(0.975, n - 2)))
