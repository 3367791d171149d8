"""Putting the figures of a file and those of the series together, in order."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from performance.frameworks.figure_checks.columns import (
    Booleans,
    Floats,
    Integers,
    numbers,
    places_in,
    where_sized,
    where_whole,
)
from performance.returns.checks.history import STATUSES, History
from performance.returns.checks.known import KnownToReturns
from performance.returns.checks.spans import Spans
from performance.vocabulary import ADDED_UP, Status, Unit


def history_of(frame: pd.DataFrame, before: pd.DataFrame, known: KnownToReturns) -> History:
    """frame: of Figures; before: what the series holds, as `check_figures` takes it."""
    organisations, measures = sorted(known.organisations), sorted(known.units)
    # The last of what is held twice is the newest, and of each figure the first is taken.
    both = _Both(frame, before.iloc[::-1])
    organisation, measure = both.places(organisations, "organisation"), both.places(measures, "measure")
    start, end = both.days("period_start"), both.days("period_end")
    rows = np.flatnonzero((organisation >= 0) & (measure >= 0) & (start <= end))
    spans, span = Spans.of(start[rows], end[rows])
    key = (organisation[rows] * len(measures) + measure[rows]) * len(spans) + span
    order = np.argsort(key, kind="stable")
    order = order[_is_first(key[order])]
    rows = rows[order]

    status = both.places(STATUSES, "status")[rows]
    is_nil = status == STATUSES.index(Status.NIL)
    units = [known.units[code] for code in measures]
    unit = measure[rows]
    is_nil_share = is_nil & np.array([found == Unit.SHARE for found in units], np.bool_)[unit]
    is_nil_count = is_nil & np.array([found in ADDED_UP for found in units], np.bool_)[unit]
    return History(
        organisations,
        measures,
        units,
        spans,
        key[order],
        np.where(rows < len(frame), rows, -1),
        status,
        both.is_whole()[rows],
        numerator=_filled(both.numbers("numerator", rows), is_nil_share),
        denominator=_filled(both.numbers("denominator", rows), is_nil_share),
        expected=both.numbers("expected", rows),
        value=_filled(both.numbers("value", rows), is_nil_count),
    )


@dataclass(frozen=True)
class _Both:
    """The columns of two frames, one below the other."""

    frame: pd.DataFrame
    before: pd.DataFrame

    def places(self, names: list[str], column: str) -> Integers:
        return self._below(lambda frame: places_in(names, frame[column]))

    def days(self, column: str) -> np.ndarray:
        return self._below(lambda frame: frame[column].to_numpy("datetime64[D]"))

    def numbers(self, column: str, rows: Integers) -> Floats:
        """Of these rows. A number that nothing can have is none."""
        found: Floats = self._below(lambda frame: numbers(frame, column))[rows]
        found[~where_sized(found)] = np.nan
        return found

    def is_whole(self) -> Booleans:
        return np.append(where_whole(self.frame), np.ones(len(self.before), np.bool_))

    def _below(self, look: Callable[[pd.DataFrame], np.ndarray]) -> np.ndarray:
        return np.concatenate([look(self.frame), look(self.before)])


def _is_first(sorted_keys: Integers) -> Booleans:
    is_first = np.ones(len(sorted_keys), np.bool_)
    is_first[1:] = sorted_keys[1:] != sorted_keys[:-1]
    return is_first


def _filled(found: Floats, is_nil: Booleans) -> Floats:
    found[is_nil & np.isnan(found)] = 0
    return found
