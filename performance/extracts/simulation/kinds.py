"""The kinds of case: when things happen in each, and so what is to be counted.

Whether a limit is kept is drawn first, and then a day that keeps it or not: what is to be counted is
known before there is an event, and no rule is asked for it.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.extracts.days import bank_holidays
from performance.extracts.simulation.events import NO_DAY, Days, Drawn, Flags
from performance.frameworks.case_events import CaseEvent

Trusts = NDArray[np.int64]


def supervision(drawn: Drawn, trust: Trusts, start: Days, kept: NDArray[np.float64]) -> None:
    """Orders and licences. trust, start: of each case; kept: how likely it keeps a limit."""
    random, count = drawn.random, len(start)
    case, tier = drawn.new_cases(count), random.integers(1, 5, count)
    is_order = random.random(count) < 0.75
    later, moved_on = _transfers(drawn, trust, start)
    drawn.happens(CaseEvent.ORDER_STARTED, case, trust, tier, start, is_order)
    drawn.happens(CaseEvent.LICENCE_STARTED, case, trust, tier, start, ~is_order)
    drawn.happens(CaseEvent.TRANSFERRED, case, later, tier, moved_on)

    def held(day: Days) -> Trusts:
        """The trust that has each case at the end of the day."""
        return np.where((moved_on != NO_DAY) & (moved_on <= day), later, trust)

    met, done = _within(random, kept, start, start + 15)
    drawn.happens(CaseEvent.OASYS_COMPLETED, case, held(done), tier, done)
    drawn.answer("oasys-15-days", later, start + 15, met, start + 15 < drawn.taken)

    is_high = tier == 4
    last = working_day(start, 5)
    met, done = _within(random, kept, start, last)
    drawn.happens(CaseEvent.HIGH_RISK_PLAN_COMPLETED, case, held(done), tier, done, is_high)
    drawn.answer("oasys-high-risk-5-days", trust, start, met, is_high & (last < drawn.taken))

    allocated = working_day(start, 1)
    last = working_day(allocated, 5)
    met, done = _within(random, kept, allocated, last)
    drawn.happens(CaseEvent.ALLOCATED, case, held(allocated), tier, allocated)
    drawn.happens(CaseEvent.FIRST_APPOINTMENT, case, held(done), tier, done)
    drawn.answer("nps-sl003r", held(allocated), allocated, met, is_order & (last < drawn.taken))

    _breaches(drawn, case, later, tier, start, is_order, kept)
    _endings(drawn, case, later, tier, start)


def _transfers(drawn: Drawn, trust: Trusts, start: Days) -> tuple[Trusts, Days]:
    """The trust that has each case after its second week, and the day on which it got it from another."""
    moves = drawn.random.random(len(trust)) < 0.03
    others = np.unique(trust)
    later = np.where(moves, drawn.random.choice(others, len(trust)), trust)
    moves &= later != trust
    return later, np.where(moves, start + drawn.random.integers(1, 14, len(trust)), NO_DAY)


def _breaches(
    drawn: Drawn, case: Days, trust: Trusts, tier: Days, start: Days, is_order: Flags, kept: Any
) -> None:
    """Up to four failures in the first weeks after the second."""
    random = drawn.random
    failures = random.choice(5, len(start), p=[0.6, 0.15, 0.1, 0.1, 0.05])
    day, days = start + 14, []
    for number in range(1, 5):
        day = day + random.integers(1, 8, len(start))
        drawn.happens(CaseEvent.FAILURE, case, trust, tier, day, failures >= number)
        days.append(day)
    calls = failures >= np.where(is_order, 2, 3)
    clock = np.where(is_order, days[1], days[2])
    met, done = _within(random, kept, clock - 1, clock + 10)
    drawn.happens(CaseEvent.BREACH_ACTION, case, trust, tier, done, calls)
    drawn.answer("breach-10-days", trust, clock + 10, met, calls & (clock + 10 < drawn.taken))


def _endings(drawn: Drawn, case: Days, trust: Trusts, tier: Days, start: Days) -> None:
    """After every limit; some are opened again, and end for good later."""
    random, count = drawn.random, len(start)
    first = start + random.integers(90, 700, count)
    is_reopened = random.random(count) < 0.02
    again = np.where(is_reopened, first + random.integers(1, 20, count), NO_DAY)
    end = np.where(is_reopened, first + random.integers(30, 90, count), first)
    well, housed = random.random(count) < 0.7, random.random(count) < 0.75
    drawn.happens(CaseEvent.REVOKED, case, trust, tier, first, is_reopened)
    drawn.happens(CaseEvent.REOPENED, case, trust, tier, again)
    drawn.happens(CaseEvent.COMPLETED, case, trust, tier, end, well)
    drawn.happens(CaseEvent.REVOKED, case, trust, tier, end, ~well)
    drawn.happens(CaseEvent.ACCOMMODATED, case, trust, tier, end, housed)
    # A case that was opened again by the day of the extract has no end until its last one is there.
    is_over = (end <= drawn.taken) & ~(is_reopened & (end > drawn.taken))
    waits = is_reopened & (first <= drawn.taken) & (again > drawn.taken)
    drawn.answer("orders-licences-completed", trust, end, well, is_over)
    drawn.answer("orders-licences-completed", trust, first, np.zeros(count, dtype=bool), waits)
    drawn.answer("accommodation-at-termination", trust, end, housed, is_over)
    drawn.answer("accommodation-at-termination", trust, first, np.zeros(count, dtype=bool), waits)


def reports(drawn: Drawn, trust: Trusts, asked: Days, kept: NDArray[np.float64]) -> None:
    random, count = drawn.random, len(asked)
    case, tier = drawn.new_cases(count), np.zeros(count, dtype=np.int64)
    met, done = _within(random, kept, asked, asked + 15)
    due = asked + random.integers(8, 22, count)
    drawn.happens(CaseEvent.REPORT_REQUESTED, case, trust, tier, asked)
    drawn.happens(CaseEvent.REPORT_DUE, case, trust, tier, np.minimum(due, drawn.taken))
    drawn.happens(CaseEvent.REPORT_COMPLETED, case, trust, tier, done)
    is_done = (done != NO_DAY) & (done <= drawn.taken)
    drawn.answer("court-reports-on-time", trust, done, met, is_done)
    drawn.answer("nps-sl001", trust, done, done <= np.minimum(due, drawn.taken), is_done)


def victims(drawn: Drawn, trust: Trusts, begins: Days, kept: NDArray[np.float64]) -> None:
    count = len(begins)
    case, tier = drawn.new_cases(count), np.zeros(count, dtype=np.int64)
    met, done = _within(drawn.random, kept, begins, begins + 56)
    drawn.happens(CaseEvent.VICTIM_CONTACT_DUE, case, trust, tier, begins)
    drawn.happens(CaseEvent.VICTIM_CONTACTED, case, trust, tier, done)
    drawn.answer("victim-contact-8-weeks", trust, begins + 56, met, begins + 56 < drawn.taken)


def jobs(drawn: Drawn, trust: Trusts, begins: Days, kept: NDArray[np.float64]) -> None:
    random, count = drawn.random, len(begins)
    case, tier = drawn.new_cases(count), random.integers(1, 5, count)
    lasts = random.random(count) < kept
    ends = begins + np.where(lasts, random.integers(28, 200, count), random.integers(0, 28, count))
    drawn.happens(CaseEvent.JOB_STARTED, case, trust, tier, begins)
    drawn.happens(CaseEvent.JOB_ENDED, case, trust, tier, ends, ~lasts | (random.random(count) < 0.5))
    drawn.answer(
        "employment-sustained-4-weeks", trust, begins + 28, lasts, lasts & (begins + 28 < drawn.taken)
    )


def requirements(drawn: Drawn, trust: Trusts, ends: Days, kept: NDArray[np.float64]) -> None:
    """Drug treatment and unpaid work, of which only the end is told."""
    count = len(ends)
    case, tier = drawn.new_cases(count), drawn.random.integers(1, 5, count)
    is_treatment, well = drawn.random.random(count) < 0.3, drawn.random.random(count) < kept
    is_over = ends <= drawn.taken
    drawn.happens(CaseEvent.DRUG_TREATMENT_COMPLETED, case, trust, tier, ends, is_treatment & well)
    drawn.happens(CaseEvent.DRUG_TREATMENT_ENDED, case, trust, tier, ends, is_treatment & ~well)
    drawn.happens(CaseEvent.UNPAID_WORK_COMPLETED, case, trust, tier, ends, ~is_treatment)
    drawn.answer("dtto-drr-completion-rate", trust, ends, well, is_treatment & is_over)
    drawn.answer("dtto-drr-completions", trust, ends, well, is_treatment & well & is_over)
    drawn.answer("unpaid-work-completions", trust, ends, ~is_treatment, ~is_treatment & is_over)


def working_day(days: Days, count: int) -> Days:
    """By numpy's own calendar of working days, and not by that of the rules."""
    free = np.array(sorted(bank_holidays()), dtype="datetime64[D]")
    found = np.busday_offset(days.astype("datetime64[D]"), count, roll="backward", holidays=free)
    return found.astype(np.int64)


def _within(random: np.random.Generator, kept: Any, first: Days, last: Days) -> tuple[Flags, Days]:
    """Whether each limit is kept, and the day on which the thing is done: from the first to the last
    where it is, else later or, of one in five, never."""
    count = len(first)
    met = random.random(count) < kept
    early = first + (random.random(count) ** 0.5 * (last - first + 1)).astype(np.int64)
    late = last + random.geometric(0.2, count)
    never = random.random(count) < 0.2
    return met, np.where(met, early, np.where(never, NO_DAY, late))
