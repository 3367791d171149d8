"""Cases counted one by one, day by day, in plain Python: slow, and easy to see to be right."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from performance.frameworks.case_events import CaseEvent
from performance.frameworks.case_rules import Early, Endings, InTime, Lasting, Limit

DAY = datetime.timedelta(days=1)
STARTS = (CaseEvent.ORDER_STARTED, CaseEvent.LICENCE_STARTED)
ENDS = (CaseEvent.COMPLETED, CaseEvent.REVOKED)
# What is of an order or licence, and can't come before it.
OF_SUPERVISION = (
    *ENDS,
    CaseEvent.FIRST_APPOINTMENT,
    CaseEvent.OASYS_COMPLETED,
    CaseEvent.HIGH_RISK_PLAN_COMPLETED,
    CaseEvent.PLAN_COMPLETED,
    CaseEvent.FAILURE,
    CaseEvent.BREACH_ACTION,
    CaseEvent.ACCOMMODATED,
    CaseEvent.REOPENED,
)
# Written down by hand, from the lists of bank holidays of those years.
BANK_HOLIDAYS = set(
    map(
        datetime.date.fromisoformat,
        (
            *("2010-01-01", "2010-04-02", "2010-04-05", "2010-05-03", "2010-05-31", "2010-08-30"),
            *("2010-12-27", "2010-12-28", "2011-01-03", "2011-04-22", "2011-04-25", "2011-04-29"),
            *("2011-05-02", "2011-05-30", "2011-08-29", "2011-12-26", "2011-12-27", "2012-01-02"),
            *("2012-04-06", "2012-04-09", "2012-05-07", "2012-06-04", "2012-06-05", "2012-08-27"),
            *("2012-12-25", "2012-12-26", "2013-01-01", "2013-03-29", "2013-04-01", "2013-05-06"),
            *("2013-05-27", "2013-08-26", "2013-12-25", "2013-12-26"),
        ),
    )
)


@dataclass(frozen=True)
class Row:
    trust: str
    tier: str
    event: CaseEvent
    when: datetime.datetime

    @property
    def day(self) -> datetime.date:
        return self.when.date()


@dataclass(frozen=True)
class Verdict:
    """Of a case that counts: for whom, in which month, and whether it met the rule."""

    trust: str
    month: datetime.date
    tier: str
    met: bool


def verdict(rows: Sequence[Row], rule: Any, taken: datetime.date) -> Verdict | None:
    """None for a case that doesn't count. rows: its events in any order, none after the day `taken`."""
    rows = sorted(rows, key=lambda row: row.when)
    started = first(rows, STARTS)
    if started and any(row.event in OF_SUPERVISION and row.day < started.day for row in rows):
        return None
    if isinstance(rule, InTime):
        return in_time(rows, rule, taken)
    if isinstance(rule, Lasting):
        return lasting(rows, rule, taken)
    if isinstance(rule, Endings):
        return ending(rows, rule)
    happened = first(rows, rule.events)
    return (
        found(rows, happened.day, happened.day, tier_at(rows, rule.events, happened), True)
        if happened
        else None
    )


def in_time(rows: Sequence[Row], rule: InTime, taken: datetime.date) -> Verdict | None:
    start, stop = start_of(rows, rule), first(rows, rule.stops)
    if start is None or not is_of_the_kind(rows, rule, start):
        return None
    last = last_moment(rows, rule.limit, start)
    if last is None or (rule.early == Early.IMPOSSIBLE and stop and stop.day < start.day):
        return None
    met = stop is not None and stop.when <= last
    if not met and ended_between(rows, start.day, last.date()):
        return None
    if not (stop if rule.period == "stop" else last.date() < taken):
        return None
    days = {"start": start.day, "last-day": last.date(), "stop": stop.day if stop else None}
    return found(rows, days[rule.belongs_to], days[rule.period], tier_at(rows, rule.starts, start), met)


def ended_between(rows: Sequence[Row], first_day: datetime.date, last_day: datetime.date) -> bool:
    end = end_of(rows, ENDS)
    return end is not None and first_day <= end.day <= last_day


