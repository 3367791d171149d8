"""Figures that were there for the period just before and now are not."""

from collections.abc import Iterator

import numpy as np

from performance.frameworks.figure_checks.columns import Integers
from performance.returns.checks.check import Places, Sent
from performance.returns.checks.history import STATUSES
from performance.returns.checks.neighbours import now_and_then
from performance.returns.checks.sentences import dated, figure_at
from performance.vocabulary import WITHOUT_A_NUMBER, Unit
from performance.wording import counted

# That so many cases vanish asks for a reason.
MANY_CASES = 20


def cases_do_not_vanish(sent: Sent) -> Iterator[Places]:
    """Of a share; of a count that it is given at all, as one that falls to 0 jumps."""
    history = sent.history
    is_given = ~history.where_status(*WITHOUT_A_NUMBER)
    # What is empty in a row that couldn't be read may have been sent.
    no_cases = (np.isnan(history.denominator) & history.is_whole) | (history.denominator == 0)
    for unit, is_gone, number in (
        (Unit.SHARE, no_cases | ~is_given, history.denominator),
        (Unit.COUNT, ~is_given, history.value),
    ):
        now, then = now_and_then(sent, history.where_unit(unit) & is_gone)
        had_many = number[then] >= MANY_CASES
        for column, is_one in (("denominator", is_given[now]), ("status", ~is_given[now])):
            chosen = np.flatnonzero(had_many & is_one)
            yield _vanished(sent, column, now[chosen], then[chosen])


def _vanished(sent: Sent, column: str, now: Integers, then: Integers) -> Places:
    history, known = sent.history, sent.known

    def sentence(number: int) -> str:
        place, before = int(now[number]), int(then[number])
        code = history.measure_at(place)
        if known.units[code] == Unit.SHARE:
            was = f"had {counted(int(history.denominator[before]), 'case')}"
        else:
            was = f"was {figure_at(history, before, known)}"
        gone = _gone(sent, place) if column == "status" else _no_cases(sent, place)
        dates = [dated(history.period_at(at)) for at in (before, place)]
        return f"{known.title_of(code)} {was} {dates[0]} and {gone} {dates[1]}: say why."

    return Places(history.position[now], column, sentence)


def _gone(sent: Sent, place: int) -> str:
    return f"is {STATUSES[sent.history.status[place]].replace('-', ' ')}"


def _no_cases(sent: Sent, place: int) -> str:
    return "has none" if sent.history.denominator[place] == 0 else "has no denominator"
