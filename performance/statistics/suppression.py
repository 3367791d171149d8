"""Small counts of a table left out, and as many others as keep them from being worked out.

Counts from 1 to limit - 1 are left out (primary suppression). A reader who knows what is shown could
subtract, so more is left out (secondary suppression), until for every small count there is a table that
agrees with all that is shown and has limit or more in its place. The rule in full, for each small count
left out: the largest whole number that a reader can't rule out is limit or more. As the count itself
can't be ruled out either, two whole numbers at least remain. A zero is nobody, and may be shown.

A reader is taken to know all that is shown and that counts are whole and not below 0, but not how the
further cells are chosen, nor other tables of the same cases, nor which case is whose.

Sources: Hundepool and others, Statistical Disclosure Control (2012), chapters 4 and 5, for the rule;
Gusfield (1988), SIAM Journal on Computing 17:552-571, for the table as a network, in which what is left
out moves along cycles.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse.csgraph import csgraph_from_dense, dijkstra

from performance.statistics.columns import Booleans, Floats

LIMIT = 5
Counts = NDArray[np.int64]
Cell = tuple[int, int]


def suppressed(counts: ArrayLike, limit: int = LIMIT) -> Booleans:
    """Which cells and which totals of a table may not be shown.

    counts: whole numbers of 0 or more, rows by columns; limit: the smallest count that may be shown,
    zero apart. Small totals are left out as small cells are. Every table can be protected: at worst all
    its cells and totals are left out. No total is unless one is small.
    Returns an array with a row and a column more than counts, for the totals of columns and of rows;
    its last place is the total of all. True where a number is left out.
    Raises ValueError for counts that are below 0, not whole, or not rows by columns; for a limit below 1.
    """
    if limit < 1:
        raise ValueError("a limit is 1 or more")
    table = _with_totals(_checked(counts))
    small = (table > 0) & (table < limit)
    hidden = small.copy()
    _protect(table, small, hidden, _prices(table), limit)
    return hidden


def _checked(counts: ArrayLike) -> Counts:
    table = np.asarray(counts, dtype=float)
    if table.ndim != 2:
        raise ValueError("a table has rows and columns")
    if not np.isfinite(table).all() or (table < 0).any() or (table % 1 > 0).any():
        raise ValueError("counts are whole numbers of 0 or more")
    return table.astype(np.int64)


def _with_totals(table: Counts) -> Counts:
    rows = np.column_stack([table, table.sum(axis=1)])
    return np.vstack([rows, rows.sum(axis=0)])


def _prices(table: Counts) -> Floats:
    """What it costs to leave a number out: its cases. Zeros cost more than all other cells together, as
    one can only be raised, and totals more than all cells, as most is read from them."""
    cells, every = table[:-1, :-1], table[-1, -1] + 1
    prices = (table + every * (cells.size + 1)).astype(float)
    prices[:-1, :-1] = np.where(cells > 0, cells, every)
    return prices


def _protect(table: Counts, small: Booleans, hidden: Booleans, prices: Floats, limit: int) -> None:
    """Leaves out more, until no small number is exposed. Each is done with once, since leaving out more
    never tells a reader more; one other table often does for many of them."""
    exposed = small.copy()
    while exposed.any():
        row, column = np.argwhere(exposed)[0]
        exposed &= _other_table(table, (int(row), int(column)), hidden, prices, limit) < limit


def _other_table(table: Counts, cell: Cell, hidden: Booleans, prices: Floats, limit: int) -> Counts:
    """A table that a reader can't tell from the true one, with limit in a cell; leaves out what differs."""
    other = table.copy()
    while other[cell] < limit:
        turn = _cheapest_turn(other, cell, np.where(hidden, 0.0, prices))
        other += turn * other[turn < 0].min(initial=limit - other[cell])
        hidden |= turn != 0
    return other


def _cheapest_turn(table: Counts, cell: Cell, prices: Floats) -> Counts:
    """Which numbers to raise (1) and which to lower (-1) by one, so that a cell is raised and every sum
    still holds.

    There always is such a turn. A cell below the limit whose totals are shown has other cases in its row
    and in its column: one of each can be lowered, and the cell where those two cross raised. And what may
    be left out can always be raised together with its totals, up to the total of all.
    """
    is_forward, rows = _is_forward(table.shape), len(table)
    lowering = np.where(table > 0, prices, np.inf)
    lowering[cell] = np.inf
    ends = (cell[0], rows + cell[1])
    node, start = ends if is_forward[cell] else ends[::-1]
    network = csgraph_from_dense(_steps(is_forward, prices, lowering), null_value=np.inf)
    _, (before,) = dijkstra(network, indices=[start], return_predecessors=True)
    turn = np.zeros_like(table)
    turn[cell] = 1
    while node != start:
        node, next_node = int(before[node]), node
        place = min(node, next_node), max(node, next_node) - rows
        turn[place] = 1 if is_forward[place] == (node < rows) else -1
    return turn


def _steps(is_forward: Booleans, raising: Floats, lowering: Floats) -> Floats:
    """What each step costs from row to column and back, rows numbered first: along a number it is raised,
    against it lowered."""
    rows, columns = is_forward.shape
    steps = np.full((rows + columns, rows + columns), np.inf)
    steps[:rows, rows:] = np.where(is_forward, raising, lowering)
    steps[rows:, :rows] = np.where(is_forward, lowering, raising).T
    return steps


def _is_forward(shape: tuple[int, ...]) -> Booleans:
    """Cases flow from the total of all to the totals of rows, from rows to columns, and by the totals of
    columns back to the total of all: each number lies between a row and a column, and sums hold where as
    much goes in as comes out. A cell and the total of all go from row to column, other totals back."""
    is_forward = np.ones(shape, dtype=np.bool_)
    is_forward[-1, :-1] = is_forward[:-1, -1] = False
    return is_forward
