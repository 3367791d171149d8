"""A month whose figures are all those of the month before."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from performance.frameworks.figure_checks.columns import COUNTS, Booleans, differ
from performance.returns.checks.check import Places, Sent
from performance.returns.checks.history import History
from performance.returns.checks.neighbours import now_and_then
from performance.vocabulary import Status
from performance.wording import written_number

# Fewer may be the same by chance.
ENOUGH_FIGURES = 3
WHAT_IT_SAYS = ("status", *COUNTS, "expected", "value")


def month_is_not_that_before(sent: Sent) -> Iterator[Places]:
    """One finding for each trust and month, where its figures begin."""
    history, known = sent.history, sent.known
    places = np.flatnonzero(history.is_sent & (history.months == 1))
    group, _ = pd.factorize(history.organisation[places] * len(history.spans) + history.span[places])
    is_same = _is_as_before(sent, history)[places]
    is_reported = history.where_status(Status.REPORTED)[places]
    figures, same, reported = (
        np.bincount(group, weights=weights) for weights in (None, is_same, is_reported)
    )
    # Where the first figure of each group stands in the file.
    first = np.full(len(figures), len(sent.frame), np.int64)
    np.minimum.at(first, group, history.position[places])
    example = np.zeros(len(figures), np.int64)
    example[group] = places
    groups = np.flatnonzero((figures == same) & (reported >= ENOUGH_FIGURES))

    def sentence(number: int) -> str:
        one = groups[number]
        place = int(example[one])
        name, then = known.name_of(history.organisation_at(place)), int(history.just_before[place])
        all_of_them = f"All {written_number(figures[one])} figures of {name} for {history.period_at(place)}"
        return f"{all_of_them} are the same as those for {history.period_at(then)}."

    yield Places(first[groups], "", sentence)


def _is_as_before(sent: Sent, history: History) -> Booleans:
    now, then = now_and_then(sent, history.months == 1)
    differs = np.zeros(len(now), np.bool_)
    for column in WHAT_IT_SAYS:
        numbers = getattr(history, column)
        differs |= differ(numbers[now], numbers[then])
    is_same = np.zeros(len(history.key), np.bool_)
    is_same[now[~differs]] = True
    return is_same
