"""The recent trend of Fingertips: the last five annual points, tested at 99.8%.

Takes a long frame with a row a series and year, and returns a row a series, indexed by series in
order.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from performance.statistics.columns import (
    NO_CASES,
    NOT_GIVEN,
    Booleans,
    Floats,
    check_counts,
    floats,
    in_words,
    is_missing,
    too_few,
)
from performance.statistics.control_charts.long_frame import days
from performance.statistics.intervals import z_for
from performance.statistics.trend.by_year import POINTS, YEAR_TWICE, ByYear, by_year
from trusts.words import Word

# Fingertips calls a trend at 99.8%: a chi-squared above 9.5495.
SIGNIFICANCE = 0.002

NOT_ANNUAL = "the figures are not annual"
OVERLAPPING = "the periods overlap, as rolling years do, so that neighbours share cases"
EXTREME = "a share is 0% or 100%"
NO_WIDTH = "an interval has no width"


class Trend(Word):
    INCREASING = "increasing", "Increasing"
    DECREASING = "decreasing", "Decreasing"
    NO_CHANGE = "no-significant-change", "No significant change"
    OUTLIER = "no-significant-change-outlier", "No significant change (outlier)"
    CANNOT_TELL = "cannot-tell", "Cannot tell"


def fingertips_share_trend(frame: pd.DataFrame) -> pd.DataFrame:
    """The recent trend of annual shares, as Fingertips tells it: the Cochran-Armitage test of the
    last five points at 99.8%, and the direction of the least-squares slope of their logits.

    frame: series, year, x (cases counted), n (cases in all), and, where known, period_start and
    period_end (days, both inside). Where leaving out one of the points changes the direction,
    that point alone makes the trend, and there is none.
    Returns trend (a word of `Trend`), slope (of the logit, a year), chi_squared (1 degree of
    freedom), p, and reason: fewer than 5 points, periods that overlap or aren't years, a year
    given twice; among the last five a count not given, no cases, or a share of 0% or 100%.
    Raises ValueError where x isn't from 0 to n, a column is missing, or a row lacks its series,
    year or period. Source: reconstructed from the description of Fingertips' recent trends;
    Armitage (1955), Biometrics 11:375-386.
    """
    recent = _last_five(frame, check_counts, "x", "n")
    x, n = recent.columns
    is_extreme = ((x == 0) | (x == n)).any(axis=1)
    why = ((n == 0).any(axis=1), NO_CASES), (is_extreme, EXTREME)
    t, cases, counted = recent.years, n.sum(axis=1), x.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        covariance = cases * (x * t).sum(axis=1) - counted * (n * t).sum(axis=1)
        spread = cases * (n * t**2).sum(axis=1) - (n * t).sum(axis=1) ** 2
        chi_squared = cases * covariance**2 / (counted * (cases - counted) * spread)
        logit = np.log(x / (n - x))
        return _told(recent, chi_squared, logit, np.ones_like(t), why)


def fingertips_value_trend(frame: pd.DataFrame) -> pd.DataFrame:
    """The recent trend of annual figures that are no shares, as Fingertips tells it: the weighted
    least-squares slope of the last five points, tested at 99.8%.

    frame: series, year, value, lower and upper (its 95% interval, from which its standard error
    is taken), and, where known, period_start and period_end. Returns what `fingertips_share_trend`
    does, slope in the value's unit a year; refuses also an interval without width.
    Raises ValueError as it does, or where a value lies outside its interval.
    Source: reconstructed from the description of Fingertips' recent trends.
    """
    recent = _last_five(frame, _check_interval, "value", "lower", "upper")
    value, lower, upper = recent.columns
    why = (((lower == upper).any(axis=1), NO_WIDTH),)
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = ((upper - lower) / (2 * z_for(0.95))) ** -2
        slope, spread = _slope(recent.years, value, weight)
        return _told(recent, slope**2 * spread, value, weight, why)


@dataclass(frozen=True)
class _Recent:
    """The last five points of each series, a row a series; where there are fewer, some repeat."""

    names: pd.Index
    years: Floats  # since the first of them
    columns: list[Floats]
    reasons: list[tuple[Booleans, str]]


def _last_five(frame: pd.DataFrame, check: Callable[..., None], *columns: str) -> _Recent:
    """What is among the last five points of each series; check raises ValueError for columns that
    can't be."""
    rows = by_year(frame, *columns)
    figures = [floats(frame[column]) for column in columns]
    check(*figures)
    counts = rows.counts
    ends = np.cumsum(counts)[:, np.newaxis]
    five = np.maximum(ends - np.arange(POINTS, 0, -1), ends - counts[:, np.newaxis])
    figures = [figure[rows.row][five] for figure in figures]
    overlaps, is_annual = _periods(frame, rows, five)
    reasons = [
        *((counts == found, too_few("points", POINTS, found)) for found in range(1, POINTS)),
        (overlaps, OVERLAPPING),
        (~is_annual, NOT_ANNUAL),
        (rows.has_year_twice, YEAR_TWICE),
        (is_missing(*figures).any(axis=1), NOT_GIVEN),
    ]
    years = rows.year[five]
    return _Recent(rows.names, years - years[:, :1], figures, reasons)