def start_of(rows: Sequence[Row], rule: InTime) -> Row | None:
    if rule.which is None:
        return first(rows, rule.starts)
    started = first(rows, STARTS)
    if started is None:
        return None
    nth = rule.which.order if is_order(rows) else rule.which.licence
    days = sorted({row.day for row in rows if row.event in rule.starts})
    if len(days) < nth:
        return None
    return next(row for row in rows if row.event in rule.starts and row.day == days[nth - 1])


def is_order(rows: Sequence[Row]) -> bool:
    when = first(rows, STARTS).when
    return any(row.event == CaseEvent.ORDER_STARTED and row.when == when for row in rows)


def is_of_the_kind(rows: Sequence[Row], rule: InTime, start: Row) -> bool:
    if rule.tiers and tier_at(rows, rule.starts, start) not in rule.tiers:
        return False
    if rule.only is None:
        return True
    return first(rows, STARTS) is not None and is_order(rows) == (rule.only == "order")


def last_moment(rows: Sequence[Row], limit: Limit, start: Row) -> datetime.datetime | None:
    if limit.until:
        set_days = [row.day for row in rows if row.event == limit.until]
        return end_of_day(max(set_days)) if set_days else None
    if limit.hours:
        return start.when + datetime.timedelta(hours=limit.hours)
    day, left = start.day, limit.working_days or limit.days or 7 * (limit.weeks or 0)
    while left:
        day += DAY
        if not limit.working_days or is_working(day):
            left -= 1
    return end_of_day(day)


def is_working(day: datetime.date) -> bool:
    return day.weekday() < 5 and day not in BANK_HOLIDAYS


def end_of_day(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(23, 59))


def lasting(rows: Sequence[Row], rule: Lasting, taken: datetime.date) -> Verdict | None:
    start, stop = first(rows, rule.starts), first(rows, rule.stops)
    if start is None:
        return None
    last = last_moment(rows, rule.limit, start).date()
    if last >= taken or (stop and stop.day < last):
        return None
    return found(rows, last, last, tier_at(rows, rule.starts, start), True)


def ending(rows: Sequence[Row], rule: Endings) -> Verdict | None:
    end = end_of(rows, rule.ends)
    if end is None:
        return None
    reopened = last_of(rows, CaseEvent.REOPENED)
    same_day = [row for row in rows if row.day == end.day]
    if rule.beside:
        met = any(row.event in rule.beside for row in same_day)
    else:
        ends = [row.event for row in same_day if row.event in rule.ends and is_after(row, reopened)]
        met = all(event in rule.by for event in ends)
    return found(rows, end.day, end.day, tier_at(rows, rule.ends, end), met)


def end_of(rows: Sequence[Row], ends: Sequence[CaseEvent]) -> Row | None:
    """The first end after the case was last opened again."""
    reopened = last_of(rows, CaseEvent.REOPENED)
    return next((row for row in rows if row.event in ends and is_after(row, reopened)), None)


def last_of(rows: Sequence[Row], event: CaseEvent) -> Row | None:
    return next((row for row in reversed(rows) if row.event == event), None)


def is_after(row: Row, other: Row | None) -> bool:
    return other is None or row.when > other.when


def first(rows: Sequence[Row], events: Sequence[CaseEvent]) -> Row | None:
    return next((row for row in rows if row.event in events), None)


def tier_at(rows: Sequence[Row], events: Sequence[CaseEvent], at: Row) -> str:
    """The lowest that the rows at that moment say, if one says any."""
    tiers = {row.tier for row in rows if row.event in events and row.when == at.when}
    return min(tiers - {""}, default="")


def found(rows: Sequence[Row], belongs_to: Any, day: Any, tier: str, met: bool) -> Verdict:
    return Verdict(trust_on(rows, belongs_to), day.replace(day=1), tier, met)


def trust_on(rows: Sequence[Row], day: datetime.date) -> str:
    """That of the first row, until another received the case. Of rows at the same moment a start comes
    first, and a transfer last."""
    in_order = sorted(
        rows,
        key=lambda row: (row.when, row.event == CaseEvent.TRANSFERRED, row.event not in STARTS, row.trust),
    )
    trust = in_order[0].trust
    for row in in_order:
        if row.event == CaseEvent.TRANSFERRED and row.day <= day:
            trust = row.trust
    return trust
