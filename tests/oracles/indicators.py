"""The indicators, figure by figure, in plain Python."""

from fractions import Fraction
from typing import Any

from tests.oracles import binomial
from tests.oracles.wilson import wilson

Row = dict[str, Any]

CROWD = 10


def indicators(rows: list[Row]) -> list[Row]:
    return [indicator(row, peers(row, rows)) | {"is_part": is_part(row, rows)} for row in rows]


def indicator(row: Row, peers: list[Row]) -> Row:
    value = share(row) if is_part_of_a_whole(row) else row["value"]
    lower, upper = wilson(row["numerator"], row["denominator"]) if is_counted(row) else (None, None)
    baseline = pooled(peers) if is_counted(row) and len(peers) >= CROWD else None
    return {
        "value": value,
        "lower": times_100(lower),
        "upper": times_100(upper),
        "target_status": target_status(row, value),
        "attainment": attainment(row, value),
        "baseline": times_100(baseline),
        "flag": flag(row, baseline),
    }


def is_part_of_a_whole(row: Row) -> bool:
    return row["unit"] in ("share", "tally") and row["numerator"] is not None and bool(row["denominator"])


def is_counted(row: Row) -> bool:
    """Of a sample of cases, so that an interval belongs to it."""
    return is_part_of_a_whole(row) and row["unit"] == "share"


def share(row: Row) -> float:
    return 100 * row["numerator"] / row["denominator"]


def times_100(number: Any) -> float | None:
    return None if number is None else float(100 * number)


def peers(row: Row, rows: list[Row]) -> list[Row]:
    """The counted figures of the same measure, kind of organisation and period, itself among them."""
    same = ("measure", "organisation_kind", "period_start", "period_end")
    return [other for other in rows if is_counted(other) and all(other[k] == row[k] for k in same)]


def pooled(rows: list[Row]) -> Fraction:
    return Fraction(sum(row["numerator"] for row in rows), sum(row["denominator"] for row in rows))


def target_status(row: Row, value: float | None) -> str:
    if row["target"] is None and row["percent_of_target"] is None:
        return "no-target"
    if value is None or row["status"] in ("missing", "suppressed", "not-applicable"):
        return "cannot-tell"
    if row["polarity"] == "none":
        return "cannot-tell"
    found, wanted = (value, row["target"]) if row["target"] is not None else (row["percent_of_target"], 100)
    if row["polarity"] == "lower":
        return "met" if found <= wanted else "missed"
    return "met" if found >= wanted else "missed"


def attainment(row: Row, value: float | None) -> float | None:
    if value is None or not row["target"]:
        return row["percent_of_target"]
    return 100 * value / row["target"]


def flag(row: Row, baseline: Fraction | None) -> str:
    if baseline is None:
        return "not-compared"
    return binomial.flag(*binomial.tails(row["numerator"], row["denominator"], baseline))


def is_part(row: Row, rows: list[Row]) -> bool:
    """A longer period of the same measure, organisation and financial year holds this one."""
    return any(
        all(other[k] == row[k] for k in ("measure", "organisation"))
        and financial_year(other) == financial_year(row)
        and other["period_start"] <= row["period_start"]
        and other["period_end"] >= row["period_end"]
        and length(other) > length(row)
        for other in rows
    )


def length(row: Row) -> Any:
    return row["period_end"] - row["period_start"]


def financial_year(row: Row) -> int:
    end = row["period_end"]
    return end.year if end.month >= 4 else end.year - 1
