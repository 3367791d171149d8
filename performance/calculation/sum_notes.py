"""What a sum says of itself: how many parts it was added up from, and which are missing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from performance.calculation.adding_up import State
from performance.calculation.cells import firsts, numbered
from performance.periods import Period
from performance.vocabulary import Status
from performance.wording import counted, listed, written_number

# More names than this are only counted: a sentence that lists thirty trusts isn't read.
MOST_NAMES = 3

Verbs = dict[State, tuple[str, str]]

OF_PERIODS: Verbs = {
    State.MISSING: ("is missing", "are missing"),
    State.UNCOUNTED: ("has no counts", "have no counts"),
    State.SUPPRESSED: ("is suppressed", "are suppressed"),
    State.NOT_APPLICABLE: ("doesn't apply", "don't apply"),
}
OF_ORGANISATIONS: Verbs = {
    State.MISSING: ("has no figure", "have no figure"),
    State.UNCOUNTED: ("has no counts", "have no counts"),
    State.SUPPRESSED: ("has a suppressed figure", "have suppressed figures"),
    State.NOT_APPLICABLE: ("isn't measured by this", "aren't measured by this"),
    State.PARTIAL: ("has part of the period only", "have part of the period only"),
}
CANNOT = "Can't be added up"
FROM = "Added up from"
GIVES_AWAY = "Not added up, as the one suppressed figure could be worked out from the sum"


@dataclass(frozen=True)
class Wording:
    """noun: singular and plural of a part; named: how parts are called, by their places."""

    noun: tuple[str, str]
    verbs: Verbs
    named: Callable[[Sequence[int]], str]


def of_periods(noun: str, periods: Sequence[Period]) -> Wording:
    """The parts are periods in their order; those that follow one another are named together."""

    def named(places: Sequence[int]) -> str:
        starts = [i for i, place in enumerate(places) if i == 0 or places[i - 1] != place - 1]
        runs = zip(starts, [*starts[1:], len(places)], strict=True)
        return listed(
            [str(Period(periods[places[i]].start, periods[places[end - 1]].end)) for i, end in runs]
        )

    return Wording((noun, f"{noun}s"), OF_PERIODS, named)


def of_organisations(noun: tuple[str, str], names: Sequence[str]) -> Wording:
    def named(places: Sequence[int]) -> str:
        if len(places) > MOST_NAMES:
            return written_number(len(places))
        return listed([names[place] for place in places])

    return Wording(noun, OF_ORGANISATIONS, named)


def notes(sums: pd.DataFrame, states: NDArray[np.int8], wording: Wording) -> pd.Categorical:
    """A note for each row of `adding_up.added_up`. Rows that are alike share one, so that it
    takes no longer where everyone has a gap."""
    is_withheld = sums["status"].isin((Status.SUPPRESSED, Status.MISSING))
    told = np.column_stack([is_withheld, sums["lacks_expected"], sums["lacks_target"], states])
    alike = numbered(told.T)
    one_of_each = told[firsts(alike, alike.max(initial=-1) + 1)].tolist()
    texts = [_note(row[0] > 0, row[1], row[2], row[3:], wording) for row in one_of_each]
    codes, every = pd.factorize(np.array(texts, dtype=object))
    return pd.Categorical.from_codes(codes[alike], categories=pd.Index(every, dtype=object))


def _note(
    is_withheld: bool, lacks_expected: int, lacks_target: int, states: list[int], wording: Wording
) -> str:
    places = {state: [i for i, own in enumerate(states) if own == state] for state in State}
    clauses = [
        f"{wording.named(places[state])} {verbs[len(places[state]) > 1]}"
        for state, verbs in wording.verbs.items()
        if places[state]
    ]
    clauses += [
        f"no {what}, as {lacking} of them {'has' if lacking == 1 else 'have'} none"
        for lacking, what in ((lacks_expected, "predicted number"), (lacks_target, "target"))
        if lacking and not is_withheld
    ]
    if is_withheld:
        gives_away = len(places[State.SUPPRESSED]) == 1
        return f"{GIVES_AWAY if gives_away else CANNOT}: {'; '.join(clauses)}."
    return f"{'; '.join([_added_up_from(places, wording), *clauses])}."


def _added_up_from(places: dict[State, list[int]], wording: Wording) -> str:
    found = len(places[State.COUNTED]) + len(places[State.PARTIAL])
    asked = sum(map(len, places.values())) - len(places[State.NOT_APPLICABLE])
    if found == asked:
        return f"{FROM} {counted(found, *wording.noun)}"
    return f"{FROM} {written_number(found)} of {counted(asked, *wording.noun)}"


def tells_of_gaps(note: str) -> bool:
    """Whether the note of a sum says that it is from some of its parts only."""
    return note.startswith(FROM) and " of " in note.partition(";")[0]
