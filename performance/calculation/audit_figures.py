"""The figures in which an audit might see something: shares of process that have a target."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from performance.calculation.cells import cells
from performance.calculation.indicators import values
from performance.calculation.plans import FrameworkPlan
from performance.calculation.process import ANSWERABLE
from performance.calculation.series_points import chartable_points
from performance.calculation.years import YEAR, first_years, is_other_part, whole_months
from performance.vocabulary import WITHOUT_A_NUMBER, Polarity, Structure, Unit

COLUMNS = ["measure", "organisation", "period_start", "period_end", "x", "n", "value", "target"]
OF_CHARTS = ["months", "is_odd", "first_year"]


@dataclass(frozen=True)
class AuditFigures:
    """points: the months (or else the quarters) of each measure of a trust that has two or more of
    them, and a target for one at least, by series and time; years: the financial years of the same.

    Both: measure, organisation, series (a number for each of the two together), period_start,
    period_end, x of n cases, value and target in per cent; NaN where there is none. Where less is
    better all are turned: cases that didn't happen, against 100 less the target.
    """

    points: pd.DataFrame
    years: pd.DataFrame


def audit_figures(indicators: pd.DataFrame, plans: Sequence[FrameworkPlan]) -> AuditFigures:
    """indicators: that table of all years, with polarity, unit and organisation_kind beside it; plans:
    whose process measures are looked at, of those who answer for them."""
    figures = _figures(indicators, _codes(plans))
    series = cells(figures, ["measure", "organisation"])
    found = chartable_points(figures, series, int(series.max(initial=-1)) + 1)
    points = figures.take(found.rows).assign(series=found.series).reset_index(drop=True)
    points = points[points.groupby("series")["target"].transform("count") > 0]
    years = figures.assign(series=series)[figures["months"] == YEAR]
    kept = [*COLUMNS, "series"]
    return AuditFigures(points[kept], years.loc[years["series"].isin(points["series"]), kept])


def _codes(plans: Sequence[FrameworkPlan]) -> set[str]:
    """Of the shares of process that have a good side."""
    return {
        measure.code
        for plan in plans
        for measure in plan.measures
        if measure.is_process and measure.unit == Unit.SHARE and measure.polarity != Polarity.NONE
    }


def _figures(indicators: pd.DataFrame, codes: set[str]) -> pd.DataFrame:
    """Months, quarters, years, and the parts of years that rule these out."""
    is_own = indicators["measure"].isin(codes) & indicators["organisation_kind"].isin(ANSWERABLE)
    own = indicators[is_own & (indicators["structure"] == Structure.THEN)]
    own = own.assign(months=whole_months(own), is_odd=is_other_part(own))
    own = own[(own["months"] > 0) | own["is_odd"]]
    is_told = ~own["status"].isin(WITHOUT_A_NUMBER)
    less = own["polarity"] == Polarity.LOWER
    x, n, value = (part.where(is_told) for part in (own["numerator"], own["denominator"], values(own)))
    target = own["target"].where(own["target"].between(0, 100))
    return own.assign(
        measure=own["measure"].astype(str),
        organisation=own["organisation"].astype(str),
        first_year=first_years(own["period_end"]),
        x=x.mask(less, n - x),
        n=n,
        value=value.mask(less, 100 - value),
        target=target.mask(less, 100 - target),
    )[[*COLUMNS, *OF_CHARTS]].reset_index(drop=True)
