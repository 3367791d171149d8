"""Numerators and denominators of every measure, trust, month and tier, added up over any number of parts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from performance.extracts.cases import Cases
from performance.extracts.clocks import AnyRule, Counted, counted
from performance.extracts.days import months_of
from performance.extracts.faults import Fault
from performance.extracts.rows import TIERS, EventRows

COLUMNS = ("measure", "trust", "month", "tier")
COUNTS = ("numerator", "denominator")
EXAMPLES = 5
# What is odd about a case whatever the measure.
EVERY_MEASURE = ""


@dataclass(frozen=True)
class Odd:
    """What is odd about cases of one trust under one measure."""

    fault: Fault
    measure: str
    trust: int


@dataclass
class Tally:
    """counts: a row for each measure, trust, month (as `days` counts them) and tier that has cases, with
    numerator and denominator; trust and tier are places in lists. odd: how many cases; examples: what
    stands for the first few of them. cases: of all kinds together."""

    counts: pd.DataFrame
    odd: dict[Odd, int] = field(default_factory=dict)
    examples: dict[Odd, list[int]] = field(default_factory=dict)
    cases: int = 0


def count(rows: EventRows, rules: Mapping[str, AnyRule], taken: int) -> Tally:
    """What the rules, by measure, make of one part. taken: the day on which the extract was taken."""
    cases = Cases(rows)
    tally = Tally(_nothing(), cases=len(cases))
    trust = cases.trust_on(np.full(len(cases), -1, dtype=np.int32))
    _note_odd_cases(tally, cases, trust)
    tables = []
    for measure, rule in rules.items():
        found = counted(rule, cases, taken)
        tables.append(_table(measure, found))
        for fault, odd in found.odd.items():
            _note(tally, fault, measure, trust[odd], cases.ids[odd])
    tally.counts = pd.concat(tables, ignore_index=True) if tables else _nothing()
    return tally


def added(tallies: Iterable[Tally]) -> Tally:
    """The tallies of parts that have no case in common, whatever their order."""
    parts = list(tallies)
    tables = [part.counts for part in parts]
    whole = Tally(pd.concat(tables, ignore_index=True) if tables else _nothing())
    whole.counts = whole.counts.groupby(list(COLUMNS), as_index=False, observed=True)[list(COUNTS)].sum()
    for part in parts:
        whole.cases += part.cases
        for odd, number in part.odd.items():
            whole.odd[odd] = whole.odd.get(odd, 0) + number
            together = whole.examples.get(odd, []) + part.examples.get(odd, [])
            whole.examples[odd] = sorted(together)[:EXAMPLES]
    return whole


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


def _table(measure: str, found: Counted) -> pd.DataFrame:
    """Cases added up without sorting them: each has a place by trust, month and tier."""
    months = months_of(found.day)
    if len(found.case) == 0:
        return _nothing()
    first, width = int(months.min()), int(months.max() - months.min()) + 1
    place = (found.trust.astype(np.int64) * width + (months - first)) * len(TIERS) + found.tier
    of = np.bincount(place)
    met = np.bincount(place, weights=found.met, minlength=len(of)).astype(np.int64)
    used = np.flatnonzero(of)
    return pd.DataFrame(
        {
            "measure": measure,
            "trust": used // (width * len(TIERS)),
            "month": used // len(TIERS) % width + first,
            "tier": used % len(TIERS),
            "numerator": met[used],
            "denominator": of[used],
        }
    )


def _nothing() -> pd.DataFrame:
    numbers = {name: pd.Series(dtype=np.int64) for name in ("trust", "month", "tier", *COUNTS)}
    return pd.DataFrame({"measure": pd.Series(dtype=object), **numbers})
