"""A small table of dots: a panel for each measure, a line for each organisation, a mark for each
period."""

from collections import Counter
from collections.abc import Collection, Sequence

from performance.charts.chosen_parts import (
    TOP,
    Look,
    Panel,
    axes_caption,
    bars_of,
    by_measure,
    domains,
    has_intervals,
    height_of,
    hover,
    legend_of,
    look_of,
    short_names,
    titles,
    value_axis,
    with_counts,
)
from performance.charts.chosen_table import caption_of
from performance.charts.figure import (
    DARK_PINK,
    MID_GREY,
    Figure,
    Layout,
    Table,
    Trace,
    axis,
    rounded,
)
from performance.periods import Period
from performance.releases.rows import ResultRow
from performance.wording import counted, listed

LINE = 22
EARLIER = ("circle-open", "square-open", "diamond-open", "triangle-up-open")


def chosen_dots(rows: Sequence[ResultRow], table: Table) -> Figure:
    """rows: by measure, values known; table: what stands behind the chart."""
    groups = by_measure(rows)
    panels = [Panel(number, some, LINE * len(_order(some)) + LINE) for number, some in enumerate(groups, 1)]
    names = short_names(rows)
    traces = [trace for panel in panels for trace in _traces(panel, names)]
    return Figure(
        slug="compared",
        title=_title(groups),
        caption=f"{caption_of(rows)}.{_says(rows, groups)}",
        description=(
            "One line for each organisation, the lowest at the bottom, with a filled mark for the latest "
            "figure, hollow marks for earlier ones, and bars for 95% intervals."
        ),
        data=_each_once_in_legend(traces),
        layout={"margin": {"l": 8, "r": 16, "t": TOP, "b": 0}, "annotations": titles(panels)}
        | {"showlegend": len({trace["name"] for trace in traces}) > 1, "legend": legend_of(panels)}
        | {"hovermode": "closest"}
        | _axes(panels, names),
        table=table,
        height=TOP + height_of(panels),
        methods=("compare", "intervals") if has_intervals(rows) else ("compare",),
    )


def lines_in(rows: Sequence[ResultRow]) -> int:
    """How many lines the chart would have."""
    return len({(row.measure, row.organisation) for row in rows})


def _order(rows: Sequence[ResultRow]) -> list[str]:
    """Organisations by their latest figure, lowest first."""
    last = {row.organisation: row for row in sorted(rows, key=lambda row: row.period)}
    return sorted(last, key=lambda slug: (last[slug].value or 0.0, last[slug].organisation_name))


def _axes(panels: Sequence[Panel], names: dict[str, str]) -> Layout:
    layout: Layout = {}
    for panel, domain in zip(panels, domains(panels), strict=True):
        order = _order(panel.rows)
        layout[f"xaxis{panel.suffix}"] = value_axis(panel.rows, anchor=f"y{panel.suffix}")
        layout[f"yaxis{panel.suffix}"] = axis(
            "",
            domain=domain,
            anchor=f"x{panel.suffix}",
            range=[-1, len(order)],
            tickvals=list(range(len(order))),
            ticktext=[names[slug] for slug in order],
            tickfont={"size": 12},
        ) | {"ticks": ""}
    return layout


def _traces(panel: Panel, names: dict[str, str]) -> list[Trace]:
    order = _order(panel.rows)
    latest = {row.organisation: row for row in sorted(panel.rows, key=lambda row: row.period)}
    earlier = [row for row in panel.rows if latest[row.organisation] is not row]
    found = [_earlier(panel, order, period, symbol, earlier) for period, symbol in _told_apart(earlier)]
    looks = {look_of(row): None for row in latest.values()}
    for look in looks:
        some = [row for row in latest.values() if look_of(row) == look]
        marks = _marks(panel, order, some)
        marks["marker"] = {"symbol": look.symbol, "size": 10, "color": look.colour}
        found.append(marks | {"name": _name(look, looks, some, earlier), "error_x": bars_of(some)})
    targets = [row for row in latest.values() if row.target is not None]
    return [*found, _targets(panel, order, targets)] if targets else found


