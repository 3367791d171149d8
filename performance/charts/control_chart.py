"""A control chart: one measure of one organisation over time, and which points are more than chance."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from performance.charts.figure import (
    DARK_BLUE,
    INK,
    MID_GREY,
    ORANGE,
    TURQUOISE,
    Column,
    Figure,
    Layout,
    Row,
    Table,
    Trace,
    axis,
    legend_above,
    rounded,
)
from performance.charts.trend import AXIS_UNITS
from performance.periods import Period
from performance.releases.change_rows import ChangeRow
from performance.releases.rows import ResultRow
from performance.statistics.control_charts.rules import Rule
from performance.vocabulary import ADDED_UP, Assurance, Unit, Variation
from performance.wording import written_value

LATEST = {
    Variation.IMPROVEMENT: "better by more than its usual ups and downs",
    Variation.CONCERN: "worse by more than its usual ups and downs",
    Variation.HIGH: "higher by more than its usual ups and downs",
    Variation.LOW: "lower by more than its usual ups and downs",
    Variation.COMMON_CAUSE: "within its usual ups and downs",
}
AGAINST_TARGET = {
    Assurance.PASSES: "it can be expected to meet its target",
    Assurance.FAILS: "it can be expected to miss its target",
    Assurance.HITS_AND_MISSES: "whether it meets its target is left to chance",
}


def control_chart(change: ChangeRow, own: Sequence[ResultRow] = ()) -> Figure | None:
    """own: the organisation's figures, for the targets of whole years and for sources. None where there
    is no chart."""
    if not change.has_chart:
        return None
    targets = [row for row in own if row.target is not None and not row.is_part]
    sources = {row.period: row.source for row in own}
    rows = [_row(change, at, sources) for at in range(len(change.points["value"]))]
    return Figure(
        slug=f"control-chart-{change.measure}",
        title=_title(change, rows),
        caption=(
            f"{change.measure_title}, {change.organisation_name}: {len(rows)} figures, {rows[0]['period']} "
            f"to {rows[-1]['period']}; {change.chart.label}. Level line: the mean. Within the dashed limits "
            "a figure moves by chance alone; a diamond marks what is more than chance. The scale needn’t "
            "begin at 0. A change may also be one in how cases were counted."
        ),
        description=(
            "A line of figures, one for each month or quarter, with their mean, their control limits and, "
            "where there is one, the target."
        ),
        data=[*_lines(change), *_target(targets), *_figures(rows)],
        layout=_layout(change),
        table=_table(change, rows),
        height=360,
        methods=("control-charts", "change"),
    )


def _title(change: ChangeRow, rows: Sequence[Row]) -> str:
    last = rows[-1]
    latest = LATEST.get(change.variation, "whether that is more than chance can’t be told")
    title = f"{change.organisation_name}: {last['written']} in {last['period']}, {latest}"
    if change.assurance in AGAINST_TARGET:
        title += f"; {AGAINST_TARGET[change.assurance]}"
    return title


def _row(change: ChangeRow, at: int, sources: Mapping[Period, str]) -> dict[str, object]:
    points = change.points
    start, end = (date.fromisoformat(points[name][at]) for name in ("period_start", "period_end"))
    value, signal = points["value"][at], points["signal"][at]
    return {
        "measure": change.measure,
        "measure_title": change.measure_title,
        "organisation_name": change.organisation_name,
        "period_start": start,
        "period_end": end,
        "period": str(Period(start, end)),
        "value": value,
        "written": "No figure" if value is None else written_value(value, change.unit, change.decimals),
        **{name: points[name][at] for name in ("centre", "lower", "upper")},
        "signal": Rule(signal).label if signal in Rule.values() else "",
        "source": sources.get(Period(start, end), ""),
    }


def _lines(change: ChangeRow) -> list[Trace]:
    """The mean, and both limits; None lifts the pen between them."""
    days, points = list(change.points["period_end"]), change.points
    limits = [*_numbers(points["lower"]), None, *_numbers(points["upper"])]
    return [
        _line([*days, None, *days], limits, "Limits", {"color": MID_GREY, "width": 1, "dash": "dash"}),
        _line(days, _numbers(points["centre"]), "Mean", {"color": MID_GREY, "width": 1.5}),
    ]


def _target(targets: Sequence[ResultRow]) -> list[Trace]:
    """A level for each year that has one."""
    if not targets:
        return []
    x = [day for row in targets for day in (row.period.start.isoformat(), row.period.end.isoformat(), None)]
    y = [level for row in targets for level in (row.target, row.target, None)]
    return [_line(x, y, "Target", {"color": TURQUOISE, "width": 2.5, "dash": "dot"})]


def _line(x: list[str | None], y: list[float | None], name: str, look: dict[str, object]) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x,
        "y": y,
        "line": look,
        "hoverinfo": "skip",
    }


def _figures(rows: Sequence[Row]) -> list[Trace]:
    """The line through all of them, and a mark on each: a diamond on what is more than chance."""
    joined = {"color": DARK_BLUE, "width": 2}
    line = _line(
        [row["period_end"].isoformat() for row in rows], _numbers(r["value"] for r in rows), "", joined
    )
    usual = _marks([row for row in rows if not row["signal"]], "circle", DARK_BLUE, 7)
    special = _marks([row for row in rows if row["signal"]], "diamond", ORANGE, 10)
    special["marker"]["line"] = {"color": INK, "width": 1}
    named = [usual | {"name": "Figure"}, special | {"name": "More than chance"}]
    return [line | {"showlegend": False}, *(marks for marks in named if marks["x"])]


def _marks(rows: Sequence[Row], symbol: str, colour: str, size: int) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row["period_end"].isoformat() for row in rows],
        "y": _numbers(row["value"] for row in rows),
        "marker": {"symbol": symbol, "size": size, "color": colour},
        "hovertext": [_hover(row) for row in rows],
        "hoverinfo": "text",
    }


def _hover(row: Row) -> str:
    return "<br>".join(filter(None, (f"{row['period']}: {row['written']}", row["signal"])))


def _numbers(values: Iterable[float | None]) -> list[float | None]:
    return [rounded(value) for value in values]


def _layout(change: ChangeRow) -> Layout:
    up = axis(
        "",
        ticksuffix=AXIS_UNITS.get(Unit(change.unit), ""),
        tickprefix="£" if change.unit == Unit.POUNDS else "",
        tickformat="," if change.unit in ADDED_UP else "",
    )
    return {
        "showlegend": True,
        "legend": legend_above(),
        "margin": {"l": 56, "r": 16, "t": 40, "b": 40},
        "xaxis": axis("", type="date"),
        "yaxis": up,
        "hovermode": "closest",
    }


def _table(change: ChangeRow, rows: Sequence[Row]) -> Table:
    def written(key: str) -> Column:
        def show(row: Row) -> str:
            value = row[key]
            return "" if value is None else written_value(value, change.unit, change.decimals + 1)

        labels = {"centre": "Mean", "lower": "Lower limit", "upper": "Upper limit"}
        return Column(key, labels[key], numeric=True, show=show)

    columns = [
        Column("period_start", "Period", show=lambda row: row["period"]),
        Column("value", "Result", numeric=True, show=lambda row: row["written"]),
        *(written(key) for key in ("centre", "lower", "upper")),
        Column("signal", "More than chance"),
    ]
    return Table(columns, rows)
