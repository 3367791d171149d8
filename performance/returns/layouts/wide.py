"""One row for each measure, and columns for each period: "Apr 2010", "Apr 2010 numerator"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress

import numpy as np
import numpy.typing as npt
import pandas as pd

from performance.frameworks.figure_checks.columns import NAMES
from performance.periods import Period
from performance.returns.figures_frame import NUMBERS, Figures, Layout
from performance.returns.files import Block
from performance.returns.found import Found, error
from performance.returns.layouts.figure_reader import NO_FIGURE, FigureReader
from performance.returns.layouts.findings import shown
from performance.returns.layouts.headers import (
    FIELDS,
    NOT_READ,
    columns_of_figures,
    field_of,
    found_in_header,
    in_small_words,
    names_missing,
    places_of,
)
from performance.returns.layouts.said import Said
from performance.returns.layouts.texts import Cells, Texts, texts_of
from performance.returns.period_words import NotAPeriod, read_period

# What may stand after a period in a header, a period alone being its value.
OF_A_PERIOD = ("status", *NUMBERS, "note")
# What may stand once in a row, for all of its periods.
OF_A_ROW = (*NAMES, *NOT_READ, "target", "note")
# A period ends with a digit.
PERIOD_AND_FIELD = re.compile(r"(.*\d)(\D*)")
BETWEEN = " _:;,()[]-–—"


@dataclass(frozen=True)
class PeriodColumn:
    period: Period
    column: str
    heading: str = field(compare=False)


Meaning = str | PeriodColumn | NotAPeriod


@dataclass(frozen=True)
class WideFigures(Figures):
    """headers: as sent, by the period's part and the column of the frame; by the period's part and
    an empty text, the first of its columns."""

    headers: dict[tuple[str, str], str]

    def header_of(self, column: str, position: int) -> str:
        if column in NAMES:
            return super().header_of(column, position)
        heading = str(self.frame["heading"].iat[position])
        return self.headers.get((heading, column), self.headers[heading, ""])


class WideTable:
    def __init__(self, header: Sequence[str], row: int):
        self._header, self._row = header, row
        self._meanings = [_meaning(text) for text in header]
        places = places_of(self._meanings)
        self._of_rows = {key: place for key, place in places.items() if isinstance(key, str)}
        self._of_periods: dict[Period, dict[str, int]] = {}
        self._headings: dict[Period, str] = {}
        for key, place in places.items():
            if isinstance(key, PeriodColumn):
                self._headings.setdefault(key.period, key.heading)
                self._of_periods.setdefault(key.period, {})[key.column] = place

    @staticmethod
    def fits(header: Sequence[str]) -> bool:
        return any(not isinstance(_meaning(text), str | None) for text in header)

    def found(self, said: Said) -> list[Found]:
        return [
            *found_in_header(self._header, self._meanings, self._row),
            *names_missing(NAMES, set(self._of_rows), said, self._row),
            *self._no_periods(),
            *self._of_no_period(),
        ]

    def _no_periods(self) -> Iterator[Found]:
        for text, meaning in zip(self._header, self._meanings, strict=True):
            if isinstance(meaning, NotAPeriod):
                yield error("not-a-period", f"Found {shown(text)}: {meaning}.", row=self._row, column=text)

    def _of_no_period(self) -> Iterator[Found]:
        """Columns of which a row has one for each period, or may have, and that name none."""
        of_periods = {name for places in self._of_periods.values() for name in places}
        for name, place in self._of_rows.items():
            if name not in OF_A_ROW or name in of_periods:
                text = self._header[place]
                sentence = (
                    f"The column {shown(text)} is of no period, while others are: write the period "
                    f"before it, as in Apr 2010 value, or give each figure a row of its own."
                )
                yield error("mixed-layouts", sentence, row=self._row, column=text)

    def read(self, block: Block, reader: FigureReader) -> None:
        """A figure for each row and period of which a cell is filled."""
        rows = Cells(texts_of(block, self._header, self._of_rows), reader.findings)
        targets = rows.numbers("target")
        has_figure = np.zeros(len(block.numbers), np.bool_)
        for period, places in self._of_periods.items():
            of_period = texts_of(block, self._header, places)
            filled = np.fromiter(map(any, zip(*of_period.cells.values(), strict=True)), np.bool_)
            has_figure |= filled
            if filled.any():
                texts = self._figures_of(rows.texts, of_period, filled, period)
                piece = reader.read(Cells(texts, reader.findings))
                if "target" in self._of_rows:
                    # Read once for all periods, so that a cell that can't be read is told of once.
                    piece["target"] = targets[filled]
                    piece["is_whole"] &= rows.is_whole[filled]
                reader.keep(piece)
        rows.add_errors("no-figure", "", np.flatnonzero(~has_figure), lambda place: NO_FIGURE)

    def _figures_of(
        self, rows: Texts, of_period: Texts, filled: npt.NDArray[np.bool_], period: Period
    ) -> Texts:
        cells = {name: texts for name, texts in rows.cells.items() if name != "target"} | of_period.cells
        return Texts(
            of_period.rows[filled],
            {name: list(compress(texts, filled)) for name, texts in cells.items()},
            of_period.headers,
            self._headings[period],
            period,
        )

    def figures(self, frame: pd.DataFrame) -> Figures:
        """By row, and within a row by period as the header has them."""
        of_rows = columns_of_figures(self._header, self._of_rows)
        columns = dict(of_rows)
        headers: dict[tuple[str, str], str] = {}
        for period, places in self._of_periods.items():
            heading = self._headings[period]
            of_period = {name: self._header[place] for name, place in places.items()}
            headers |= {(heading, name): text for name, text in (of_rows | of_period).items()}
            headers[heading, ""] = next(iter(of_period.values()))
            columns = of_period | columns
        ordered = frame.sort_values("row", kind="stable", ignore_index=True)
        return WideFigures(ordered, columns, Layout.WIDE, headers)


def _meaning(text: str) -> Meaning | None:
    """NotAPeriod where a period is meant and can't be read."""
    known = field_of(text)
    parts = None if known else PERIOD_AND_FIELD.fullmatch(" ".join(text.split()))
    if not parts:
        return known
    words = in_small_words(parts[2].strip(BETWEEN))
    name = FIELDS.get(words) if words else "value"
    if name not in OF_A_PERIOD:
        return None
    try:
        return PeriodColumn(read_period(parts[1]), name, parts[1])
    except NotAPeriod as error:
        return error if error.is_close else None
