"""How series of figures went over time, one series at a time, in plain Python.

Rows are dicts as tests write them, with the sums among them (observation_id None).
"""

import datetime
from collections import defaultdict
from fractions import Fraction
from typing import Any

from tests.oracles import control_charts
from tests.oracles.control_charts_choice import suited_chart
from tests.oracles.intervals import newcombe

Row = dict[str, Any]
Key = tuple[str, str]

KINDS = ("trust", "area", "crc", "nps-division", "nation", "provider", "region")
LENGTHS = {"month": 1, "quarter": 3, "year": 12}


def changes(rows: list[Row]) -> dict[Key, Row]:
    series = defaultdict(list)
    for row in rows:
        kind = length_of(row)
        if row["organisation_kind"] in KINDS and row["structure"] == "then" and kind != "other":
            series[row["measure"], row["organisation"]].append(row)
    return {key: change(sorted(own, key=lambda row: row["period_start"])) for key, own in series.items()}


def change(rows: list[Row]) -> Row:
    points = points_of(rows)
    described = points or own_figures(rows)
    return {
        "period_start": min(row["period_start"] for row in described),
        "period_end": max(row["period_end"] for row in described),
        **(chart(points) if points else no_chart(rows)),
        **year_on_year(rows),
    }


def own_figures(rows: list[Row]) -> list[Row]:
    """Without the years that were added up from the rest: they may be in progress."""

    def is_sum(row: Row) -> bool:
        others = [own for own in rows if first_year(own["period_end"]) == first_year(row["period_end"])]
        return length_of(row) == "year" and row["observation_id"] is None and len(others) > 1

    return [row for row in rows if not is_sum(row)]


def length_of(row: Row) -> str:
    """A month, a quarter, a financial year, an odd part of a financial year, or something else."""
    start, after = row["period_start"], row["period_end"] + datetime.timedelta(days=1)
    if start.day == after.day == 1:
        months = 12 * (after.year - start.year) + after.month - start.month
        if months == 1:
            return "month"
        if months == 3 and start.month in (1, 4, 7, 10):
            return "quarter"
        if months == 12 and start.month == 4:
            return "year"
    is_within = first_year(start) == first_year(row["period_end"])
    return "odd" if is_within and start < row["period_end"] else "other"


def first_year(day: datetime.date) -> int:
    return day.year if day.month >= 4 else day.year - 1


def value(row: Row) -> Fraction | None:
    if row["status"] in ("missing", "suppressed", "not-applicable"):
        return None
    if has_counts(row):
        return Fraction(100 * row["numerator"], row["denominator"])
    return None if row["value"] is None else Fraction(row["value"])


def has_counts(row: Row) -> bool:
    return row["unit"] in ("share", "tally") and row["numerator"] is not None and bool(row["denominator"])


def points_of(rows: list[Row]) -> list[Row]:
    odd_years = {first_year(row["period_end"]) for row in rows if length_of(row) == "odd"}
    clean = [row for row in rows if first_year(row["period_end"]) not in odd_years]
    for length in ("month", "quarter"):
        points = [row for row in clean if length_of(row) == length]
        if sum(value(row) is not None for row in points) >= 2:
            return points
    return []


def no_chart(rows: list[Row]) -> Row:
    is_odd = any(length_of(row) == "odd" for row in rows)
    reason = (
        "the figures are for parts of a year other than months and quarters, as running totals are"
        if is_odd
        else "there are fewer than 2 months or quarters with a figure"
    )
    icons = {"variation": "cannot-tell", "assurance": "cannot-tell"}
    return {"chart": "none", "points": {}, "reason": reason, **icons}


