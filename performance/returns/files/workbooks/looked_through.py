"""What is known of a workbook before any value of it is read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from performance.returns.files.workbooks.grid import Grid
from performance.returns.found import CannotRead, Found


@dataclass(frozen=True)
class LookedThrough:
    """sheet: the name of the one that is the return. found: what is wrong with the whole workbook."""

    sheet: str
    grid: Grid
    found: list[Found]


@contextmanager
def besides(found: list[Found]) -> Iterator[None]:
    """What can't be read is told of together with what was found before."""
    try:
        yield
    except CannotRead as failure:
        raise CannotRead([*found, *failure.found]) from failure
