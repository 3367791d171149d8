"""Trends by rank: the Theil-Sen slope and the Mann-Kendall test.

Takes a long frame with a row a series and year, and returns a row a series, indexed by series in
order.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from performance.statistics.columns import Booleans, Floats, floats, in_words, too_few
from performance.statistics.intervals import z_for
from performance.statistics.trend.by_year import POINTS, YEAR_TWICE, by_year

# From here on the distribution of Kendall's tau that scipy works with is good for ties, too.
EXACT_BELOW = 8

ALL_EQUAL = "the figures are all equal"


def theil_sen(frame: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """The Theil-Sen slope of each series: the median of the slopes between any two of its points,
    which a few wild ones can't bend.

    frame: series, year, value; missing values are left out.
    Returns slope, lower and upper (in the value's unit a year), intercept (at year 0), points and
    reason: fewer than 5 points, or a year given twice. Raises ValueError for a confidence outside
    0 to 1, an infinite value, a missing column, or a row without its series or year.
    Source: Sen (1968), JASA 63:1379-1389.
    """
    z_for(confidence)
    sets = _sets_of_points(frame)
    figures = np.full((len(sets.names), 4), np.nan)
    for which, year, value in sets.by_length():
        found = stats.theilslopes(value, year, alpha=confidence, axis=1)
        figures[which] = np.column_stack([found.slope, found.low_slope, found.high_slope, found.intercept])
    table = pd.DataFrame(figures, sets.names, ["slope", "lower", "upper", "intercept"])
    return table.assign(points=sets.counts, reason=in_words(len(table), *sets.reasons))


def mann_kendall(frame: pd.DataFrame) -> pd.DataFrame:
    """The Mann-Kendall test of each series: whether it mostly rises, or mostly falls.

    frame: series, year, value; missing values are left out.
    Returns tau (Kendall's tau-b with time, -1 to 1), p (two-sided; below 8 points from all orders
    that the values could have come in), points and reason: fewer than 5 points, a year given
    twice, or values that are all equal. Raises ValueError as `theil_sen` does.
    Sources: Mann (1945), Econometrica 13:245-259; Kendall (1975), Rank Correlation Methods.
    """
    sets = _sets_of_points(frame)
    figures = np.full((len(sets.names), 2), np.nan)
    is_flat = np.zeros(len(sets.names), dtype=np.bool_)
    for which, year, value in sets.by_length():
        is_flat[which] = (value == value[:, :1]).all(axis=1)
        varies = ~is_flat[which]
        which, year, value = which[varies], year[varies], value[varies]
        found = stats.kendalltau(year, value, axis=1)
        p = _permutation_p(value) if value.shape[1] < EXACT_BELOW else found.pvalue
        figures[which] = np.column_stack([found.statistic, p])
    table = pd.DataFrame(figures, sets.names, ["tau", "p"])
    reason = in_words(len(table), *sets.reasons, (is_flat, ALL_EQUAL))
    return table.assign(points=sets.counts, reason=reason)


@dataclass(frozen=True)
class _Sets:
    """The points of each series, those without a value left out."""

    names: pd.Index
    series: NDArray[np.int64]
    year: Floats
    value: Floats
    counts: NDArray[np.int64]
    has_year_twice: Booleans

    @property
    def reasons(self) -> list[tuple[Booleans, str]]:
        few = [(self.counts == found, too_few("points", POINTS, found)) for found in range(POINTS)]
        return [*few, (self.has_year_twice, YEAR_TWICE)]

    def by_length(self) -> Iterator[tuple[NDArray[np.intp], Floats, Floats]]:
        """Of all series of as many points: which they are, their years and values, a row each."""
        told = (self.counts >= POINTS) & ~self.has_year_twice
        for length in np.unique(self.counts[told]):
            which = np.flatnonzero(told & (self.counts == length))
            points = np.isin(self.series, which)
            yield which, self.year[points].reshape(-1, length), self.value[points].reshape(-1, length)


def _sets_of_points(frame: pd.DataFrame) -> _Sets:
    rows = by_year(frame, "value")
    value = floats(frame["value"])[rows.row]
    given = ~np.isnan(value)
    series = rows.series[given]
    counts = np.bincount(series, minlength=len(rows.names))
    return _Sets(rows.names, series, rows.year[given], value[given], counts, rows.has_year_twice)


def _permutation_p(value: Floats) -> Floats:
    """How often, over all orders of a row's values, as many of them rise or fall as do here. All
    that matters is how many of them are equal to which."""
    score = np.abs(_rises_less_falls(value))
    pattern, kind = np.unique(np.sort(stats.rankdata(value, "dense", axis=1)), axis=0, return_inverse=True)
    p = np.empty(len(value))
    for number, ranks in enumerate(pattern):
        orders = np.array(list(permutations(ranks)))
        by_chance = np.sort(np.abs(_rises_less_falls(orders)))
        is_kind = kind == number
        p[is_kind] = 1 - np.searchsorted(by_chance, score[is_kind]) / len(orders)
    return p


def _rises_less_falls(value: Floats) -> Floats:
    """Over all pairs of points of a row."""
    first, second = np.triu_indices(value.shape[1], 1)
    return np.sign(value[:, second] - value[:, first]).sum(axis=1)