def chart(points: list[Row]) -> Row:
    length = LENGTHS[length_of(points[0])]
    told = [point for point in points if value(point) is not None]
    is_counted = all(point["unit"] == "share" and has_counts(point) for point in told)
    kind = suited_chart([(p["numerator"], p["denominator"]) for p in told]) if is_counted else "xmr"
    plain = [
        {
            "period": (12 * point["period_start"].year + point["period_start"].month) // length,
            "segment": 0,
            "value": value(point),
            "x": point["numerator"] if value(point) is not None else None,
            "n": point["denominator"],
        }
        for point in points
    ]
    drawn = (
        control_charts.xmr(plain)
        if kind == "xmr"
        else control_charts.p_chart(plain, laney=kind == "laney-p-chart")
    )
    scale = 1 if kind == "xmr" else 100
    lines = [drawn_line(drawn.get(own["period"]), scale) for own in plain]
    last = [line for line in lines if line is not None][-1]
    targets = [Fraction(point["target"]) for point in points if point["target"] is not None]
    target = targets[-1] if targets else None
    return {
        "chart": kind,
        "points": document(points, lines),
        "variation": control_charts.variation_icon(last, points[0]["polarity"]),
        "assurance": control_charts.assurance_icon(last, points[0]["polarity"], target),
    }


def drawn_line(line: Row | None, scale: int) -> Row | None:
    if line is None:
        return None
    half = None if line["half"] is None else scale * line["half"]
    return {**line, "mean": scale * line["mean"], "half": half}


def document(points: list[Row], lines: list[Row | None]) -> Row:
    unit = points[0]["unit"]
    lowest = None if unit in ("points", "pounds") else 0
    highest = 100 if unit in ("share", "tally") else None

    def limit(line: Row | None, sign: int) -> float | None:
        if line is None or line["half"] is None:
            return None
        return rounded(clipped(line["mean"] + sign * line["half"], lowest, highest))

    return {
        "period_start": [point["period_start"].isoformat() for point in points],
        "period_end": [point["period_end"].isoformat() for point in points],
        "value": [rounded(value(point)) for point in points],
        "centre": [rounded(line and line["mean"]) for line in lines],
        "lower": [limit(line, -1) for line in lines],
        "upper": [limit(line, 1) for line in lines],
        "signal": [line["rule"] if line else "" for line in lines],
    }


def clipped(number: Any, lowest: int | None, highest: int | None) -> float:
    number = float(number)
    if lowest is not None and number < lowest:
        return lowest
    return highest if highest is not None and number > highest else number


def rounded(number: Any) -> float | None:
    return None if number is None else round(float(number), 4)


def year_on_year(rows: list[Row]) -> Row:
    end = max(row["period_end"] for row in own_figures(rows))
    last = first_year(end + datetime.timedelta(days=1)) - 1
    years = []
    for year in (last, last - 1):
        row, reason = year_of(rows, year)
        if reason:
            return {**dict.fromkeys(("change", "change_lower", "change_upper")), "change_reason": reason}
        years.append(row)
    late, early = years
    if all(row["unit"] == "share" and has_counts(row) for row in years):
        counts = [row[name] for row in years for name in ("numerator", "denominator")]
        lower, upper = newcombe(*counts, 0.95)
        limits = {"change_lower": 100 * lower, "change_upper": 100 * upper}
    else:
        limits = {"change_lower": None, "change_upper": None}
    return {"change": float(value(late) - value(early)), **limits, "change_reason": ""}


def year_of(rows: list[Row], year: int) -> tuple[Row | None, str]:
    label = f"{year}-{'2000' if year == 1999 else f'{(year + 1) % 100:02d}'}"
    own = [row for row in rows if first_year(row["period_end"]) == year]
    whole = next((row for row in own if length_of(row) == "year"), None)
    if whole is not None and whole["status"] == "suppressed":
        return None, f"the figure for {label} is suppressed"
    if whole is None or value(whole) is None:
        return None, f"there is no figure for {label}"
    if whole["observation_id"] is None:
        for length, enough, of in (("month", 9, 12), ("quarter", 3, 4)):
            parts = [row for row in own if length_of(row) == length]
            if parts and sum(value(row) is not None for row in parts) < enough:
                return None, f"fewer than {enough} of the {of} {length}s of {label} have a figure"
    return whole, ""
