"""A spine: every measure of one trust in one year among its peers, better always to the right."""

from collections.abc import Sequence

from performance.charts.figure import (
    GRID,
    INK,
    LIGHT_GREY,
    ORANGE,
    Figure,
    Layout,
    Trace,
    axis,
    in_lines,
)
from performance.charts.sides import NAMES, marker
from performance.charts.spine_rows import SpineRow, spine_rows
from performance.charts.spine_table import Address, spine_table
from performance.periods import Period
from performance.releases.exceptions import BY_CHANCE, JudgedMeasure, compared
from performance.releases.judgements import Side
from performance.releases.peer_rows import Peers
from performance.wording import counted, written_number

PITCH = 40
AROUND = 100
LABEL_WIDTH = 24
BAR = 14
# Beyond the furthest mark of a row, which lies at 1.
ROOM = 1.1


def spine(measures: Sequence[JudgedMeasure], peers: Peers, year: Period, address: Address) -> Figure | None:
    """measures: of one trust in that year; address: of a measure's page. None where no measure can be set
    among peers."""
    rows = spine_rows(measures)
    if not rows:
        return None
    shown = [row.measure for row in rows]
    return Figure(
        slug="spine",
        title=_title(shown, year),
        caption=_caption(shown, peers),
        description=(
            "A row for each measure: a bar from the worst to the best of the peers with their middle half "
            "darker, a mark for the trust, a stroke for its target. Better is to the right in every row."
        ),
        data=_traces(rows),
        layout=_layout(rows),
        table=spine_table(shown, address),
        height=AROUND + PITCH * rows[-1].at,
        methods=("peers", "funnel", "multiple-comparisons"),
    )


def _title(shown: Sequence[JudgedMeasure], year: Period) -> str:
    judged = compared(shown)
    if not judged:
        return f"No measure of {year} can be compared with all trusts"
    worse, better = (sum(one.side == side for one in judged) for side in (Side.WORSE, Side.BETTER))
    return (
        f"Of {counted(len(judged), 'measure')} compared with all trusts, {worse or 'none'} "
        f"{'is' if worse < 2 else 'are'} worse and {better or 'none'} better ({year})"
    )


def _caption(shown: Sequence[JudgedMeasure], peers: Peers) -> str:
    by_chance = written_number(BY_CHANCE * len(compared(shown)), 1)
    return (
        f"{counted(len(shown), 'measure')}, each on a scale of its own. Bar: {peers.described}, the middle "
        "half darker; line: these together, or the one in the middle; stroke: own target. Numbers of cases "
        "are in per cent of target. Filled: outside the 95% limits around all trusts together, for "
        f"reoffending around its own prediction; chance alone would fill about {by_chance}. Square: not "
        "compared; where neither way is good, more is to the right."
    )


def _traces(rows: Sequence[SpineRow]) -> list[Trace]:
    own = [_own([row for row in rows if NAMES[row.measure.side] == name], name) for name in _names()]
    return [
        _bars(rows, "Lowest to highest", GRID, "lowest", "highest"),
        _bars(rows, "Middle half", LIGHT_GREY, "lower_quarter", "upper_quarter"),
        _targets(rows),
        *(trace for trace in own if trace["x"]),
    ]


def _names() -> list[str]:
    return list(dict.fromkeys(NAMES.values()))


def _bars(rows: Sequence[SpineRow], name: str, colour: str, start: str, end: str) -> Trace:
    """A bar a row, from one figure of its spread to another; None lifts the pen."""
    ends = [[row.place(getattr(row.spread, name)) for name in (start, end)] for row in rows]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [x for pair in ends for x in (*pair, None)],
        "y": [y for row in rows for y in (row.at, row.at, None)],
        "line": {"color": colour, "width": BAR},
        "hoverinfo": "skip",
    }


def _targets(rows: Sequence[SpineRow]) -> Trace:
    targets = [(row, row.measure.comparable_target) for row in rows]
    given = [(row, target) for row, target in targets if target is not None]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "Own target",
        "x": [row.place(target) for row, target in given],
        "y": [row.at for row, _ in given],
        "marker": {"symbol": "line-ns", "size": 20, "line": {"color": ORANGE, "width": 3}},
        "hovertext": [_hover(row.measure) for row, _ in given],
        "hoverinfo": "text",
    }


def _own(rows: Sequence[SpineRow], name: str) -> Trace:
    """The trust's own marks of one look."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [row.place(row.own) for row in rows],
        "y": [row.at for row in rows],
        "marker": marker(rows[0].measure.side, 12) if rows else {},
        "hovertext": [_hover(row.measure) for row in rows],
        "hoverinfo": "text",
    }


def _hover(one: JudgedMeasure) -> str:
    row = one.result
    counts = f" ({row.counts})" if row.counts and row.counts != row.written else ""
    lines = [row.measure_title, f"{row.written}{counts}", f"Peers {one.written_peers}", NAMES[one.side]]
    if row.written_target:
        lines.insert(3, f"Own target {row.written_target}: {row.target_status.label.lower()}")
    return "<br>".join(lines)


def _layout(rows: Sequence[SpineRow]) -> Layout:
    top, bottom = -0.4, rows[-1].at + 0.6
    across = axis(
        "", side="top", range=[-ROOM, ROOM], tickvals=[-1, 0, 1], showgrid=False, ticks="", showline=False
    )
    down = axis(
        "", range=[bottom, top], tickvals=[row.at for row in rows], showgrid=False, ticks="", showline=False
    )
    labels = [in_lines(row.measure.result.measure_short_title, LABEL_WIDTH) for row in rows]
    centre = {"type": "line", "x0": 0, "x1": 0, "y0": top, "y1": bottom, "line": {"color": INK, "width": 1.5}}
    return {
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "xref": "container", "y": 0, "yref": "container"},
        "margin": {"l": 56, "r": 16, "t": 30, "b": 70},
        "xaxis": across | {"ticktext": ["Worse", "Peers", "Better"]},
        "yaxis": down | {"ticktext": labels},
        "shapes": [centre],
        "annotations": _parts(rows),
        "hovermode": "closest",
    }


def _parts(rows: Sequence[SpineRow]) -> list[dict[str, object]]:
    """The name of each part in the row above its first measure, in line with the labels of these."""
    first = {row.part: row.at for row in reversed(rows)}
    return [
        {
            "text": part,
            "x": 0,
            "y": at - 1,
            "xref": "paper",
            "xanchor": "right",
            "xshift": -4,
            "showarrow": False,
            "font": {"size": 14, "weight": 700},
        }
        for part, at in first.items()
    ]
