"""The table `divergence` of a release: each trust's process, and beside it its outcome.

A framework is a dictionary: slug, title, starts, ends, domains (code, title, weight), measures (code,
domain, weight, kind, polarity, unit, target), bands, steps and band_edges.
"""

import math
from fractions import Fraction
from typing import Any

from scipy import stats

from tests.oracles.divergence import quarter
from tests.oracles.divergence_ranks import ranks
from tests.oracles.release_outcomes import REOFFENDING, months
from tests.oracles.release_sums import is_year

Row = dict[str, Any]
Key = tuple[Any, ...]

ANSWERABLE = ("area", "trust", "crc", "nps-division")
PROCESS = ("timeliness", "volume", "compliance")
WHOLES = ("share", "tally")
HAIR = Fraction(1, 10**9)
# Half a percentage point, and what people who are counted several times do to the variance.
MARGIN, EFFECT = Fraction(1, 200), Fraction(13, 10)
RANKED_BY = ("attainment", "attainment_standard_error", "outcome", "outcome_standard_error")
OUTCOME = ("observed", "cases", "expected", "difference", "standard_error", "reason", "flag_reason")
NUMBERS = (
    *("process", "process_standard_error", "counted", "cases", "required", "attainment"),
    "attainment_standard_error",
)


def weights(framework: Row) -> dict[str, Fraction]:
    """Each measure's part of the whole; those of weight 0, or in a domain of weight 0, have none."""
    weighty = {d["code"]: Fraction(d["weight"]) for d in framework["domains"] if d["weight"]}
    own = [m for m in framework["measures"] if m["weight"] and m["domain"] in weighty]
    within = {d: sum(Fraction(m["weight"]) for m in own if m["domain"] == d) for d in weighty}
    whole = sum(weight for d, weight in weighty.items() if within[d])
    return {
        m["code"]: Fraction(m["weight"]) / within[m["domain"]] * weighty[m["domain"]] / whole for m in own
    }


def yearly(rows: list[Row], framework: Row) -> list[Row]:
    """Years of those who answer to the framework, on its measures and on reoffending. value and
    target are None where there is none, and where a percentage can't be one."""
    codes = {m["code"] for m in framework["measures"]} | {REOFFENDING}
    return [
        {**row, "value": value(row), "target": target(row)}
        for row in rows
        if row["measure"] in codes
        and row["organisation_kind"] in ANSWERABLE
        and is_year(row)
        and months(row) == 12
        and framework["starts"] <= row["period_start"]
        and row["period_end"] <= framework["ends"]
    ]


def value(row: Row) -> Fraction | None:
    if row["status"] in ("missing", "suppressed", "not-applicable"):
        return None
    if row["unit"] in WHOLES and row["numerator"] is not None and row["denominator"]:
        return 100 * row["numerator"] / Fraction(row["denominator"])
    return row["value"]


def target(row: Row) -> Fraction | None:
    if row["target"] is None or (row["unit"] in WHOLES and not 0 <= row["target"] <= 100):
        return None
    return row["target"]


def divergence(rows: list[Row], predictions: dict[Key, Row], framework: Row) -> dict[Key, Row]:
    """By framework, kind of process, organisation, start and end."""
    process = {
        m["code"]: m for m in framework["measures"] if m["kind"] in PROCESS and m["polarity"] != "none"
    }
    found = {}
    for kind in ("all", *PROCESS):
        own = {code: m for code, m in process.items() if kind in ("all", m["kind"])}
        if kind == "all" or any(weights(framework).get(code) for code in own):
            of_one = of_kind(yearly(rows, framework), predictions, own, weights(framework), kind)
            found |= {(framework["slug"], kind, *trust): row for trust, row in of_one.items()}
    return found


def of_kind(
    rows: list[Row],
    predictions: dict[Key, Row],
    process: dict[str, Row],
    weight: dict[str, Fraction],
    kind: str,
) -> dict[Key, Row]:
    """By trust and year."""
    by_trust: dict[Key, dict[str, Row]] = {}
    for row in rows:
        if row["measure"] in process or row["measure"] == REOFFENDING:
            trust = (row["organisation"], row["period_start"], row["period_end"])
            by_trust.setdefault(trust, {})[row["measure"]] = row
    found = {}
    for trust, figures in by_trust.items():
        own = {code: row for code, row in figures.items() if code in process}
        one = of_process(own, process, weight)
        if kind != "all":
            one["reason"] = one["reason"].replace("process measure", f"{kind} measure")
        found[trust] = one | of_outcome(one, predictions.get((REOFFENDING, *trust)))
    places = ranks([[row[name] for name in RANKED_BY] for row in found.values()])
    return {trust: row | place for (trust, row), place in zip(found.items(), places, strict=True)}


