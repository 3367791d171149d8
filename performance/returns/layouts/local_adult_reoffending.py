"""Local adult reoffending as the Ministry of Justice published it: a row for each area, with its
cohort, the actual and the predicted rate in per cent, and the difference between them.

Rates are printed to two decimals. Where only one whole number of offenders comes to the printed
rate, that is the numerator: one offender more must change the rate (100 / cohort) by more than the
rounding, as is always so in cohorts below 10,000. Otherwise the rate is a value alone.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd

from performance.returns.figures_frame import Figures, Layout
from performance.returns.files import Block
from performance.returns.found import Found
from performance.returns.layouts.figure_reader import FigureReader, Piece
from performance.returns.layouts.findings import shown
from performance.returns.layouts.headers import (
    NOT_READ,
    columns_of_figures,
    field_of,
    found_in_header,
    in_small_words,
    missing,
    names_missing,
    period_missing,
    places_of,
)
from performance.returns.layouts.numbers import Numbers
from performance.returns.layouts.said import Said
from performance.returns.layouts.texts import Cells, texts_of
from performance.wording import written_number

MEASURE = "local-adult-reoffending"
AS_IN_A_TIDY_TABLE = (
    *NOT_READ,
    *("organisation", "framework", "period", "period_start", "period_end", "status"),
    *("target", "note"),
)
# The first that is in a header tells which column it is: "% difference from predicted" is no rate.
# Of the differences the print says whether they are significant; that is worked out anew.
BY_A_WORD = {
    "significan": "significance",
    "difference": "difference",
    "actual": "value",
    "predicted": "expected",
    "cohort": "denominator",
    "offenders": "denominator",
}
RATES = ("value", "expected")
# Halves of last digits as binary fractions have them may come out a hair aside.
HAIR = 1e-6


class LocalAdultReoffendingTable:
    def __init__(self, header: Sequence[str], row: int):
        self._header, self._row = header, row
        self._meanings = [_meaning(text) for text in header]
        self._places = places_of(self._meanings)

    @staticmethod
    def fits(header: Sequence[str]) -> bool:
        meanings = {_meaning(text) for text in header}
        return {"organisation", *RATES} <= meanings and "measure" not in map(field_of, header)

    def found(self, said: Said) -> list[Found]:
        has = set(self._places)
        return [
            *found_in_header(self._header, self._meanings, self._row),
            *names_missing(["framework"], has, said, self._row),
            *period_missing(has, said, self._row),
            *([] if "denominator" in has else [missing("denominator", self._row)]),
        ]

    def read(self, block: Block, reader: FigureReader) -> None:
        """Rows of the nation and of regions are left out: only trusts send figures."""
        block = self._without_totals(block, reader)
        if not block.cells:
            return
        texts = texts_of(block, self._header, self._places)
        texts.cells["measure"] = (MEASURE,) * len(texts.rows)
        cells = Cells(texts, reader.findings)
        piece = reader.read(cells)
        _refuse_what_is_no_rate(piece, cells)
        _check_differences(piece, cells)
        _refuse_without_cohort(piece, cells)
        piece["numerator"] = _counts(piece["denominator"], piece["value"], _halves(cells, "value"))
        piece["expected"] = piece["denominator"] * piece["expected"] / 100
        reader.keep(piece)

    def _without_totals(self, block: Block, reader: FigureReader) -> Block:
        place = self._places["organisation"]
        slugs = [reader.names.organisation(row[place]) for row in block.cells]
        kept = [number for number, slug in enumerate(slugs) if slug not in reader.names.totals]
        return Block([block.numbers[k] for k in kept], [block.cells[k] for k in kept])

    def figures(self, frame: pd.DataFrame) -> Figures:
        columns = columns_of_figures(self._header, self._places)
        columns = {name: text for name, text in columns.items() if name in frame}
        return Figures(frame, columns | {"numerator": columns["value"]}, Layout.LOCAL_ADULT_REOFFENDING)


def _meaning(text: str) -> str | None:
    known = field_of(text)
    if known in AS_IN_A_TIDY_TABLE:
        return known
    words = in_small_words(text)
    return next((meaning for word, meaning in BY_A_WORD.items() if word in words), None)


def _halves(cells: Cells, field: str) -> Numbers:
    """Half of the last digit of each cell as it is printed: 0.005 of 9.10."""
    texts = cells.texts.of(field)
    return np.array([0.5 * 10.0 ** -len(text.partition(".")[2]) for text in texts])


def _refuse_what_is_no_rate(piece: Piece, cells: Cells) -> None:
    for field in RATES:
        wrong = np.flatnonzero((piece[field] < 0) | (piece[field] > 100))
        cells.add_errors("no-rate", field, wrong, partial(_no_rate, cells.texts.of(field)))
        piece[field][wrong] = np.nan


def _no_rate(texts: Sequence[str], place: int) -> str:
    return f"Found {shown(texts[place])}: a rate is a percentage from 0 to 100."


def _refuse_without_cohort(piece: Piece, cells: Cells) -> None:
    """The number that is predicted can't be told without it."""
    is_empty = np.array([not text for text in cells.texts.of("denominator")])
    without = np.flatnonzero(is_empty & ~np.isnan(piece["expected"]))
    predicted = cells.texts.of("expected")
    cells.add_errors("no-cohort", "denominator", without, partial(_no_cohort, predicted))


def _no_cohort(predicted: Sequence[str], place: int) -> str:
    return f"Give the cohort of which {predicted[place]}% were predicted to reoffend."


def _counts(cohort: Numbers, rate: Numbers, half: Numbers) -> Numbers:
    """How many of the cohort come to the rate as printed; NaN where no number does, or several do."""
    least = np.maximum(np.ceil(cohort * (rate - half) / 100 - HAIR), 0)
    most = np.minimum(np.floor(cohort * (rate + half) / 100 + HAIR), cohort)
    return np.where(least == most, least, np.nan)


def _check_differences(piece: Piece, cells: Cells) -> None:
    """The difference is (actual - predicted) / predicted x 100, within the rounding of all three."""
    difference, actual, predicted = cells.numbers("difference"), piece["value"], piece["expected"]
    half, of_actual, of_predicted = (_halves(cells, field) for field in ("difference", *RATES))
    can_tell = predicted > of_predicted
    with np.errstate(divide="ignore", invalid="ignore"):
        least = _per_cent_above(actual - of_actual, predicted + of_predicted)
        most = _per_cent_above(actual + of_actual, predicted - of_predicted)
        comes_to = _per_cent_above(actual, predicted)
    wrong = np.flatnonzero(
        can_tell & ((difference + half < least - HAIR) | (difference - half > most + HAIR))
    )
    printed = cells.texts.of("difference")

    def sentence(place: int) -> str:
        rates = f"{actual[place]:g}% against {predicted[place]:g}% predicted"
        found, expected = shown(printed[place]), written_number(comes_to[place], 2)
        return f"Found {found}: {rates} is a difference of {expected}% of the predicted rate."

    cells.add_errors("difference-does-not-recompute", "difference", wrong, sentence)


def _per_cent_above(number: Numbers, base: Numbers) -> Numbers:
    return 100 * (number / base - 1)
