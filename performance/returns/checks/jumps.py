"""Figures that change much from the period of the same length just before."""

from collections.abc import Iterator

import numpy as np

from performance.frameworks.figure_checks.columns import Booleans, Floats, Integers
from performance.frameworks.figure_checks.counts import HAIR
from performance.returns.checks.check import Places, Sent
from performance.returns.checks.neighbours import now_and_then
from performance.returns.checks.sentences import dated, figure_at
from performance.vocabulary import ADDED_UP, Unit
from performance.wording import written_number, written_value

# A share that changes by more, in percentage points, asks for a reason.
JUMP_POINTS = 20
# So does a count that changes by more than this part of itself, and by more than so many.
JUMP_RATIO = 0.5
JUMP_COUNT = 10
# A share of fewer cases jumps by chance.
ENOUGH_CASES = 20


def figure_does_not_jump(sent: Sent) -> Iterator[Places]:
    yield _shares(sent)
    yield _counts(sent)


def _shares(sent: Sent) -> Places:
    history = sent.history
    now, then = now_and_then(sent, history.where_unit(Unit.SHARE))
    has_cases = (history.denominator[now] >= ENOUGH_CASES) & (history.denominator[then] >= ENOUGH_CASES)
    change = np.abs(history.share[now] - history.share[then])
    return _jumps(sent, "numerator", now, then, has_cases & (change > JUMP_POINTS + HAIR), change)


def _counts(sent: Sent) -> Places:
    history = sent.history
    now, then = now_and_then(sent, history.where_unit(*ADDED_UP))
    change = np.abs(history.value[now] - history.value[then])
    is_large = change > JUMP_RATIO * np.abs(history.value[then]) + HAIR
    return _jumps(sent, "value", now, then, is_large & (change > JUMP_COUNT), change)


def _jumps(
    sent: Sent, column: str, now: Integers, then: Integers, is_jump: Booleans, change: Floats
) -> Places:
    jumps = np.flatnonzero(is_jump)

    def sentence(number: int) -> str:
        jump = jumps[number]
        place = int(now[jump])
        said = _points(change[jump]) if column == "numerator" else _count(sent, place, change[jump])
        return f"{_was_and_is(sent, int(then[jump]), place)}: {said} asks for a reason."

    return Places(sent.history.position[now[jumps]], column, sentence)


def _was_and_is(sent: Sent, then: int, now: int) -> str:
    history, known = sent.history, sent.known
    was, has_become = (
        f"{figure_at(history, place, known)} {dated(history.period_at(place))}" for place in (then, now)
    )
    return f"{known.title_of(history.measure_at(now))} was {was} and is {has_become}"


def _points(change: float) -> str:
    """With as many decimals as keep it above what is allowed."""
    decimals = next(digits for digits in range(10) if round(change, digits) > JUMP_POINTS)
    return f"a change of {written_number(change, decimals)} points, where more than {JUMP_POINTS}"


def _count(sent: Sent, place: int, change: float) -> str:
    code = sent.history.measure_at(place)
    written = written_value(change, sent.known.units[code], sent.known.decimals.get(code, 0))
    return f"a change of {written}, where more than half of what it was"
