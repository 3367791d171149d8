"""A year's sums, figure by figure, in plain Python.

Rows are dicts as tests write them; every row that is added up comes back as a dict of what it says.
"""

import datetime
from collections import defaultdict
from fractions import Fraction
from typing import Any

Row = dict[str, Any]
Key = tuple[Any, ...]

TELLING = ("numerator", "denominator", "expected", "value", "target", "status", "framework", "structure")


def added_rows(rows: list[Row], places: dict[str, Any]) -> dict[Key, Row]:
    """By measure, organisation, start and end. places: groups, each with slug, kind (of its
    members), structure and members, a member's trusts before its areas."""
    there = {key_of(row) for row in rows}
    years = {key: row for key, row in added_years(rows).items() if key not in there}
    every = [*rows, *({**row, **named(key)} for key, row in years.items())]
    added = dict(years)
    for group in places["groups"]:
        for key, row in added_groups(every, group).items():
            if key not in there and key not in added:
                added[key] = row
    return added


def key_of(row: Row) -> Key:
    return row["measure"], row["organisation"], row["period_start"], row["period_end"]


def named(key: Key) -> Row:
    return dict(zip(("measure", "organisation", "period_start", "period_end"), key, strict=True))


def added_years(rows: list[Row]) -> dict[Key, Row]:
    series = defaultdict(list)
    for row in rows:
        series[row["measure"], row["organisation"]].append(row)
    years = {}
    for (measure, organisation), own in series.items():
        first = financial_year(own[0]["period_end"])
        start, end = datetime.date(first, 4, 1), datetime.date(first + 1, 3, 31)
        parts = [
            row
            for row in own
            if row["period_start"] >= start
            and row["period_start"] != row["period_end"]
            and (row["period_start"], row["period_end"]) != (start, end)
        ]
        places = {one_of(row) for row in parts}
        if not parts or not adds_up_over_time(own[0]):
            continue
        for asked in (months(first), quarters(first)):
            if places <= set(asked):
                found = {one_of(row): row for row in parts}
                made = sum_of([found.get(place) for place in asked], has_target=True)
                if made and made["counted"] >= 1:
                    years[measure, organisation, start, end] = {**parts[0], **made, "structure": "then"}
    return years


def adds_up_over_time(row: Row) -> bool:
    return row["unit"] == "share" or (row["unit"] == "count" and row["kind"] not in ("resource", "outcome"))


def one_of(row: Row) -> Key:
    return row["period_start"], row["period_end"]


def months(first: int) -> list[Key]:
    firsts = [datetime.date(first + (m > 12), m - 12 * (m > 12), 1) for m in range(4, 17)]
    return [(day, after - datetime.timedelta(days=1)) for day, after in zip(firsts, firsts[1:], strict=False)]


def quarters(first: int) -> list[Key]:
    every = months(first)
    return [(every[i][0], every[i + 2][1]) for i in (0, 3, 6, 9)]


def financial_year(day: datetime.date) -> int:
    return day.year if day.month >= 4 else day.year - 1


def added_groups(rows: list[Row], group: Row) -> dict[Key, Row]:
    cells: dict[Key, dict[str, Row]] = defaultdict(dict)
    for row in rows:
        if row["organisation"] in group["members"] and row["unit"] in ("share", "count"):
            cells[row["measure"], row["period_start"], row["period_end"]][row["organisation"]] = row
    added = {}
    for (measure, start, end), found in cells.items():
        made = sum_of([found.get(member) for member in group["members"]], has_target=False)
        if made and made["counted"] >= 2 and 2 * made["counted"] >= made["asked"]:
            first = next(iter(found.values()))
            added[measure, group["slug"], start, end] = {**first, **made, "structure": group["structure"]}
    return added


def sum_of(parts: list[Row | None], has_target: bool) -> Row | None:
    """None where no part has a figure."""
    there = [part for part in parts if part is not None]
    asked = [part for part in parts if part is None or part["status"] != "not-applicable"]
    counted = [addend(part) for part in there if has_figure(part)]
    if not counted:
        return None
    is_share = counted[0]["unit"] == "share"
    suppressed = sum(part["status"] == "suppressed" for part in there)
    has_gap = len(counted) < len(asked)
    sums: Row = {name: total(counted, name) for name in ("numerator", "denominator", "expected", "value")}
    if is_share:
        n = sums["denominator"]
        sums["value"] = 100 * sums["numerator"] / n if n else None
    sums["target"] = target_of(counted, is_share) if has_target else None
    is_nil = all(part["status"] == "nil" for part in counted) or (is_share and not sums["denominator"])
    sums["status"] = "nil" if is_nil else "reported"
    if suppressed == 1 or (suppressed and not is_share):
        sums = dict.fromkeys(sums) | {"status": "suppressed"}
    elif has_gap and not is_share:
        sums = dict.fromkeys(sums) | {"status": "missing"}
    frameworks = {part["framework"] for part in there}
    framework = frameworks.pop() if len(frameworks) == 1 else ""
    return sums | {"framework": framework, "counted": len(counted), "asked": len(asked)}


def has_figure(part: Row) -> bool:
    if part["status"] == "nil":
        return True
    if part["status"] != "reported":
        return False
    needed = ("numerator", "denominator") if part["unit"] == "share" else ("value",)
    return all(part[name] is not None for name in needed)


def addend(part: Row) -> Row:
    """Nil is 0."""
    if part["status"] != "nil":
        return part
    of_unit = ("numerator", "denominator") if part["unit"] == "share" else ("value",)
    return {**part, **{name: part[name] or 0 for name in of_unit}}


def total(parts: list[Row], name: str) -> Fraction | None:
    """What nil parts don't tell isn't missed."""
    told = [part for part in parts if part["status"] != "nil" or part[name] is not None]
    if not told or any(part[name] is None for part in told):
        return None
    return sum(Fraction(part[name]) for part in told)


def target_of(parts: list[Row], is_share: bool) -> Fraction | None:
    weighed = [part for part in parts if not is_share or part["denominator"]]
    if not weighed or any(part["target"] is None for part in weighed):
        return None
    if not is_share:
        return total(weighed, "target")
    asked = sum(part["denominator"] * Fraction(part["target"]) for part in weighed)
    return asked / sum(part["denominator"] for part in weighed)
