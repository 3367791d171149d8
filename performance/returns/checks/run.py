"""All checks of the figures of a file."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from performance.returns.checks.all_checks import CHECKS
from performance.returns.checks.check import Check, Places, Sent
from performance.returns.checks.known import KnownToReturns
from performance.returns.figures_frame import Figures
from performance.returns.found import MOST_OF_A_KIND, Found
from performance.wording import written_number


def check_figures(figures: Figures, known: KnownToReturns, before: pd.DataFrame) -> list[Found]:
    """Everything that is wrong or asks for a reason, in the order of the places.

    before: the figures that the series holds already, one row each: organisation, measure,
    period_start, period_end, status, numerator, denominator, expected and value, as in Figures. Where
    the file has the same figure, the file's counts.
    """
    sent = Sent(figures, known, before)
    found = [finding for check in CHECKS for finding in findings(check, sent)]
    return sorted(found, key=lambda finding: finding.place)


def findings(check: Check, sent: Sent) -> Iterator[Found]:
    """The first so many of a check's findings, and then how many more there are."""
    found = list(check.find(sent))
    rows = sent.frame["row"].to_numpy()
    for places, number in _first_of(found):
        position = int(places.positions[number])
        column = sent.figures.header_of(places.column, position) if places.column else ""
        yield Found(check.code, check.severity, int(rows[position]), column, places.sentence(number))
    more = sum(len(places.positions) for places in found) - MOST_OF_A_KIND
    if more > 0:
        yield Found(check.code, check.severity, None, "", _more(check, more))


def _first_of(found: list[Places]) -> list[tuple[Places, int]]:
    """The first that are listed, each by the places that it is of and its number among them."""
    firsts = []
    for which, places in enumerate(found):
        numbers = np.argsort(places.positions, kind="stable")[:MOST_OF_A_KIND].tolist()
        firsts += [(int(places.positions[number]), which, number) for number in numbers]
    return [(found[which], number) for _, which, number in sorted(firsts)[:MOST_OF_A_KIND]]


def _more(check: Check, more: int) -> str:
    listed, others = written_number(MOST_OF_A_KIND), written_number(more)
    return f"{check.holds} Besides the {listed} places that are listed, it doesn't hold in {others} more."
