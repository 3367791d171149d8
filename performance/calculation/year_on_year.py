"""How far the last whole year lies from the one before it."""

import numpy as np
import pandas as pd

from performance.calculation.cells import Integers, cells, firsts
from performance.calculation.years import MONTH, QUARTER, YEAR, first_years, label
from performance.statistics.columns import Booleans
from performance.statistics.intervals import newcombe_difference
from performance.vocabulary import Status, Unit

# A year added up from fewer months, or quarters, than this is none to compare with another.
ENOUGH_OF_A_YEAR = {MONTH: 9, QUARTER: 3}

TOLD = ""
NO_FIGURE = "there is no figure for {year}"
SUPPRESSED = "the figure for {year} is suppressed"
FEW_MONTHS = "fewer than 9 of the 12 months of {year} have a figure"
FEW_QUARTERS = "fewer than 3 of the 4 quarters of {year} have a figure"


def year_on_year(figures: pd.DataFrame, series: Integers, number: int) -> pd.DataFrame:
    """The change of each series from the year before to the last whole one.

    figures: observation_id (NaN for a sum), is_of_parts (a year added up from the series' own
    months or quarters), period_end, months and first_year (see `years`), status, unit, counts and
    value; series: of each row, from 0 to one below number. The last whole year is the one
    that had ended with the series' last figure. Returns, by series, change (of a share in
    percentage points), change_lower and change_upper (95%; of shares with counts alone), and
    change_reason: no figure for one of the years, a suppressed one, or a sum of too little of it.
    """
    last = np.full(number, np.iinfo(np.int64).min)
    own = ~figures["is_of_parts"].to_numpy()
    np.maximum.at(last, series[own], _last_ended(figures[own]))
    years = _Years(figures, series, number)
    (late, why_late), (early, why_early) = (years.of(year) for year in (last, last - 1))
    reason = np.where(why_late == TOLD, why_early, why_late)
    return _differences(figures, late, early, reason == TOLD).assign(change_reason=reason)


def _last_ended(figures: pd.DataFrame) -> Integers:
    """The last financial year that had ended with each figure."""
    return first_years(figures["period_end"] + pd.Timedelta(days=1)) - 1


class _Years:
    """The yearly figures of the series, and why a year has none to compare."""

    def __init__(self, figures: pd.DataFrame, series: Integers, number: int) -> None:
        self.figures, self.series, self.number = figures, series, number
        self.months = figures["months"].to_numpy()
        self.has_value = figures["value"].notna().to_numpy()

    def of(self, year: Integers) -> tuple[Integers, np.ndarray]:
        """For each series the row of its figure for that year, -1 for none, and the reason."""
        is_in_year = self.figures["first_year"].to_numpy() == year[self.series]
        at = np.flatnonzero(is_in_year & (self.months == YEAR))
        row = np.append(at, -1)[firsts(self.series[at], self.number)]
        is_suppressed = self._of_row(row, (self.figures["status"] == Status.SUPPRESSED).to_numpy())
        has_figure = self._of_row(row, self.has_value)
        is_sum = self._of_row(row, self.figures["observation_id"].isna().to_numpy())
        why = np.select(
            [
                is_suppressed,
                ~has_figure,
                *(is_sum & self._has_few(length, is_in_year) for length in ENOUGH_OF_A_YEAR),
            ],
            [SUPPRESSED, NO_FIGURE, FEW_MONTHS, FEW_QUARTERS],
            TOLD,
        )
        return row, _with_labels(why, year)

    def _of_row(self, row: Integers, marks: Booleans) -> Booleans:
        return np.append(marks, False)[row]

    def _has_few(self, length: int, is_in_year: Booleans) -> Booleans:
        is_part = is_in_year & (self.months == length)
        rows, valued = (
            np.bincount(self.series[marks], minlength=self.number)
            for marks in (is_part, is_part & self.has_value)
        )
        return (rows > 0) & (valued < ENOUGH_OF_A_YEAR[length])


def _with_labels(why: np.ndarray, year: Integers) -> np.ndarray:
    alike = cells(pd.DataFrame({"why": why, "year": year}), ["why", "year"])
    one = firsts(alike, alike.max(initial=-1) + 1)
    texts = [text.format(year=label(int(first))) for text, first in zip(why[one], year[one], strict=True)]
    return np.array(texts, dtype=object)[alike]


def _differences(figures: pd.DataFrame, late: Integers, early: Integers, told: Booleans) -> pd.DataFrame:
    late_year, early_year = (figures.take(row[told]).reset_index(drop=True) for row in (late, early))
    has_counts = _has_counts(late_year) & _has_counts(early_year)
    shares = newcombe_difference(
        late_year["numerator"].where(has_counts),
        late_year["denominator"].where(has_counts),
        early_year["numerator"].where(has_counts),
        early_year["denominator"].where(has_counts),
    )
    changes = pd.DataFrame(
        {
            "change": (100 * shares["difference"]).fillna(late_year["value"] - early_year["value"]),
            "change_lower": 100 * shares["lower"],
            "change_upper": 100 * shares["upper"],
        }
    )
    return changes.set_axis(np.flatnonzero(told)).reindex(range(len(told)))


def _has_counts(figures: pd.DataFrame) -> pd.Series:
    return (figures["unit"] == Unit.SHARE) & figures["numerator"].notna() & (figures["denominator"] > 0)
