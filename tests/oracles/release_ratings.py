"""The table `ratings` of a release: each trust's scores, band and how likely every band is.

Where a release draws 2,000 times, here the chance of every band is worked out: that of each score of
each measure, and then that of every sum of scores, one measure after the other.
"""

import math
from collections import Counter
from fractions import Fraction
from typing import Any, NamedTuple

from scipy import stats

from tests.oracles.release_outcomes import REOFFENDING
from tests.oracles.release_process import HAIR, is_counted, weights, yearly

Row = dict[str, Any]
Key = tuple[Any, ...]
Chances = dict[Fraction, float]

TOTALS = ("count", "pounds", "fte")


class Standing(NamedTuple):
    """weight: of each measure in the whole; domain: of each measure; scored: the measures for which there
    is a target; trusts: by organisation, start and end the rows by measure, each with its aim."""

    weight: dict[str, Fraction]
    domain: dict[str, str]
    scored: list[Row]
    trusts: dict[Key, dict[str, Row]]


def standing(rows: list[Row], framework: Row) -> Standing:
    known = {m["code"]: m for m in framework["measures"]}
    weight = weights(framework)
    trusts: dict[Key, dict[str, Row]] = {}
    for row in yearly(rows, framework):
        if row["measure"] in known:
            trust = (row["organisation"], row["period_start"], row["period_end"])
            general = general_target(known[row["measure"]], weight, row["unit"])
            aim = aim_of(row, general)
            trusts.setdefault(trust, {})[row["measure"]] = row | {"aim": aim}
    aimed = {code for own in trusts.values() for code, row in own.items() if row["aim"] is not None}
    aimed |= {m["code"] for m in known.values() if general_target(m, weight, m["unit"]) is not None}
    scored = [m for m in known.values() if m["code"] in weight and m["code"] in aimed]
    scored = [m for m in scored if m["polarity"] != "none"]
    return Standing(weight, {code: m["domain"] for code, m in known.items()}, scored, trusts)


def ratings(rows: list[Row], framework: Row) -> dict[Key, Row]:
    """By framework, domain ('' for the whole), organisation, start and end."""
    weight, _, scored, trusts = standing(rows, framework)
    found: dict[Key, Row] = {}
    for trust, own in trusts.items():
        if why := why_nobody(framework, weight, scored):
            found[framework["slug"], "", *trust] = nothing() | {"reason": why}
        else:
            for domain, row in of_trust(framework, scored, weight, own).items():
                found[framework["slug"], domain, *trust] = row
    return found


def nothing() -> Row:
    return {"score": None, "band": None, "band_probabilities": {}, "weight_used": None, "reason": ""}


def why_nobody(framework: Row, weight: dict[str, Fraction], scored: list[Row]) -> str:
    if not (framework["bands"] and framework["steps"] and framework["band_edges"]):
        return f"how {framework['title']} turned results into bands isn't known"
    if not weight:
        return f"{framework['title']} gives its measures no weight"
    return "" if scored else f"no measure of {framework['title']} has a target"


def general_target(measure: Row, weight: dict[str, Fraction], unit: str) -> Fraction | None:
    """The framework's own, where it is one for each trust and in the figure's unit."""
    is_for_each = measure["code"] != REOFFENDING and measure["unit"] not in TOTALS
    if measure["code"] in weight and is_for_each and measure["unit"] == unit and measure["target"]:
        return Fraction(measure["target"])
    return None


def aim_of(row: Row, general: Fraction | None) -> Fraction | None:
    """What a figure is scored against: the trust's own target, of reoffending the predicted rate."""
    own = row["target"]
    if row["measure"] == REOFFENDING:
        is_told = row["expected"] is not None and bool(row["denominator"])
        own = 100 * row["expected"] / Fraction(row["denominator"]) if is_told else None
    own = general if own is None else own
    return own if own is not None and own > 0 else None


