"""What the rows of the table `audit` are made from, and how many tests at once are told."""

from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracles.changes import value

Row = dict[str, Any]
Key = tuple[Any, ...]

ASK_AT, WIDTH = 0.05, 2


def turned(row: Row) -> Row:
    """x of n cases, share and aim in per cent, so that more is better."""
    is_told = row["status"] not in ("missing", "suppressed", "not-applicable")
    x, n = (row[name] if is_told else None for name in ("numerator", "denominator"))
    aim = row["target"] if row["target"] is not None and 0 <= row["target"] <= 100 else None
    share = value(row)
    if row["polarity"] == "lower":
        x = None if x is None or n is None else n - x
        share, aim = (None if part is None else 100 - part for part in (share, aim))
    return row | {"x": x, "n": n, "share": share, "aim": aim}


def span(rows: list[Row]) -> tuple[date, date]:
    return min(row["period_start"] for row in rows), max(row["period_end"] for row in rows)


def margin(row: Row) -> Fraction | None:
    if row["share"] is None or row["aim"] is None:
        return None
    return Fraction(row["share"]) - Fraction(row["aim"])


def row_of(n: int, reason: str = "", **told: Any) -> Row:
    nothing: Row = dict.fromkeys(("observed", "by_chance", "p", "adjusted_p"))
    return nothing | {"n": n, "question": "", "reason": reason} | told


def adjusted(p: list[float]) -> list[float]:
    """Benjamini and Hochberg's."""
    ordered, least, found = sorted(p, reverse=True), 1.0, {}
    for place, own in enumerate(ordered):
        least = min(least, own * len(p) / (len(p) - place))
        found[own] = least
    return [found[own] for own in p]


def with_adjusted(found: dict[Key, Row], question: str) -> dict[Key, Row]:
    """With p of all rows that have one adjusted together, and the question where `asks` allows it."""
    told = [key for key, row in found.items() if row["p"] is not None]
    for key, p in zip(told, adjusted([found[key]["p"] for key in told]), strict=True):
        asks = found[key].pop("asks", True) and p <= ASK_AT
        found[key] |= {"adjusted_p": p, "question": question if asks else ""}
    return found
