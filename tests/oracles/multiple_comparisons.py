"""Benjamini and Hochberg's procedure, as their paper has it: step by step, for each rate."""

from fractions import Fraction


def adjusted(p: list[Fraction]) -> list[Fraction]:
    """The least false discovery rate at which each is called."""
    rates = sorted({min(value * len(p) / k, Fraction(1)) for value in p for k in range(1, len(p) + 1)})
    return [min(rate for rate in [*rates, Fraction(1)] if value in called(p, rate)) for value in p]


def called(p: list[Fraction], rate: Fraction) -> list[Fraction]:
    """The k smallest, for the largest k whose p-value is at most k/m times the rate."""
    ordered = sorted(p)
    fitting = [k for k, value in enumerate(ordered, start=1) if value <= k * rate / len(p)]
    return ordered[: max(fitting, default=0)]
