"""A reader who tries to work out what was left out of a table.

They are given what is shown and nothing else: a list of rows with the totals of rows last, then a row of
the totals of columns; None for what was left out. They know that counts are whole and 0 or more.
"""

from itertools import product

import numpy as np
from scipy.optimize import milp

Cell = tuple[int, int]
Shown = list[list[int | None]]


def with_totals(table: np.ndarray) -> np.ndarray:
    rows = [[*row, sum(row)] for row in table.tolist()]
    return np.array([*rows, [sum(column) for column in zip(*rows, strict=True)]])


def as_shown(numbers: np.ndarray, hidden: np.ndarray) -> Shown:
    """Of a table with its totals."""
    return [
        [None if hides else number for number, hides in zip(*row, strict=True)]
        for row in zip(numbers.tolist(), hidden.tolist(), strict=True)
    ]


def values_left(shown: Shown, most: int) -> dict[Cell, set[int]]:
    """Every value that each number left out can have, by trying all tables with whole numbers up to most
    in the cells that aren't known."""
    cells = cells_of(shown)
    each = [range(most + 1) if (known := at(shown, cell)) is None else [known] for cell in cells]
    # A row a table.
    guesses = np.stack(np.meshgrid(*each, indexing="ij"), axis=-1).reshape(-1, len(cells))
    for total in totals_of(shown):
        if (known := at(shown, total)) is not None:
            guesses = guesses[guesses @ is_part(cells, total, shown) == known]
    return {
        place: set(np.unique(guesses @ is_part(cells, place, shown)).tolist()) for place in left_out(shown)
    }


def bounds(shown: Shown, place: Cell, most: int) -> tuple[int, int]:
    """The least and the most that a number left out can be, with whole numbers up to most in the cells
    that aren't known: by integer programming, for tables too large to try all."""
    cells = cells_of(shown)
    limits = [(0, most) if (known := at(shown, cell)) is None else (known, known) for cell in cells]
    totals = [total for total in totals_of(shown) if at(shown, total) is not None]
    sums = np.array([is_part(cells, total, shown) for total in totals]).reshape(-1, len(cells))
    told = np.array([at(shown, total) for total in totals], dtype=float)
    aim, ends = is_part(cells, place, shown), tuple(zip(*limits, strict=True))
    least, largest = (
        milp(sign * aim, integrality=np.ones(len(cells)), bounds=ends, constraints=(sums, told, told))
        for sign in (1, -1)
    )
    assert least.status == largest.status == 0, (least.message, largest.message)
    return round(least.fun), -round(largest.fun)


def is_part(cells: list[Cell], place: Cell, shown: Shown) -> np.ndarray:
    """1 for each cell that a total adds up, or for the cell itself."""
    rows, columns = len(shown) - 1, len(shown[0]) - 1
    return np.array(
        [place[0] in (row, rows) and place[1] in (column, columns) for row, column in cells], dtype=float
    )


def at(shown: Shown, place: Cell) -> int | None:
    return shown[place[0]][place[1]]


def cells_of(shown: Shown) -> list[Cell]:
    return list(product(range(len(shown) - 1), range(len(shown[0]) - 1)))


def totals_of(shown: Shown) -> list[Cell]:
    last_row, last_column = len(shown) - 1, len(shown[0]) - 1
    return [place for place in places_of(shown) if place[0] == last_row or place[1] == last_column]


def left_out(shown: Shown) -> list[Cell]:
    return [place for place in places_of(shown) if at(shown, place) is None]


def places_of(shown: Shown) -> list[Cell]:
    return list(product(range(len(shown)), range(len(shown[0]))))
