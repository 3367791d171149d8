"""What some organisations have together on one measure in one period, figure by figure."""

from typing import Any

from tests.oracles.wilson import wilson

Row = dict[str, Any]
COUNTED = ("reported", "nil")


def together(rows: list[Row | None]) -> Row:
    """rows: one of each member, None for a member that has none; of a share or a count."""
    asked = [row for row in rows if row is None or row["status"] != "not-applicable"]
    if not asked:
        return {"status": "not-applicable"}
    if any(row is not None and row["status"] == "suppressed" for row in asked):
        return {"status": "suppressed"}
    if any(row is None or not has_figures(row) for row in asked):
        return {"status": "missing"}
    found = [row for row in asked if row]
    return share_of(found) if found[0]["unit"] == "share" else count_of(found)


def has_figures(row: Row) -> bool:
    if row["status"] == "nil":
        return True
    if row["unit"] == "share":
        return row["status"] == "reported" and None not in (row["numerator"], row["denominator"])
    return row["status"] == "reported" and row["value"] is not None


def share_of(rows: list[Row]) -> Row:
    """Of all cases together, never a mean of percentages."""
    x = sum(row["numerator"] or 0 for row in rows)
    n = sum(row["denominator"] or 0 for row in rows)
    if n == 0 or all(row["status"] == "nil" for row in rows):
        return {"status": "nil"}
    lower, upper = wilson(x, n)
    return {
        "status": "reported",
        "numerator": x,
        "denominator": n,
        "value": 100 * x / n,
        "lower": 100 * lower,
        "upper": 100 * upper,
    }


def count_of(rows: list[Row]) -> Row:
    is_nil = all(row["status"] == "nil" for row in rows)
    return {"status": "nil" if is_nil else "reported", "value": sum(row["value"] or 0 for row in rows)}
