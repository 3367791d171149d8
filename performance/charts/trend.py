"""A measure through time for a few organisations."""

from collections import Counter
from collections.abc import Sequence

from performance.charts.figure import (
    DARK_BLUE,
    DARK_PINK,
    MID_GREY,
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
    PERCENT_OF_TARGET,
    PERIOD,
    TARGET,
    TARGET_STATUS,
    VALUE,
    results_table,
)
from performance.releases.rows import ResultRow
from performance.vocabulary import ADDED_UP, Unit
from performance.wording import counted, listed

LOOKS = (
    ("circle", DARK_BLUE),
    ("square", ORANGE),
    ("diamond", TURQUOISE),
    ("triangle-up", DARK_PINK),
)
MOST_LINES = len(LOOKS)
AXIS_UNITS = {Unit.SHARE: "%", Unit.TALLY: "%", Unit.PERCENT_OF_PROFILE: "%"}
DAYS_IN_A_MONTH = 30.4
APART = " A hollow mark is for a period of another length and isn't joined."


def trend(rows: Sequence[ResultRow]) -> Figure:
    """Rows: one measure, at most MOST_LINES organisations, values known. Periods of the length
    that is commonest make the line and the title; figures for other lengths, such as part of a
    year, or a census day beside quarters, stand apart."""
    first = rows[0]
    length = commonest_length(rows)
    slugs = sorted({row.organisation for row in rows if _length(row) == length})
    rows = [row for row in rows if row.organisation in slugs]
    in_line = [_of(rows, slug, length) for slug in slugs]
    apart = [row for row in rows if _length(row) != length]
    prefix = "£" if first.unit == Unit.POUNDS else ""
    return Figure(
        slug=f"trend-{first.measure}",
        title=listed([_sentence(some) for some in in_line]),
        caption=(
            f"{first.measure_title}, {counted(len(rows), 'figure')}."
            f"{APART if apart else ''} A change between two figures may be a change in how cases were "
            "counted."
        ),
        description="A mark for each figure at the end of its period, joined in order.",
        data=[*_traces(in_line), *([_apart(apart)] if apart else [])],
        layout={
            "showlegend": len(slugs) > 1,
            "legend": legend_above(),
            "xaxis": axis("Period ending", type="date"),
            "yaxis": axis(
                "",
                ticksuffix=AXIS_UNITS.get(Unit(first.unit), ""),
                tickprefix=prefix,
                tickformat="," if first.unit in ADDED_UP else "",
                rangemode="tozero",
            ),
            "hovermode": "closest",
        },
        table=results_table(
            rows, ORGANISATION, PERIOD, VALUE, COUNTS, TARGET, PERCENT_OF_TARGET, TARGET_STATUS
        ),
        height=340,
        methods=("structure",),
    )


def commonest_length(rows: Sequence[ResultRow]) -> int:
    """The length of period, in months, of most rows; the longer where two are as common."""
    lengths = Counter(_length(row) for row in rows)
    return max(lengths, key=lambda length: (lengths[length], length))


def _length(row: ResultRow) -> int:
    """In months; a single day is 0."""
    days = (row.period.end - row.period.start).days
    return round((days + 1) / DAYS_IN_A_MONTH) if days else 0


def _of(rows: Sequence[ResultRow], slug: str, length: int) -> list[ResultRow]:
    return sorted(
        (row for row in rows if row.organisation == slug and _length(row) == length),
        key=lambda row: row.period,
    )


def _sentence(rows: Sequence[ResultRow]) -> str:
    first, last = rows[0], rows[-1]
    if len(rows) == 1:
        return f"{first.organisation_name}: {first.written} ({first.period})"
    if all(row.written == first.written for row in rows):
        return f"{first.organisation_name}: {first.written} throughout, {first.period} to {last.period}"
    return (
        f"{first.organisation_name}: from {first.written} ({first.period}) to {last.written} ({last.period})"
    )


def _traces(in_line: Sequence[Sequence[ResultRow]]) -> list[Trace]:
    looks = zip(in_line, LOOKS, strict=False)
    return [_line(rows, symbol, colour) for rows, (symbol, colour) in looks]


def _line(rows: Sequence[ResultRow], symbol: str, colour: str) -> Trace:
    return _marks(rows, symbol, colour) | {
        "mode": "lines+markers",
        "name": rows[0].organisation_name,
        "line": {"color": colour, "width": 2},
    }


def _apart(rows: Sequence[ResultRow]) -> Trace:
    return _marks(rows, "circle-open", MID_GREY) | {"mode": "markers", "name": "Other periods"}


def _marks(rows: Sequence[ResultRow], symbol: str, colour: str) -> Trace:
    return {
        "type": "scatter",
        "x": [row.period.end.isoformat() for row in rows],
        "y": [rounded(row.value) for row in rows],
        "marker": {"symbol": symbol, "size": 9, "color": colour},
        "hovertext": [f"{row.organisation_name}<br>{row.period}: {row.written}" for row in rows],
        "hoverinfo": "text",
    }
