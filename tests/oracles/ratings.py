"""Rating schemes in plain Python: one trust, one measure, one number at a time, in fractions.

A scheme here is a dictionary: measures (dictionaries with code, domain, weight, target, polarity,
scale), domains (code to weight), scoring ("steps" with edges and lowest, or "signed" with limit),
bands, band_edges, caps (domain, below, band) and least_weight.
"""

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from tests.oracles import binomial

Scheme = dict[str, Any]


def rate(scheme: Scheme, values: dict[str, Fraction | None]) -> dict[str, Any]:
    """Domain scores, score, band and weight used of one trust; None where there is none."""
    domains, used = {}, Fraction(0)
    whole = sum(scheme["domains"].values())
    for code, weight in scheme["domains"].items():
        measures = [m for m in scheme["measures"] if m["domain"] == code]
        given = [m for m in measures if values[m["code"]] is not None]
        there = Fraction(sum(m["weight"] for m in given), sum(m["weight"] for m in measures))
        used += there * weight / whole
        domains[code] = mean_score(scheme, given, values) if there >= scheme["least_weight"] else None
    if None in domains.values():
        return {"domains": domains, "score": None, "band": None, "used": used}
    score = sum(domains[code] * weight for code, weight in scheme["domains"].items()) / whole
    return {"domains": domains, "score": score, "band": band(scheme, score, domains), "used": used}


def mean_score(scheme: Scheme, measures: list[dict], values: dict[str, Fraction | None]) -> Fraction:
    scores = [measure_score(scheme, m, values[m["code"]]) * m["weight"] for m in measures]
    return Fraction(sum(scores), sum(m["weight"] for m in measures))


def measure_score(scheme: Scheme, measure: dict, value: Fraction) -> Fraction:
    kind, rule = scheme["scoring"]
    target, is_lower = measure["target"], measure["polarity"] == "lower"
    if kind == "signed":
        better = target - value if is_lower else value - target
        return max(-rule["limit"], min(rule["limit"], better / (measure["scale"] or abs(target))))
    attainment = 2 - value / target if is_lower else value / target
    return Fraction(rule["lowest"] + len([edge for edge in rule["edges"] if attainment >= edge]))


def band(scheme: Scheme, score: Fraction, domains: dict[str, Fraction | None]) -> str:
    place = len([edge for edge in scheme["band_edges"] if score >= edge])
    for cap in scheme["caps"]:
        found = domains[cap["domain"]]
        if found is not None and found < cap["below"]:
            place = min(place, scheme["bands"].index(cap["band"]))
    return scheme["bands"][place]


def rate_with_weights(
    scheme: Scheme, values: dict[str, Fraction | None], weights: dict[str, Fraction]
) -> tuple[Fraction | None, str | None]:
    """Score and band under other weights of measures, domains having the sum of theirs."""
    domains, in_play = {}, {}
    for code in scheme["domains"]:
        measures = [m for m in scheme["measures"] if m["domain"] == code]
        given = [m for m in measures if values[m["code"]] is not None]
        there = sum(weights[m["code"]] for m in given)
        in_play[code] = sum(weights[m["code"]] for m in measures) if there else 0
        scores = [measure_score(scheme, m, values[m["code"]]) * weights[m["code"]] for m in given]
        domains[code] = sum(scores) / there if there else None
    if not any(in_play.values()):
        return None, None
    parts = [domains[code] * weight for code, weight in in_play.items() if weight]
    score = sum(parts) / sum(in_play.values())
    return score, band(scheme, score, domains)


def left_out(scheme: Scheme, code: str) -> dict[str, Fraction]:
    """Every measure's part of the whole in a scheme that never had the measure `code`."""
    kept = [m for m in scheme["measures"] if m["code"] != code]
    domains = {d: w for d, w in scheme["domains"].items() if any(m["domain"] == d for m in kept)}
    return {code: Fraction(0)} | whole_weights(scheme | {"measures": kept, "domains": domains})


def whole_weights(scheme: Scheme) -> dict[str, Fraction]:
    """Every measure's part of the whole."""
    whole = sum(scheme["domains"].values())
    within = {d: sum(m["weight"] for m in scheme["measures"] if m["domain"] == d) for d in scheme["domains"]}
    return {
        m["code"]: Fraction(m["weight"], within[m["domain"]])
        * Fraction(scheme["domains"][m["domain"]], whole)
        for m in scheme["measures"]
    }


def weights_by_kind(
    weights: dict[str, Fraction], kinds: dict[str, str], shares: dict[str, Fraction]
) -> dict[str, Fraction] | None:
    """Each kind's share divided among its measures by their weights; None where no measure gets any."""
    found = {}
    for code, weight in weights.items():
        same = sum(other for name, other in weights.items() if kinds[name] == kinds[code])
        found[code] = shares.get(kinds[code], Fraction(0)) * weight / same
    whole = sum(found.values())
    return {code: part / whole for code, part in found.items()} if whole else None


