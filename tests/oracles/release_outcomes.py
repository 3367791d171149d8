"""The table `predictions` of a release: whoever has a cohort, with its figures or the reason why not.

Like `outcomes`, and for rows too that lack something: a prediction, cases, a number, enough expected.
"""

import math
from fractions import Fraction
from typing import Any

from tests.oracles import dispersion
from tests.oracles import reoffending as naive
from tests.oracles.outcomes import EFFECTS, NATION
from tests.oracles.release_indicators import wilson

Row = dict[str, Any]
Key = tuple[Any, ...]

REOFFENDING = "local-adult-reoffending"
FAMILY = ("measure", "organisation_kind", "period_start", "period_end")
KEY = ("measure", "organisation", "period_start", "period_end")
WITHOUT_A_NUMBER = {
    "missing": "the figure is missing",
    "suppressed": "the figure is suppressed",
    "not-applicable": "the measure doesn't apply here",
}
IMPOSSIBLE = "the prediction isn't between none of the cases and all of them"
FEW = "fewer than 5 were expected to reoffend, or fewer than 5 not to"
NOT_COMPARED = "not compared"
UNTOLD = ("predicted_rate", "difference", "lower", "upper", "standard_error", "ratio", "z", "p")


def predictions(rows: list[Row]) -> dict[Key, Row]:
    """rows: of one year, with its sums."""
    shares = [row for row in rows if row["unit"] == "share"]
    measures = {REOFFENDING} | {row["measure"] for row in shares if row["expected"] is not None}
    families: dict[Key, list[Row]] = {}
    for row in shares:
        if row["measure"] in measures and months(row) in (3, 12):
            families.setdefault(tuple(row[name] for name in FAMILY), []).append(row)
    return {key: row for family in families.values() for key, row in of_family(family).items()}


def months(row: Row) -> int:
    """How many whole months a period is, 0 if it isn't."""
    start, end = row["period_start"], row["period_end"]
    after = end.toordinal() + 1
    next_day = type(end).fromordinal(after)
    whole = start.day == next_day.day == 1
    return 12 * (next_day.year - start.year) + next_day.month - start.month if whole else 0


def of_family(family: list[Row]) -> dict[Key, Row]:
    told = [row for row in family if not reason(row)]
    flagged = [row for row in told if not flag_reason(row)]
    own = {id(row): compared(row) for row in told}
    p = dict(zip(map(id, flagged), adjusted([own[id(row)]["p"] for row in flagged]), strict=True))
    tau_squared = spread([own[id(row)] for row in flagged])
    found = {}
    for row in family:
        one = plain(row) | national(row, told)
        if id(row) in own:
            one |= figures(row, own[id(row)])
        if id(row) in p:
            one |= verdicts(row, own[id(row)], tau_squared) | {"adjusted_p": p[id(row)]}
        else:
            one |= {"z": None, "p": None, "adjusted_p": None}
        found[tuple(row[name] for name in KEY)] = one
    return found


def compared(row: Row) -> dict[str, float]:
    """A cohort against its prediction, as many independent people as say the same."""
    (x, n), line, effect = counts(row), rate(row), EFFECTS["usual"]
    error = math.sqrt(line * (1 - line) / n * effect)
    lower, upper = wilson(x / effect, n / effect)
    z = float(Fraction(x, n) - line) / error
    return {
        "difference": float(Fraction(x, n) - line),
        "lower": lower - float(line),
        "upper": upper - float(line),
        "standard_error": error,
        "ratio": float(x / (n * line)),
        "z": z,
        "p": naive.p_value(x, n, line, effect, z),
    }


def adjusted(p: list[float]) -> list[float]:
    """Benjamini and Hochberg's: the least of p m / k over all that are no smaller."""
    ordered = sorted(p)
    return [
        min(1.0, *(other * len(p) / k for k, other in enumerate(ordered, start=1) if other >= own))
        for own in p
    ]


