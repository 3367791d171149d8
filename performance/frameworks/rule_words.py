"""A rule in words, for readers of a measure's page and of an extract's."""

from collections.abc import Iterable

from performance.frameworks.case_events import CaseEvent
from performance.frameworks.case_rules import AnyRule, Early, Endings, InTime, Lasting, Limit, Moment
from performance.wording import counted

ORDINALS = {1: "first", 2: "second", 3: "third"}


def rule_in_words(rule: AnyRule) -> list[tuple[str, str]]:
    """What is said of each part of the rule, as (part, words)."""
    return [
        *_parts(rule),
        ("How sure the rule is", f"{rule.standing.label}. {rule.note}"),
        ("Version", str(rule.version)),
    ]


def in_short(rule: AnyRule) -> str:
    """One line, in the words of an extract: from order-started to oasys-completed, 15 days."""
    if isinstance(rule, InTime):
        only = f", {_who(rule)}" if rule.only or rule.tiers else ""
        which = rule.which
        nth = (
            f"{ORDINALS[which.order]} of an order or {ORDINALS[which.licence]} of a licence, "
            if which
            else ""
        )
        starts = f"{nth}{_words(rule.starts)}"
        return f"{starts} to {_words(rule.stops)}: {_limit_in_short(rule.limit)}{only}"
    if isinstance(rule, Lasting):
        return f"{_words(rule.starts)}, not {_words(rule.stops)} for {_limit_in_short(rule.limit)}"
    if isinstance(rule, Endings):
        return f"{_words(rule.by or rule.beside)} out of {_words(rule.ends)}"
    return _words(rule.events)


def _words(events: Iterable[CaseEvent]) -> str:
    return " or ".join(f"`{event.value}`" for event in events)


def _limit_in_short(limit: Limit) -> str:
    return (
        f"`{limit.until.value}`"
        if limit.until
        else limit_in_words(limit).partition(",")[0].partition(" of")[0]
    )


def _parts(rule: AnyRule) -> list[tuple[str, str]]:
    if isinstance(rule, InTime):
        return _in_time(rule)
    if isinstance(rule, Lasting):
        return [
            ("Clock starts", _either(rule.starts)),
            ("Counted if nothing stops it for", limit_in_words(rule.limit)),
            ("Clock stops", _either(rule.stops)),
            ("Month and trust", "those of the day on which the time was over"),
        ]
    if isinstance(rule, Endings):
        return [
            ("Out of", f"cases that ended: {_either(rule.ends)}"),
            ("Counted", _either(rule.by) if rule.by else f"{_either(rule.beside)}, on the day of the ending"),
            ("Opened again", "only an ending after that counts"),
            ("Month and trust", "those of the ending"),
        ]
    return [
        ("Counted", f"{_either(rule.events)}, once for each case"),
        ("Month and trust", "those of the day"),
    ]


def _in_time(rule: InTime) -> list[tuple[str, str]]:
    which = rule.which
    start = (
        f"{_either(rule.starts)}: the {ORDINALS[which.order]} day of an order, the "
        f"{ORDINALS[which.licence]} of a licence"
        if which
        else _either(rule.starts)
    )
    early = "is in time" if rule.early == Early.IN_TIME else "is impossible: the case is left out"
    return [
        ("Who counts", _who(rule)),
        ("Clock starts", start),
        ("Clock stops", _either(rule.stops)),
        ("Limit", limit_in_words(rule.limit)),
        ("Stopped before it started", early),
        ("Month", f"that of {rule.period.label}"),
        ("Transferred", f"counts for the trust that has the case on {rule.belongs_to.label}"),
        ("Still open", _still_open(rule)),
        ("Ended by the last day, and not done", "left out"),
        ("Opened again", "the clock doesn’t start again"),
    ]


def limit_in_words(limit: Limit) -> str:
    if limit.until:
        return f"{CaseEvent(limit.until).label}; of several the last"
    if limit.working_days:
        days = counted(limit.working_days, "working day")
        return f"{days}, without bank holidays of England and Wales; the day of the start is day 0"
    if limit.hours:
        return counted(limit.hours, "hour")
    length = counted(limit.weeks, "week") if limit.weeks else counted(limit.days or 0, "day")
    return f"{length} of the calendar; the day of the start is day 0"


def _who(rule: InTime) -> str:
    who = {"order": "orders", "licence": "licences", None: "every case"}[rule.only]
    return f"{who} of tier {' or '.join(rule.tiers)}" if rule.tiers else who


def _still_open(rule: InTime) -> str:
    if rule.period == Moment.STOP:
        return "not counted until it stops"
    return "not in time once the last day is over; not counted before"


def _either(events: Iterable[CaseEvent]) -> str:
    return " or ".join(f"‘{event.label}’ ({event.value})" for event in events)
