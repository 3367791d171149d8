"""One row for each figure, and a column for each of its parts."""

from collections.abc import Sequence

import pandas as pd

from performance.frameworks.figure_checks.columns import NAMES
from performance.returns.figures_frame import Figures, Layout
from performance.returns.files import Block
from performance.returns.found import Found
from performance.returns.layouts.figure_reader import FigureReader
from performance.returns.layouts.headers import (
    columns_of_figures,
    field_of,
    found_in_header,
    missing,
    names_missing,
    period_missing,
    places_of,
)
from performance.returns.layouts.said import Said
from performance.returns.layouts.texts import Cells, texts_of

# A file has at least one of these.
FIGURES = {"value", "numerator", "denominator", "status"}


class TidyTable:
    def __init__(self, header: Sequence[str], row: int):
        self._header, self._row = header, row
        self._meanings = [field_of(text) for text in header]
        self._places = places_of(self._meanings)

    @staticmethod
    def fits(header: Sequence[str]) -> bool:
        return any(field_of(text) for text in header)

    def found(self, said: Said) -> list[Found]:
        has = set(self._places)
        return [
            *found_in_header(self._header, self._meanings, self._row),
            *names_missing(NAMES, has, said, self._row),
            *period_missing(has, said, self._row),
            *([] if has & FIGURES else [missing("value", self._row)]),
        ]

    def read(self, block: Block, reader: FigureReader) -> None:
        cells = Cells(texts_of(block, self._header, self._places), reader.findings)
        reader.keep(reader.read(cells))

    def figures(self, frame: pd.DataFrame) -> Figures:
        return Figures(frame, columns_of_figures(self._header, self._places), Layout.TIDY)
