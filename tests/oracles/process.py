"""The two indices of process of one trust, measure by measure in plain Python.

A measure is a dictionary: code, weight, kind, polarity. A figure is one too: unit, value, numerator,
denominator, target, and None where there is none.
"""

import math
from fractions import Fraction
from typing import Any

from tests.oracles.divergence import chance_of_meeting, normal_below

Row = dict[str, Any]

PROCESS = ("timeliness", "volume", "compliance")


def process(measures: list[Row], figures: dict[str, Row]) -> Row:
    """figures: by the measure's code."""
    own = [m for m in measures if m["kind"] in PROCESS and m["polarity"] != "none"]
    judged = [m for m in own if is_judged(figures.get(m["code"]))]
    counted = [m for m in judged if is_counted(figures[m["code"]])]
    weight = sum(m["weight"] for m in judged)
    met = [m for m in judged if is_met(m, figures[m["code"]])]
    x, n, required, variance = pooled(counted, figures)
    enough = bool(judged) and weight >= Fraction(sum(m["weight"] for m in own), 2)
    variances = [m["weight"] ** 2 * spread(m, figures[m["code"]]) for m in judged]
    return {
        "process": float(Fraction(100 * sum(m["weight"] for m in met), weight)) if enough else None,
        "process_standard_error": 100 * math.sqrt(math.fsum(variances)) / weight if enough else None,
        "targets_judged": len(judged),
        "targets_met": len(met),
        "counted": x if counted else None,
        "cases": n if counted else None,
        "required": float(required) if counted else None,
        "attainment": float(100 * x / required) if enough and required else None,
        "attainment_standard_error": 100 * math.sqrt(variance) / float(required)
        if enough and required
        else None,
    }


def is_judged(figure: Row | None) -> bool:
    return figure is not None and figure["target"] is not None and value(figure) is not None


def is_counted(figure: Row) -> bool:
    return figure["unit"] == "share" and figure["numerator"] is not None and bool(figure["denominator"])


def value(figure: Row) -> Fraction | None:
    if is_counted(figure):
        return Fraction(100 * figure["numerator"], figure["denominator"])
    return None if figure["value"] is None else Fraction(figure["value"])


def is_met(measure: Row, figure: Row) -> bool:
    found, target = value(figure), Fraction(figure["target"])
    return found <= target if measure["polarity"] == "lower" else found >= target


def spread(measure: Row, figure: Row) -> float:
    """p(1 - p) of meeting the target by chance, which is the same the other way round."""
    if is_counted(figure) and 0 < figure["target"] < 100:
        p = chance_of_meeting(figure["numerator"], figure["denominator"], figure["target"] / 100)
    elif figure["unit"] == "count" and figure["value"]:
        p = normal_below((figure["value"] - figure["target"]) / math.sqrt(figure["value"]))
    else:
        p = 0.0
    return p * (1 - p)


def pooled(measures: list[Row], figures: dict[str, Row]) -> tuple[int, int, Fraction, float]:
    """Cases done as asked, all, those that the targets ask for, and the variance of the first."""
    x, n, required, variance = 0, 0, Fraction(0), 0.0
    for measure in measures:
        figure = figures[measure["code"]]
        done, cases = figure["numerator"], figure["denominator"]
        target = Fraction(figure["target"], 100)
        if measure["polarity"] == "lower":
            done, target = cases - done, 1 - target
        x, n, required = x + done, n + cases, required + cases * target
        variance += done * (cases - done) / cases
    return x, n, required, variance
