"""Empirical Bayes, term by term: the normal one in fractions, the beta-binomial by trying."""

import math
from fractions import Fraction
from itertools import product


def between_trusts(values: list[Fraction], errors: list[Fraction]) -> tuple[Fraction, Fraction]:
    """The mean and tau squared of DerSimonian and Laird."""
    weights = [1 / error**2 for error in errors]
    mean = weighted_mean(values, weights)
    q = sum(w * (value - mean) ** 2 for value, w in zip(values, weights, strict=True))
    scale = sum(weights) - sum(w**2 for w in weights) / sum(weights)
    tau_squared = max((q - (len(values) - 1)) / scale, Fraction(0))
    return weighted_mean(values, [1 / (error**2 + tau_squared) for error in errors]), tau_squared


def weighted_mean(values: list[Fraction], weights: list[Fraction]) -> Fraction:
    return sum(w * value for value, w in zip(values, weights, strict=True)) / sum(weights)


def shrunk(value: Fraction, error: Fraction, mean: Fraction, tau_squared: Fraction) -> tuple[float, float]:
    """A trust's estimate and its standard error, by the precision of the two things known of it:
    its own figure and the spread of all."""
    if tau_squared == 0:
        return float(mean), 0.0
    precision = 1 / error**2 + 1 / tau_squared
    return float((value / error**2 + mean / tau_squared) / precision), math.sqrt(1 / precision)


def log_likelihood(counts: list[tuple[int, int]], alpha: float, beta: float) -> float:
    """Of a beta-binomial, without the ways of choosing x of n: Polya's urn, case by case."""
    total = 0.0
    for x, n in counts:
        total += sum(math.log(alpha + drawn) for drawn in range(x))
        total += sum(math.log(beta + drawn) for drawn in range(n - x))
        total -= sum(math.log(alpha + beta + drawn) for drawn in range(n))
    return total


def most_likely(counts: list[tuple[int, int]]) -> tuple[float, float]:
    """Alpha and beta with the highest likelihood, on ever finer grids of mean and size."""
    mean, size = 0.5, math.log(30)
    mean_reach, size_reach = 0.5, math.log(3e4)
    for _ in range(14):
        means = [mean + mean_reach * step / 5 for step in range(-5, 6)]
        sizes = [size + size_reach * step / 5 for step in range(-5, 6)]
        tries = [(m, s) for m, s in product(means, sizes) if 0 < m < 1 and 1e-3 <= math.exp(s) <= 1e6]
        mean, size = max(tries, key=lambda ms: log_likelihood(counts, *alpha_beta(*ms)))
        mean_reach, size_reach = mean_reach / 2, size_reach / 2
    return alpha_beta(mean, size)


def alpha_beta(mean: float, size: float) -> tuple[float, float]:
    return mean * math.exp(size), (1 - mean) * math.exp(size)
