"""Figures as they stand in a file: texts, and where each was found."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from performance.frameworks.figure_checks.columns import COUNTS
from performance.periods import Period
from performance.returns.files import Block
from performance.returns.layouts.cells import Refused
from performance.returns.layouts.findings import Findings, shown
from performance.returns.layouts.numbers import Numbers, read_counts, read_numbers

Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Texts:
    """A figure for each of `rows`. cells: a text for each figure, by what it holds; headers: of
    these cells. heading and period: where a header tells the period of all of them."""

    rows: npt.NDArray[np.int32]
    cells: dict[str, Sequence[str]]
    headers: dict[str, str]
    heading: str = ""
    period: Period | None = None

    def of(self, field: str) -> Sequence[str]:
        """Empty texts where the file has no such cells."""
        return self.cells.get(field) or ("",) * len(self.rows)


def texts_of(block: Block, header: Sequence[str], places: Mapping[str, int]) -> Texts:
    """A figure for each row of a block; places: of the columns that hold its parts."""
    return Texts(
        np.array(block.numbers, dtype=np.int32),
        # Not zip(*cells): that makes as many iterators as there are rows, and takes six times as long.
        {field: list(map(itemgetter(place), block.cells)) for field, place in places.items()},
        {field: header[place] for field, place in places.items()},
    )


class Cells:
    """Reads texts. is_whole: of each figure, whether all of its cells could be read so far."""

    def __init__(self, texts: Texts, findings: Findings):
        self.texts = texts
        self.is_whole = np.ones(len(texts.rows), np.bool_)
        self._findings = findings

    def numbers(self, field: str) -> Numbers:
        """NaN where a cell is empty, can't be read or isn't there."""
        if field not in self.texts.cells:
            return np.full(len(self.texts.rows), np.nan)
        values, refused = (read_counts if field in COUNTS else read_numbers)(self.texts.of(field))
        self.refuse(field, refused)
        return values

    def refuse(self, field: str, refused: Iterable[Refused]) -> None:
        """An error for each cell that can't be read."""
        for reason in refused:
            self.add_errors(reason.code, field, reason.places, _sentence_of(self.texts.of(field), reason))

    def add_errors(self, code: str, field: str, places: Places, sentence: Callable[[int], str]) -> None:
        """An error for each figure at these places; `sentence` takes a place."""
        self.is_whole[places] = False
        column, rows = self.texts.headers.get(field, ""), self.texts.rows[places]
        self._findings.add_errors(code, column, rows.tolist(), map(sentence, places.tolist()))


def _sentence_of(texts: Sequence[str], reason: Refused) -> Callable[[int], str]:
    return lambda place: f"Found {shown(texts[place])}: {reason.advice(texts[place])}."
