"""Trends of one series, in plain Python."""

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, permutations
from statistics import linear_regression, median

SIGNIFICANT = 0.002
Z95 = 1.959963984540054

Figures = tuple[float, float, str]


def share_trend(counts: Sequence[tuple[int, int, int]]) -> Figures:
    """Slope of the logits, chi-squared and the word for it, of five years, counts and cases. The
    chi-squared is that of the score test of a slope."""
    cases = sum(n for _, _, n in counts)
    pooled = Fraction(sum(x for _, x, _ in counts), cases)
    middle = Fraction(sum(year * n for year, _, n in counts), cases)
    score = sum((year - middle) * (x - n * pooled) for year, x, n in counts)
    variance = pooled * (1 - pooled) * sum(n * (year - middle) ** 2 for year, _, n in counts)
    points = [(year, math.log(x / (n - x)), 1.0) for year, x, n in counts]
    return told(points, float(score**2 / variance))


def value_trend(values: Sequence[tuple[int, float, float, float]]) -> Figures:
    """The same of years, values and the two ends of their 95% intervals."""
    points = [(year, value, ((upper - lower) / 2 / Z95) ** -2) for year, value, lower, upper in values]
    total = sum(w for _, _, w in points)
    first = sum(w * t for t, _, w in points)
    second = sum(w * t * t for t, _, w in points)
    variance = total / (total * second - first**2)
    return told(points, slope_of(points) ** 2 / variance)


def told(points: list[tuple[int, float, float]], chi_squared: float) -> Figures:
    slope = slope_of(points)
    others = [slope_of(points[:place] + points[place + 1 :]) for place in range(len(points))]
    if chance_of(chi_squared) >= SIGNIFICANT:
        return slope, chi_squared, "no-significant-change"
    if any((other > 0) != (slope > 0) for other in others):
        return slope, chi_squared, "no-significant-change-outlier"
    return slope, chi_squared, "increasing" if slope > 0 else "decreasing"


def chance_of(chi_squared: float) -> float:
    """Of a normal draw as far out, on either side."""
    return math.erfc(math.sqrt(chi_squared / 2))


def slope_of(points: list[tuple[int, float, float]]) -> float:
    """The slope that leaves the least weighted squares, by its two equations."""
    if len({w for _, _, w in points}) == 1:
        return linear_regression([t for t, _, _ in points], [y for _, y, _ in points]).slope
    s, st, stt, sy, sty = (
        math.fsum(w * t**a * y**b for t, y, w in points) for a, b in ((0, 0), (1, 0), (2, 0), (0, 1), (1, 1))
    )
    return (s * sty - st * sy) / (s * stt - st**2)


def pairs(points: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    for (t1, y1), (t2, y2) in combinations(sorted(points), 2):
        yield t2 - t1, y2 - y1


def theil_sen(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The median slope, and the intercept of the line through both medians."""
    slope = median(y / t for t, y in pairs(points))
    return slope, median(y for _, y in points) - slope * median(t for t, _ in points)


def kendall_score(values: Sequence[float]) -> int:
    """Pairs that rise less pairs that fall."""
    return sum((second > first) - (second < first) for first, second in combinations(values, 2))


def tau_b(values: Sequence[float]) -> float:
    every = math.comb(len(values), 2)
    return kendall_score(values) / math.sqrt(every * (every - tied_pairs(values)))


def tied_pairs(values: Sequence[float]) -> int:
    return sum(first == second for first, second in combinations(values, 2))


def mann_kendall_p(values: Sequence[float]) -> float:
    """From all orders below 8 values; from 8 on from how many orders have so many inversions, and
    with ties from the normal distribution."""
    score = abs(kendall_score(values))
    if len(values) < 8:
        scores = [abs(kendall_score(order)) for order in permutations(values)]
        return sum(other >= score for other in scores) / len(scores)
    if tied_pairs(values) == 0:
        orders = orders_by_inversions(len(values))
        most = len(orders) - 1
        far = sum(count for inversions, count in enumerate(orders) if abs(most - 2 * inversions) >= score)
        return far / math.factorial(len(values))
    return chance_of(score**2 / score_variance(values))


def orders_by_inversions(length: int) -> list[int]:
    """How many orders of so many things have 0, 1, 2 ... pairs out of order."""
    orders = [1]
    for size in range(2, length + 1):
        longer = [0] * (len(orders) + size - 1)
        for inversions, count in enumerate(orders):
            for more in range(size):
                longer[inversions + more] += count
        orders = longer
    return orders


def score_variance(values: Sequence[float]) -> Fraction:
    sizes = [len(values), *(values.count(value) for value in set(values))]
    whole, *ties = (size * (size - 1) * (2 * size + 5) for size in sizes)
    return Fraction(whole - sum(ties), 18)
