"""Actual against predicted reoffending, trust by trust in plain Python."""

import math
from fractions import Fraction
from statistics import NormalDist
from typing import Any

from tests.oracles import binomial
from tests.oracles.wilson import wilson

NORMAL = NormalDist()


def exact_p(observed: int, cases: int, rate: Fraction) -> Fraction:
    """The chance of all counts that are no likelier than the observed one."""
    masses = binomial.mass(cases, rate)
    return sum((mass for mass in masses if mass <= masses[observed]), Fraction(0))


def two_sided(z: float) -> float:
    return math.erfc(abs(z) / math.sqrt(2))


def comparison(
    observed: int, cases: int, rate: Fraction, effect: Fraction, chance: Fraction
) -> dict[str, float]:
    """A trust against this rate. chance: how much of n p(1 - p) there is of chance, if cases are
    independent."""
    variance = cases * rate * (1 - rate) * effect * chance
    z = float(observed - cases * rate) / math.sqrt(variance)
    lower, upper = wilson(observed / (effect * chance), cases / (effect * chance))
    return {
        "expected": float(cases * rate),
        "actual_rate": observed / cases,
        "difference": float(Fraction(observed, cases) - rate),
        "lower": lower - float(rate),
        "upper": upper - float(rate),
        "ratio": float(observed / (cases * rate)),
        "ratio_lower": lower / float(rate),
        "ratio_upper": upper / float(rate),
        "standard_error": math.sqrt(variance) / cases,
        "z": z,
        "p": p_value(observed, cases, rate, effect * chance, z),
    }


def p_value(observed: int, cases: int, rate: Fraction, factor: Fraction, z: float) -> float:
    if min(cases * rate, cases * (1 - rate)) >= 10:
        return two_sided(z)
    exact = float(exact_p(observed, cases, rate))
    if exact >= 1:
        return 1.0
    return two_sided(NORMAL.inv_cdf(exact / 2) / math.sqrt(max(factor, 1)))


def verdict(p: float, difference: float, line: str) -> str:
    if p > 0.05:
        return f"not significantly different from {line}"
    side = "lower" if difference < 0 else "higher"
    return f"significantly {side} than {line} ({'99.8%' if p <= 0.002 else '95%'})"


def national(rows: list[tuple[int, int, Fraction]]) -> dict[str, Any]:
    observed = sum(row[0] for row in rows)
    expected = sum((row[1] * row[2] for row in rows), Fraction(0))
    cases = sum(row[1] for row in rows)
    return {"ratio": observed / expected, "difference": (observed - expected) / cases, "cases": cases}


def bands(rows: list[tuple[int, Fraction]]) -> tuple[Fraction, Fraction]:
    """Mean and variance of the risk, case by case."""
    risks = [rate for cases, rate in rows for _ in range(cases)]
    mean = sum(risks, Fraction(0)) / len(risks)
    return mean, sum(((risk - mean) ** 2 for risk in risks), Fraction(0)) / len(risks)


def change(
    earlier: tuple[int, int, Fraction], later: tuple[int, int, Fraction], effect: float
) -> tuple[float, float]:
    """The change, and its z."""
    moved, variance = 0.0, 0.0
    for sign, (observed, cases, rate) in ((-1, earlier), (1, later)):
        moved += sign * float(Fraction(observed, cases) - rate)
        variance += effect * float(rate * (1 - rate)) / cases
    return moved, moved / math.sqrt(variance)


def spread(differences: list[float], errors: list[float]) -> tuple[float, float]:
    """phi and tau squared, with nothing tamed."""
    scores = [(y / s) ** 2 for y, s in zip(differences, errors, strict=True)]
    weights = [1 / s**2 for s in errors]
    units, total = len(scores), sum(weights)
    beyond = max(sum(scores) - (units - 1), 0)
    return sum(scores) / units, beyond / (total - sum(w * w for w in weights) / total)