def beta_above(share: Fraction, alpha: int, beta: int) -> Fraction:
    """P(B > share) of a beta with whole alpha and beta: of alpha + beta - 1 uniform numbers fewer
    than alpha lie below the share."""
    return binomial.at_most(alpha - 1, alpha + beta - 1, share)


def step_chances(scheme: Scheme, measure: dict, alpha: int, beta: int) -> list[Fraction]:
    """The probability of each score of a measure of which higher is better, lowest first, when
    its true share is Beta(alpha, beta)."""
    edges = [min(edge * measure["target"], Fraction(1)) for edge in scheme["scoring"][1]["edges"]]
    reached = [Fraction(1), *(beta_above(edge, alpha, beta) for edge in edges), Fraction(0)]
    return [more - less for more, less in zip(reached, reached[1:], strict=False)]


def band_chances(scheme: Scheme, posteriors: dict[str, tuple[int, int]]) -> dict[str, float]:
    """The probability of each band, over every combination of scores of the measures."""
    chances = dict.fromkeys(scheme["bands"], Fraction(0))
    steps = [step_chances(scheme, m, *posteriors[m["code"]]) for m in scheme["measures"]]
    lowest = scheme["scoring"][1]["lowest"]
    for places in product(*(range(len(step)) for step in steps)):
        scores = {m["code"]: Fraction(lowest + p) for m, p in zip(scheme["measures"], places, strict=True)}
        as_scored = scheme | {"scoring": ("signed", {"limit": Fraction(1000)})}
        as_scored["measures"] = [
            m | {"target": Fraction(0), "scale": Fraction(1), "polarity": "higher"}
            for m in scheme["measures"]
        ]
        found = rate(as_scored, scores)["band"]
        chances[found] += math.prod(step[p] for step, p in zip(steps, places, strict=True))
    return {name: float(chance) for name, chance in chances.items()}


def share_band_chances(n: int, truth: Fraction, band_of: Callable[[Fraction], str]) -> dict[str, Fraction]:
    """The probability of each band of one share of n cases whose true value is `truth`."""
    chances: dict[str, Fraction] = {}
    for x, mass in enumerate(binomial.mass(n, truth)):
        name = band_of(Fraction(x, n))
        chances[name] = chances.get(name, Fraction(0)) + mass
    return chances


def ranks(scores: Sequence[float]) -> list[float]:
    """1 for the highest; equals share the middle of their ranks."""
    return [
        1 + len([s for s in scores if s > score]) + (len([s for s in scores if s == score]) - 1) / 2
        for score in scores
    ]


def rank_figures(draws: Sequence[Sequence[float]]) -> list[dict[str, float]]:
    """For each trust, from draws of all trusts' levels: interval, mean rank, quarters."""
    ranked = [ranks(draw) for draw in draws]
    trusts, quarter = len(draws[0]), len(draws[0]) // 4
    figures = []
    for trust in range(trusts):
        own = sorted(draw[trust] for draw in ranked)
        figures.append(
            {
                "lower": own[math.ceil(len(own) * 0.025) - 1],
                "upper": own[math.ceil(len(own) * 0.975) - 1],
                "mean_rank": sum(own) / len(own),
                "top_quarter": len([r for r in own if r <= quarter]) / len(own),
                "bottom_quarter": len([r for r in own if r > trusts - quarter]) / len(own),
            }
        )
    return figures


def expected_rank(trust: int, levels: Sequence[float], errors: Sequence[float]) -> float:
    """1 plus the chance of each other trust to be better, both being normal."""
    rank = 1.0
    for other, (level, error) in enumerate(zip(levels, errors, strict=True)):
        if other != trust:
            spread = math.sqrt(error**2 + errors[trust] ** 2)
            ahead = level - levels[trust]
            rank += 0.5 * (1 + math.erf(ahead / spread / math.sqrt(2))) if spread else (1 + sign(ahead)) / 2
    return rank


def tau_b(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Kendall's tau-b by all pairs; None where one of the two has nothing but ties."""
    agree = untied_first = untied_second = 0
    for i in range(len(first)):
        for j in range(i):
            one, other = sign(first[i] - first[j]), sign(second[i] - second[j])
            agree += one * other
            untied_first += abs(one)
            untied_second += abs(other)
    if not untied_first * untied_second:
        return None
    return agree / math.sqrt(untied_first * untied_second)


def sign(number: float) -> int:
    return (number > 0) - (number < 0)


def dominates(first: dict[str, Any], second: dict[str, Any], polarity: dict[str, str]) -> bool:
    better = [
        second[code] - first[code] if side == "lower" else first[code] - second[code]
        for code, side in polarity.items()
    ]
    return all(b >= 0 for b in better) and any(b > 0 for b in better)


def linear_kappa(table: list[list[int]]) -> float | None:
    """1 less the mean distance between two bands over what it would be if they were unrelated;
    None where that is 0."""
    total = sum(map(sum, table))
    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table, strict=True)]
    found = expected = Fraction(0)
    for i, j in product(range(len(table)), repeat=2):
        found += Fraction(abs(i - j) * table[i][j], total)
        expected += Fraction(abs(i - j) * rows[i] * columns[j], total**2)
    return float(1 - found / expected) if expected else None
