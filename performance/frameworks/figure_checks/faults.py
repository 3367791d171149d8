"""How a rule names the places that break it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from performance.frameworks.figure_checks.columns import Booleans, Integers
from performance.frameworks.figure_checks.known import Known


@dataclass(frozen=True)
class Faults:
    """Cells of one column that break a rule: the positions of their rows in the frame, ascending,
    and for each position what is expected in its cell, in words that follow 'expected'."""

    positions: Integers
    column: str
    expected: Callable[[int], str]


Find = Callable[[pd.DataFrame, Known], Iterator[Faults]]


@dataclass(frozen=True)
class Rule:
    """code: what findings go by; holds: what must hold, in a line; find: the places where it doesn't."""

    code: str
    holds: str
    find: Find


def faults(is_wrong: Booleans, column: str, expected: str | Callable[[int], str]) -> Faults:
    """is_wrong: for each row of the frame, whether its cell breaks the rule."""
    said = expected if callable(expected) else lambda position: expected
    return Faults(np.flatnonzero(is_wrong).astype(np.int64), column, said)
