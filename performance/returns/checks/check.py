"""What a check is: a rule with its code, how grave it is, and the places that it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from performance.frameworks.figure_checks.columns import Integers, cell
from performance.frameworks.figure_checks.faults import Faults, Rule
from performance.frameworks.figure_checks.names import first_with_the_figure
from performance.models import Severity
from performance.returns.checks.gathering import history_of
from performance.returns.checks.history import History
from performance.returns.checks.known import KnownToReturns
from performance.returns.figures_frame import Figures
from trusts.content import quoted


@dataclass(frozen=True)
class Sent:
    """The figures of a file, what is known, and the figures that the series holds already."""

    figures: Figures
    known: KnownToReturns
    before: pd.DataFrame

    @property
    def frame(self) -> pd.DataFrame:
        return self.figures.frame

    @cached_property
    def first(self) -> Integers:
        """For each figure the position of the first that is the same organisation's, measure's and
        period's."""
        return first_with_the_figure(self.frame)

    @cached_property
    def history(self) -> History:
        return history_of(self.frame, self.before, self.known)


@dataclass(frozen=True)
class Places:
    """Where something doesn't hold. positions: of figures in the frame; column: of the frame, empty
    for a whole row; sentence: what is said of the first, second ... of the positions."""

    positions: Integers
    column: str
    sentence: Callable[[int], str]


Find = Callable[[Sent], Iterator[Places]]
FindCells = Callable[[pd.DataFrame, KnownToReturns], Iterator[Faults]]


@dataclass(frozen=True)
class Check:
    """code: what findings go by; holds: what must hold, in a line; find: the places where it doesn't."""

    code: str
    severity: Severity
    holds: str
    find: Find


def error(code: str, holds: str, find: Find) -> Check:
    return Check(code, Severity.ERROR, holds, find)


def warning(code: str, holds: str, find: Find) -> Check:
    return Check(code, Severity.WARNING, holds, find)


def cells(code: str, holds: str, find: FindCells) -> Check:
    """An error of single cells, of which it is said what was found and what is expected."""

    def places(sent: Sent) -> Iterator[Places]:
        for faults in find(sent.frame, sent.known):
            yield _in_words(faults, sent.frame)

    return error(code, holds, places)


def of_any_figure(rule: Rule) -> Check:
    return cells(rule.code, rule.holds, rule.find)


def _in_words(faults: Faults, frame: pd.DataFrame) -> Places:
    def sentence(number: int) -> str:
        position = int(faults.positions[number])
        found = quoted(cell(frame, faults.column, position))
        return f"Found {found}; expected {faults.expected(position)}."

    return Places(faults.positions, faults.column, sentence)