def _check_interval(value: Floats, lower: Floats, upper: Floats) -> None:
    if ((value < lower) | (value > upper) | (lower > upper)).any():
        raise ValueError("a value must lie inside its interval")


def _periods(frame: pd.DataFrame, rows: ByYear, five: NDArray[np.int64]) -> tuple[Booleans, Booleans]:
    """Whose last five periods overlap, and whose are years, as far as the frame can tell."""
    is_annual = np.all(rows.year[five] % 1 == 0, axis=1)
    if not {"period_start", "period_end"} <= set(frame.columns):
        return np.zeros(len(five), dtype=np.bool_), is_annual
    start, end = (days(frame[column])[rows.row][five] for column in ("period_start", "period_end"))
    length = end - start + 1
    overlaps = np.any(start[:, 1:] <= end[:, :-1], axis=1)
    return overlaps, is_annual & np.all((length == 365) | (length == 366), axis=1)


def _told(
    recent: _Recent, chi_squared: Floats, value: Floats, weight: Floats, why: tuple[tuple[Booleans, str], ...]
) -> pd.DataFrame:
    """The table of a trend from its test, and from the values whose slope is its direction."""
    reason = in_words(len(recent.names), *recent.reasons, *why)
    told = np.asarray(reason == "")
    slope, _ = _slope(recent.years, value, weight)
    without = [
        _slope(*(np.delete(column, point, axis=1) for column in (recent.years, value, weight)))[0]
        for point in range(POINTS)
    ]
    turns = (np.sign(without) != np.sign(slope)).any(axis=0)
    is_significant = chi_squared > stats.chi2.isf(SIGNIFICANCE, 1)
    trend = in_words(
        len(told),
        (~told, Trend.CANNOT_TELL),
        (~is_significant, Trend.NO_CHANGE),
        (turns, Trend.OUTLIER),
        (slope > 0, Trend.INCREASING),
        otherwise=Trend.DECREASING,
    )
    figures = {"slope": slope, "chi_squared": chi_squared, "p": stats.chi2.sf(chi_squared, 1)}
    hidden = {name: np.where(told, figure, np.nan) for name, figure in figures.items()}
    return pd.DataFrame({"trend": trend, **hidden, "reason": reason}, recent.names)


def _slope(t: Floats, y: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """The weighted least-squares slope of each row, and 1 over its variance where weights are 1
    over those of y."""
    total = weight.sum(axis=1, keepdims=True)
    from_mean = t - (weight * t).sum(axis=1, keepdims=True) / total
    spread = (weight * from_mean**2).sum(axis=1)
    return (weight * from_mean * y).sum(axis=1) / spread, spread
