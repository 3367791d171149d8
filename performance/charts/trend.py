"""A measure through time for a few organisations."""

from collections.abc import Sequence

from performance.charts.figure import (
    DARK_BLUE,
    DARK_PINK,
    ORANGE,
    TURQUOISE,
    Figure,
    Trace,
    axis,
    legend_above,
    rounded,
)
from performance.charts.results_table import (
    COUNTS,
    ORGANISATION,
    PERIOD,
    TARGET,
    TARGET_STATUS,
    VALUE,
    results_table,
)
from performance.releases.rows import ResultRow
from performance.vocabulary import Unit
from performance.wording import counted, listed

LOOKS = (
    ("circle", DARK_BLUE),
    ("square", ORANGE),
    ("diamond", TURQUOISE),
    ("triangle-up", DARK_PINK),
)
MOST_LINES = len(LOOKS)
AXIS_UNITS = {Unit.SHARE: "%", Unit.PERCENT_OF_PROFILE: "%"}


def trend(rows: Sequence[ResultRow]) -> Figure:
    """Rows: one measure, at most MOST_LINES organisations, values known."""
    names = sorted({row.organisation_name for row in rows})
    own = [_of(rows, name) for name in names]
    first = rows[0]
    prefix = "£" if first.unit == Unit.POUNDS else ""
    return Figure(
        slug=f"trend-{first.measure}",
        title=listed([_sentence(series) for series in own]),
        caption=(
            f"{first.measure_title}, {counted(len(rows), 'figure')}. A hollow mark is a figure for "
            "part of a year. A change between years may be a change in how cases were counted."
        ),
        description="A mark for each published figure at the end of its period, joined in order.",
        data=[_line(series, symbol, colour) for series, (symbol, colour) in zip(own, LOOKS, strict=False)],
        layout={
            "showlegend": len(names) > 1,
            "legend": legend_above(),
            "xaxis": axis("Period ending", type="date"),
            "yaxis": axis(
                "", ticksuffix=AXIS_UNITS.get(Unit(first.unit), ""), tickprefix=prefix, rangemode="tozero"
            ),
            "hovermode": "closest",
        },
        table=results_table(rows, ORGANISATION, PERIOD, VALUE, COUNTS, TARGET, TARGET_STATUS),
        height=380,
    )


def _of(rows: Sequence[ResultRow], name: str) -> list[ResultRow]:
    return sorted(
        (row for row in rows if row.organisation_name == name),
        key=lambda row: (row.period.end, row.period.start),
    )


def _sentence(rows: Sequence[ResultRow]) -> str:
    first, last = rows[0], rows[-1]
    if len(rows) == 1:
        return f"{first.organisation_name}: {first.written} ({first.period})"
    return (
        f"{first.organisation_name}: from {first.written} ({first.period}) to {last.written} ({last.period})"
    )


def _line(rows: Sequence[ResultRow], symbol: str, colour: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": rows[0].organisation_name,
        "x": [row.period.end.isoformat() for row in rows],
        "y": [rounded(row.value) for row in rows],
        "line": {"color": colour, "width": 2},
        "marker": {
            "symbol": [f"{symbol}-open" if _is_part_year(row) else symbol for row in rows],
            "size": 9,
            "color": colour,
        },
        "hovertext": [f"<b>{row.organisation_name}</b><br>{row.period}: {row.written}" for row in rows],
        "hoverinfo": "text",
    }


def _is_part_year(row: ResultRow) -> bool:
    """Half or three quarters of a year, as cumulative reports give; not a quarter or a day."""
    days = (row.period.end - row.period.start).days
    return 120 < days < 360
