"""Figures as files bring them, and what is known to the checks."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from performance.periods import Period
from performance.returns.checks import Check, KnownToReturns
from performance.returns.checks.check import Sent
from performance.returns.checks.run import findings
from performance.returns.figures_frame import NAMES, NUMBERS, PERIOD, Figures, Layout
from performance.vocabulary import Status

Row = dict[str, Any]

UNITS = {
    "reports-on-time": "share",
    "breach-on-time": "share",
    "orders-completed": "count",
    "starts": "count",
    "caseload": "count",
    "reoffending": "share",
    "rate-change": "points",
    "planned-budget": "pounds",
    "officers": "fte",
    "targets-met": "tally",
}
KNOWN = KnownToReturns(
    organisations=frozenset({"london", "kent", "kent-area"}),
    units=UNITS,
    framework_measures=frozenset({("ptrs", "reports-on-time"), ("ptrs", "orders-completed")}),
    trusts=frozenset({"london", "kent"}),
    years={"ptrs": Period(datetime.date(2009, 4, 1), datetime.date(2012, 3, 31))},
    today=datetime.date(2013, 4, 1),
    stood={
        "london": (datetime.date(2009, 5, 4), None),
        "kent": (None, datetime.date(2011, 5, 20)),
    },
    predicted=frozenset({"reoffending"}),
    kinds={"caseload": "resource", "orders-completed": "volume"},
    titles={
        "reports-on-time": "Reports on time",
        "orders-completed": "Orders completed",
        "breach-on-time": "Enforcement on time",
        "caseload": "Caseload",
        "reoffending": "Reoffending",
        "planned-budget": "Planned budget",
        "officers": "Officers",
    },
    decimals={"officers": 2},
    names={"london": "London", "kent": "Kent", "kent-area": "Kent"},
)
# The header of each column, as a sender wrote it.
HEADERS = {column: column.replace("_", " ").capitalize() for column in (*NAMES, *PERIOD, "status", *NUMBERS)}


def months(year: int, month: int, count: int = 1) -> Row:
    """So many whole months from one."""
    first = np.datetime64(f"{year}-{month:02d}", "M")
    return {
        "period_start": first.astype("datetime64[D]").item(),
        "period_end": ((first + count).astype("datetime64[D]") - 1).item(),
    }


APRIL, MAY, JUNE, JULY = (months(2010, month) for month in (4, 5, 6, 7))
MARCH = months(2010, 3)
SPRING, SUMMER = months(2010, 4, 3), months(2010, 7, 3)
YEAR = months(2010, 4, 12)
EMPTY = dict.fromkeys(NUMBERS, np.nan)
GOOD: Row = (
    EMPTY
    | APRIL
    | {
        "heading": "",
        "organisation": "london",
        "framework": "ptrs",
        "measure": "reports-on-time",
        "status": "reported",
        "numerator": 45,
        "denominator": 50,
        "note": "",
        "is_whole": True,
    }
)


def row(*changes: Row, **more: Any) -> Row:
    merged = dict(GOOD)
    for change in (*changes, more):
        merged |= change
    return merged


def share(numerator: float, denominator: float, *changes: Row, **more: Any) -> Row:
    return row({"numerator": numerator, "denominator": denominator}, *changes, **more)


def count(value: float, *changes: Row, **more: Any) -> Row:
    of_a_count = {"measure": "orders-completed", "value": value, "numerator": np.nan, "denominator": np.nan}
    return row(of_a_count, *changes, **more)


def without(status: str, *changes: Row, **more: Any) -> Row:
    return row(EMPTY, {"status": status}, *changes, **more)


def frame_of(rows: Iterable[Row]) -> pd.DataFrame:
    """As Figures has it, with categories that nothing uses; rows are counted from 2."""
    rows = list(rows)
    columns = {name: [found[name] for found in rows] for name in GOOD}
    texts = {name: categories(columns[name]) for name in NAMES}
    return pd.DataFrame(
        {
            "row": np.arange(2, len(rows) + 2, dtype=np.int32),
            "heading": pd.array(columns["heading"], dtype="str"),
            **texts,
            **{name: np.array(columns[name], dtype="datetime64[s]") for name in PERIOD},
            "status": pd.Categorical(columns["status"], categories=[*Status.values(), ""]),
            **{name: np.array(columns[name], dtype=np.float64) for name in NUMBERS},
            "note": pd.array(columns["note"], dtype="str"),
            "is_whole": np.array(columns["is_whole"], dtype=np.bool_),
        }
    )


def categories(texts: list[str]) -> pd.Categorical:
    return pd.Categorical(texts, categories=pd.Index(["nobody's", *sorted(set(texts))], dtype="str"))


def figures(*rows: Row) -> Figures:
    return Figures(frame_of(rows), HEADERS, Layout.TIDY)


BEFORE = ["organisation", "measure", *PERIOD, "status", "numerator", "denominator", "expected", "value"]


def held(*rows: Row) -> pd.DataFrame:
    """As what the series holds already."""
    return frame_of(rows)[BEFORE]


@dataclass(frozen=True)
class Case:
    """said: what the case is about; found: row, column and sentence of each finding, none where the
    rows are as they should be; before: what the series holds."""

    code: str
    said: str
    rows: list[Row]
    found: list[tuple[int, str, str]] = field(default_factory=list)
    before: list[Row] = field(default_factory=list)
    known: KnownToReturns = KNOWN

    def found_by(self, check: Check) -> list[tuple[int | None, str, str]]:
        sent = Sent(figures(*self.rows), self.known, held(*self.before))
        return [(finding.row, finding.column, finding.sentence) for finding in findings(check, sent)]
