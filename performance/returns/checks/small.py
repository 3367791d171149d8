"""Figures of so few cases that people could be identified."""

from collections.abc import Iterator

import numpy as np

from performance.frameworks.figure_checks.columns import Booleans, Floats
from performance.returns.checks.check import Places, Sent
from performance.returns.checks.sentences import dated, in_full
from performance.vocabulary import Status, Unit
from performance.wording import counted

FEWEST, MOST = 1, 4


def cases_are_not_few(sent: Sent) -> Iterator[Places]:
    """Of a share or a count that is reported. A share of a small number gives that number away."""
    history = sent.history
    is_reported = history.is_sent & history.where_status(Status.REPORTED)
    for column, unit in (("denominator", Unit.SHARE), ("value", Unit.COUNT)):
        yield _few(sent, column, is_reported & history.where_unit(unit), getattr(history, column))


def _few(sent: Sent, column: str, is_one: Booleans, cases: Floats) -> Places:
    history, known = sent.history, sent.known
    places = np.flatnonzero(is_one & (cases >= FEWEST) & (cases <= MOST))

    def sentence(number: int) -> str:
        place = int(places[number])
        title = known.title_of(history.measure_at(place))
        of_cases = f"of {counted(int(cases[place]), 'case')}"
        few = f"{title} is {of_cases if column == 'denominator' else in_full(cases[place])}"
        return f"{few} {dated(history.period_at(place))}: people could be identified."

    return Places(history.position[places], column, sentence)
