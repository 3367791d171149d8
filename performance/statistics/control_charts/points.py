"""The points of many series, flat and in order, and what belongs together among them.

A segment is a part of a series with limits of its own: it ends where the rows' `segment` changes
(a rebase), or where more than one period in a row is missing. Nothing is carried from one segment
to the next. A stretch is a part of a segment without any gap: no moving range and no run reaches
across a missing period.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from performance.statistics.columns import Booleans, Floats
from performance.statistics.control_charts.long_frame import Integers, LongFrame

# Limits of fewer points move so much with each new one that they are called trial limits.
ENOUGH_POINTS = 12


@dataclass(frozen=True)
class Points:
    """Rows that have a value, in order. Segments are numbered from 0 over all series."""

    rows: int  # of the frame, with or without a value
    place: Integers  # where each point stands among the ordered rows
    segment: Integers
    starts_segment: Booleans
    starts_stretch: Booleans
    sets_limits: Booleans

    def __len__(self) -> int:
        return len(self.place)

    def on_rows(self, figures: Floats) -> Floats:
        """The points' figures on the ordered rows, NaN where a row is no point."""
        spread = np.full(self.rows, np.nan)
        spread[self.place] = figures
        return spread

    def marks_on_rows(self, marks: Booleans) -> Booleans:
        spread = np.zeros(self.rows, dtype=np.bool_)
        spread[self.place] = marks
        return spread

    def total(self, values: Floats, counted: Booleans) -> Floats:
        """Each point's sum over its segment, of the values that are counted."""
        totals = np.bincount(self.segment, weights=np.where(counted, values, 0))
        return totals.astype(np.float64)[self.segment]

    def mean(self, values: Floats, counted: Booleans) -> Floats:
        """Each point's mean over its segment, of the values that are counted; NaN if none is."""
        with np.errstate(invalid="ignore"):
            return self.total(values, counted) / self.total(np.ones(len(self)), counted)

    def largest(self, values: Floats) -> Floats:
        """The largest size of a value in each point's segment."""
        if not len(self):
            return values
        return np.maximum.reduceat(np.abs(values), np.flatnonzero(self.starts_segment))[self.segment]

    def moves(self, values: Floats) -> Floats:
        """Each point's move from the one before it in its stretch; NaN for the first."""
        moves = np.diff(values, prepend=np.nan)
        moves[self.starts_stretch] = np.nan
        return moves


def points_of(
    frame: pd.DataFrame, ordered: LongFrame, has_value: Booleans, fix_after_n_points: int | None = None
) -> Points:
    """The rows that have a value (marked in order), in segments and stretches.

    frame: may have a column segment, whose every change starts a new one.
    fix_after_n_points: so many first points of each segment set its limits; all, if None.
    Raises ValueError for fewer than 12 of them, or for a row without its segment.
    """
    if fix_after_n_points is not None and fix_after_n_points < ENOUGH_POINTS:
        raise ValueError(f"limits are fixed after {ENOUGH_POINTS} points or more")
    place = np.flatnonzero(has_value)
    series, label = ordered.series[place], _labels(frame, ordered)[place]
    missing = np.diff(np.cumsum(ordered.skipped + 1)[place]) - 1
    starts_segment = np.ones(len(place), dtype=np.bool_)
    starts_segment[1:] = (series[1:] != series[:-1]) | (label[1:] != label[:-1]) | (missing > 1)
    starts_stretch = starts_segment.copy()
    starts_stretch[1:] |= missing == 1
    segment = np.cumsum(starts_segment) - 1
    number = np.arange(len(place)) - np.flatnonzero(starts_segment)[segment]
    sets_limits = number < (len(place) if fix_after_n_points is None else fix_after_n_points)
    return Points(len(frame), place, segment, starts_segment, starts_stretch, sets_limits)


def _labels(frame: pd.DataFrame, ordered: LongFrame) -> Integers:
    if "segment" not in frame.columns:
        return np.zeros(len(frame), dtype=np.int64)
    if frame["segment"].isna().any():
        raise ValueError("every row needs its segment")
    return pd.factorize(frame["segment"])[0][ordered.row]
