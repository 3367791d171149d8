"""Tests of one share against another, one pair at a time."""

from fractions import Fraction
from math import comb, erfc, sqrt


def fisher(x1: int, n1: int, x2: int, n2: int) -> Fraction:
    """All tables with the same margins that are no likelier than this one, in whole numbers."""
    counted = x1 + x2
    ways = [comb(n1, k) * comb(n2, counted - k) for k in range(max(0, counted - n2), min(n1, counted) + 1)]
    own = comb(n1, x1) * comb(n2, x2)
    return Fraction(sum(way for way in ways if way <= own), sum(ways))


def z_test(x1: int, n1: int, x2: int, n2: int) -> float:
    share = Fraction(x1 + x2, n1 + n2)
    variance = share * (1 - share) * (Fraction(1, n1) + Fraction(1, n2))
    return two_sided(float(Fraction(x1, n1) - Fraction(x2, n2)) / sqrt(variance))


def against_the_rest(x: int, n: int, all_x: int, all_n: int) -> float:
    """The same test put another way: a unit against all others, as independent shares. Its
    difference from all together is the part of that difference which the others make up."""
    return z_test(x, n, all_x - x, all_n - n)


def fewest_expected(x1: int, n1: int, x2: int, n2: int) -> Fraction:
    share = Fraction(x1 + x2, n1 + n2)
    return min(n * part for n in (n1, n2) for part in (share, 1 - share))


def two_sided(z: float) -> float:
    return erfc(abs(z) / sqrt(2))
