"""Questions for audit, by their definitions, in plain Python."""

import math
import random
import statistics
from fractions import Fraction
from math import comb

import numpy as np
from scipy import special, stats

from tests.oracles import binomial

Value = tuple[str, int, int]


def near_target(values: list[Value], target: Fraction, width: Fraction) -> tuple[int, int]:
    """How many lie just above, and how many just below."""
    shares = [Fraction(x, n) for _, x, n in values]
    return (
        sum(target <= share < target + width for share in shares),
        sum(target - width <= share < target for share in shares),
    )


def persistence(values: list[Value], alpha: float, beta: float) -> float:
    """The average product of the distances of two periods of one trust, pair by pair."""
    mean = alpha / (alpha + beta)
    products = weights = 0.0
    for i, (series, x, n) in enumerate(values):
        for j, (other, y, m) in enumerate(values):
            if series == other and i != j:
                products += (x - n * mean) * (y - m * mean)
                weights += n * m
    if not weights:
        return 0.0
    return min(max(products / weights / (mean * (1 - mean) / (alpha + beta + 1)), 0.0), 1.0)


def heaping_p(
    values: list[Value], target: Fraction, width: Fraction, fit: tuple[float, float], draws: int
) -> float:
    """The bootstrap, case by case."""
    observed = Fraction(*_part(*near_target(values, target, width)))
    alike, dice = persistence(values, *fit), random.Random(5)  # noqa: S311
    beyond = told = 0
    for _ in range(draws):
        of_trust = {series: dice.gauss(0, 1) for series, _, _ in values}
        places = [
            math.sqrt(alike) * of_trust[series] + math.sqrt(1 - alike) * dice.gauss(0, 1)
            for series, _, _ in values
        ]
        shares = stats.beta.ppf([statistics.NormalDist().cdf(place) for place in places], *fit)
        drawn = [
            (series, sum(dice.random() < share for _ in range(n)), n)
            for (series, _, n), share in zip(values, shares, strict=True)
        ]
        above, below = near_target(drawn, target, width)
        if above + below:
            told += 1
            beyond += Fraction(*_part(above, below)) >= observed
    return beyond / told


def _part(above: int, below: int) -> tuple[int, int]:
    return above, above + below


def bunching(counts: dict[int, float], limit: int) -> tuple[float, float, float]:
    """Excess, its z, and the curve's height at the limit: Newton's method on Legendre polynomials."""
    others = [day for day in counts if not limit - 2 <= day <= limit + 3]
    before = [limit - 2, limit - 1, limit]
    middle, half = (max(counts) + min(counts)) / 2, (max(counts) - min(counts)) / 2
    terms = {day: np.polynomial.legendre.legvander([(day - middle) / half], 4)[0] for day in counts}
    basis, done = np.array([terms[day] for day in others]), np.array([counts[day] for day in others])
    coefficients = np.linalg.lstsq(basis, np.log(done + 0.5), rcond=None)[0]
    for _ in range(200):
        height = np.exp(basis @ coefficients)
        information = basis.T @ (height[:, None] * basis)
        coefficients = coefficients + np.linalg.solve(information, basis.T @ (done - height))
    height = np.exp(basis @ coefficients)
    scatter = max(1.0, float(sum((done - height) ** 2 / height)) / (len(others) - 5))
    heights = {day: math.exp(terms[day] @ coefficients) for day in before}
    excess = sum(counts[day] - heights[day] for day in before)
    slope = sum(heights[day] * terms[day] for day in before)
    variance = scatter * (sum(heights.values()) + slope @ np.linalg.solve(information, slope))
    return excess, excess / math.sqrt(variance), heights[limit]


def at_most_of(x: int, n: int, marked: int, total: int) -> Fraction:
    """P(X <= x) when n are taken from a total of which some are marked."""
    ways = sum(comb(marked, k) * comb(total - marked, n - k) for k in range(x + 1) if n - k <= total - marked)
    return Fraction(ways, comb(total, n))


def spike_p(at_end: int, completed: int, expected: Fraction) -> Fraction:
    return binomial.at_least(at_end, completed, expected)


