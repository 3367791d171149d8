"""Rows, many at a time."""

from collections.abc import Iterable, Iterator
from itertools import count
from typing import TypeVar

from performance.returns.files.header import Header
from performance.returns.files.limits import MOST_CELLS_OF_A_BLOCK, MOST_ROWS_OF_A_BLOCK
from performance.returns.files.sheet import Block

Cell = TypeVar("Cell")


def batches(rows: Iterable[list[Cell]], first: int) -> Iterator[tuple[int, list[list[Cell]]]]:
    """Rows with the number of the first of them. Wide rows come fewer at a time, so that memory
    stays flat."""
    batch: list[list[Cell]] = []
    cells = 0
    for row in rows:
        batch.append(row)
        cells += len(row)
        if cells >= MOST_CELLS_OF_A_BLOCK or len(batch) == MOST_ROWS_OF_A_BLOCK:
            yield first, batch
            first, batch, cells = first + len(batch), [], 0
    if batch:
        yield first, batch


def blocks_of(rows: Iterable[tuple[int, list[list[str]]]], header: Header) -> Iterator[Block]:
    """rows: batches, of text; spaces around it are taken off in place. Leaves out rows that are empty
    or of another width than the header."""
    for first, batch in rows:
        for row in batch:
            row[:] = map(str.strip, row)
        block = _block(first, batch, header)
        if block.cells:
            yield block


def _block(first: int, rows: list[list[str]], header: Header) -> Block:
    if set(map(len, rows)) == {header.width} and all(map(any, rows)):
        return Block(range(first, first + len(rows)), rows)
    kept = {
        number: row[: header.width]
        for number, row in zip(count(first), rows, strict=False)
        if header.takes(row) and any(row[: header.width])
    }
    return Block(list(kept), list(kept.values()))
