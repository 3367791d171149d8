"""Small cells of a table of counts left out, and as many others as keep them from being worked out.

Primary suppression leaves out what is small; secondary suppression leaves out more, as a reader who
knows the other cells and the totals could subtract. Source: Hundepool and others, Statistical Disclosure
Control (2012), chapter 4; the limit of 5 is that of many releases of official statistics.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linprog

from performance.statistics.columns import Booleans

LIMIT = 5
Cell = tuple[int, int]
Counts = NDArray[np.int64]


def suppressed(counts: ArrayLike, limit: int = LIMIT) -> Booleans:
    """Which cells and totals of a table may not be shown.

    counts: whole numbers of 0 or more, rows by columns. Numbers from 1 to limit - 1 are left out, totals
    too; a zero is nobody. A reader is taken to know everything that is shown, and that counts are 0 or
    more. For that reader each small number may still have at least two values, one of which is limit or
    more.
    Returns an array with a row and a column more than the table, for the totals: True where a number is
    left out. The same table gives the same.
    Raises ValueError for counts that are below 0, not whole, or not rows by columns.
    """
    table = _with_totals(_checked(counts))
    small = (table > 0) & (table < limit)
    hidden = small.copy()
    _hide_beside_lonely(table, hidden)
    while (cell := _exposed(table, small, hidden, limit)) is not None:
        row, column = cell
        beside = [*_row(table, row), *_column(table, column)]
        # Several may be too few together, with everything beside them left out.
        is_all_hidden = all(hidden[cell] for cell in beside)
        _hide_smallest(table, hidden, [*np.ndindex(table.shape)] if is_all_hidden else beside)
        _hide_beside_lonely(table, hidden)
    return hidden


def _checked(counts: ArrayLike) -> Counts:
    table = np.asarray(counts)
    if table.ndim != 2:
        raise ValueError("a table has rows and columns")
    if (table < 0).any() or (table % 1 != 0).any():
        raise ValueError("counts are whole numbers of 0 or more")
    return table.astype(np.int64)


def _with_totals(table: Counts) -> Counts:
    """With a last column and row of sums: they are numbers like others, of which a reader knows those
    that aren't left out."""
    rows = np.column_stack([table, table.sum(axis=1)])
    return np.vstack([rows, rows.sum(axis=0)])


def _row(table: Counts, row: int) -> list[Cell]:
    return [(row, column) for column in range(table.shape[1])]


def _column(table: Counts, column: int) -> list[Cell]:
    return [(row, column) for row in range(table.shape[0])]


def _hide_beside_lonely(table: Counts, hidden: Booleans) -> None:
    """Another in each row and column in which one alone is left out: it could be subtracted."""
    lines = [_row(table, row) for row in range(table.shape[0])]
    lines += [_column(table, column) for column in range(table.shape[1])]
    while lonely := [line for line in lines if sum(hidden[cell] for cell in line) == 1]:
        _hide_smallest(table, hidden, lonely[0])


def _hide_smallest(table: Counts, hidden: Booleans, cells: list[Cell]) -> None:
    """Of the cells that are shown. One of no case comes last, as it widens little; one in whose other line
    something is left out already comes first, as it needs no other beside it."""
    meets = (hidden.sum(axis=1)[:, np.newaxis] > 0) & (hidden.sum(axis=0) > 0)
    shown = [cell for cell in cells if not hidden[cell]]
    hidden[min(shown, key=lambda cell: (table[cell] == 0, not meets[cell], table[cell], cell))] = True


def _exposed(table: Counts, small: Booleans, hidden: Booleans, limit: int) -> Cell | None:
    """A small number that a reader could tell too well, if there is one."""
    lines = _Lines(table, hidden)
    for row, column in np.argwhere(small):
        least, most = lines.bounds((int(row), int(column)))
        if most < limit or most - least < 1:
            return int(row), int(column)
    return None


class _Lines:
    """What a reader knows of the cells that are left out: in each row and column of the table, what they
    come to together. Totals stand on the other side of the sum."""

    def __init__(self, table: Counts, hidden: Booleans):
        self._place = {(int(r), int(c)): place for place, (r, c) in enumerate(np.argwhere(hidden))}
        rows, columns = table.shape
        sums = np.zeros((rows + columns, len(self._place)))
        known = np.zeros(rows + columns)
        for (row, column), value in np.ndenumerate(table):
            for line, sign in (
                (row, -1 if column == columns - 1 else 1),
                (rows + column, -1 if row == rows - 1 else 1),
            ):
                if hidden[row, column]:
                    sums[line, self._place[row, column]] += sign
                else:
                    known[line] -= sign * value
        self._sums, self._known = sums, known

    def bounds(self, cell: Cell) -> tuple[float, float]:
        """The least and the most that a cell can be. They are whole, as the sums are of a network."""
        return self._extreme(cell, 1), -self._extreme(cell, -1)

    def _extreme(self, cell: Cell, sign: int) -> float:
        aim = np.zeros(len(self._place))
        aim[self._place[cell]] = sign
        found = linprog(aim, A_eq=self._sums, b_eq=self._known, method="highs")
        # Without a limit where it isn't found: these sums can always be kept.
        return -np.inf if found.fun is None else float(found.fun)
