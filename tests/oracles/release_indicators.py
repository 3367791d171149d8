"""The table `indicators` of a release, figure by figure.

Like `indicators`, and for thousands of figures: limits by Wilson's formula in place of halving, tails
by scipy in place of whole numbers.
"""

import math
from fractions import Fraction
from statistics import NormalDist
from typing import Any

from scipy import stats

from tests.oracles import indicators as naive

Row = dict[str, Any]
Key = tuple[Any, ...]

SERIES, PERIOD = ("measure", "organisation"), ("period_start", "period_end")
PEERS = ("measure", "organisation_kind", *PERIOD)
Z = NormalDist().inv_cdf(0.975)
CROWD = 10


def indicators(rows: list[Row]) -> list[Row]:
    """rows: of one year with its sums, numbers as fractions. Their counts are whole afterwards."""
    rows = [row | {name: whole(row[name]) for name in ("numerator", "denominator")} for row in rows]
    peers, series = grouped(rows, PEERS), grouped(rows, SERIES)
    found = []
    for row in rows:
        line = None
        others = [other for other in peers[named(row, PEERS)] if naive.is_counted(other)]
        if naive.is_counted(row) and len(others) >= CROWD:
            line = naive.pooled(others)
        is_part = naive.is_part(row, series[named(row, SERIES)])
        found.append(row | indicator(row, line) | {"is_part": is_part})
    return found


def indicator(row: Row, line: Fraction | None) -> Row:
    """line: the pooled share of all of its kind, where they are a crowd."""
    value = (
        100 * Fraction(row["numerator"], row["denominator"])
        if naive.is_part_of_a_whole(row)
        else row["value"]
    )
    lower, upper = (
        (100 * limit for limit in wilson(row["numerator"], row["denominator"]))
        if naive.is_counted(row)
        else (None, None)
    )
    return {
        "value": value,
        "lower": lower,
        "upper": upper,
        "target_status": naive.target_status(row, value),
        "attainment": naive.attainment(row, value),
        "baseline": None if line is None else 100 * line,
        "flag": "not-compared" if line is None else flag(row["numerator"], row["denominator"], float(line)),
    }


def wilson(x: float, n: float) -> tuple[float, float]:
    """The two shares whose squared distance from x/n is z squared times their own variance."""
    x, n = float(x), float(n)
    half = Z * math.sqrt(Z**2 + 4 * x * (1 - x / n))
    return (2 * x + Z**2 - half) / (2 * (n + Z**2)), (2 * x + Z**2 + half) / (2 * (n + Z**2))


def flag(x: int, n: int, line: float) -> str:
    """99.8% first, and a tail of just that size counts."""
    low, high = float(stats.binom.cdf(x, n, line)), float(stats.binom.sf(x - 1, n, line))
    for tail, words in ((0.001, "99.8"), (0.025, "95")):
        assert abs(low - tail) > 1e-9 < abs(high - tail), "on the line rounding decides"
        if low <= tail:
            return f"low-{words}"
        if high <= tail:
            return f"high-{words}"
    return "inside"


def whole(count: Fraction | None) -> int | None:
    return None if count is None else int(count)


def grouped(rows: list[Row], names: tuple[str, ...]) -> dict[Key, list[Row]]:
    groups: dict[Key, list[Row]] = {}
    for row in rows:
        groups.setdefault(named(row, names), []).append(row)
    return groups


def named(row: Row, names: tuple[str, ...]) -> Key:
    return tuple(row[name] for name in names)