def _name(
    look: Look, looks: Collection[Look], rows: Sequence[ResultRow], earlier: Sequence[ResultRow]
) -> str:
    """Its period, where that is what tells its marks from others."""
    periods = {row.period for row in rows}
    return str(periods.pop()) if earlier and len(looks) == len(periods) == 1 else look.name


def _told_apart(earlier: Sequence[ResultRow]) -> list[tuple[Period, str]]:
    """The periods before the latest, with a mark for each; of many the first alone."""
    periods = sorted({row.period for row in earlier})
    chosen = periods if len(periods) <= len(EARLIER) else periods[:1]
    return list(zip(chosen, EARLIER, strict=False))


def _earlier(
    panel: Panel, order: Sequence[str], period: Period, symbol: str, rows: Sequence[ResultRow]
) -> Trace:
    marks = _marks(panel, order, [row for row in rows if row.period == period])
    return marks | {"name": str(period), "marker": {"symbol": symbol, "size": 7, "color": MID_GREY}}


def _marks(panel: Panel, order: Sequence[str], rows: Sequence[ResultRow]) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [rounded(row.value) for row in rows],
        "y": [order.index(row.organisation) for row in rows],
        "hovertext": [hover(row) for row in rows],
        "hoverinfo": "text",
        "cliponaxis": False,
        **panel.axes,
    }


def _targets(panel: Panel, order: Sequence[str], rows: Sequence[ResultRow]) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "Target",
        "x": [rounded(row.target) for row in rows],
        "y": [order.index(row.organisation) for row in rows],
        "marker": {"symbol": "line-ns", "size": 12, "line": {"width": 3, "color": DARK_PINK}},
        "hovertext": [f"{row.organisation_name}<br>Target: {row.written_target}" for row in rows],
        "hoverinfo": "text",
        "cliponaxis": False,
        **panel.axes,
    }


def _each_once_in_legend(traces: Sequence[Trace]) -> list[Trace]:
    """Panels share their looks."""
    seen: set[str] = set()
    found = []
    for trace in traces:
        found.append(trace | {"legendgroup": trace["name"], "showlegend": trace["name"] not in seen})
        seen.add(trace["name"])
    return found


def _title(groups: Sequence[Sequence[ResultRow]]) -> str:
    if len(groups) > 1:
        return _of_several(groups)
    order = _order(groups[0])
    last = {row.organisation: row for row in sorted(groups[0], key=lambda row: row.period)}
    low, high = last[order[0]], last[order[-1]]
    title = f"{low.measure_title}: {low.organisation_name} {with_counts(low)}"
    if len(order) > 2:
        title = (
            f"{low.measure_title}: from {with_counts(low)} in {low.organisation_name} to "
            f"{with_counts(high)} in {high.organisation_name}"
        )
    elif len(order) == 2:
        title = f"{low.measure_title}: {high.organisation_name} {with_counts(high)}, {low.organisation_name} "
        title += with_counts(low)
    return f"{title} ({max(row.period for row in groups[0])})"


def _of_several(groups: Sequence[Sequence[ResultRow]]) -> str:
    """Who has the highest figure how often. Highest isn't best: that is for each measure to say."""
    names = {row.organisation: row.organisation_name for rows in groups for row in rows}
    if len(names) == 1:
        return f"{next(iter(names.values()))}: {counted(len(groups), 'measure')}"
    highest = Counter(_order(rows)[-1] for rows in groups)
    parts = [f"{names[slug]} on {number}" for slug, number in highest.most_common(3)]
    more = " among others" if len(highest) > len(parts) else ""
    return f"Highest figure of {counted(len(groups), 'measure')}: {listed(parts)}{more}"


def _says(rows: Sequence[ResultRow], groups: Sequence[Sequence[ResultRow]]) -> str:
    bars = " Bars are 95% intervals." if has_intervals(rows) else ""
    several = max(len({row.period for row in some}) for some in groups)
    first = " Of the earlier periods only the first is shown." if several > len(EARLIER) + 1 else ""
    return f"{bars}{first}{axes_caption(groups)}"
