"""Numerators and denominators of every measure, trust, month and tier, added up over any number of parts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from performance.extracts.cases import Booleans, Cases, least
from performance.extracts.clocks import Counted, counted
from performance.extracts.days import NEVER, Whole, days_of, first_days, months_of
from performance.extracts.faults import Fault
from performance.extracts.rows import EVENTS, EventRows
from performance.frameworks.case_rules import AnyRule

# What is told of each measure and trust, by the columns that tell the rows of a table apart.
KEYS = {
    "counts": ("measure", "trust", "month", "tier"),
    "waits": ("measure", "trust", "tier", "took"),
    "still_open": ("measure", "trust", "tier", "open_for"),
    "stops": ("measure", "trust", "month", "day"),
}
SUMS = {
    "counts": ("numerator", "denominator"),
    "waits": ("cases",),
    "still_open": ("cases",),
    "stops": ("cases",),
}
SEEN = ("trust", "event", "rows", "first")
# Waits are told from one that was over before it began up to so many, which stands for all above too.
SHORTEST, LONGEST = -1, 366
EXAMPLES = 5
# Tables of parts are some 100,000 rows where there are many trusts.
ADDED_AT_ONCE = 8
# What is odd about a case whatever the measure.
EVERY_MEASURE = ""

Tables = dict[str, pd.DataFrame]
# Whole ones of any size.
Numbers = NDArray[Any]


@dataclass(frozen=True)
class Odd:
    """What is odd about cases of one trust under one measure."""

    fault: Fault
    measure: str
    trust: int


@dataclass
class Tally:
    """tables: of each name in KEYS a table with a row for each of its keys that has cases, and its SUMS.
    In `counts` numerator and denominator; in `waits` cases by how long their clock ran, in the unit of
    its limit; in `still_open` those whose clock runs on, by days; in `stops` those whose clock stopped, by
    month and day of it. trust and tier are places in lists, and months are as `days` counts them. odd: how
    many cases; examples: what stands for the first few of them. seen: a row for each trust and event (its
    place in EVENTS) that the extract has, with how many `rows` and the `first` day. cases: of all kinds."""

    tables: Tables = field(default_factory=dict)
    seen: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=[*SEEN]))
    odd: dict[Odd, int] = field(default_factory=dict)
    examples: dict[Odd, list[int]] = field(default_factory=dict)
    cases: int = 0


@dataclass(frozen=True)
class Asked:
    """rules: by measure; taken: the day on which the extract was taken; months: first and last that are
    counted, as `days` counts them."""

    rules: Mapping[str, AnyRule]
    taken: int
    months: tuple[int, int]


def count(rows: EventRows, asked: Asked) -> Tally:
    """What the rules make of one part."""
    cases = Cases(rows)
    tally = Tally(seen=_seen(cases), cases=len(cases))
    trust = cases.trust_on(np.full(len(cases), -1, dtype=np.int32))
    _note_odd_cases(tally, cases, trust)
    of_measures = []
    for measure, rule in asked.rules.items():
        found = counted(rule, cases, asked.taken)
        of_measures.append(_tables(measure, found, asked))
        for fault, odd in found.odd.items():
            _note(tally, fault, measure, trust[odd], cases.ids[odd])
    tally.tables = _joined(of_measures)
    return tally


def added(tallies: Iterable[Tally]) -> Tally:
    """The tallies of parts that have no case in common, whatever their order. A few at a time are held."""
    some: list[Tally] = []
    for tally in tallies:
        some.append(tally)
        if len(some) == ADDED_AT_ONCE:
            some = [_sum(some)]
    return _sum(some)


def _sum(parts: list[Tally]) -> Tally:
    whole = Tally(_joined([part.tables for part in parts]))
    if parts:
        seen = pd.concat([part.seen for part in parts]).groupby(["trust", "event"], as_index=False)
        whole.seen = seen.agg({"rows": "sum", "first": "min"})
    for name, table in whole.tables.items():
        by = table.groupby(list(KEYS[name]), as_index=False, observed=True)
        whole.tables[name] = by[list(SUMS[name])].sum()
    for part in parts:
        whole.cases += part.cases
        for odd, number in part.odd.items():
            whole.odd[odd] = whole.odd.get(odd, 0) + number
            together = whole.examples.get(odd, []) + part.examples.get(odd, [])
            whole.examples[odd] = sorted(together)[:EXAMPLES]
    return whole


def _seen(cases: Cases) -> pd.DataFrame:
    found: dict[str, list[int]] = {name: [] for name in SEEN}
    for number, event in enumerate(EVENTS):
        trust, moment = cases.of([event], cases.rows.trust, cases.rows.moment)
        rows = np.bincount(trust)
        first = days_of(least(trust, moment, len(rows), NEVER))
        for place in np.flatnonzero(rows).tolist():
            row = (place, number, int(rows[place]), int(first[place]))
            for name, value in zip(SEEN, row, strict=True):
                found[name].append(value)
    return pd.DataFrame(found, dtype=np.int64)


def _note_odd_cases(tally: Tally, cases: Cases, trust: np.ndarray) -> None:
    out_of_order = np.flatnonzero(cases.is_out_of_order)
    no_transfer = np.flatnonzero(cases.moved_without_a_transfer())
    for fault, odd in ((Fault.OUT_OF_ORDER, out_of_order), (Fault.NO_TRANSFER, no_transfer)):
        _note(tally, fault, EVERY_MEASURE, trust[odd], cases.ids[odd])
    said_twice = cases.said_twice()
    _note(tally, Fault.SAID_TWICE, EVERY_MEASURE, trust[said_twice], cases.ids[said_twice])


def _note(tally: Tally, fault: Fault, measure: str, trusts: np.ndarray, ids: np.ndarray) -> None:
    for trust in np.unique(trusts).tolist():
        of_trust = ids[trusts == trust]
        odd = Odd(fault, measure, trust)
        tally.odd[odd] = len(of_trust)
        tally.examples[odd] = np.unique(of_trust)[:EXAMPLES].tolist()


def _tables(measure: str, found: Counted, asked: Asked) -> Tables:
    month = months_of(found.day)
    first, last = asked.months
    asked_for = np.flatnonzero((month >= first) & (month <= last))
    month, trust, tier, met = (
        month[asked_for],
        found.trust[asked_for],
        found.tier[asked_for],
        found.met[asked_for],
    )
    started, stopped, took = found.started[asked_for], found.stopped[asked_for], found.took[asked_for]
    ran = took != NEVER
    runs = ~ran & (started != NEVER) & (stopped == NEVER)
    has_stopped = stopped != NEVER
    stopped_in, stopped_on = _months_and_days(stopped[has_stopped])
    counts = _binned({"trust": trust, "month": month, "tier": tier}, met)
    tables = {
        "counts": counts.rename(columns={"cases": "denominator", "weight": "numerator"}),
        "waits": _binned({"trust": trust[ran], "tier": tier[ran], "took": _bounded(took[ran])}),
        "still_open": _binned(
            {"trust": trust[runs], "tier": tier[runs], "open_for": _bounded(asked.taken - started[runs])}
        ),
        "stops": _binned({"trust": trust[has_stopped], "month": stopped_in, "day": stopped_on}),
    }
    return {name: table.assign(measure=measure) for name, table in tables.items()}


def _bounded(waits: Whole) -> Whole:
    return np.clip(waits, SHORTEST, LONGEST)


def _months_and_days(days: Whole) -> tuple[Whole, Whole]:
    """The month of each day, and which day of it it is."""
    months = months_of(days)
    return months, days - first_days()[months] + 1


def _binned(columns: dict[str, Numbers], weight: Booleans | None = None) -> pd.DataFrame:
    """A row for each set of values that there is, with its `cases`, and their `weight` added up if there
    is one. Nothing is sorted: each set has a place of its own."""
    lowest = {name: int(values.min()) if len(values) else 0 for name, values in columns.items()}
    width = {
        name: int(values.max()) - lowest[name] + 1 if len(values) else 1 for name, values in columns.items()
    }
    place: NDArray[np.int64] = np.zeros(len(next(iter(columns.values()))), dtype=np.int64)
    for name, values in columns.items():
        place = place * width[name] + (values.astype(np.int64) - lowest[name])
    cases = np.bincount(place)
    used = np.flatnonzero(cases)
    sums = {"cases": cases[used]}
    if weight is not None:
        sums["weight"] = np.bincount(place, weights=weight, minlength=len(cases))[used].astype(np.int64)
    keys: dict[str, NDArray[np.int64]] = {}
    rest = used
    for name in reversed(columns):
        keys[name] = rest % width[name] + lowest[name]
        rest = rest // width[name]
    return pd.DataFrame({name: keys[name] for name in columns} | sums)


def _joined(of_parts: list[Tables]) -> Tables:
    return {
        name: pd.concat([tables[name] for tables in of_parts], ignore_index=True)
        if of_parts
        else pd.DataFrame(columns=[*KEYS[name], *SUMS[name]])
        for name in KEYS
    }
