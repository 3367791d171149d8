"""The events of many cases, asked for by case: the first, the last, the second of their kind.

What is asked has an answer for every case, as an array with one place a case, and doesn't depend on
the order of the rows.
"""

from collections.abc import Collection
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from performance.extracts.days import MINUTES, NEVER, Whole, days_of
from performance.extracts.rows import EVENTS, EventRows, numbers_of
from performance.frameworks.case_events import ENDS, STARTS, CaseEvent

Booleans = NDArray[np.bool_]
Places = NDArray[np.intp]

# Before every moment.
BEFORE_ALL = -1
# What can't come before supervision starts.
OF_SUPERVISION = (
    CaseEvent.FIRST_APPOINTMENT,
    CaseEvent.OASYS_COMPLETED,
    CaseEvent.HIGH_RISK_PLAN_COMPLETED,
    CaseEvent.PLAN_COMPLETED,
    CaseEvent.FAILURE,
    CaseEvent.BREACH_ACTION,
    CaseEvent.ACCOMMODATED,
    CaseEvent.REOPENED,
    *ENDS,
)


class Cases:
    """`rows` are those given, in the order of their events, so that the rows of an event lie together;
    `case_of` has the number of the case of each, and `ids` what stands for each case."""

    def __init__(self, rows: EventRows):
        order = np.argsort(rows.event, kind="stable")
        self.rows = rows.taken(order)
        numbers, self.ids = pd.factorize(self.rows.case)
        self.case_of = numbers.astype(np.int32)
        self._rows_of_repeated: dict[CaseEvent, tuple[NDArray[np.int32], Whole]] = {}
        self._edges = np.searchsorted(self.rows.event, np.arange(len(EVENTS) + 1))

    def __len__(self) -> int:
        return len(self.ids)

    def of(self, events: Collection[CaseEvent], *columns: NDArray[Any]) -> tuple[NDArray[Any], ...]:
        """The parts of columns of the rows that are in the rows of the events."""
        spans = [slice(*self._edges[number : number + 2]) for number in numbers_of(events)]
        if len(spans) == 1:
            return tuple(column[spans[0]] for column in columns)
        return tuple(np.concatenate([column[span] for span in spans]) for column in columns)

    def when(self, events: Collection[CaseEvent]) -> tuple[NDArray[np.int32], Whole]:
        """Case and moment of each row that has one of the events."""
        case, moment = self.of(events, self.case_of, self.rows.moment)
        return case, moment

    def first(self, events: Collection[CaseEvent], after: Whole | None = None) -> Whole:
        """The first moment of any of the events; NEVER where there is none. after: of each case, only
        what comes later counts."""
        case, moment = self.when(events)
        if after is not None:
            counts = moment > after[case]
            case, moment = case[counts], moment[counts]
        return least(case, moment, len(self), NEVER)

    def last(self, events: Collection[CaseEvent]) -> Whole:
        """The last moment of any of the events; BEFORE_ALL where there is none."""
        case, moment = self.when(events)
        return -least(case, -moment, len(self), -BEFORE_ALL)

    def nth_day(self, events: Collection[CaseEvent], nth: NDArray[np.int8]) -> Whole:
        """The first moment of the nth day that has one of the events; NEVER where there aren't so
        many. nth: of each case, 0 for those not to be looked at."""
        case, moment = self.when(events)
        is_asked = nth[case] > 0
        case, moment = case[is_asked], moment[is_asked]
        order = np.lexsort((moment, case))
        case, moment = case[order], moment[order]
        is_new_day = np.append(
            True, (case[1:] != case[:-1]) | (moment[1:] // MINUTES != moment[:-1] // MINUTES)
        )[: len(case)]
        case, moment = case[is_new_day], moment[is_new_day]
        # How many days of its case come before.
        before = np.arange(len(case)) - np.searchsorted(case, case)
        is_nth = before == nth[case] - 1
        found = np.full(len(self), NEVER, dtype=np.int32)
        found[case[is_nth]] = moment[is_nth]
        return found

    def tier_at(self, events: Collection[CaseEvent], moments: Whole) -> NDArray[np.uint8]:
        """The tier in the row that has one of the events at the moment of each case; of several the
        lowest, and 0 where none has any."""
        case, moment, tier = self.of(events, self.case_of, self.rows.moment, self.rows.tier)
        is_then = (moment == moments[case]) & (tier > 0)
        found = least(case[is_then], tier[is_then], len(self), 255)
        return np.where(found == 255, 0, found).astype(np.uint8)

    def happens_on(self, events: Collection[CaseEvent], days: Whole) -> Booleans:
        """Whether one of the events is on the day of each case."""
        case, moment = self.when(events)
        found = np.zeros(len(self), dtype=bool)
        found[case[moment // MINUTES == days[case]]] = True
        return found

    @cached_property
    def started(self) -> Whole:
        """When supervision started."""
        return self.first(STARTS)

    @cached_property
    def reopened(self) -> Whole:
        return self.last([CaseEvent.REOPENED])

    @cached_property
    def ended(self) -> Whole:
        """When supervision ended, for good as far as is known."""
        return self.first(ENDS, after=self.reopened)

    @cached_property
    def is_out_of_order(self) -> Booleans:
        """Cases with an event of supervision on a day before it started."""
        first = days_of(self.first(OF_SUPERVISION))
        return (self.started != NEVER) & (first < days_of(self.started))

    @cached_property
    def is_order(self) -> Booleans:
        """Whether supervision started as an order. Where it started as both at once, it is one."""
        order = self.first([CaseEvent.ORDER_STARTED])
        return (order != NEVER) & (order == self.started)

    @cached_property
    def _any_trust(self) -> NDArray[np.int16]:
        """Of cases that stayed with one trust, it."""
        found = np.zeros(len(self), dtype=np.int16)
        found[self.case_of] = self.rows.trust
        return found

    @cached_property
    def moved(self) -> Booleans:
        """Cases with rows of several trusts."""
        found = np.zeros(len(self), dtype=bool)
        found[self.case_of[self.rows.trust != self._any_trust[self.case_of]]] = True
        return found

    def trust_on(self, days: Whole) -> NDArray[np.int16]:
        """The trust that had each case at the end of the day: that of its first row, until another
        received it. Of a day before the case, that of its first row."""
        found = self._any_trust.copy()
        case, moment, trust = self._received
        asked = np.flatnonzero(self.moved)
        if len(asked):
            ends = (days[asked].astype(np.int64) + 1) * MINUTES - 1
            place = np.searchsorted(_joined(case, moment), _joined(asked, ends), side="right") - 1
            # The first row of a case is always among them.
            place = np.maximum(place, np.searchsorted(case, asked))
            found[asked] = trust[place]
        return found

    @cached_property
    def _received(self) -> tuple[NDArray[np.int32], Whole, NDArray[np.int16]]:
        """Of cases that moved, case, moment and trust of the first row and of each transfer, in order."""
        rows = np.flatnonzero(self.moved[self.case_of])
        is_transfer = self.rows.event[rows] == numbers_of([CaseEvent.TRANSFERRED])[0]
        case, moment, trust = self.case_of[rows], self.rows.moment[rows], self.rows.trust[rows]
        starts_later = ~np.isin(self.rows.event[rows], numbers_of(STARTS))
        order = np.lexsort((trust, starts_later, is_transfer, moment, case))
        case, moment, trust, is_transfer = case[order], moment[order], trust[order], is_transfer[order]
        is_first = np.append(True, case[1:] != case[:-1])[: len(case)]
        kept = is_first | is_transfer
        return case[kept], moment[kept], trust[kept]

    def moved_without_a_transfer(self) -> Booleans:
        has_one = np.zeros(len(self), dtype=bool)
        has_one[self.when([CaseEvent.TRANSFERRED])[0]] = True
        return self.moved & ~has_one

    def on_several_days(self, events: Collection[CaseEvent]) -> Booleans:
        """Cases that have the same one of the events on several days."""
        found = np.zeros(len(self), dtype=bool)
        for event in events:
            case, moment = self._repeated(event)
            is_same_case = case[1:] == case[:-1]
            found[case[1:][is_same_case & (moment[1:] // MINUTES != moment[:-1] // MINUTES)]] = True
        return found

    def said_twice(self) -> NDArray[np.int32]:
        """The case of each row that says again what another says: one event of one case at one moment."""
        again = [np.zeros(0, dtype=np.int32)]
        for event in CaseEvent:
            case, moment = self._repeated(event)
            again.append(case[1:][(case[1:] == case[:-1]) & (moment[1:] == moment[:-1])])
        return np.concatenate(again)

    def _repeated(self, event: CaseEvent) -> tuple[NDArray[np.int32], Whole]:
        """Case and moment of the rows of cases that have an event more than once, in that order."""
        if event not in self._rows_of_repeated:
            case, moment = self.when([event])
            times = np.bincount(case, minlength=len(self))
            is_repeated = times[case] > 1 if times.max(initial=0) > 1 else np.zeros(len(case), dtype=bool)
            case, moment = case[is_repeated], moment[is_repeated]
            order = np.lexsort((moment, case))
            self._rows_of_repeated[event] = case[order], moment[order]
        return self._rows_of_repeated[event]


def least(place: NDArray[Any], values: NDArray[Any], count: int, none: int) -> NDArray[Any]:
    """The least of the values at each of so many places, `none` where there is none."""
    found = np.full(count, none, dtype=np.int32 if values.dtype != np.uint8 else np.uint8)
    # The last one written stays: then only those below it are left, and few places have several.
    found[place] = values
    is_less = values < found[place]
    if is_less.any():
        np.minimum.at(found, place[is_less], values[is_less])
    return found


def _joined(case: NDArray[Any], moment: NDArray[Any]) -> NDArray[np.int64]:
    return case.astype(np.int64) << 32 | moment
