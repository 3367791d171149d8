"""Actual reoffending against predicted, by year and within it by quarter."""

from collections.abc import Sequence

from performance.charts.figure import INK, Figure, Layout, Trace, axis, legend_above, rounded
from performance.charts.intervals import interval_bars
from performance.charts.ratings_tables import predictions_table
from performance.charts.sides import NAMES, marker
from performance.periods import Period
from performance.releases.judgements import side_of_prediction
from performance.releases.rating_rows import PredictionRow
from performance.wording import counted

YEAR_SIZE, QUARTER_SIZE = 13, 8
# Places on the axis: a year's own mark and then its quarters, with a gap before the next year.
PLACES_OF_A_YEAR = 6


def actual_predicted(rows: Sequence[PredictionRow]) -> Figure | None:
    """rows: of one organisation, years and quarters. None where no year has a prediction."""
    compared = [row for row in rows if row.difference is not None]
    years = sorted({row.period for row in compared if row.period.is_financial_year})
    if not years:
        return None
    places = _places(compared, years)
    shown = [row for row in compared if row.period in places]
    latest = next(row for row in shown if row.period == years[-1])
    return Figure(
        slug="predictions",
        title=_title(latest),
        caption=(
            f"{latest.organisation_name}: {latest.measure_title.lower()}, per cent of offenders followed "
            f"up, {counted(len(years), 'year')}. Large mark: a year; small ones beside it: its quarters. "
            "Bars are 95% intervals, wider than for separate people as one person may be counted several "
            "times. Filled: significantly different from prediction."
        ),
        description=(
            "For each year and quarter a stroke at the predicted percentage and a mark, with its interval, "
            "at the actual one. Lower is better."
        ),
        data=_traces(shown, places),
        layout=_layout(years),
        table=predictions_table([*_latest_first(rows, is_year=True), *_latest_first(rows, is_year=False)]),
        height=340,
        methods=("actual-against-predicted",),
    )


def _title(row: PredictionRow) -> str:
    verdict = row.verdict or "not compared with prediction"
    return f"Reoffending in {row.period} was {verdict}: {row.counts} against {row.written_expected} predicted"


def _places(rows: Sequence[PredictionRow], years: Sequence[Period]) -> dict[Period, int]:
    """Where each period stands: a year first, then the quarters that lie in it."""
    places: dict[Period, int] = {}
    for number, year in enumerate(years):
        parts = sorted({r.period for r in rows if _is_in(r.period, year) and r.period != year})
        places |= {period: PLACES_OF_A_YEAR * number + at for at, period in enumerate([year, *parts])}
    return places


def _is_in(period: Period, year: Period) -> bool:
    return year.start <= period.start and period.end <= year.end


def _latest_first(rows: Sequence[PredictionRow], *, is_year: bool) -> list[PredictionRow]:
    some = (row for row in rows if row.period.is_financial_year == is_year)
    return sorted(some, key=lambda row: row.period, reverse=True)


def _traces(rows: Sequence[PredictionRow], places: dict[Period, int]) -> list[Trace]:
    names = {NAMES[side_of_prediction(row.verdict)]: side_of_prediction(row.verdict) for row in rows}
    actual = [
        _actual([row for row in rows if NAMES[side_of_prediction(row.verdict)] == name], places)
        | {"name": f"{name} than predicted" if name in ("Better", "Worse") else name}
        for name in names
    ]
    return [_predicted(rows, places), *actual]


def _predicted(rows: Sequence[PredictionRow], places: dict[Period, int]) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "Predicted",
        "x": [places[row.period] for row in rows],
        "y": [rounded(row.predicted_rate) for row in rows],
        "marker": {"symbol": "line-ew", "size": 14, "line": {"color": INK, "width": 3}},
        "hovertext": [_hover(row) for row in rows],
        "hoverinfo": "text",
    }


def _actual(rows: Sequence[PredictionRow], places: dict[Period, int]) -> Trace:
    """Those of one verdict, which share a look. The interval is that of the difference, about the
    actual percentage: it holds the predicted one where the two can't be told apart."""
    look = marker(side_of_prediction(rows[0].verdict))
    sizes = [YEAR_SIZE if row.period.is_financial_year else QUARTER_SIZE for row in rows]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [places[row.period] for row in rows],
        "y": [rounded(row.actual_rate) for row in rows],
        # Marks of several sizes would be drawn as bubbles that others shine through.
        "marker": look | {"size": sizes, "opacity": 1},
        "error_y": interval_bars([(r.lower, r.difference, r.upper) for r in rows], look["line"]["color"]),
        "hovertext": [_hover(row) for row in rows],
        "hoverinfo": "text",
    }


def _hover(row: PredictionRow) -> str:
    interval = f" ({row.interval})" if row.interval else ""
    return (
        f"{row.period}<br>{row.counts} reoffended, {row.written_expected} predicted<br>"
        f"{row.written_difference}{interval}<br>{row.written_verdict}"
    )


def _layout(years: Sequence[Period]) -> Layout:
    return {
        "showlegend": True,
        "legend": legend_above(),
        "xaxis": axis(
            "",
            range=[-1, PLACES_OF_A_YEAR * len(years) - 1],
            tickvals=[PLACES_OF_A_YEAR * number for number in range(len(years))],
            ticktext=[str(year) for year in years],
            showgrid=False,
        ),
        "yaxis": axis("", ticksuffix="%"),
        "hovermode": "closest",
    }