def of_process(figures: dict[str, Row], measures: dict[str, Row], weight: dict[str, Fraction]) -> Row:
    judged = [
        (row, measures[code], weight.get(code, 0))
        for code, row in figures.items()
        if row["value"] is not None and row["target"] is not None and weight.get(code)
    ]
    counted = [(row, measure) for row, measure, _ in judged if is_counted(row)]
    whole = sum(weight.get(code, 0) for code in measures)
    there = sum(w for *_, w in judged)
    done, cases, required, variance = pooled(counted)
    is_enough = bool(judged) and there >= (Fraction(1, 2) - HAIR) * whole
    found: Row = dict.fromkeys(NUMBERS) | {
        "targets_judged": len(judged),
        "targets_met": sum(is_met(row, measure) for row, measure, _ in judged),
        "reason": why_no_process(whole, judged, is_enough, required),
    }
    if cases:
        found |= {"counted": done, "cases": cases, "required": required}
    if is_enough:
        met = sum(w for row, measure, w in judged if is_met(row, measure))
        noise = math.fsum(float(w) ** 2 * p * (1 - p) for row, m, w in judged for p in [chance(row, m)])
        error = 100 * math.sqrt(noise) / float(there)
        found |= {"process": 100 * met / there, "process_standard_error": error}
        if required:
            error = 100 * math.sqrt(variance) / float(required)
            found |= {"attainment": 100 * done / required, "attainment_standard_error": error}
    return found


def why_no_process(whole: Fraction, judged: list[Any], is_enough: bool, required: Fraction) -> str:
    if not whole:
        return "the framework gives no process measure any weight"
    if not judged:
        return "no process measure has both a figure and a target"
    if not is_enough:
        return "less than half of the weight of process measures has both a figure and a target"
    return "" if required else "no process measure has both its cases and a target above 0"


def is_counted(row: Row) -> bool:
    return row["unit"] == "share" and row["numerator"] is not None and bool(row["denominator"])


def is_met(row: Row, measure: Row) -> bool:
    room = HAIR * abs(row["target"])
    if measure["polarity"] == "lower":
        return row["value"] <= row["target"] + room
    return row["value"] >= row["target"] - room


def chance(row: Row, measure: Row) -> float:
    """That the level behind the figure meets the target, where there is chance in the figure."""
    if is_counted(row) and row["target"] < 100:
        at_least = meeting(row["numerator"], row["denominator"], row["target"] / 100)
    elif row["unit"] == "count" and row["value"] > 0:
        at_least = float(stats.norm.cdf(float(row["value"] - row["target"]) / math.sqrt(row["value"])))
    else:
        return float(is_met(row, measure))
    return 1 - at_least if measure["polarity"] == "lower" else at_least


def meeting(x: Fraction, n: Fraction, share: Fraction) -> float:
    """The upper tail of the beta posterior by Jeffreys' prior."""
    return float(stats.beta.sf(float(share), float(x) + 0.5, float(n - x) + 0.5))


def pooled(counted: list[tuple[Row, Row]]) -> tuple[Fraction, Fraction, Fraction, float]:
    """Cases done as asked, all, those that targets ask for (to a millionth of a case), and the
    variance of the first. Where less is better, those are counted that didn't happen."""
    done, cases, required, variance = Fraction(0), Fraction(0), Fraction(0), 0.0
    for row, measure in counted:
        x, n, share = row["numerator"], Fraction(row["denominator"]), row["target"] / 100
        if measure["polarity"] == "lower":
            x, share = n - x, 1 - share
        done, cases, required = done + x, cases + n, required + n * share
        variance += float(x * (n - x) / n)
    return done, cases, round(required, 6), variance


def of_outcome(process: Row, outcome: Row | None) -> Row:
    """outcome: the row of `predictions`, if there is one."""
    found: Row = outcome or dict.fromkeys(OUTCOME)
    is_told = found["difference"] is not None
    meets, worse = chance_of_meeting(process), chance_of_mattering(found)
    why = found["reason"] or found["flag_reason"]
    reasons = [process["reason"] or never_above(process), f"on reoffending, {why}" if why else ""]
    if outcome is None:
        reasons[1] = "no reoffending is told for the year"
    return {
        "outcome": -found["difference"] if is_told else None,
        "outcome_standard_error": found["standard_error"],
        "reoffended": found["observed"],
        "cohort": found["cases"],
        "expected": found["expected"],
        "meets": meets,
        "worse": worse,
        "fact": fact(process, found) if is_told else "not-compared",
        **named(meets, worse),
        "reason": "; ".join(filter(None, reasons)),
    }


def chance_of_meeting(process: Row) -> float | None:
    if process["attainment"] is None or never_above(process):
        return None
    return meeting(process["counted"], process["cases"], process["required"] / process["cases"])


def never_above(process: Row) -> str:
    is_all = process["attainment"] is not None and process["required"] >= process["cases"]
    return "no true rate can be above a target of 100%" if is_all else ""


def chance_of_mattering(outcome: Row) -> float | None:
    """That the true rate is above the predicted one by more than the margin."""
    if outcome["difference"] is None or outcome["flag_reason"]:
        return None
    cohort = Fraction(outcome["cases"])
    predicted = outcome["expected"] / cohort
    error = math.sqrt(predicted * (1 - predicted) / cohort * EFFECT)
    return float(stats.norm.cdf(float(outcome["observed"] / cohort - predicted - MARGIN) / error))


def fact(process: Row, outcome: Row) -> str:
    if process["attainment"] is None:
        return "not-compared"
    met = "met" if process["counted"] >= process["required"] else "missed"
    return f"{met}-{'worse' if outcome['observed'] > outcome['expected'] else 'better'}"


def named(meets: float | None, worse: float | None) -> Row:
    if meets is None or worse is None:
        return {"quadrant": "not-compared", "probability": None}
    word = quarter(Fraction(meets), Fraction(worse), Fraction(4, 5))
    products = [a * b for a in (meets, 1 - meets) for b in (worse, 1 - worse)]
    return {"quadrant": word, "probability": max(products)}
