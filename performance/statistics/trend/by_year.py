"""A long frame, one row a series and year, put in order."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from performance.statistics.columns import Booleans, Floats, floats

# With fewer points no trend is told.
POINTS = 5
YEAR_TWICE = "a year is given twice"


@dataclass(frozen=True)
class ByYear:
    """A frame's rows in order of series and year."""

    names: pd.Index  # of the series, in order
    row: NDArray[np.intp]  # where each stands in the frame
    series: NDArray[np.int64]  # places in names
    year: Floats

    @property
    def counts(self) -> NDArray[np.int64]:
        return np.bincount(self.series, minlength=len(self.names))

    @property
    def has_year_twice(self) -> Booleans:
        """By series."""
        is_again = (np.diff(self.series) == 0) & (np.diff(self.year) == 0)
        return np.bincount(self.series[1:][is_again], minlength=len(self.names)) > 0


def by_year(frame: pd.DataFrame, *columns: str) -> ByYear:
    """The order of a frame's rows by series and year.

    columns: what the frame must have besides series and year. A year is a number; years may be
    passed over, and count as what they are. Raises ValueError where a column is missing, or a
    row lacks its series or year.
    """
    missing = [column for column in ("series", "year", *columns) if column not in frame.columns]
    if missing:
        raise ValueError(f"the frame lacks {', '.join(missing)}")
    if frame[["series", "year"]].isna().any(axis=None):
        raise ValueError("every row needs its series and its year")
    codes, names = pd.factorize(frame["series"], sort=True)
    year = floats(frame["year"])
    row = np.lexsort((year, codes))
    return ByYear(pd.Index(names, name="series"), row, codes[row], year[row])
