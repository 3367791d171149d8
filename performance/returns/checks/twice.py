"""The same figure in two rows of a file."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from performance.frameworks.figure_checks.columns import Booleans, Integers, cell, differ, where_whole
from performance.returns.checks.check import Places, Sent
from performance.returns.figures_frame import NUMBERS
from trusts.content import quoted

WHAT_IT_SAYS = ("status", *NUMBERS)


def figure_stands_once(sent: Sent) -> Iterator[Places]:
    """Of rows that say the same."""
    positions, first = _twice(sent)
    is_same = ~_differs(sent.frame, positions, first)
    positions, first = positions[is_same], first[is_same]

    def sentence(number: int) -> str:
        position, other = int(positions[number]), int(first[number])
        found = quoted(cell(sent.frame, "measure", position))
        return f"Found {found}; expected one row for this figure; {_place(sent, other)} has it already."

    yield Places(positions, "measure", sentence)


def figure_has_one_value(sent: Sent) -> Iterator[Places]:
    """Of rows that contradict one another."""
    frame = sent.frame
    positions, first = _twice(sent)
    differs = _differs(frame, positions, first)
    positions, first = positions[differs], first[differs]

    def sentence(number: int) -> str:
        position, other = int(positions[number]), int(first[number])
        here, there = _place(sent, position), _place(sent, other)
        column = _first_difference(frame, position, other)
        own, others = (quoted(cell(frame, column, row)) for row in (position, other))
        return (
            f"{here[0].upper()}{here[1:]} has the same figure as {there} with another {column}: {own} and "
            f"not {others}. Keep the row that is right."
        )

    yield Places(positions, "measure", sentence)


def _twice(sent: Sent) -> tuple[Integers, Integers]:
    """The positions of figures that stood before, and of the first row that has each."""
    positions = np.flatnonzero(sent.first < np.arange(len(sent.frame)))
    return positions, sent.first[positions]


def _differs(frame: pd.DataFrame, positions: Integers, first: Integers) -> Booleans:
    """Whether what could be read of both rows differs. What couldn't be isn't known to differ."""
    whole = where_whole(frame)
    differs = np.zeros(len(positions), np.bool_)
    for column in WHAT_IT_SAYS:
        content = frame["status"].cat.codes if column == "status" else frame[column]
        differs |= differ(content.to_numpy()[positions], content.to_numpy()[first])
    return differs & whole[positions] & whole[first]


def _first_difference(frame: pd.DataFrame, position: int, other: int) -> str:
    return next(name for name in WHAT_IT_SAYS if cell(frame, name, position) != cell(frame, name, other))


def _place(sent: Sent, position: int) -> str:
    """The row, and in a wide layout, whose rows have many figures, the column too."""
    row, heading = (str(sent.frame[column].iat[position]) for column in ("row", "heading"))
    return f"row {row}, {heading}," if heading else f"row {row}"
