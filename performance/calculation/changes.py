"""The table `changes`: how each organisation's figures on each measure went over time."""

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from performance.calculation.cells import Integers, cells, firsts
from performance.calculation.indicators import values
from performance.calculation.series_charts import for_the_eye, series_charts
from performance.calculation.series_points import Points, chartable_points
from performance.calculation.year_on_year import year_on_year
from performance.calculation.years import YEAR, first_years, is_other_part, whole_months
from performance.statistics.columns import Booleans
from performance.statistics.control_charts.icons import assurance, variation
from performance.vocabulary import WITHOUT_A_NUMBER, Assurance, ControlChart, Structure, Variation

# Today's regions and peer groups aren't here: nobody has answered for them over the years.
KINDS = ("trust", "area", "crc", "nps-division", "nation", "provider", "region")
COLUMNS = [
    *["measure", "organisation", "period_start", "period_end", "unit", "polarity", "status"],
    *["observation_id", "numerator", "denominator", "value", "target"],
]
# Decimals of what a chart draws, in the measure's unit.
DECIMALS = 4
DRAWN = {"centre": "mean", "lower": "lower_limit", "upper": "upper_limit"}


def changes(frame: pd.DataFrame) -> pd.DataFrame:
    """A row for each measure and organisation that has a month, a quarter or a financial year.

    frame: the rows of `sums.with_sums` of all years together, or of the table `indicators` with
    unit, polarity and organisation_kind beside them. Returns measure, organisation, period_start
    and period_end (of the charted points, or else of all its months, quarters and years);
    - chart (a word of `ControlChart`), of its months, or else its quarters: two or more with a
      value; points, what is drawn: lists of equal length, by name, without NaN (None), lines cut
      off where no value can be, shares from 0 to 100, the rule that marks a point as `signal`
    - variation and assurance, from its last point and the latest target of its points; reason: why
      there is no chart, or why one of the two can't be told
    - change and the columns beside it: see `year_on_year`.
    Figures of unlike length never meet in one chart, nor do running totals.
    """
    figures = _figures(frame)
    series = cells(figures, ["measure", "organisation"])
    number = int(series.max(initial=-1)) + 1
    points = chartable_points(figures, series, number)
    names = figures[["measure", "organisation"]].take(firsts(series, number)).reset_index(drop=True)
    columns = [names, _periods(figures, series, points), _charts(figures, points)]
    return pd.concat([*columns, year_on_year(figures, series, number)], axis=1)


def _figures(frame: pd.DataFrame) -> pd.DataFrame:
    """What series are made of: months, quarters, years, and the parts of years that rule these out."""
    months, is_odd = whole_months(frame), is_other_part(frame)
    chosen = frame["organisation_kind"].isin(KINDS) & (frame["structure"] == Structure.THEN)
    chosen &= (months > 0) | is_odd
    figures = frame.loc[chosen, COLUMNS].assign(months=months[chosen], is_odd=is_odd[chosen])
    figures = figures.assign(value=values(figures), first_year=first_years(figures["period_end"]))
    figures.loc[figures["status"].isin(WITHOUT_A_NUMBER), ["numerator", "denominator", "value"]] = np.nan
    return figures.assign(is_of_parts=_is_of_parts(figures)).reset_index(drop=True)


def _is_of_parts(figures: pd.DataFrame) -> Booleans:
    """Years that were added up from the series' own months or quarters: how far it goes is told by
    these, as the year may be in progress."""
    of_year = cells(figures, ["measure", "organisation", "first_year"])
    is_year = (figures["months"] == YEAR).to_numpy()
    has_parts = np.bincount(of_year, weights=~is_year) > 0
    return is_year & figures["observation_id"].isna().to_numpy() & has_parts[of_year]


def _periods(figures: pd.DataFrame, series: Integers, points: Points) -> pd.DataFrame:
    """From the first day to the last of the points, or without points of all figures."""
    own = np.flatnonzero(~figures["is_of_parts"])
    of_all, of_points = (
        figures.take(rows).groupby(codes).agg({"period_start": "min", "period_end": "max"})
        for rows, codes in ((own, series[own]), (points.rows, points.series))
    )
    return of_points.reindex(of_all.index).fillna(of_all)


def _charts(figures: pd.DataFrame, points: Points) -> pd.DataFrame:
    """By series: chart, points, variation, assurance and reason."""
    number = len(points.reason)
    charted, own = np.unique(points.series, return_inverse=True)
    told = _of_points(figures.take(points.rows).reset_index(drop=True).assign(series=own))
    nothing = {
        "chart": ControlChart.NONE,
        "points": [{} for _ in range(number)],
        "variation": Variation.CANNOT_TELL,
        "assurance": Assurance.CANNOT_TELL,
        "reason": points.reason,
    }
    table = pd.DataFrame(nothing, index=range(number)).astype(object)
    table.loc[charted] = told.set_axis(charted)[table.columns]
    return table


def _of_points(points: pd.DataFrame) -> pd.DataFrame:
    charts = series_charts(points)
    starts = np.flatnonzero(np.diff(points["series"], prepend=-1))
    polarity = points["polarity"].take(starts).reset_index(drop=True)
    varies = variation(points, charts, polarity)
    assures = assurance(points, charts, polarity, _latest_targets(points, len(starts)))
    reason = varies["reason"].astype(object)
    return pd.DataFrame(
        {
            "chart": charts["chart"].take(starts).to_numpy(),
            "points": _documents(points, for_the_eye(charts, points["unit"]), starts),
            "variation": varies["variation"].to_numpy(),
            "assurance": assures["assurance"].to_numpy(),
            "reason": reason.where(reason != "", assures["reason"].astype(object)).to_numpy(),
        }
    )


def _latest_targets(points: pd.DataFrame, number: int) -> pd.Series:
    """By series, the last of its targets in time."""
    given = points[points["target"].notna()]
    latest = np.full(number, np.nan)
    # Of several of one series the last to be written stays.
    latest[given["series"]] = given["target"]
    return pd.Series(latest)


def _documents(points: pd.DataFrame, charts: pd.DataFrame, starts: Integers) -> list[dict[str, list[Any]]]:
    """What is drawn of each series. starts: its first row among the points."""
    columns: dict[str, list[Any]] = {
        **{name: _days(points[name]) for name in ("period_start", "period_end")},
        "value": _numbers(points["value"]),
        **{name: _numbers(charts[line]) for name, line in DRAWN.items()},
        "signal": charts["rule"].astype(object).tolist(),
    }
    bounds = [*starts.tolist(), len(points)]
    return [{name: values[start:end] for name, values in columns.items()} for start, end in pairwise(bounds)]


def _days(days: pd.Series) -> list[str]:
    """As JSON has them; a day that many rows have is one text in memory."""
    codes, every = pd.factorize(days)
    texts = [str(day.date()) for day in every]
    return [texts[code] for code in codes.tolist()]


def _numbers(numbers: pd.Series) -> list[float | None]:
    # Adding 0.0 takes the sign off a negative zero.
    rounded = (numbers.round(DECIMALS) + 0.0).astype(object)
    return rounded.where(numbers.notna(), None).tolist()
