"""What cells of days, periods and statuses hold.

Each reader takes all cells of a column in a block, looks at each different text once, and gives
the values and what is refused. None raises.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from performance.periods import Period
from performance.returns.layouts.headers import in_small_words
from performance.returns.period_words import A_DAY, A_PERIOD, NotADay, NotAPeriod, read_day, read_period
from performance.vocabulary import WITHOUT_A_NUMBER, Status

Value = TypeVar("Value")
Codes = npt.NDArray[np.int32]
Days = npt.NDArray[np.datetime64]

# A status is kept as its place here; the last is of what is empty or can't be read.
STATUSES = (*Status.values(), "")
NO_STATUS = len(STATUSES) - 1
WORDS_OF_A_STATUS = {
    in_small_words(words): STATUSES.index(status.value)
    for status in Status
    for words in (status.value, status.label)
}
WHY_NONE = f"{', '.join(WITHOUT_A_NUMBER[:-1])} or {WITHOUT_A_NUMBER[-1]}"
A_STATUS = f"{Status.REPORTED}, {Status.NIL}, {WHY_NONE}"


class Refusal(ValueError):
    """Why a text can't be read: a finding's code, and what to write instead, as words that follow
    a colon."""

    def __init__(self, code: str, advice: str):
        super().__init__(advice)
        self.code, self.advice = code, advice


@dataclass(frozen=True)
class Refused:
    """Cells that can't be read for one reason: which of a column, and of a text what to write
    instead."""

    code: str
    places: npt.NDArray[np.intp]
    advice: Callable[[str], str]


def different(texts: Sequence[str]) -> tuple[list[str], Codes]:
    """The different texts, and the place among them of each text."""
    places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    return list(places), np.fromiter(map(places.__getitem__, texts), np.int32, len(texts))


def read_days(texts: Sequence[str], if_empty: datetime.date | None) -> tuple[Days, list[Refused]]:
    """datetime64[D], NaT where a cell can't be read."""

    def read(text: str) -> datetime.date:
        try:
            return read_day(text)
        except NotADay as error:
            raise Refusal("not-a-date", str(error)) from error

    days, codes, refused = _read(texts, _or_else(read, if_empty, A_DAY), None)
    return np.array(days, dtype="datetime64[D]")[codes], refused


def read_periods(texts: Sequence[str], if_empty: Period | None) -> tuple[Days, Days, list[Refused]]:
    """First and last days, NaT where a cell can't be read."""

    def read(text: str) -> Period:
        try:
            return read_period(text)
        except NotAPeriod as error:
            raise Refusal("not-a-period", str(error)) from error

    periods, codes, refused = _read(texts, _or_else(read, if_empty, A_PERIOD), None)
    starts = np.array([found and found.start for found in periods], dtype="datetime64[D]")
    ends = np.array([found and found.end for found in periods], dtype="datetime64[D]")
    return starts[codes], ends[codes], refused


def read_statuses(texts: Sequence[str]) -> tuple[npt.NDArray[np.int8], list[Refused]]:
    """Places in STATUSES; an empty cell is none, and isn't refused."""

    def read(text: str) -> int:
        place = WORDS_OF_A_STATUS.get(in_small_words(text)) if text else NO_STATUS
        if place is None:
            raise Refusal("not-a-status", f"write {A_STATUS}")
        return place

    places, codes, refused = _read(texts, read, NO_STATUS)
    return np.array(places, dtype=np.int8)[codes], refused


def _or_else(read: Callable[[str], Value], if_empty: Value | None, wanted: str) -> Callable[[str], Value]:
    def read_or_else(text: str) -> Value:
        if text:
            return read(text)
        if if_empty is None:
            raise Refusal("no-period", f"give {wanted}")
        return if_empty

    return read_or_else


def _read(
    texts: Sequence[str], read: Callable[[str], Value], if_refused: Value
) -> tuple[list[Value], Codes, list[Refused]]:
    """The values of the different texts, the place among them of each cell, and what is refused."""
    unique, codes = different(texts)
    values, refusals = [], {}
    for place, text in enumerate(unique):
        try:
            values.append(read(text))
        except Refusal as refusal:
            refusals[place] = refusal
            values.append(if_refused)
    return values, codes, _by_reason(unique, codes, refusals)


def _by_reason(unique: list[str], codes: Codes, refusals: dict[int, Refusal]) -> list[Refused]:
    advice = {unique[place]: refusal.advice for place, refusal in refusals.items()}
    reasons = dict.fromkeys(refusal.code for refusal in refusals.values())
    return [
        Refused(reason, np.flatnonzero(np.isin(codes, _of(reason, refusals))), advice.__getitem__)
        for reason in reasons
    ]


def _of(reason: str, refusals: dict[int, Refusal]) -> list[int]:
    return [place for place, refusal in refusals.items() if refusal.code == reason]
