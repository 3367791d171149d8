"""What a rule makes of many cases at once: which it counts, where and when, and which of those met it."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from performance.extracts.cases import Booleans, Cases, Places
from performance.extracts.days import (
    MINUTES,
    NEVER,
    Whole,
    days_of,
    working_days_after,
    working_days_between,
)
from performance.extracts.faults import Fault
from performance.frameworks.case_rules import (
    AnyRule,
    Early,
    Endings,
    Happenings,
    InTime,
    Lasting,
    Limit,
    Moment,
)

OddCases = dict[Fault, Places]


@dataclass(frozen=True)
class Counted:
    """One place for each case that a rule counts. case: its number; trust and tier: places in lists;
    day: that by which it belongs to a period; met: whether it is in the numerator; started and stopped:
    the days of its clock; took: how long that ran, in the unit of its limit. These are NEVER where a
    clock still runs, or a rule has none. odd: cases that the rule leaves out, or counts in spite of
    something, by what is odd about them."""

    case: Places
    trust: NDArray[np.int16]
    tier: NDArray[np.uint8]
    day: Whole
    met: Booleans
    started: Whole
    stopped: Whole
    took: Whole
    odd: OddCases = field(default_factory=dict)


@dataclass(frozen=True)
class Placed:
    """Of every case the day on which the trust that has it answers for it, that by which it belongs to a
    period, and its tier."""

    belongs_to: Whole
    day: Whole
    tier: NDArray[np.uint8]


@dataclass(frozen=True)
class Clock:
    started: Whole
    stopped: Whole
    took: Whole


def counted(rule: AnyRule, cases: Cases, taken: int) -> Counted:
    """taken: the day on which the extract was taken; no event is later."""
    if isinstance(rule, InTime):
        return _in_time(rule, cases, taken)
    if isinstance(rule, Lasting):
        return _lasting(rule, cases, taken)
    if isinstance(rule, Endings):
        return _endings(rule, cases)
    return _happenings(rule, cases)


def _in_time(rule: InTime, cases: Cases, taken: int) -> Counted:
    start, stop = _start(rule, cases), cases.first(rule.stops)
    tier = cases.tier_at(rule.starts, start)
    is_asked = (start != NEVER) & _is_of_the_kind(rule, cases)
    has_tier = np.isin(tier, [int(name) for name in rule.tiers]) if rule.tiers else True
    last_day = _last_day(rule.limit, start, cases)
    met = _stopped_in_time(rule.limit, start, stop, last_day)
    days = {Moment.START: days_of(start), Moment.LAST_DAY: last_day, Moment.STOP: days_of(stop)}
    ended = days_of(cases.ended)
    is_closed = (ended >= days[Moment.START]) & (ended <= last_day) & ~met
    is_over = stop != NEVER if rule.period == Moment.STOP else last_day < taken
    is_impossible = (days[Moment.STOP] < days[Moment.START]) & (rule.early == Early.IMPOSSIBLE)
    odd = {
        **_odd_clocks(rule, cases, start, stop, is_asked),
        Fault.STOP_BEFORE_START: np.flatnonzero(is_asked & has_tier & is_impossible),
        Fault.NO_TIER: np.flatnonzero(is_asked & (tier == 0) & bool(rule.tiers)),
        Fault.NO_LAST_DAY: np.flatnonzero(is_asked & (last_day == NEVER)),
    }
    counts = is_asked & has_tier & (last_day != NEVER) & is_over & ~is_closed & ~is_impossible
    return _of_cases(
        cases,
        counts,
        Placed(days[rule.belongs_to], days[rule.period], tier),
        met,
        Clock(days[Moment.START], days[Moment.STOP], _took(rule.limit, start, stop, last_day)),
        odd,
    )


def _start(rule: InTime, cases: Cases) -> Whole:
    if rule.which is None:
        return cases.first(rule.starts)
    nth = np.where(cases.is_order, rule.which.order, rule.which.licence)
    return cases.nth_day(rule.starts, np.where(cases.started == NEVER, 0, nth).astype(np.int8))


def _is_of_the_kind(rule: InTime, cases: Cases) -> Booleans:
    if rule.only is None:
        return np.ones(len(cases), dtype=bool)
    return (cases.started != NEVER) & (cases.is_order == (rule.only == "order"))


def _last_day(limit: Limit, start: Whole, cases: Cases) -> Whole:
    """The last day in time; NEVER where no clock started, or no day was set."""
    if limit.until:
        last = cases.last([limit.until])
        return np.where((last < 0) | (start == NEVER), NEVER, last // MINUTES).astype(np.int32)
    if limit.working_days:
        return working_days_after(days_of(start), limit.working_days)
    allowed = 60 * limit.hours if limit.hours else MINUTES * _days_of(limit)
    start = start if limit.hours else np.where(start == NEVER, NEVER, start // MINUTES * MINUTES)
    return np.where(start == NEVER, NEVER, (start.astype(np.int64) + allowed) // MINUTES).astype(np.int32)


def _days_of(limit: Limit) -> int:
    return 7 * limit.weeks if limit.weeks else limit.days or 0


def _stopped_in_time(limit: Limit, start: Whole, stop: Whole, last_day: Whole) -> Booleans:
    if limit.hours:
        return (start != NEVER) & (stop != NEVER) & (stop.astype(np.int64) - start <= 60 * limit.hours)
    return (stop != NEVER) & (days_of(stop) <= last_day)


def _took(limit: Limit, start: Whole, stop: Whole, last_day: Whole) -> Whole:
    """In the unit of the limit, begun ones counted whole; where a day was set, in days after it. A clock that
    stopped in time took no more than the limit. NEVER for a clock that runs."""
    is_told = (start != NEVER) & (stop != NEVER) & (last_day != NEVER)
    start, stop, last_day = (np.where(is_told, moments, 0) for moments in (start, stop, last_day))
    if limit.hours:
        took = -((start - stop) // 60)
    elif limit.working_days:
        took = working_days_between(start // MINUTES, stop // MINUTES)
    elif limit.until:
        took = stop // MINUTES - last_day
    else:
        took = stop // MINUTES - start // MINUTES
    return np.where(is_told, took, NEVER).astype(np.int32)


def _odd_clocks(
    rule: InTime | Lasting, cases: Cases, start: Whole, stop: Whole, is_asked: Booleans
) -> OddCases:
    starts, stops = cases.on_several_days(rule.starts), cases.on_several_days(rule.stops)
    which = getattr(rule, "which", None)
    never_started = (start == NEVER) & (stop != NEVER) & (cases.started == NEVER)
    return {
        Fault.SEVERAL_STARTS: np.flatnonzero(is_asked & starts & (which is None)),
        Fault.SEVERAL_STOPS: np.flatnonzero(is_asked & stops),
        # Before so many failures as a rule wants, action may be taken too.
        Fault.NO_START: np.flatnonzero(never_started & (which is None)),
    }


def _lasting(rule: Lasting, cases: Cases, taken: int) -> Counted:
    start, stop = cases.first(rule.starts), cases.first(rule.stops)
    last_day, stop_day = _last_day(rule.limit, start, cases), days_of(stop)
    has_started = start != NEVER
    is_impossible = has_started & (stop_day < days_of(start))
    met = has_started & ~is_impossible & (last_day < taken) & (stop_day >= last_day)
    odd = {
        **_odd_clocks(rule, cases, start, stop, has_started),
        Fault.STOP_BEFORE_START: np.flatnonzero(is_impossible),
    }
    placed = Placed(last_day, last_day, cases.tier_at(rule.starts, start))
    clock = Clock(days_of(start), stop_day, _took(rule.limit, start, stop, last_day))
    return _of_cases(cases, met, placed, met, clock, odd)


def _endings(rule: Endings, cases: Cases) -> Counted:
    end = cases.first(rule.ends, after=cases.reopened)
    day = days_of(end)
    if rule.by:
        others = [event for event in rule.ends if event not in rule.by]
        # Ended in two ways on one day, it didn't end well.
        met = (end != NEVER) & (days_of(cases.first(others, after=cases.reopened)) != day)
        met &= days_of(cases.first(rule.by, after=cases.reopened)) == day
    else:
        met = cases.happens_on(rule.beside, day)
    placed = Placed(day, day, cases.tier_at(rule.ends, end))
    return _of_cases(cases, end != NEVER, placed, met, _stopped_on(day))


def _happenings(rule: Happenings, cases: Cases) -> Counted:
    moment = cases.first(rule.events)
    day, happened = days_of(moment), moment != NEVER
    placed = Placed(day, day, cases.tier_at(rule.events, moment))
    return _of_cases(cases, happened, placed, happened, _stopped_on(day))


def _stopped_on(day: Whole) -> Clock:
    never = np.full(len(day), NEVER, dtype=np.int32)
    return Clock(never, day, never)


def _of_cases(
    cases: Cases, counts: Booleans, placed: Placed, met: Booleans, clock: Clock, odd: OddCases | None = None
) -> Counted:
    is_sound = ~cases.is_out_of_order
    case = np.flatnonzero(counts & is_sound)
    odd = {fault: found[is_sound[found]] for fault, found in (odd or {}).items()}
    return Counted(
        case=case,
        trust=cases.trust_on(placed.belongs_to)[case],
        tier=placed.tier[case],
        day=placed.day[case],
        met=met[case],
        started=clock.started[case],
        stopped=clock.stopped[case],
        took=clock.took[case],
        odd={fault: found for fault, found in odd.items() if len(found)},
    )
