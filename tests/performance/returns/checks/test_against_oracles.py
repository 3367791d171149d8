"""The checks beside rules that look at one figure at a time, on figures that chance makes."""

import datetime
import random
from typing import Any

import numpy as np
import pytest

from performance.frameworks.figures import FigureRow
from performance.returns.checks import check_figures
from performance.vocabulary import Status
from tests.oracles import figure_checks as row_by_row
from tests.oracles.figures_over_time import OverTime, later
from tests.performance.returns.checks.frames import (
    APRIL,
    KNOWN,
    MARCH,
    NUMBERS,
    UNITS,
    Row,
    figures,
    held,
    row,
)
from trusts.content import Located, OptionalFloat

NO_ONE = held()
# Rules that came with whole columns.
NEW = {
    "organisation-of-others",
    "trust-not-standing",
    "period-too-long",
    "period-not-over",
    "predicted-missing",
    "total-is-off",
    "year-to-date-falls",
    "jump",
    "denominator-vanishes",
    "small-number",
    "same-as-last",
    "month-missing",
}
TWICE = {"figure-twice", "figure-twice-different"}
OVER_TIME = NEW - {
    "organisation-of-others",
    "trust-not-standing",
    "period-too-long",
    "period-not-over",
    "predicted-missing",
}

# Cells of every kind that a rule asks about.
POOLS: dict[str, list[Any]] = {
    "organisation": ["london", "kent", "kent-area", "camelot"],
    "framework": ["ptrs", "league"],
    "measure": ["reports-on-time", "orders-completed", "rate-change", "targets-met", "happiness"],
    "period_start": [datetime.date(2009, 3, 31), datetime.date(2010, 4, 1), datetime.date(2010, 5, 1)],
    "period_end": [datetime.date(2010, 4, 30), datetime.date(2010, 5, 31), datetime.date(2012, 4, 1)],
    "status": list(Status),
    "numerator": [None, -1, 0, 1, 5, 50, 51],
    "denominator": [None, -5, 0, 1, 7, 50],
    "expected": [None, -0.5, 0.0, 44.5, 50.5, float("inf")],
    "value": [None, None, -3.0, 0.0, 14.3, 20.0, 71.4, 71.5, 100.0, 100.5, 1e16, 1e-7, float("-inf")],
    "target": [None, -1.0, 92.5, 100.5, 1e-320],
}


class ReturnRow(FigureRow):
    expected: OptionalFloat


@pytest.mark.parametrize("seed", range(10))
def test_single_figures_are_found_as_rules_for_rows_found_them(seed):
    dice = random.Random(seed)  # noqa: S311
    cells = [{column: dice.choice(pool) for column, pool in POOLS.items()} for _ in range(150)]
    rows = [
        Located("", number, ReturnRow.model_construct(**cell, note=""))
        for number, cell in enumerate(cells, start=2)
    ]
    checks = [*row_by_row.OF_ANY_FIGURE, *row_by_row.OF_A_RETURN]

    found = check_figures(figures(*(in_frame(cell) for cell in cells)), KNOWN, NO_ONE)

    problems = row_by_row.check_rows(rows, KNOWN, checks)
    twice = "one row for this figure"
    assert sorted(
        (one.row, one.column, one.sentence) for one in found if one.code not in NEW | TWICE
    ) == sorted(
        (problem.row, headed(problem.column), f"Found {problem.found}; expected {said(problem.expected)}.")
        for problem in problems
        if not problem.expected.startswith(twice)
    )
    assert [one.row for one in found if one.code in TWICE] == [
        problem.row for problem in problems if problem.expected.startswith(twice)
    ]
    assert len(problems) > 200


def in_frame(cell: Row) -> Row:
    return row({column: np.nan if content is None else content for column, content in cell.items()})


def headed(column: str) -> str:
    return column.replace("_", " ").capitalize()


def said(expected: str) -> str:
    """A return names its framework."""
    return expected.removesuffix(", or empty")


MEASURES = ("reports-on-time", "orders-completed", "planned-budget", "caseload", "targets-met")
PERIODS = [
    *((2010, month, 1) for month in range(1, 13)),
    *((2010, month, 3) for month in (1, 4, 5, 7, 10)),
    *((2010, 4, length) for length in (2, 4, 5, 6, 9, 12)),
    (2009, 4, 12),
]


SEEDS = range(30)


@pytest.mark.parametrize("seed", SEEDS)
def test_figures_over_time_are_found_as_one_by_one(seed):
    rows, before = by_chance(seed)

    found = check_figures(figures(*map(in_frame, rows)), KNOWN, held(*map(in_frame, before)))

    assert {(one.code, one.row, one.column) for one in found if one.code in OVER_TIME} == {
        (code, number, headed(column)) for code, number, column in one_by_one(rows, before)
    }


def test_figures_of_chance_have_everything_that_is_looked_for():
    """Or the test above would not be one of all checks."""
    codes = [code for seed in SEEDS for code in {code for code, *_ in one_by_one(*by_chance(seed))}]

    assert min(codes.count(code) for code in OVER_TIME) >= 5


def one_by_one(rows: list[Row], before: list[Row]) -> set[tuple[str, int, str]]:
    over_time = {"reports-on-time", "orders-completed", "planned-budget"}
    return OverTime(rows, before, UNITS, over_time, KNOWN.today).places()


def by_chance(seed: int) -> tuple[list[Row], list[Row]]:
    """What a file has, in which Kent's April is as its March, and what is held."""
    dice = random.Random(seed)  # noqa: S311
    rows, before = ([some_figure(dice) for _ in range(number)] for number in (250, 40))
    march = [figure | APRIL for figure in rows if figure["organisation"] == "kent" and is_of(MARCH, figure)]
    others = [figure for figure in rows if figure["organisation"] != "kent" or not is_of(APRIL, figure)]
    return [figure | {"row": number} for number, figure in enumerate(others + march, start=2)], before


def is_of(month: Row, figure: Row) -> bool:
    return figure | month == figure


def some_figure(dice: random.Random) -> Row:
    """Of few different numbers, so that some agree by chance."""
    measure, status = dice.choice(MEASURES), dice.choice(("reported", "reported", "reported", *Status))
    year, month, length = dice.choice(PERIODS)
    start = datetime.date(year, month, 1)
    return (
        dict.fromkeys(NUMBERS)
        | (some_numbers(dice, measure) if status == "reported" else {})
        | {
            "organisation": dice.choice(("london", "kent")),
            "measure": measure,
            "period_start": start,
            "period_end": later(start, length) - datetime.timedelta(days=1),
            "status": str(status),
        }
    )


def some_numbers(dice: random.Random, measure: str) -> Row:
    if UNITS[measure] not in ("share", "tally"):
        return {"value": dice.choice((0, 3, 10, 20, 20, 30))}
    denominator = dice.choice((0, 4, 19, 20, 40))
    return {"denominator": denominator, "numerator": dice.choice((denominator, denominator // 2, None))}
