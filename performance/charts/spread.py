"""How organisations differ on a measure without counts: one row each, a mark for each period."""

from collections import defaultdict
from collections.abc import Sequence

from performance.charts.figure import (
    BOTTOM,
    DARK_BLUE,
    INK,
    LIGHT_GREY,
    MID_GREY,
    Figure,
    Trace,
    axis,
    legend_above,
)
from performance.charts.results_table import ORGANISATION, PERIOD, VALUE, results_table
from performance.periods import Period
from performance.releases.rows import ResultRow
from performance.vocabulary import ADDED_UP
from performance.wording import counted_organisations, written_value

ROW_HEIGHT = 19
NO_COUNTS = " The source gives no counts, so no interval can be told."


def spread(rows: Sequence[ResultRow], national: Sequence[ResultRow], chosen: str = "") -> Figure:
    """Rows: one measure, organisations of one kind, some periods, values known; national: the
    same measure for the nation; chosen: the slug of one to be marked."""
    latest = max(row.period for row in rows)
    last = sorted((row for row in rows if row.period == latest), key=lambda row: row.value or 0.0)
    nation = next((row for row in national if row.period == latest), None)
    if last[0].unit in ADDED_UP:
        nation = None
    names = [row.organisation_name for row in last]
    return Figure(
        slug=f"spread-{last[0].measure}",
        title=_title(last, latest, nation),
        caption=(
            f"{last[0].measure_title}: "
            f"{counted_organisations(len(last), last[0].organisation_kind)}, {_periods(rows)}."
            f"{NO_COUNTS if last[0].is_share else ''}"
        ),
        description=(
            "One row for each organisation, lowest at the bottom. A filled mark stands for the latest "
            "date, hollow marks for earlier ones; a line joins earliest and latest."
        ),
        data=[
            _joins(rows, names),
            *_marks(rows, latest, names),
            *_nation(nation, names),
            *_ring([row for row in last if row.organisation == chosen]),
        ],
        layout={
            "showlegend": True,
            "legend": legend_above(),
            "margin": {"l": 8, "r": 16, "t": 48, "b": BOTTOM},
            "xaxis": axis(last[0].measure_title, rangemode="tozero"),
            "yaxis": axis("", categoryarray=names, categoryorder="array", ticks="")
            | {"tickfont": {"size": 12}, "range": [-1, len(names)]},
            "hovermode": "closest",
        },
        table=results_table(
            sorted(rows, key=lambda row: (row.organisation_name, row.period)),
            ORGANISATION,
            PERIOD,
            VALUE,
        ),
        height=ROW_HEIGHT * len(names) + 140,
        methods=("structure",),
    )


def _title(last: Sequence[ResultRow], latest: Period, nation: ResultRow | None) -> str:
    low, high = last[0], last[-1]
    title = (
        f"{low.measure_title}: from {low.written} in {low.organisation_name} to {high.written} in "
        f"{high.organisation_name} ({latest})"
    )
    return f"{title}; nationally {nation.written}" if nation else title


def _periods(rows: Sequence[ResultRow]) -> str:
    periods = sorted({row.period for row in rows})
    if len(periods) == 1:
        return str(periods[0])
    return f"{len(periods)} dates from {periods[0]} to {periods[-1]}"


def _joins(rows: Sequence[ResultRow], names: Sequence[str]) -> Trace:
    """One line for each organisation from its lowest to its highest; None lifts the pen."""
    by_name: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        if row.value is not None:
            by_name[row.organisation_name].append(row.value)
    x: list[float | None] = []
    y: list[str | None] = []
    for name in names:
        x += [min(by_name[name]), max(by_name[name]), None]
        y += [name, name, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": LIGHT_GREY, "width": 2},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _marks(rows: Sequence[ResultRow], latest: Period, names: Sequence[str]) -> list[Trace]:
    symbols = ("triangle-up-open", "square-open", "diamond-open", "cross-open")
    periods = sorted({row.period for row in rows} - {latest})[-len(symbols) :]
    earlier = [
        _mark(rows, period, symbol, MID_GREY, 6, names)
        for period, symbol in zip(periods, symbols, strict=False)
    ]
    return [*earlier, _mark(rows, latest, "circle", DARK_BLUE, 9, names)]


def _mark(
    rows: Sequence[ResultRow], period: Period, symbol: str, colour: str, size: int, names: Sequence[str]
) -> Trace:
    some = [row for row in rows if row.period == period and row.organisation_name in names]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": str(period),
        "x": [row.value for row in some],
        "y": [row.organisation_name for row in some],
        "marker": {"symbol": symbol, "size": size, "color": colour},
        "hovertext": [f"{row.organisation_name}<br>{period}: {row.written}" for row in some],
        "hoverinfo": "text",
    }


def _nation(nation: ResultRow | None, names: Sequence[str]) -> list[Trace]:
    if nation is None or nation.value is None:
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": f"{nation.organisation_name}, {nation.period}",
            "x": [nation.value, nation.value],
            "y": [names[0], names[-1]],
            "line": {"color": DARK_BLUE, "width": 1.5, "dash": "dash"},
            "hovertext": [written_value(nation.value, nation.unit, nation.decimals)] * 2,
            "hoverinfo": "text",
        }
    ]


def _ring(rows: Sequence[ResultRow]) -> list[Trace]:
    """Around the mark of the chosen, whose name stands in its row."""
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": row.organisation_name,
            "x": [row.value],
            "y": [row.organisation_name],
            "marker": {"symbol": "circle-open", "size": 18, "color": INK, "line": {"width": 3}},
            "hoverinfo": "skip",
        }
        for row in rows
    ]
