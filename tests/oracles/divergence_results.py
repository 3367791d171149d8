"""Process beside outcome, one trust at a time in plain Python."""

import math
from fractions import Fraction
from typing import Any

from tests.oracles.divergence import chance_of_meeting, normal_below, quarter

Row = dict[str, Any]

# Half a percentage point, and what people who are counted several times do to the variance.
MARGIN, EFFECT = Fraction(1, 200), Fraction(13, 10)


def divergence(process: Row, reoffending: Row) -> Row:
    """process: counted, cases and required; reoffending: observed, cases and expected; all told,
    with targets above 0 and below 100% and enough reoffenders for the normal approximation."""
    x, n, required = process["counted"], process["cases"], Fraction(process["required"])
    observed, cohort, expected = reoffending["observed"], reoffending["cases"], reoffending["expected"]
    predicted = Fraction(expected, cohort)
    error = math.sqrt(predicted * (1 - predicted) / cohort * EFFECT)
    meets = chance_of_meeting(x, n, float(required / n))
    worse = normal_below(float(Fraction(observed, cohort) - predicted - MARGIN) / error)
    chances = [meets * (1 - worse), meets * worse, (1 - meets) * (1 - worse), (1 - meets) * worse]
    return {
        "outcome": float(100 * (predicted - Fraction(observed, cohort))),
        "outcome_standard_error": 100 * error,
        "reoffended": observed,
        "cohort": cohort,
        "expected": expected,
        "meets": meets,
        "worse": worse,
        "fact": f"{'met' if x >= required else 'missed'}-{'worse' if observed > expected else 'better'}",
        "quadrant": quarter(Fraction(meets), Fraction(worse), Fraction(4, 5)),
        "probability": max(chances),
        "reason": "",
    }
