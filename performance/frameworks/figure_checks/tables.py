"""The rules asked of a table whose rows are read one by one."""

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import numpy as np
import pandas as pd

from performance.frameworks.figure_checks.columns import NAMES, NUMBERS, PERIOD, Floats, cell
from performance.frameworks.figure_checks.faults import Rule
from performance.frameworks.figure_checks.known import Known
from performance.frameworks.figure_checks.rules import CHECKS
from performance.frameworks.figures import FigureRow
from trusts.content import Located, Problem

Row = Located[FigureRow]


def check_table(rows: Sequence[Row], known: Known, rules: Iterable[Rule] = CHECKS) -> list[Problem]:
    """Every problem of a table, by row."""
    problems = [*numbers_are_numbers(rows), *_rules_broken(rows, known, rules)]
    return sorted(problems, key=lambda problem: problem.row)


def _rules_broken(rows: Sequence[Row], known: Known, rules: Iterable[Rule]) -> Iterator[Problem]:
    frame = frame_of(rows)
    for rule in rules:
        for faults in rule.find(frame, known):
            for position in faults.positions.tolist():
                found = cell(frame, faults.column, position)
                yield rows[position].problem(faults.column, found, faults.expected(position))


def numbers_are_numbers(rows: Iterable[Row]) -> Iterator[Problem]:
    """A cell may say 'nan'. In a frame that stands for an empty one, so it is looked for here."""
    for place in rows:
        for column in _not_numbers(place.row):
            yield place.problem(column, math.nan, "a finite number")


def _not_numbers(row: FigureRow) -> list[str]:
    return [column for column, content in row if isinstance(content, float) and math.isnan(content)]


def frame_of(rows: Sequence[Row]) -> pd.DataFrame:
    """A row for each figure, in order, with the columns that `columns` describes, and `row`."""
    figures = [place.row for place in rows]
    return pd.DataFrame(
        {
            "row": np.array([place.number for place in rows], dtype=np.int32),
            **{column: _texts(figures, column) for column in (*NAMES, "status")},
            **{column: _days(figures, column) for column in PERIOD},
            **{column: _numbers(figures, column) for column in NUMBERS},
            "is_whole": [not _not_numbers(figure) for figure in figures],
        }
    )


def _texts(figures: Sequence[FigureRow], column: str) -> pd.Series:
    return pd.Series([str(getattr(figure, column)) for figure in figures], dtype="category")


def _days(figures: Sequence[FigureRow], column: str) -> np.ndarray:
    days: list[date] = [getattr(figure, column) for figure in figures]
    return np.array(days, dtype="datetime64[s]")


def _numbers(figures: Sequence[FigureRow], column: str) -> Floats:
    """NaN for an empty cell, and for a column that rows of this kind don't have."""
    cells = (getattr(figure, column, None) for figure in figures)
    return np.array([math.nan if number is None else number for number in cells], dtype=np.float64)
