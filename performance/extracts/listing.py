"""Case by case, for the trust alone: what the rules made of each, as long as the events are kept."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.conf import settings

from performance.extracts.cases import Cases
from performance.extracts.clocks import Counted, counted
from performance.extracts.days import NEVER, date_of, month_number, months_of, number_of
from performance.extracts.keeping import division_of
from performance.extracts.oddities import pseudonym_of
from performance.extracts.reading import Known, read_part
from performance.extracts.rows import TIERS
from performance.extracts.rules import known_trusts, rule_of
from performance.models import CaseExtract, Measure
from performance.returns.known import ReturnNames


@dataclass(frozen=True)
class CaseRow:
    """What a measure's rule made of one case. day: by which it belongs to its month; took: in the unit of
    the limit. None: the clock still runs, or there is none."""

    case: str
    measure: str
    tier: str
    day: date
    met: bool
    started: date | None
    stopped: date | None
    took: int | None


def cases_of(extract: CaseExtract, measures: Sequence[Measure], trust: str) -> Iterator[CaseRow]:
    """Of the trust, under the measures, in the period of the extract; part by part."""
    known = known_trusts(ReturnNames.from_database(), extract.taken)
    place = known.slugs.index(trust)
    for part in range(extract.job.plan["parts"]):
        cases = _cases(extract, part, known)
        for measure in measures:
            found = counted(rule_of(measure), cases, number_of(extract.taken))
            yield from _rows(extract, measure, cases, found, place)


def looked_up(
    extract: CaseExtract, measures: Sequence[Measure], trust: str, numbers: Sequence[str]
) -> dict[str, list[CaseRow]]:
    """What became of cases by the numbers that the trust itself gives them, as many as are in the extract."""
    named = {pseudonym_of(hashed(number)): number for number in numbers}
    found: dict[str, list[CaseRow]] = {number: [] for number in numbers}
    for row in cases_of(extract, measures, trust):
        if row.case in named:
            found[named[row.case]].append(row)
    return found


def hashed(number: str) -> int:
    """As `reading.expressions.pseudonym` does in SQL."""
    digest = hashlib.sha256(f"{settings.CASE_KEY}{number}".encode()).hexdigest()
    return int(digest[:16], 16)


def _cases(extract: CaseExtract, part: int, known: Known) -> Cases:
    division = division_of(extract, extract.job.plan["parts"])
    return Cases(read_part(division.place, part, known).rows)


def _rows(
    extract: CaseExtract, measure: Measure, cases: Cases, found: Counted, trust: int
) -> Iterator[CaseRow]:
    months = months_of(found.day)
    first, last = month_number(extract.period_start), month_number(extract.period_end)
    for place in np.flatnonzero((found.trust == trust) & (months >= first) & (months <= last)).tolist():
        yield CaseRow(
            case=pseudonym_of(int(cases.ids[found.case[place]])),
            measure=measure.code,
            tier=TIERS[found.tier[place]],
            day=date_of(found.day[place]),
            met=bool(found.met[place]),
            started=_day(found.started[place]),
            stopped=_day(found.stopped[place]),
            took=None if found.took[place] == NEVER else int(found.took[place]),
        )


def _day(day: Any) -> date | None:
    return None if day == NEVER else date_of(day)
