"""How a measure is counted from the dated events of cases: the `case_rule` of a measure's file.

What all rules share isn't said in each of them: the day of an event is that of the clock in England
and Wales; the first of several equal events counts; a case with an event of supervision before its order
or licence started is left out of every measure.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from performance.frameworks.case_events import CaseEvent
from performance.vocabulary import Standing
from trusts.words import Word

Events = Annotated[tuple[CaseEvent, ...], Field(min_length=1)]


class Moment(Word):
    """A day of a clock: which period a case belongs to, and whose it is, go by one of these."""

    START = "start", "the day on which the clock started"
    LAST_DAY = "last-day", "the last day in time"
    STOP = "stop", "the day on which the clock stopped"


class Early(Word):
    """What a stop before the start means."""

    IN_TIME = "in-time", "done before it had to be"
    IMPOSSIBLE = "impossible", "events in impossible order: the case is left out"


class RulePart(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Limit(RulePart):
    """How long a clock may run, in one of these ways. The day on which it starts is day 0. `until` is
    an event that sets the last day itself: of several, the last."""

    days: int | None = Field(default=None, ge=0)
    working_days: int | None = Field(default=None, ge=1)
    weeks: int | None = Field(default=None, ge=1)
    hours: int | None = Field(default=None, ge=1)
    until: CaseEvent | None = None

    @model_validator(mode="after")
    def is_said_in_one_way(self) -> "Limit":
        if sum(value is not None for value in self.__dict__.values()) != 1:
            raise ValueError("one of days, working_days, weeks, hours and until")
        return self


class Occurrence(RulePart):
    """Which of several equal events starts the clock, counted by days that have one: the second
    failure of an order, the third of a licence."""

    order: int = Field(ge=1, le=3)
    licence: int = Field(ge=1, le=3)


class Rule(RulePart):
    """What every rule says. version goes up with any change to what is counted, and stands beside
    every figure that a rule counted."""

    version: int = Field(ge=1)
    standing: Standing
    note: Annotated[str, Field(min_length=1)]


class InTime(Rule):
    """Of the clocks that started, those that stopped in time.

    starts, stops: the first of them starts, or stops, the clock. only: counts orders, or licences,
    alone; tiers: those of these tiers alone, as the row says that starts the clock. A clock that still
    runs when its last day is over is out of time; one whose last day isn't over when the extract is
    taken isn't counted yet. Where supervision ends by the last day and the clock hasn't stopped, the
    case is left out. Opening a case again doesn't start the clock again.
    """

    counts: Literal["in-time"]
    starts: Events
    which: Occurrence | None = None
    stops: Events
    limit: Limit
    early: Early = Early.IMPOSSIBLE
    only: Literal["order", "licence"] | None = None
    tiers: tuple[Literal["1", "2", "3", "4"], ...] = ()
    period: Moment
    belongs_to: Moment

    @model_validator(mode="after")
    def belongs_to_a_day_that_there_is(self) -> "InTime":
        if self.belongs_to == Moment.STOP != self.period:
            raise ValueError("belongs_to stop only beside period stop, as other clocks may never stop")
        return self


class Lasting(Rule):
    """Clocks that nothing stopped before their limit was over: jobs kept for four weeks. A case
    belongs to the period, and to the trust, of the day on which the limit was over."""

    counts: Literal["lasting"]
    starts: Events
    stops: Events
    limit: Limit


class Endings(Rule):
    """Of the cases that ended, those that ended well: `by` one of these events, or with one of them
    `beside` it on the same day. Where a case was opened again, only an end after that counts. A case
    belongs to the period and to the trust in which it ended."""

    counts: Literal["endings"]
    ends: Events
    by: tuple[CaseEvent, ...] = ()
    beside: tuple[CaseEvent, ...] = ()

    @model_validator(mode="after")
    def says_which_ended_well(self) -> "Endings":
        if bool(self.by) == bool(self.beside):
            raise ValueError("one of by and beside")
        if not set(self.by) <= set(self.ends):
            raise ValueError("by only events that are among its ends")
        return self


class Happenings(Rule):
    """Cases in which something happened, once each, in the period and with the trust where it did."""

    counts: Literal["happenings"]
    events: Events


AnyRule = InTime | Lasting | Endings | Happenings
CaseRule = Annotated[AnyRule, Field(discriminator="counts")]
# These count cases out of others; the rest are numbers.
SHARES = (InTime, Endings)


def events_of(rule: AnyRule) -> frozenset[CaseEvent]:
    """Every event that a rule looks at."""
    found: set[CaseEvent] = set()
    for name in ("starts", "stops", "ends", "by", "beside", "events"):
        found |= set(getattr(rule, name, ()))
    if isinstance(rule, InTime) and rule.limit.until:
        found.add(rule.limit.until)
    return frozenset(found)
