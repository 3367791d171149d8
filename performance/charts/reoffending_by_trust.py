"""Reoffending above or below prediction, trust by trust, each with its interval."""

from collections.abc import Sequence

from performance.charts.figure import (
    BOTTOM,
    INK,
    Column,
    Figure,
    Layout,
    Table,
    Trace,
    axis,
    legend_above,
    rounded,
)
from performance.charts.intervals import interval_bars
from performance.charts.ratings_tables import raw_prediction
from performance.charts.sides import NAMES, marker
from performance.releases.judgements import Side, side_of_prediction
from performance.releases.rating_rows import PredictionRow
from performance.wording import counted, short_name, written_number

ROW_HEIGHT = 19
SHOWN = (Side.WORSE, Side.NO_DIFFERENT, Side.BETTER, Side.NOT_COMPARED)


def reoffending_by_trust(rows: Sequence[PredictionRow]) -> Figure | None:
    """Rows: trusts, one measure, one year. None where no trust has a prediction."""
    known = [row for row in rows if row.difference is not None]
    if not known:
        return None
    ordered = sorted(known, key=lambda row: row.difference or 0.0)
    names = [short_name(row.organisation_name) for row in ordered]
    return Figure(
        slug="reoffending-by-trust",
        title=_title(ordered),
        caption=(
            f"{counted(len(ordered), 'trust')}, {ordered[0].period}: {ordered[0].measure_title.lower()}, in "
            "percentage points above or below the rate predicted for each trust’s own offenders, with 95% "
            "intervals. By chance alone about 1 in 20 intervals would leave out the line."
        ),
        description=(
            "One row for each trust, most below prediction at the bottom. A mark right of the line at 0 had "
            "more reoffending than predicted; its bar is the 95% interval."
        ),
        data=[_marks(ordered, side) for side in SHOWN if _of(ordered, side)],
        layout=_layout(names),
        table=_table(ordered),
        height=ROW_HEIGHT * len(names) + 140,
        methods=("actual-against-predicted", "multiple-comparisons"),
    )


def _of(rows: Sequence[PredictionRow], side: Side) -> list[PredictionRow]:
    return [row for row in rows if side_of_prediction(row.verdict) == side]


def _title(rows: Sequence[PredictionRow]) -> str:
    more, fewer = len(_of(rows, Side.WORSE)), len(_of(rows, Side.BETTER))
    return (
        f"Reoffending was above prediction by more than chance would often give in {more or 'none'} of "
        f"{counted(len(rows), 'trust')}, and below in {fewer or 'none'} ({rows[0].period})"
    )


def _marks(rows: Sequence[PredictionRow], side: Side) -> Trace:
    some, look = _of(rows, side), marker(side, 9)
    name = NAMES[side]
    intervals = [(row.lower, row.difference, row.upper) for row in some]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": f"{name} than predicted" if side in (Side.WORSE, Side.BETTER) else name,
        "x": [rounded(row.difference, 3) for row in some],
        "y": [short_name(row.organisation_name) for row in some],
        "marker": look,
        "error_x": interval_bars(intervals, look["line"]["color"], width=0),
        "hovertext": [_hover(row) for row in some],
        "hoverinfo": "text",
    }


def _hover(row: PredictionRow) -> str:
    interval = f" ({row.interval})" if row.interval else ""
    return (
        f"{row.organisation_name}<br>{row.counts} reoffended, {row.written_expected} predicted<br>"
        f"{row.written_difference}{interval}<br>{row.written_verdict}"
    )


def _layout(names: Sequence[str]) -> Layout:
    return {
        "showlegend": True,
        "legend": legend_above(),
        "margin": {"l": 8, "r": 16, "t": 48, "b": BOTTOM},
        "xaxis": axis("Points above prediction"),
        "yaxis": axis("", categoryarray=names, categoryorder="array", ticks="")
        | {"tickfont": {"size": 12}, "range": [-1, len(names)]},
        "shapes": [
            {
                "type": "line",
                "x0": 0,
                "x1": 0,
                "y0": 0,
                "y1": 1,
                "yref": "paper",
                "line": {"color": INK, "width": 1.5, "dash": "dash"},
            }
        ],
        "hovermode": "closest",
    }


def _table(rows: Sequence[PredictionRow]) -> Table:
    columns = [
        Column("organisation_name", "Trust"),
        Column("observed", "Reoffended", numeric=True, show=lambda row: row["result"].counts),
        Column(
            "actual_rate",
            "Actual",
            numeric=True,
            show=lambda row: f"{written_number(row['actual_rate'], 2)}%",
        ),
        Column("expected", "Predicted", numeric=True, show=lambda row: row["result"].written_expected),
        Column("difference", "Difference", numeric=True, show=lambda row: row["result"].written_difference),
        Column("lower", "Its 95% interval", numeric=True, show=lambda row: row["result"].interval),
        Column("verdict", "Against prediction", show=lambda row: row["result"].written_verdict),
    ]
    return Table(columns, [raw_prediction(row) for row in rows])


def _rate(rate: float) -> str:
    return f"{written_number(rate, 2)}%"
