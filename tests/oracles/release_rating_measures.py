"""The tables `rating_measures` and `reweightings` of a release: what each measure did to each rating, and
what other weights would have done, one trust, one measure, one weighting at a time.
"""

from fractions import Fraction
from typing import Any

from tests.oracles.ratings import weights_by_kind
from tests.oracles.release_process import HAIR, WHOLES
from tests.oracles.release_ratings import Standing, band, of_trust, score, standing, steps, why_nobody

Row = dict[str, Any]
Key = tuple[Any, ...]
Scores = dict[str, int]

MOVES = tuple(f"{side}_{what}" for side in ("higher", "lower") for what in ("at", "score", "band"))
WEIGHTINGS: dict[str, tuple[str, ...]] = {
    "outcomes-only": ("outcome",),
    "timeliness-only": ("timeliness",),
    "equal": ("timeliness", "volume", "compliance", "quality", "outcome", "resource"),
}


def rating_measures(rows: list[Row], framework: Row) -> dict[Key, Row]:
    """By framework, domain, measure, organisation, start and end."""
    stood = standing(rows, framework)
    if why_nobody(framework, stood.weight, stood.scored):
        return {}
    return {
        (framework["slug"], m["domain"], m["code"], *trust): of_measure(framework, stood, own, m)
        for trust, own in stood.trusts.items()
        for m in stood.scored
    }


def of_measure(framework: Row, stood: Standing, own: dict[str, Row], measure: Row) -> Row:
    row = own.get(measure["code"], {"value": None, "aim": None})
    found: Row = dict.fromkeys(("score", "weight", *MOVES)) | {"value": row["value"], "target": row["aim"]}
    if row["value"] is None or row["aim"] is None:
        return found | {"reason": f"there is no {'figure' if row['value'] is None else 'target'}"}
    scores = scores_of(framework, stood, own)
    whole = total(framework, stood, scores)
    reached = scores[measure["code"]]
    found |= {"score": reached, "reason": ""}
    edges = [None, *steps(framework), None]
    for side, edge, change in (("higher", edges[reached], 1), ("lower", edges[reached - 1], -1)):
        moved = total(framework, stood, scores | {measure["code"]: reached + change})
        at = None if edge is None else value_at(row, measure, edge, side)
        found[f"{side}_at"] = at
        if whole is not None and moved is not None:
            found["weight"] = abs(moved - whole)
            if at is not None:
                found |= {f"{side}_score": moved, f"{side}_band": band(framework, moved)}
    return found


def value_at(row: Row, measure: Row, edge: Fraction, side: str) -> Fraction | None:
    """None where it is a percentage beyond 0 or 100, or where nothing is above it to be worse."""
    is_lower = measure["polarity"] == "lower"
    at = (2 - edge if is_lower else edge) * row["aim"]
    if row["unit"] in WHOLES:
        room = HAIR * row["aim"]
        is_beyond = at < -room or at > 100 + room
        if side == "higher" and is_beyond or side == "lower" and is_lower and at > 100 - room:
            return None
    return at


def scores_of(framework: Row, stood: Standing, own: dict[str, Row]) -> Scores:
    return {
        m["code"]: score(framework, own[m["code"]], m)
        for m in stood.scored
        if m["code"] in own and None not in (own[m["code"]]["value"], own[m["code"]]["aim"])
    }


def total(framework: Row, stood: Standing, scores: Scores) -> Fraction | None:
    """The whole, of measures' own scores; None where a domain has less than half of its weight."""
    found, whole = Fraction(0), Fraction(0)
    for domain in framework["domains"]:
        in_plan = [code for code in stood.weight if stood.domain[code] == domain["code"]]
        asked = [m["code"] for m in stood.scored if m["domain"] == domain["code"]]
        there = [code for code in asked if code in scores]
        used = sum(stood.weight[code] for code in there)
        if not in_plan:
            continue
        if not used or used < (Fraction(1, 2) - HAIR) * sum(stood.weight[code] for code in asked):
            return None
        mean = sum(stood.weight[code] * scores[code] for code in there) / used
        found += Fraction(domain["weight"]) * mean
        whole += Fraction(domain["weight"])
    return found / whole


def reweightings(rows: list[Row], framework: Row) -> dict[Key, Row]:
    """By framework, weighting, organisation, start and end."""
    stood = standing(rows, framework)
    why = why_nobody(framework, stood.weight, stood.scored)
    found: dict[Key, Row] = {}
    for trust, own in stood.trusts.items():
        as_it_was = {"score": None, "band": None, "reason": why}
        if not why:
            as_it_was = of_trust(framework, stood.scored, stood.weight, own)[""]
        rating = {name: as_it_was[name] for name in ("score", "band", "reason")}
        for weighting in ("as-it-was", *WEIGHTINGS):
            told = rating
            if rating["band"] is not None and weighting in WEIGHTINGS:
                told = otherwise(framework, stood, own, WEIGHTINGS[weighting])
            found[framework["slug"], weighting, *trust] = told
    return found


def otherwise(framework: Row, stood: Standing, own: dict[str, Row], kinds: tuple[str, ...]) -> Row:
    """With one share for each of these kinds."""
    kind = {m["code"]: m["kind"] for m in stood.scored}
    weights = weights_by_kind(of_scheme(framework, stood), kind, dict.fromkeys(kinds, Fraction(1)))
    nothing = {"score": None, "band": None}
    if weights is None:
        return nothing | {"reason": "the rating scores no measure of a kind that would count"}
    scores = scores_of(framework, stood, own)
    found, whole = Fraction(0), Fraction(0)
    for domain in framework["domains"]:
        asked = [m["code"] for m in stood.scored if m["domain"] == domain["code"]]
        there = sum(weights[code] for code in asked if code in scores)
        if there:
            mean = sum(weights[code] * scores[code] for code in asked if code in scores) / there
            found += sum(weights[code] for code in asked) * mean
            whole += sum(weights[code] for code in asked)
    if not whole:
        return nothing | {"reason": "no measure that would count has a score"}
    return {"score": found / whole, "band": band(framework, found / whole), "reason": ""}


def of_scheme(framework: Row, stood: Standing) -> dict[str, Fraction]:
    """Each scored measure's part of the whole: a domain's weight is that of its scored measures."""
    found = {}
    for m in stood.scored:
        same = sum(stood.weight[other["code"]] for other in stood.scored if other["domain"] == m["domain"])
        of_domain = next(Fraction(d["weight"]) for d in framework["domains"] if d["code"] == m["domain"])
        found[m["code"]] = of_domain * stood.weight[m["code"]] / same
    return found
