"""What is odd about an extract, in sentences for whoever sent it: one for each kind, trust and measure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from performance.extracts.count import Count
from performance.extracts.counting import EVERY_MEASURE, Odd
from performance.extracts.days import date_of, number_of
from performance.extracts.faults import Fault
from performance.extracts.figures import Counting, counted_from, trusts_with
from performance.extracts.rows import EVENTS
from performance.frameworks.case_rules import InTime, Lasting, Limit, Moment
from performance.periods import written_date
from performance.returns.found import Found, warning
from performance.wording import counted, listed

# As a spreadsheet counts: the header is row 1.
FIRST_ROW = 2
# Longest of a cell that is shown.
SHOWN = 40
# What a limit in working days takes at most, with holidays.
DAYS_OF_A_WORKING_DAY = 3


@dataclass(frozen=True)
class Told:
    """titles: of measures, by code; names: of trusts, by slug; figures: of `figures_of`, so that a finding
    has the row of the figure that it is about."""

    counting: Counting
    titles: Mapping[str, str]
    names: Mapping[str, str]
    figures: pd.DataFrame


def oddities(count: Count, told: Told) -> list[Found]:
    """Each is a warning: with a reason, what is sound counts."""
    return [
        *count.found,
        *_of_rows(count, told),
        *_of_cases(count, told),
        *_without_events(count, told),
        *_begun_late(count, told),
    ]


def _of_rows(count: Count, told: Told) -> Iterator[Found]:
    for (fault, trust), number in sorted(count.odd_rows.items()):
        if not _is_told(told, trust):
            continue
        such = [cell[:SHOWN] for cell, _ in count.cells.get(fault, Counter()).most_common(3)]
        examples = f", such as {listed([f'‘{cell}’' for cell in such])}" if such else ""
        sentence = f"{counted(number, 'row').capitalize()} {fault.label}{examples}."
        yield _found(fault, sentence, told, trust, EVERY_MEASURE)


def _is_told(told: Told, trust: str) -> bool:
    return trust == "" or told.counting.own in (None, trust)


def _of_cases(count: Count, told: Told) -> Iterator[Found]:
    def place(odd: Odd) -> tuple[str, int, str]:
        return (odd.measure, odd.trust, odd.fault)

    for odd in sorted(count.tally.odd, key=place):
        if told.counting.is_told(odd.trust):
            yield _of_case(count, told, odd)


def _of_case(count: Count, told: Told, odd: Odd) -> Found:
    what = "row" if odd.fault == Fault.SAID_TWICE else "case"
    beginning = f"{told.titles[odd.measure]}: " if odd.measure else ""
    number = counted(count.tally.odd[odd], what)
    examples = listed([pseudonym_of(case) for case in count.tally.examples[odd]])
    sentence = f"{beginning}{number} {odd.fault.label}. Such as {examples}."
    trust = told.counting.trusts[odd.trust]
    return _found(odd.fault, sentence[0].upper() + sentence[1:], told, trust, odd.measure)


def pseudonym_of(case: int) -> str:
    """What stands for a case, as it is shown."""
    return f"{case:016x}"


def _without_events(count: Count, told: Told) -> Iterator[Found]:
    """Measures of which the extract says nothing: not the same as that there were none."""
    trusts = sorted(set(count.tally.seen["trust"].tolist()))
    for trust in filter(told.counting.is_told, trusts):
        rules = told.counting.rules.items()
        missing = [measure for measure, rule in rules if trust not in trusts_with(count, rule)]
        for measure in missing:
            events = listed([f"‘{EVENTS[number]}’" for number in counted_from(told.counting.rules[measure])])
            sentence = f"{told.titles[measure]} isn’t counted, as the extract has no event {events}."
            yield _found_in(told.counting.trusts[trust], sentence, "not-counted", told)


def _begun_late(count: Count, told: Told) -> Iterator[Found]:
    """Measures of whose first cases the extract can't tell, as it begins after they did."""
    seen = count.tally.seen
    for measure, rule in told.counting.rules.items():
        wanted = number_of(told.counting.period.start) - reach(rule)
        events = seen[seen["event"].isin(counted_from(rule))]
        firsts = events.groupby("trust")["first"].min()
        for trust, first in zip(firsts.index.tolist(), firsts.tolist(), strict=True):
            if told.counting.is_told(trust) and first > wanted and reach(rule) > 0:
                sentence = (
                    f"{told.titles[measure]}: the extract begins on {written_date(date_of(first))}. Cases of "
                    f"the first months may be missing, as they can have begun from "
                    f"{written_date(date_of(wanted))} on."
                )
                yield _found_in(told.counting.trusts[trust], sentence, "begins-late", told)


def reach(rule: object) -> int:
    """How many days before a period a case may have begun that belongs to it, where there is a limit."""
    if isinstance(rule, Lasting):
        return _days(rule.limit)
    if isinstance(rule, InTime) and rule.period != Moment.START:
        return _days(rule.limit)
    return 0


def _days(limit: Limit) -> int:
    if limit.working_days:
        return DAYS_OF_A_WORKING_DAY * limit.working_days
    return 7 * limit.weeks if limit.weeks else limit.days or 0


def _found_in(trust: str, sentence: str, code: str, told: Told) -> Found:
    return warning(code, _said_of(told, trust, sentence), row=_row(told, trust, EVERY_MEASURE))


def _found(fault: Fault, sentence: str, told: Told, trust: str, measure: str) -> Found:
    return warning(str(fault), _said_of(told, trust, sentence), row=_row(told, trust, measure))


def _said_of(told: Told, trust: str, sentence: str) -> str:
    """Where an extract is of several trusts, with the trust's name."""
    is_of_one = told.counting.own is not None or trust == ""
    return sentence if is_of_one else f"{told.names[trust]}: {sentence}"


def _row(told: Told, trust: str, measure: str) -> int | None:
    """Of the first figure of the trust, under the measure if it has one; None where there is none."""
    figures = told.figures
    of_trust = figures["organisation"] == trust
    under = of_trust & (figures["measure"] == measure)
    rows = figures.index[under if under.any() else of_trust]
    return int(rows[0]) + FIRST_ROW if len(rows) else None