def of_trust(
    framework: Row, scored: list[Row], weight: dict[str, Fraction], own: dict[str, Row]
) -> dict[str, Row]:
    """By domain, the whole among them."""
    given = {
        m["code"]: own[m["code"]]
        for m in scored
        if m["code"] in own and own[m["code"]]["value"] is not None and own[m["code"]]["aim"] is not None
    }
    domains = [d for d in framework["domains"] if any(weight_in(framework, weight, d["code"]).values())]
    found, chances = {}, {}
    for domain in domains:
        asked = [m for m in scored if m["domain"] == domain["code"]]
        there = [m for m in asked if m["code"] in given]
        used = sum(weight[m["code"]] for m in there)
        why = why_no_score(domain, used, sum(weight[m["code"]] for m in asked))
        whole = sum(weight_in(framework, weight, domain["code"]).values())
        found[domain["code"]] = nothing() | {"weight_used": used / whole, "reason": why}
        if not why:
            parts = [(weight[m["code"]] / used, given[m["code"]], m) for m in there]
            found[domain["code"]]["score"] = sum(w * score(framework, row, m) for w, row, m in parts)
            chances[domain["code"]] = sums([(w, step_chances(framework, row, m)) for w, row, m in parts])
    used = sum(weight[code] for code in given)
    return {"": of_whole(framework, domains, found, chances) | {"weight_used": used}, **found}


def why_no_score(domain: Row, used: Fraction, asked: Fraction) -> str:
    if not asked:
        return f"no measure of {domain['title']} has a target"
    is_little = used < (Fraction(1, 2) - HAIR) * asked
    return f"less than half of the weight of {domain['title']} could be scored" if is_little else ""


def of_whole(framework: Row, domains: list[Row], found: dict[str, Row], chances: dict[str, Chances]) -> Row:
    if reasons := [found[d["code"]]["reason"] for d in domains if found[d["code"]]["reason"]]:
        return nothing() | {"reason": "; ".join(reasons)}
    total = sum(Fraction(d["weight"]) for d in domains)
    shares = {d["code"]: Fraction(d["weight"]) / total for d in domains}
    mean = sum(share * found[code]["score"] for code, share in shares.items())
    of_all = sums([(share, chances[code]) for code, share in shares.items()])
    told = {"score": mean, "band": band(framework, mean), "band_probabilities": by_band(framework, of_all)}
    return nothing() | told


def weight_in(framework: Row, weight: dict[str, Fraction], domain: str) -> dict[str, Fraction]:
    return {
        m["code"]: weight.get(m["code"], Fraction(0)) for m in framework["measures"] if m["domain"] == domain
    }


def steps(framework: Row) -> list[Fraction]:
    """Exactly as they are written: 0.9 and not the float next to it."""
    return [Fraction(str(step)) for step in framework["steps"]]


def score(framework: Row, row: Row, measure: Row) -> int:
    attainment = row["value"] / row["aim"]
    if measure["polarity"] == "lower":
        attainment = 2 - attainment
    return 1 + sum(attainment >= step - HAIR for step in steps(framework))


def step_chances(framework: Row, row: Row, measure: Row) -> Chances:
    """The chance of each score of what the level behind a figure may be."""
    reached = [1.0, *(chance_of_step(row, measure, step) for step in steps(framework)), 0.0]
    return {Fraction(1 + k): reached[k] - reached[k + 1] for k in range(len(reached) - 1)}


def chance_of_step(row: Row, measure: Row, step: Fraction) -> float:
    is_lower = measure["polarity"] == "lower"
    edge = float((2 - step if is_lower else step) * row["aim"])
    if is_counted(row):
        x, n = float(row["numerator"]), float(row["denominator"])
        at_most = stats.beta.cdf(edge / 100, x + 0.5, n - x + 0.5)
    elif row["unit"] == "count" and row["value"] > 0:
        at_most = stats.norm.cdf(edge, float(row["value"]), math.sqrt(row["value"]))
    else:
        attainment = row["value"] / row["aim"]
        return float((2 - attainment if is_lower else attainment) >= step - HAIR)
    return float(at_most if is_lower else 1 - at_most)


def sums(parts: list[tuple[Fraction, Chances]]) -> Chances:
    """The chance of every weighted sum of scores."""
    found: Chances = {Fraction(0): 1.0}
    for weight, chances in parts:
        more: Counter[Fraction] = Counter()
        for total, chance in found.items():
            for one, own in chances.items():
                more[total + weight * one] += chance * own
        found = dict(more)
    return found


def band(framework: Row, total: Fraction) -> int:
    edges = [Fraction(str(edge)) for edge in framework["band_edges"]]
    return framework["bands"][sum(total >= edge - HAIR for edge in edges)][0]


def by_band(framework: Row, chances: Chances) -> dict[str, float]:
    found = {str(number): 0.0 for number, _ in framework["bands"]}
    for total, chance in chances.items():
        found[str(band(framework, total))] += chance
    return found
