"""The figures of a return, made from what was counted: the same table that a trust could have sent."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from performance.extracts.count import Count
from performance.extracts.days import month_number, month_period
from performance.extracts.rows import EVENTS
from performance.frameworks.case_rules import SHARES, AnyRule, Endings, Happenings
from performance.periods import Period, written_date
from performance.vocabulary import Status

COLUMNS = (
    "organisation",
    "framework",
    "measure",
    "period_start",
    "period_end",
    "status",
    "numerator",
    "denominator",
    "value",
    "note",
)


@dataclass(frozen=True)
class Counting:
    """What was counted: trusts are slugs, by their place; rules those of the framework; period is of whole
    months; taken is the day on which the extract was taken. own: the only trust whose figures the sender
    may send, None for any: of others an extract may have events too, where cases were transferred."""

    trusts: list[str]
    framework: str
    rules: Mapping[str, AnyRule]
    period: Period
    taken: datetime.date
    own: str | None = None

    def is_told(self, trust: int) -> bool:
        return self.own is None or self.trusts[trust] == self.own


def figures_of(count: Count, counting: Counting) -> pd.DataFrame:
    """A row for each trust, measure and month, in the COLUMNS of a return, as texts. A measure is left
    out of the rows of a trust that has no event from which it is counted: that says nothing about it."""
    rows = list(_rows(count, counting))
    return pd.DataFrame(rows, columns=[*COLUMNS]).astype(str)


def counted_from(rule: AnyRule) -> list[int]:
    """The events, by their place, without which there is nothing to count."""
    if isinstance(rule, Endings):
        events = rule.ends
    else:
        events = rule.events if isinstance(rule, Happenings) else rule.starts
    return [EVENTS.index(event) for event in events]


def trusts_with(count: Count, rule: AnyRule) -> list[int]:
    """Trusts, by place, that have an event from which the rule counts."""
    seen = count.tally.seen
    return sorted(set(seen.loc[seen["event"].isin(counted_from(rule)), "trust"].tolist()))


def _rows(count: Count, counting: Counting) -> Iterator[dict[str, Any]]:
    first, last = month_number(counting.period.start), month_number(counting.period.end)
    counts = count.tally.tables["counts"]
    sums = counts.groupby(["measure", "trust", "month"])[["numerator", "denominator"]].sum()
    by_key = dict(zip(sums.index, sums.to_numpy().tolist(), strict=True))
    for measure, rule in counting.rules.items():
        taken = written_date(counting.taken)
        note = f"Counted from the extract of {taken} by version {rule.version} of the rule."
        for trust in filter(counting.is_told, trusts_with(count, rule)):
            for month in range(first, last + 1):
                numerator, denominator = by_key.get((measure, trust, month), (0, 0))
                period = month_period(month)
                yield {
                    "organisation": counting.trusts[trust],
                    "framework": counting.framework,
                    "measure": measure,
                    "period_start": period.start,
                    "period_end": period.end,
                    **_cells(rule, numerator, denominator),
                    "note": note,
                }


def _cells(rule: AnyRule, numerator: int, denominator: int) -> dict[str, Any]:
    if not isinstance(rule, SHARES):
        return {"status": Status.REPORTED, "numerator": "", "denominator": "", "value": numerator}
    if denominator == 0:
        return {"status": Status.NIL, "numerator": "", "denominator": "", "value": ""}
    return {"status": Status.REPORTED, "numerator": numerator, "denominator": denominator, "value": ""}
