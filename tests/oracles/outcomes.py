"""Reoffending against prediction, family by family and organisation by organisation."""

import math
from fractions import Fraction
from typing import Any

from tests.oracles import dispersion, multiple_comparisons
from tests.oracles import reoffending as naive

Row = dict[str, Any]

EFFECTS = {"usual": Fraction(13, 10), "least": Fraction(1), "most": Fraction(19, 10)}
NATION = "the national result for such offenders"
SPREAD_FROM = 10
FAMILY = ("measure", "organisation_kind", "period_start", "period_end")


def predictions(rows: list[Row]) -> list[Row]:
    """Of rows that all have their counts and a prediction: whole numbers, of which `expected` too.
    Enough are expected on either side for the normal approximation."""
    families: dict[tuple, list[Row]] = {}
    for row in rows:
        families.setdefault(tuple(row[name] for name in FAMILY), []).append(row)
    found = {
        key: dict(zip(names(family), of_family(family), strict=True)) for key, family in families.items()
    }
    return [found[tuple(row[name] for name in FAMILY)][row["organisation"]] for row in rows]


def names(family: list[Row]) -> list[str]:
    return [row["organisation"] for row in family]


def of_family(family: list[Row]) -> list[Row]:
    found = [
        naive.comparison(row["numerator"], row["denominator"], rate(row), EFFECTS["usual"], Fraction(1))
        for row in family
    ]
    adjusted = multiple_comparisons.adjusted([Fraction(one["p"]).limit_denominator(10**15) for one in found])
    return [
        prediction(row, own, found) | {"adjusted_p": float(p)} | national(row, family)
        for row, own, p in zip(family, found, adjusted, strict=True)
    ]


def rate(row: Row) -> Fraction:
    return Fraction(row["expected"], row["denominator"])


def verdict(row: Row, line: Fraction, chance: Fraction, words: str, effect: str = "usual") -> str:
    cases = row["denominator"]
    distance = row["numerator"] - cases * line
    z = float(distance) / math.sqrt(cases * line * (1 - line) * chance * EFFECTS[effect])
    return naive.verdict(naive.two_sided(z), float(distance), words)


def prediction(row: Row, own: dict[str, float], found: list[dict[str, float]]) -> Row:
    verdicts = {effect: verdict(row, rate(row), Fraction(1), "predicted", effect) for effect in EFFECTS}
    points = {name: 100 * own[name] for name in ("difference", "lower", "upper", "standard_error")}
    return {
        "observed": row["numerator"],
        "cases": row["denominator"],
        "expected": row["expected"],
        "actual_rate": 100 * row["numerator"] / row["denominator"],
        "predicted_rate": float(100 * rate(row)),
        **points,
        "ratio": own["ratio"],
        "z": own["z"],
        "p": own["p"],
        "verdict": verdicts["usual"],
        "verdict_changes": verdicts["least"] != verdicts["most"],
        "spread_verdict": spread_verdict(own, found),
    }


def spread_verdict(own: dict[str, float], found: list[dict[str, float]]) -> str:
    """What is left of the verdict if trusts usually differ, the outer tenths tamed."""
    if len(found) < SPREAD_FROM:
        return "not compared"
    errors = [one["standard_error"] for one in found]
    _, tau_squared = dispersion.spread([one["z"] for one in found], errors, "winsorised")
    z = own["difference"] / math.sqrt(own["standard_error"] ** 2 + tau_squared)
    return naive.verdict(naive.two_sided(z), own["difference"], "predicted")


def national(row: Row, family: list[Row]) -> Row:
    if len(family) == 1:
        return {"national_difference": None, "national_verdict": "not compared"}
    nation = naive.national([(other["numerator"], other["denominator"], rate(other)) for other in family])
    line, cases = rate(row) * nation["ratio"], row["denominator"]
    return {
        "national_difference": float(100 * (Fraction(row["numerator"], cases) - line)),
        "national_verdict": verdict(row, line, 1 - Fraction(cases, nation["cases"]), NATION),
    }
