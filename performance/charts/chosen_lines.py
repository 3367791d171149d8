"""A few organisations over time: a panel for each measure, a line for each organisation."""

from collections.abc import Sequence

from performance.charts.chosen_parts import (
    TOP,
    Panel,
    axes_caption,
    bars_of,
    by_measure,
    domains,
    has_intervals,
    height_of,
    hover,
    legend_of,
    titles,
    value_axis,
)
from performance.charts.chosen_table import caption_of, from_to, names_of
from performance.charts.figure import (
    DARK_BLUE,
    DARK_GREY,
    DARK_PINK,
    LIGHT_PURPLE,
    ORANGE,
    TURQUOISE,
    Figure,
    Layout,
    Table,
    Trace,
    axis,
    in_lines,
    rounded,
)
from performance.charts.trend import commonest_length
from performance.releases.rows import ResultRow
from performance.wording import counted, listed

LOOKS = (
    ("circle", DARK_BLUE),
    ("square", ORANGE),
    ("diamond", TURQUOISE),
    ("triangle-up", DARK_PINK),
    ("cross", DARK_GREY),
    ("x", LIGHT_PURPLE),
)
MOST_LINES = len(LOOKS)
# Bars on more points than this would be a hedge.
MOST_BARS = 30
MOST_TICKS = 4
PANEL, PANEL_ALONE = 170, 320
MOST_TOLD = 3


def chosen_lines(rows: Sequence[ResultRow], table: Table) -> Figure:
    """rows: by measure, of at most MOST_LINES organisations, values known; table: what stands
    behind the chart."""
    groups = by_measure(rows)
    height = PANEL_ALONE if len(groups) == 1 else PANEL
    panels = [Panel(number, some, height) for number, some in enumerate(groups, 1)]
    names = names_of(rows)
    return Figure(
        slug="compared",
        title=_title(groups),
        caption=f"{caption_of(rows)}.{_says(rows, groups)}",
        description="A mark for each figure at the end of its period, joined in order.",
        data=[trace for panel in panels for trace in _traces(panel, names, has_bars=_has_bars(rows))],
        layout={"margin": {"l": 56, "r": 16, "t": TOP, "b": 0}, "annotations": titles(panels)}
        | {"showlegend": len(names) > 1, "legend": legend_of(panels), "hovermode": "closest"}
        | _axes(panels),
        table=table,
        height=TOP + height_of(panels),
        methods=("compare", "change"),
    )


def _axes(panels: Sequence[Panel]) -> Layout:
    layout: Layout = {}
    for panel, domain in zip(panels, domains(panels), strict=True):
        same = {} if panel.number == 1 else {"matches": "x"}
        layout[f"xaxis{panel.suffix}"] = axis(
            "", type="date", anchor=f"y{panel.suffix}", **same, **_ticks(panel)
        )
        layout[f"yaxis{panel.suffix}"] = value_axis(panel.rows, domain=domain, anchor=f"x{panel.suffix}")
    return layout


def _ticks(panel: Panel) -> Layout:
    """The names of the periods, where there is room for them all."""
    periods = sorted({row.period for row in panel.rows})
    if len({period.end for period in periods}) != len(periods) or len(periods) > MOST_TICKS:
        return {}
    return {
        "tickvals": [period.end.isoformat() for period in periods],
        "ticktext": [in_lines(str(period), 12) for period in periods],
        "tickangle": 0,
    }


def _traces(panel: Panel, names: dict[str, str], *, has_bars: bool) -> list[Trace]:
    length = commonest_length(panel.rows)
    found = []
    for (slug, name), (symbol, colour) in zip(names.items(), LOOKS, strict=False):
        own = sorted((row for row in panel.rows if row.organisation == slug), key=lambda row: row.period)
        in_line = [row for row in own if commonest_length([row]) == length]
        apart = [row for row in own if commonest_length([row]) != length]
        shared = {"legendgroup": name, "name": name, **panel.axes}
        if in_line:
            line = _marks(in_line, symbol, colour, has_bars=has_bars)
            line |= {"mode": "lines+markers", "line": {"color": colour, "width": 2}}
            found.append(line | shared | {"showlegend": panel.number == 1})
        if apart:
            marks = _marks(apart, f"{symbol}-open", colour, has_bars=has_bars)
            is_alone = panel.number == 1 and not in_line
            found.append(marks | shared | {"mode": "markers", "showlegend": is_alone})
    return found


def _marks(rows: Sequence[ResultRow], symbol: str, colour: str, *, has_bars: bool) -> Trace:
    marks = {
        "type": "scatter",
        "x": [row.period.end.isoformat() for row in rows],
        "y": [rounded(row.value) for row in rows],
        "marker": {"symbol": symbol, "size": 8, "color": colour},
        "hovertext": [hover(row) for row in rows],
        "hoverinfo": "text",
        "cliponaxis": False,
    }
    return marks | {"error_y": bars_of(rows)} if has_bars else marks


def _says(rows: Sequence[ResultRow], groups: Sequence[Sequence[ResultRow]]) -> str:
    bars = " Bars are 95% intervals." if _has_bars(rows) else ""
    is_mixed = any(len({commonest_length([row]) for row in some}) > 1 for some in groups)
    apart = " A hollow mark is for a period of another length and isn’t joined." if is_mixed else ""
    chance = " A change may be chance, or a change in how cases were counted."
    return f"{bars}{apart}{axes_caption(groups)}{chance}"


def _has_bars(rows: Sequence[ResultRow]) -> bool:
    return has_intervals(rows) and len(rows) <= MOST_BARS


def _title(groups: Sequence[Sequence[ResultRow]]) -> str:
    ends = [(own[0], own[-1]) for rows in groups for own in _of_each(rows)]
    first, last = min(one.period for one, _ in ends), max(one.period for _, one in ends)
    if len(groups) == 1 and len(ends) <= MOST_TOLD:
        told = listed([_sentence(*pair) for pair in ends])
        return f"{groups[0][0].measure_title}: {told}"
    up = sum((b.value or 0.0) > (a.value or 0.0) for a, b in ends)
    down = sum((b.value or 0.0) < (a.value or 0.0) for a, b in ends)
    what = groups[0][0].measure_title if len(groups) == 1 else counted(len(groups), "measure")
    told = f"{up or 'none'} of {counted(len(ends), 'figure')} went up, {down or 'none'} down"
    return f"{what}, {from_to(first, last)}: {told}"


def _of_each(rows: Sequence[ResultRow]) -> list[list[ResultRow]]:
    slugs = list(dict.fromkeys(row.organisation for row in rows))
    return [sorted((r for r in rows if r.organisation == slug), key=lambda r: r.period) for slug in slugs]


def _sentence(first: ResultRow, last: ResultRow) -> str:
    if first is last:
        return f"{first.organisation_name} {first.written} ({first.period})"
    if first.written == last.written:
        return f"{first.organisation_name} {first.written}, as in {first.period}"
    return (
        f"{first.organisation_name} from {first.written} ({first.period}) to {last.written} ({last.period})"
    )