def beyond_others(value: float, others: list[float]) -> float:
    """The upper tail of a t prediction."""
    spread = statistics.stdev(others) * math.sqrt(1 + 1 / len(others))
    above = value - statistics.fmean(others)
    if spread < 1e-12:
        return 0.5 if abs(above) < 1e-12 else float(above < 0)
    return float(stats.t.sf(above / spread, len(others) - 1))


def exclusion_p(own: tuple[int, int], others: list[tuple[int, int]]) -> float:
    """Of (excluded, eligible), against those of the other periods."""
    excluded, eligible = own
    marked = excluded + sum(pair[0] for pair in others)
    total = eligible + sum(pair[1] for pair in others)
    exact = 1 - at_most_of(excluded - 1, eligible, marked, total) if excluded else Fraction(1)
    return max(float(exact), beyond_others(excluded / eligible, [x / n for x, n in others]))


def cases_p(own: int, others: list[int]) -> float:
    exact = binomial.at_most(own, own + sum(others), Fraction(1, len(others) + 1))
    return max(float(exact), beyond_others(-own, [-other for other in others]))


def difference_in_differences(four: dict[tuple[str, str], tuple[int, int]]) -> tuple[float, float]:
    """The difference and its standard error."""
    difference = variance = 0.0
    for (item, period), (x, n) in four.items():
        sign = (1 if item == "measured" else -1) * (1 if period == "after" else -1)
        difference += sign * x / n
        share = (x + 1) / (n + 2)
        variance += share * (1 - share) / (n + 2)
    return difference, math.sqrt(variance)


def spearman(x: list[float], y: list[float]) -> float:
    return statistics.correlation(_ranks(x), _ranks(y))


def _ranks(values: list[float]) -> list[float]:
    return [
        sum(other < value for other in values) + (sum(other == value for other in values) + 1) / 2
        for value in values
    ]


def falling(correlations: list[tuple[int, float, int]]) -> float:
    """z of the slope over (place of the period, correlation, trusts): the line that leaves the least
    weighted squares, by its normal equations."""
    rows = [
        (place, math.atanh(min(max(rho, -0.999), 0.999)), (trusts - 3) / (1 + rho**2 / 2))
        for place, rho, trusts in correlations
    ]
    w = sum(weight for _, _, weight in rows)
    wx = sum(weight * x for x, _, weight in rows)
    wy = sum(weight * y for _, y, weight in rows)
    wxx = sum(weight * x * x for x, _, weight in rows)
    wxy = sum(weight * x * y for x, y, weight in rows)
    slope = (w * wxy - wx * wy) / (w * wxx - wx**2)
    return slope * math.sqrt((w * wxx - wx**2) / w)


def high_water(margins: list[float], width: float, followers: int = 3) -> tuple[int, float, float] | None:
    """Where it is, the average of those after it, and the part of them just above the target."""
    far = [(margin, -place) for place, margin in enumerate(margins[:-followers]) if margin >= width]
    if not far:
        return None
    place = -max(far)[1]
    later = margins[place + 1 :]
    return place, sum(later) / len(later), sum(0 <= margin < width for margin in later) / len(later)


def narrowing_p(before: list[float], after: list[float]) -> float:
    """Pitman and Morgan's t, from the ratio of variances and the correlation."""
    ratio = statistics.variance(after) / statistics.variance(before)
    r = statistics.correlation(before, after)
    units = len(before)
    t = (ratio - 1) * math.sqrt(units - 2) / (2 * math.sqrt(ratio * (1 - r**2)))
    return float(stats.t.cdf(t, units - 2))


def smoothness_of_periods(counts: list[tuple[int, int]]) -> tuple[float, float]:
    """phi and p of the periods of one trust, from what each holds more than its part of all cases."""
    share = Fraction(sum(x for x, _ in counts), sum(n for _, n in counts))
    squares = sum((x - n * share) ** 2 / (n * share * (1 - share)) for x, n in counts)
    return float(squares / (len(counts) - 1)), float(
        special.gammainc((len(counts) - 1) / 2, float(squares) / 2)
    )
