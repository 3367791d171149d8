"""From texts to the columns of Figures, block by block."""

import datetime
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.extensions import ExtensionArray

from performance.formulas import as_meant
from performance.frameworks.figure_checks.columns import NAMES, PERIOD
from performance.returns.figures_frame import NUMBERS
from performance.returns.layouts.cells import (
    NO_STATUS,
    STATUSES,
    WHY_NONE,
    Codes,
    Days,
    different,
    read_days,
    read_periods,
    read_statuses,
)
from performance.returns.layouts.findings import Findings
from performance.returns.layouts.numbers import Numbers
from performance.returns.layouts.said import Said
from performance.returns.layouts.texts import Cells, Places, Texts
from performance.returns.names import KnownNames
from performance.vocabulary import Status

# Columns of the frame for the figures of one block, names and statuses as codes.
Piece = dict[str, npt.NDArray[Any]]

# A target alone, or a note, is no figure.
FIGURE = ("value", "numerator", "denominator", "expected")
NO_FIGURE = f"Give a figure, or a status that says why there is none: {Status.NIL}, {WHY_NONE}."
REPORTED = STATUSES.index(Status.REPORTED)
COLUMNS = ("row", "heading", *NAMES, *PERIOD, "status", *NUMBERS, "note", "is_whole")


class FigureReader:
    """Reads the texts of one file, and keeps what they come to as compact columns."""

    def __init__(self, names: KnownNames, said: Said, findings: Findings):
        self.names = names
        self.findings = findings
        self._said = said
        self._pieces: list[Piece] = []
        self._codes: dict[str, dict[str, int]] = {column: {} for column in NAMES}

    def read(self, cells: Cells) -> Piece:
        """What the texts come to. Its is_whole is that of `cells`, whatever else is read of them."""
        texts = cells.texts
        numbers = {field: cells.numbers(field) for field in NUMBERS}
        return {
            "row": texts.rows,
            "heading": np.full(len(texts.rows), texts.heading, dtype=object),
            **self._names(texts),
            **dict(zip(PERIOD, self._period(cells), strict=True)),
            "status": _statuses(cells, numbers),
            **numbers,
            "note": np.array([as_meant(text) for text in texts.of("note")], dtype=object),
            "is_whole": cells.is_whole,
        }

    def keep(self, piece: Piece) -> None:
        self._pieces.append(piece)

    @property
    def has_figures(self) -> bool:
        return bool(self._pieces)

    def frame(self) -> pd.DataFrame:
        """All that was kept, as Figures have it. Column by column, so that only one is held twice."""
        joined = {
            column: self._typed(column, np.concatenate([piece.pop(column) for piece in self._pieces]))
            for column in COLUMNS
        }
        return pd.DataFrame(joined, copy=False)

    def _typed(self, column: str, values: npt.NDArray[Any]) -> ExtensionArray | npt.NDArray[Any]:
        if column in NAMES:
            return pd.Categorical.from_codes(values, pd.Index(list(self._codes[column]), dtype="str"))
        if column == "status":
            return pd.Categorical.from_codes(values, pd.Index(STATUSES, dtype="str"))
        if column in PERIOD:
            return values.astype("datetime64[s]")
        return pd.array(values, dtype="str") if values.dtype == object else values

    def _names(self, texts: Texts) -> dict[str, Codes]:
        """Codes for the slug or code of each name that is known, and for others as they are."""
        organisations, organisation = different(texts.of("organisation"))
        frameworks, framework = different(texts.of("framework"))
        measures, measure = different(texts.of("measure"))
        slugs = [self.names.framework(text or self._said.framework) for text in frameworks]
        # What a measure's name stands for depends on the framework.
        pairs, pair = np.unique(framework.astype(np.int64) * len(measures) + measure, return_inverse=True)
        of_pairs = [divmod(number, len(measures)) for number in pairs.tolist()]
        meant = {
            "organisation": [
                self.names.organisation(text or self._said.organisation) for text in organisations
            ],
            "framework": slugs,
            "measure": [self.names.measure(measures[m], slugs[f]) for f, m in of_pairs],
        }
        places = dict(zip(NAMES, (organisation, framework, pair), strict=True))
        return {column: self._coded(column, meant[column])[places[column]] for column in NAMES}

    def _coded(self, column: str, meanings: Sequence[str]) -> Codes:
        codes = self._codes[column]
        return np.array([codes.setdefault(meaning, len(codes)) for meaning in meanings], dtype=np.int32)

    def _period(self, cells: Cells) -> tuple[Days, Days]:
        """First and last days: as a header tells them, a cell, or two cells."""
        texts, said = cells.texts, self._said.period
        if texts.period:
            return _all(texts, texts.period.start), _all(texts, texts.period.end)
        if "period" in texts.cells:
            starts, ends, refused = read_periods(texts.of("period"), said)
            cells.refuse("period", refused)
            return starts, ends
        starts, refused = read_days(texts.of("period_start"), said.start if said else None)
        cells.refuse("period_start", refused)
        ends, refused = read_days(texts.of("period_end"), said.end if said else None)
        cells.refuse("period_end", refused)
        return starts, ends


def _all(texts: Texts, day: datetime.date) -> Days:
    return np.full(len(texts.rows), day, dtype="datetime64[D]")


def _statuses(cells: Cells, numbers: dict[str, Numbers]) -> npt.NDArray[np.int8]:
    """Where there is a number, an empty status is "reported"; where there is neither, that is an error."""
    statuses, refused = read_statuses(cells.texts.of("status"))
    cells.refuse("status", refused)
    is_empty = statuses == NO_STATUS
    for reason in refused:
        is_empty[reason.places] = False
    has_number = ~np.all([np.isnan(numbers[field]) for field in FIGURE], axis=0)
    statuses[is_empty & has_number] = REPORTED
    _refuse_without_figure(cells, np.flatnonzero(is_empty & ~has_number))
    return statuses


def _refuse_without_figure(cells: Cells, places: Places) -> None:
    """Only where nothing was tried: of a number that can't be read, a finding says so already."""
    texts = cells.texts
    tried = [texts.cells[field] for field in FIGURE if field in texts.cells]
    empty = np.array([place for place in places if not any(cell[place] for cell in tried)], dtype=np.intp)
    field = next((field for field in (*FIGURE, "status") if field in texts.headers), "")
    cells.add_errors("no-figure", field, empty, lambda place: NO_FIGURE)
