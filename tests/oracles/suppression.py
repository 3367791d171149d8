"""A reader who tries to work out what was left out of a table."""

from itertools import product

import numpy as np

Cell = tuple[int, int]


def with_totals(table: np.ndarray) -> np.ndarray:
    return np.array([[*row, sum(row)] for row in [*table.tolist(), table.sum(axis=0).tolist()]])


def values_possible(table: np.ndarray, hidden: np.ndarray, limit: int) -> dict[Cell, set[int]]:
    """Every value that each small number left out, cell or total, can have for someone who knows what is
    shown, found by trying all tables of whole numbers up to above the largest count."""
    truth = with_totals(table)
    unknown = [cell for cell in np.ndindex(table.shape) if hidden[cell]]
    found: dict[Cell, set[int]] = {cell: set() for cell in np.ndindex(truth.shape) if hidden[cell]}
    for values in product(range(int(table.max()) + limit + 1), repeat=len(unknown)):
        guess = table.copy()
        for cell, value in zip(unknown, values, strict=True):
            guess[cell] = value
        guessed = with_totals(guess)
        if (guessed[~hidden] == truth[~hidden]).all():
            for cell in found:
                found[cell].add(int(guessed[cell]))
    return {cell: values for cell, values in found.items() if 0 < truth[cell] < limit}
