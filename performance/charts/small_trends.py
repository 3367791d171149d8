"""Small control charts side by side: how the measures that stand out went, month by month."""

from collections.abc import Iterable, Sequence

from performance.charts.figure import (
    DARK_BLUE,
    INK,
    MID_GREY,
    ORANGE,
    Figure,
    Layout,
    Trace,
    axis,
    rounded,
)
from performance.charts.small_trends_table import period_at, small_trends_table, written_in
from performance.releases.change_rows import ChangeRow
from performance.statistics.control_charts.rules import Rule
from performance.vocabulary import PARTS_OF_A_WHOLE
from performance.wording import counted, listed

MOST = 8
CHART_HEIGHT = 110
# The part of a chart's height that its label takes.
LABEL = 0.3


def small_trends(changes: Sequence[ChangeRow]) -> Figure | None:
    """changes: of one organisation, in the order in which they are to be looked at; those with a
    control chart are drawn, at most MOST of them. None where there is none."""
    shown = [change for change in changes if change.has_chart][:MOST]
    if not shown:
        return None
    return Figure(
        slug="trends",
        title=_title(shown),
        caption=(
            f"{counted(len(shown), 'measure')} of {shown[0].organisation_name}, each month or quarter up to "
            f"{shown[0].period.end:%B %Y}. Level line: the mean; dashed: within these limits chance alone "
            "moves a figure. A diamond marks a special cause. Each chart has a scale of its own, which "
            "needn’t begin at 0."
        ),
        description="A small chart for each measure: its figures in a line, with mean and control limits.",
        data=[trace for place, change in enumerate(shown, 1) for trace in _traces(change, place)],
        layout=_layout(shown),
        table=small_trends_table(shown),
        height=CHART_HEIGHT * len(shown) + 50,
        methods=("control-charts", "change"),
    )


def _title(shown: Sequence[ChangeRow]) -> str:
    special = [change.measure_short_title for change in shown if change.is_special]
    of = f"Of {counted(len(shown), 'measure')} that {'stands' if len(shown) == 1 else 'stand'} out"
    if not special:
        return f"{of}, none shows a special cause at its latest point"
    show = "shows" if len(special) == 1 else "show"
    return f"{of}, {len(special)} {show} a special cause at the latest point: {listed(special)}"


def _traces(change: ChangeRow, place: int) -> list[Trace]:
    """Limits, mean, the line of figures, and the special causes among them."""
    points, axes = change.points, {"yaxis": _name("y", place)}
    days = list(points["period_end"])
    limits = {
        "x": [*days, None, *days],
        "y": [*_numbers(points["lower"]), None, *_numbers(points["upper"])],
        "line": {"color": MID_GREY, "width": 1, "dash": "dash"},
    }
    mean = {"x": days, "y": _numbers(points["centre"]), "line": {"color": MID_GREY, "width": 1.5}}
    lines = [{"type": "scatter", "mode": "lines", "hoverinfo": "skip"} | one | axes for one in (limits, mean)]
    return [*lines, _figures(change) | axes, *(one | axes for one in _special_causes(change))]


def _figures(change: ChangeRow) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(change.points["period_end"]),
        "y": _numbers(change.points["value"]),
        "line": {"color": DARK_BLUE, "width": 2},
        "marker": {"symbol": "circle", "size": 4, "color": DARK_BLUE},
        "hovertext": [_hover(change, at) for at in range(len(change.points["value"]))],
        "hoverinfo": "text",
    }


def _special_causes(change: ChangeRow) -> list[Trace]:
    points = change.points
    marked = [at for at, rule in enumerate(points["signal"]) if rule]
    if not marked:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [points["period_end"][at] for at in marked],
            "y": _numbers(points["value"][at] for at in marked),
            "marker": {"symbol": "diamond", "size": 9, "color": ORANGE, "line": {"color": INK, "width": 1}},
            "hovertext": [f"{_hover(change, at)}<br>{Rule(points['signal'][at]).label}" for at in marked],
            "hoverinfo": "text",
        }
    ]


def _hover(change: ChangeRow, at: int) -> str:
    return (
        f"{change.measure_title}<br>{period_at(change, at)}: {written_in(change, change.points['value'][at])}"
    )


def _numbers(values: Iterable[float | None]) -> list[float | None]:
    return [rounded(value) for value in values]


def _name(letter: str, place: int) -> str:
    """As Plotly calls its axes: x, x2, x3."""
    return letter if place == 1 else f"{letter}{place}"


def _layout(shown: Sequence[ChangeRow]) -> Layout:
    """One below the other on one axis of time, so that what happened at once stands in line."""
    ends = [day for change in shown for day in change.points["period_end"]]
    time = axis(
        "",
        type="date",
        range=[min(ends), max(ends)],
        tickformat="%Y",
        nticks=5,
        anchor=_name("y", len(shown)),
    )
    layout: Layout = {"margin": {"l": 44, "r": 16, "t": 8, "b": 40}, "xaxis": time, "hovermode": "closest"}
    labels = []
    for place, change in enumerate(shown, 1):
        up = _domain(place, len(shown))
        layout[f"yaxis{place if place > 1 else ''}"] = axis(
            "",
            domain=up,
            nticks=4,
            ticksuffix="%" if change.unit in PARTS_OF_A_WHOLE else "",
            automargin=False,
        )
        labels.append(_label(change, up[1]))
    return layout | {"annotations": labels}


def _domain(place: int, number: int) -> list[float]:
    """Where a chart stands, as parts of the whole height: the first on top, its label above it."""
    height = 1 / number
    bottom = 1 - place * height
    return [round(bottom, 4), round(bottom + height * (1 - LABEL), 4)]


def _label(change: ChangeRow, top: float) -> dict[str, object]:
    return {
        "text": change.measure_short_title,
        "x": 0,
        "y": top,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 14, "weight": 700},
    }
