"""A funnel: each organisation's share against how many cases it rests on."""

from collections.abc import Sequence

import numpy as np

from performance.charts.figure import (
    DARK_BLUE,
    LIGHT_GREY,
    MID_GREY,
    ORANGE,
    Figure,
    Layout,
    Trace,
    axis,
    legend_above,
    rounded,
)
from performance.charts.funnel_names import OUTSIDE_998, Ranges, label_places, ranges_of, ring
from performance.charts.results_table import (
    COUNTS,
    FLAG,
    INTERVAL,
    ORGANISATION,
    TARGET,
    TARGET_STATUS,
    VALUE,
    results_table,
)
from performance.releases.rows import ResultRow
from performance.statistics.funnel import TAIL_95, TAIL_998, exact_limits
from performance.vocabulary import HIGH, LOW, TargetStatus
from performance.wording import counted_organisations, short_name, written_share

POINTS_ON_A_LIMIT = 80
# At 95% one organisation in twenty lies outside by chance alone.
BY_CHANCE = 0.05


def funnel(rows: Sequence[ResultRow], chosen: str = "") -> Figure:
    """Rows: one measure, one period, organisations of one kind, each with counts and baseline. chosen:
    the slug of one to be marked."""
    first = rows[0]
    baseline = first.baseline or 0.0
    met = [row for row in rows if row.target_status == TargetStatus.MET]
    missed = [row for row in rows if row.target_status == TargetStatus.MISSED]
    others = [row for row in rows if row not in met and row not in missed]
    limits = _limits(rows, baseline)
    ranges = ranges_of(rows, limits)
    labels = label_places(rows, ranges, chosen)
    beside = {slug: place for slug, place in labels.items() if slug != chosen}
    data = [
        *limits,
        *_targets(rows),
        _points(met, "Met own target", "circle", DARK_BLUE, beside),
        _points(missed, "Missed own target", "diamond", ORANGE, beside),
        _points(others, "No target known", "square", MID_GREY, beside),
        ring([row for row in rows if row.organisation == chosen], labels),
    ]
    return Figure(
        slug=f"funnel-{first.measure}",
        title=_title(rows, len(met), len(met) + len(missed)),
        caption=(
            f"{first.measure_title}, {first.period}. "
            f"{counted_organisations(len(rows), first.organisation_kind)}; "
            f"{written_share(baseline)} of cases together ({_pooled(rows)}). "
            f"{_chance(rows)}"
        ),
        description=(
            "Each point is one organisation: across, how many cases its figure rests on; up, the "
            "percentage. Curves show how far a percentage would stray by chance alone."
        ),
        data=[trace for trace in data if trace["x"]],
        layout=_layout(rows, ranges),
        table=results_table(
            sorted(rows, key=lambda row: row.value or 0.0),
            ORGANISATION,
            VALUE,
            COUNTS,
            INTERVAL,
            TARGET,
            TARGET_STATUS,
            FLAG,
        ),
        height=480,
        methods=("funnel", "intervals", "multiple-comparisons"),
    )


def _title(rows: Sequence[ResultRow], met: int, with_target: int) -> str:
    kind = rows[0].organisation_kind
    high = sum(row.flag in HIGH for row in rows)
    low = sum(row.flag in LOW for row in rows)
    differing = (
        f"{counted_organisations(high, kind)} above and {low or 'none'} below all together by more "
        "than chance would often give"
    )
    if not with_target:
        return differing[0].upper() + differing[1:]
    return f"{met} of {counted_organisations(with_target, kind)} met their own target; {differing}"


def _pooled(rows: Sequence[ResultRow]) -> str:
    numerator = sum(row.numerator or 0 for row in rows)
    denominator = sum(row.denominator or 0 for row in rows)
    return f"{numerator:,} of {denominator:,}"


