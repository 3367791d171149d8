"""National results as a percentage of their targets, measure by measure, through the years."""

from collections.abc import Sequence

from performance.charts.figure import (
    BOTTOM,
    DARK_BLUE,
    DARK_PINK,
    INK,
    LIGHT_GREY,
    ORANGE,
    TURQUOISE,
    Figure,
    Trace,
    axis,
    in_lines,
    legend_above,
    rounded,
)
from performance.charts.results_table import MEASURE, PERCENT_OF_TARGET, PERIOD, TARGET, VALUE, results_table
from performance.releases.rows import ResultRow
from performance.vocabulary import PROCESS_KINDS, Kind, TargetStatus
from performance.wording import counted, written_number

LOOKS = {
    Kind.TIMELINESS: ("circle", DARK_BLUE),
    Kind.COMPLIANCE: ("diamond", DARK_PINK),
    Kind.VOLUME: ("square", TURQUOISE),
    Kind.OUTCOME: ("triangle-up", ORANGE),
}
ROW_HEIGHT = 40
REOFFENDING = ("local-adult-reoffending", "proven-reoffending", "binary-rate")


def national_targets(rows: Sequence[ResultRow]) -> Figure:
    """Rows: the nation, measures of the four kinds in LOOKS, each with an attainment."""
    latest = _latest(rows)
    order = sorted(latest, key=lambda row: (-list(LOOKS).index(Kind(row.kind)), row.attainment))
    names = [_label(row) for row in order]
    return Figure(
        slug="national-targets",
        title=_title(latest),
        caption=(
            f"{counted(len(latest), 'measure')} for England and Wales, {_span(rows)}: the result as "
            "a percentage of its target, as printed or as its printed figures give. The largest mark "
            f"is the latest; {_part_years(latest)} of them are for part of a year, drawn hollow. "
            "Targets were changed from year to year, so a rise may be a lower target."
        ),
        description=(
            "One row for each measure. Marks to the right of the line at 100% met the target; the "
            "largest mark is the latest, joined by a line to the ones before."
        ),
        data=[
            *_paths(rows, names),
            *(_marks(rows, latest, kind) for kind in LOOKS),
            *(_legend_entry(kind) for kind in LOOKS),
        ],
        layout={
            "showlegend": True,
            "legend": legend_above(),
            "margin": {"l": 8, "r": 24, "t": 48, "b": BOTTOM},
            "xaxis": axis("Per cent of target", ticksuffix="%"),
            "yaxis": axis("", categoryarray=names, categoryorder="array", ticks=""),
            "shapes": [_line_at_100()],
            "hovermode": "closest",
        },
        table=results_table(
            sorted(rows, key=lambda row: (row.measure_title, row.period)),
            MEASURE,
            PERIOD,
            VALUE,
            TARGET,
            PERCENT_OF_TARGET,
        ),
        height=ROW_HEIGHT * len(names) + 140,
        methods=("attainment",),
    )


def _latest(rows: Sequence[ResultRow]) -> list[ResultRow]:
    by_measure: dict[str, ResultRow] = {}
    for row in sorted(rows, key=lambda row: (row.period.end, row.period.start)):
        by_measure[row.measure] = row
    return list(by_measure.values())


def _part_years(latest: Sequence[ResultRow]) -> int:
    return sum(not row.period.is_financial_year for row in latest)


def _title(latest: Sequence[ResultRow]) -> str:
    met = sum(row.target_status == TargetStatus.MET for row in latest)
    process = sum(row.kind in PROCESS_KINDS for row in latest)
    reoffending = sum(row.measure in REOFFENDING for row in latest)
    return (
        f"{met} of {counted(len(latest), 'national measure')} met {'its' if len(latest) == 1 else 'their'} "
        f"target at the latest published figure; {process or 'none'} of {len(latest)} "
        f"{'counts' if process == 1 else 'count'} process, {reoffending or 'none'} reoffending"
    )


def _span(rows: Sequence[ResultRow]) -> str:
    years = [row.period.start.year for row in rows]
    return f"{min(years)}-{(min(years) + 1) % 100:02d} to {max(years)}-{(max(years) + 1) % 100:02d}"


def _paths(rows: Sequence[ResultRow], names: Sequence[str]) -> list[Trace]:
    x: list[float | None] = []
    y: list[str | None] = []
    for name in names:
        own = sorted((row for row in rows if _label(row) == name), key=lambda row: row.period)
        x += [*(rounded(row.attainment, 1) for row in own), None]
        y += [*(name for _ in own), None]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": x,
            "y": y,
            "line": {"color": LIGHT_GREY, "width": 2},
            "hoverinfo": "skip",
            "showlegend": False,
        }
    ]


def _marks(rows: Sequence[ResultRow], latest: Sequence[ResultRow], kind: Kind) -> Trace:
    symbol, colour = LOOKS[kind]
    some = [row for row in rows if row.kind == kind]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [rounded(row.attainment, 1) for row in some],
        "y": [_label(row) for row in some],
        "showlegend": False,
        "marker": {
            "symbol": [symbol if row.period.is_financial_year else f"{symbol}-open" for row in some],
            "size": [13 if row in latest else 8 for row in some],
            "color": colour,
            "opacity": 1,
            "line": {"color": colour, "width": 2},
        },
        "hovertext": [_hover(row) for row in some],
        "hoverinfo": "text",
    }


def _label(row: ResultRow) -> str:
    return in_lines(row.measure_short_title)


def _legend_entry(kind: Kind) -> Trace:
    """Drawn for the legend alone: a trace with marks of many sizes would show its first there."""
    symbol, colour = LOOKS[kind]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": kind.label,
        "x": [None],
        "y": [None],
        "marker": {"symbol": symbol, "size": 10, "color": colour},
    }


def _hover(row: ResultRow) -> str:
    target = f", target {row.written_target}" if row.target is not None else ""
    return (
        f"{row.measure_title}<br>{row.period}: {row.written}{target}"
        f"<br>{written_number(row.attainment or 0)}% of target"
    )


def _line_at_100() -> dict[str, object]:
    return {
        "type": "line",
        "x0": 100,
        "x1": 100,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": INK, "width": 1.5, "dash": "dash"},
    }
