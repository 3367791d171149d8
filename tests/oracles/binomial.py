"""The binomial distribution in exact fractions, by its definition."""

from fractions import Fraction
from itertools import accumulate
from math import comb


def mass(n: int, theta: Fraction) -> list[Fraction]:
    """P(X = k) for k from 0 to n."""
    return [comb(n, k) * theta**k * (1 - theta) ** (n - k) for k in range(n + 1)]


def at_most(x: int, n: int, theta: Fraction) -> Fraction:
    return sum(mass(n, theta)[: x + 1], Fraction(0))


def at_least(x: int, n: int, theta: Fraction) -> Fraction:
    return sum(mass(n, theta)[x:], Fraction(0))


def tails(x: int, n: int, theta: Fraction) -> tuple[Fraction, Fraction]:
    """P(X <= x) and P(X >= x) in whole numbers, for an n in the thousands."""
    a, b, c = theta.numerator, theta.denominator - theta.numerator, theta.denominator
    ways = b**n
    counts = [ways]
    for k in range(n):
        ways = ways * (n - k) * a // ((k + 1) * b)
        counts.append(ways)
    assert sum(counts) == c**n
    return Fraction(sum(counts[: x + 1]), c**n), Fraction(sum(counts[x:]), c**n)


def flag(low: Fraction, high: Fraction) -> str:
    """Which flag those tails raise: 99.8% first, and a tail of just that size counts."""
    far, near = Fraction(1, 1000), Fraction(25, 1000)
    if low <= far:
        return "low-99.8"
    if high <= far:
        return "high-99.8"
    if low <= near:
        return "low-95"
    if high <= near:
        return "high-95"
    return "inside"


def funnel_limit(n: int, theta: Fraction, tail: Fraction) -> Fraction:
    """Spiegelhalter's interpolated limit: the smallest r whose P(X <= r) reaches the tail, less
    the part of its mass by which it goes beyond."""
    masses = mass(n, theta)
    for r, reached in enumerate(accumulate(masses)):
        if reached >= tail:
            beyond = (reached - tail) / masses[r]
            return min(max((r - beyond) / n, Fraction(0)), Fraction(1))
    raise AssertionError("a distribution adds up to 1")