def _chance(rows: Sequence[ResultRow]) -> str:
    beyond = sum(row.flag in OUTSIDE_998 for row in rows)
    return (
        f"About {len(rows) * BY_CHANCE:.0f} of {len(rows)} would lie outside the 95% limits by "
        f"chance alone; {beyond if beyond else 'none'} {'lies' if beyond == 1 else 'lie'} outside "
        "the 99.8% limits. Cases are taken as independent."
    )


def _limits(rows: Sequence[ResultRow], baseline: float) -> list[Trace]:
    cases = [row.denominator or 0 for row in rows]
    n = np.unique(np.geomspace(min(cases) * 0.9, max(cases) * 1.05, POINTS_ON_A_LIMIT).round())
    traces = [_line(n, np.full(len(n), baseline), "All together", "solid", MID_GREY)]
    for tail, name, dash in ((TAIL_95, "95% limits", "dash"), (TAIL_998, "99.8% limits", "dot")):
        limits = 100 * exact_limits(baseline / 100, n, tail)
        traces.append(_line(n, limits["lower"].to_numpy(), name, dash, MID_GREY))
        traces.append(_line(n, limits["upper"].to_numpy(), name, dash, MID_GREY) | {"showlegend": False})
    return traces


def _line(x: np.ndarray, y: np.ndarray, name: str, dash: str, colour: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x.tolist(),
        "y": y.round(2).tolist(),
        "line": {"color": colour, "width": 1.5, "dash": dash},
        "hoverinfo": "skip",
    }


def _targets(rows: Sequence[ResultRow]) -> list[Trace]:
    """A dash at each organisation's own target, tied to its point; None lifts the pen."""
    with_target = [row for row in rows if row.target is not None]
    ties = {
        "type": "scatter",
        "mode": "lines",
        "x": [x for row in with_target for x in (row.denominator, row.denominator, None)],
        "y": [y for row in with_target for y in (row.target, rounded(row.value), None)],
        "line": {"color": LIGHT_GREY, "width": 1},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    return [
        ties,
        {
            "type": "scatter",
            "mode": "markers",
            "name": "Own target",
            "x": [row.denominator for row in with_target],
            "y": [row.target for row in with_target],
            "marker": {"symbol": "line-ew", "size": 10, "line": {"color": MID_GREY, "width": 2}},
            "hoverinfo": "skip",
        },
    ]


def _points(rows: Sequence[ResultRow], name: str, symbol: str, colour: str, labels: dict[str, str]) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": name,
        "x": [row.denominator for row in rows],
        "y": [rounded(row.value) for row in rows],
        "meta": "names",
        "text": [short_name(row.organisation_name) if row.organisation in labels else "" for row in rows],
        "textposition": [labels.get(row.organisation, "middle right") for row in rows],
        "textfont": {"size": 12},
        "hovertext": [_hover(row) for row in rows],
        "hoverinfo": "text",
        "marker": {"symbol": symbol, "size": 9, "color": colour, "line": {"color": "#FFF", "width": 1}},
    }


def _hover(row: ResultRow) -> str:
    target = f"<br>Own target {row.written_target}: {row.target_status.label.lower()}"
    return (
        f"{row.organisation_name}<br>{row.written} ({row.counts})"
        f"{target if row.target is not None else ''}<br>Against all: {row.flag.label.lower()}"
    )


def _layout(rows: Sequence[ResultRow], ranges: Ranges) -> Layout:
    left, right, bottom, top = ranges
    cases = axis("Cases (each step multiplies)", type="log", tickvals=_ticks(rows))
    return {
        "showlegend": True,
        "legend": legend_above(),
        "xaxis": cases | {"range": [round(left, 4), round(right, 4)]},
        "yaxis": axis("Per cent", ticksuffix="%", range=[round(bottom, 2), round(top, 2)]),
        "hovermode": "closest",
    }


def _ticks(rows: Sequence[ResultRow]) -> list[int]:
    most = max(row.denominator or 0 for row in rows)
    steps = [step * 10**power for power in range(7) for step in (1, 2, 5)]
    least = min(row.denominator or 0 for row in rows)
    return [step for step in steps if least * 0.9 <= step <= most * 1.1]