def counts(row: Row) -> tuple[int, int]:
    return int(row["numerator"]), int(row["denominator"])


def rate(row: Row) -> Any:
    """Where there are no cases nobody is predicted to reoffend."""
    if row["expected"] is None or row["denominator"] is None:
        return None
    return Fraction(row["expected"]) / Fraction(row["denominator"]) if row["denominator"] else Fraction(0)


def reason(row: Row) -> str:
    line = rate(row)
    if row["status"] in WITHOUT_A_NUMBER:
        return WITHOUT_A_NUMBER[row["status"]]
    if line is not None and not 0 <= line <= 1:
        return IMPOSSIBLE
    if row["numerator"] is None or row["denominator"] is None:
        return "a figure is not given"
    if line is None:
        return "no prediction is given"
    if row["denominator"] == 0:
        return "there are no cases"
    return "a prediction of 0% or 100% leaves nothing to chance" if line in (0, 1) else ""


def flag_reason(row: Row) -> str:
    """Of a row that has its figures: why it isn't called high or low by them."""
    return FEW if row["denominator"] * min(rate(row), 1 - rate(row)) < 5 else ""


def plain(row: Row) -> Row:
    """What stands there whatever can be told."""
    x, n = row["numerator"], row["denominator"]
    return {
        "observed": x,
        "cases": n,
        "expected": row["expected"],
        "actual_rate": 100 * x / n if x is not None and n else None,
        **dict.fromkeys((*UNTOLD, "adjusted_p")),
        "verdict": NOT_COMPARED,
        "verdict_changes": False,
        "spread_verdict": NOT_COMPARED,
        "reason": reason(row),
        "flag_reason": "" if reason(row) else flag_reason(row),
    }


def figures(row: Row, own: dict[str, float]) -> Row:
    points = {name: 100 * own[name] for name in ("difference", "lower", "upper", "standard_error")}
    return points | {
        "predicted_rate": 100 * rate(row),
        "ratio": own["ratio"],
        "z": own["z"],
        "p": own["p"],
    }


def verdicts(row: Row, own: dict[str, float], tau_squared: float | None) -> Row:
    words = {
        name: verdict(row, rate(row), Fraction(1), effect, "predicted") for name, effect in EFFECTS.items()
    }
    allowing = NOT_COMPARED
    if tau_squared is not None:
        z = own["difference"] / math.sqrt(own["standard_error"] ** 2 + tau_squared)
        allowing = naive.verdict(naive.two_sided(z), own["difference"], "predicted")
    changes = words["least"] != words["most"]
    return {"verdict": words["usual"], "verdict_changes": changes, "spread_verdict": allowing}


def verdict(row: Row, line: Fraction, chance: Fraction, effect: Fraction, words: str) -> str:
    x, n = counts(row)
    distance = x - n * line
    z = float(distance) / math.sqrt(n * line * (1 - line) * chance * effect)
    return naive.verdict(naive.p_value(x, n, line, chance * effect, z), float(distance), words)


def spread(found: list[dict[str, float]]) -> float | None:
    if len(found) < 10:
        return None
    errors = [one["standard_error"] for one in found]
    return dispersion.spread([one["z"] for one in found], errors, "winsorised")[1]


def national(row: Row, family: list[Row]) -> Row:
    """Against all that have their figures together, itself among them; family: those."""
    untold = {"national_difference": None, "national_verdict": NOT_COMPARED}
    if reason(row):
        return untold
    nation = naive.national([(*counts(other), rate(other)) for other in family])
    line, chance = rate(row) * nation["ratio"], 1 - Fraction(row["denominator"], nation["cases"])
    if line == 0 or chance == 0 or line >= 1:
        return untold
    found = {"national_difference": 100 * (row["numerator"] / Fraction(row["denominator"]) - line)}
    if flag_reason(row):
        return found | {"national_verdict": NOT_COMPARED}
    return found | {"national_verdict": verdict(row, line, chance, EFFECTS["usual"], NATION)}
