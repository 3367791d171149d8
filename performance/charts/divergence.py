"""Process against outcome: each trust's attainment beside how its reoffending went against prediction."""

from collections.abc import Sequence

from performance.calculation.divergence import MARGIN
from performance.charts.divergence_tables import (
    ASKED_FOR,
    ATTAINMENT,
    ATTAINMENT_INTERVAL,
    DONE,
    OUTCOME,
    OUTCOME_INTERVAL,
    PROBABILITY,
    QUARTER,
    REOFFENDED,
    TRUST,
    raw_divergence,
)
from performance.charts.figure import (
    DARK_BLUE,
    DARK_PINK,
    INK,
    MID_GREY,
    ORANGE,
    TURQUOISE,
    Figure,
    Layout,
    Table,
    Trace,
    axis,
    legend_above,
    rounded,
)
from performance.releases.divergence_rows import BRIEFLY, DivergenceRow
from performance.statistics.divergence.quadrants import LEAST_TO_NAME
from performance.vocabulary import Quadrant
from performance.wording import counted, written_number, written_probability

# Symbol, colour and name of each quarter: where the target is met and more reoffend than predicted first.
LOOKS = {
    Quadrant.MET_WORSE: ("diamond", DARK_PINK, "Target met, outcome worse"),
    Quadrant.MET_BETTER: ("circle", DARK_BLUE, "Target met, outcome no worse"),
    Quadrant.MISSED_WORSE: ("triangle-up", ORANGE, "Target missed, outcome worse"),
    Quadrant.MISSED_BETTER: ("square", TURQUOISE, "Target missed, outcome no worse"),
}
# Room around the points, as a part of their spread, so that none lies on an edge.
ROOM = 0.08


def divergence_chart(rows: Sequence[DivergenceRow]) -> Figure:
    """Rows: the organisations of one year, at least one of them with a point."""
    shown = [row for row in rows if row.has_a_point]
    return Figure(
        slug="divergence",
        title=_title(shown),
        caption=_caption(rows, shown),
        description=(
            "Each point is one trust. To the right of the upright line the targets are met; below the "
            "level line more people reoffended than predicted."
        ),
        data=_traces(shown),
        layout=_layout(shown),
        table=Table(
            [
                TRUST,
                DONE,
                ASKED_FOR,
                ATTAINMENT,
                ATTAINMENT_INTERVAL,
                REOFFENDED,
                OUTCOME,
                OUTCOME_INTERVAL,
                QUARTER,
                PROBABILITY,
            ],
            [raw_divergence(row) for row in shown],
        ),
        height=560,
    )


def _caption(rows: Sequence[DivergenceRow], shown: Sequence[DivergenceRow]) -> str:
    return (
        f"{counted(len(shown), 'trust')}, {shown[0].period}, {shown[0].framework}. Across: cases done as "
        "asked, as a percentage of those that the targets ask for. Up: percentage points of reoffending "
        "below the predicted rate, so higher is better. A filled mark is probable enough to be named "
        f"({written_probability(LEAST_TO_NAME)} or more, worse then being over {MARGIN:g} points above "
        "prediction); a hollow one lies where it was counted and could as well belong elsewhere."
        f"{_left_out(rows, shown)}"
    )


def _title(shown: Sequence[DivergenceRow]) -> str:
    named = sum(row.quadrant == Quadrant.MET_WORSE for row in shown)
    as_counted = sum(row.fact == Quadrant.MET_WORSE for row in shown)
    unsure = sum(not row.is_named for row in shown)
    return (
        f"{named or 'None'} of {counted(len(shown), 'trust')} can be named as meeting the targets with more "
        f"reoffending than predicted ({shown[0].period}); as counted {_did(as_counted)}, and "
        f"{unsure or 'none'} of the {len(shown)} can’t be placed in any quarter"
    )


def _did(number: int) -> str:
    return f"{number or 'none'} {'does' if number == 1 else 'do'}"


def _left_out(rows: Sequence[DivergenceRow], shown: Sequence[DivergenceRow]) -> str:
    missing = len(rows) - len(shown)
    if not missing:
        return ""
    lacks = "lacks" if missing == 1 else "lack"
    return f" {counted(missing, 'trust')} {lacks} one side or both; the table of all trusts says why."


def _traces(shown: Sequence[DivergenceRow]) -> list[Trace]:
    traces = []
    for quarter, (symbol, colour, name) in LOOKS.items():
        own = [row for row in shown if row.quarter == quarter]
        named = [row for row in own if row.is_named]
        unsure = [row for row in own if not row.is_named]
        traces.append(_marks(named, symbol, colour, name))
        traces.append(_marks(unsure, f"{symbol}-open", colour, name) | {"showlegend": False})
    return [*(trace for trace in traces if trace["x"]), _legend_entry()]


def _marks(rows: Sequence[DivergenceRow], symbol: str, colour: str, name: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [rounded(row.attainment) for row in rows],
        "y": [rounded(row.outcome, 3) for row in rows],
        "marker": {"symbol": symbol, "size": 11, "color": colour, "line": {"color": colour, "width": 2}},
        "hovertext": [_hover(row) for row in rows],
        "hoverinfo": "text",
    }


def _legend_entry() -> Trace:
    """Drawn for the legend alone: what a hollow mark of any quarter means."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "Hollow: not sure",
        "x": [None],
        "y": [None],
        "marker": {"symbol": "circle-open", "size": 11, "color": MID_GREY, "line": {"width": 2}},
    }


def _hover(row: DivergenceRow) -> str:
    sure = f"probability {row.written_probability}" if row.is_named else "not sure enough to be named"
    below = "below" if (row.outcome or 0.0) >= 0 else "above"
    return (
        f"{row.organisation_name}<br>{row.written_attainment} of the cases asked for "
        f"({row.written_counted} for {row.written_required})"
        f"<br>{written_number(abs(row.outcome or 0.0), 2)} points {below} predicted "
        f"({row.written_reoffended} reoffended)<br>{row.quarter.label}: {sure}"
    )


def _layout(shown: Sequence[DivergenceRow]) -> Layout:
    across = _range([row.attainment or 0.0 for row in shown], 100.0)
    up = _range([row.outcome or 0.0 for row in shown], 0.0)
    return {
        "showlegend": True,
        "legend": legend_above(),
        "xaxis": axis("Per cent of the cases asked for", ticksuffix="%", range=across),
        "yaxis": axis("Points below predicted reoffending", range=up),
        "shapes": [
            _line(x0=100, x1=100, y0=0, y1=1, yref="paper"),
            _line(x0=0, x1=1, y0=0, y1=0, xref="paper"),
        ],
        "annotations": [
            _corner(BRIEFLY[Quadrant.MET_BETTER], 1, 1),
            _corner(BRIEFLY[Quadrant.MET_WORSE], 1, 0),
            _corner(BRIEFLY[Quadrant.MISSED_BETTER], 0, 1),
            _corner(BRIEFLY[Quadrant.MISSED_WORSE], 0, 0),
        ],
        "hovermode": "closest",
    }


def _range(values: Sequence[float], line: float) -> list[float]:
    """Holds every point and the line that parts the quarters, with some room."""
    low, high = min([*values, line]), max([*values, line])
    room = ROOM * (high - low) or 1.0
    return [round(low - room, 3), round(high + room, 3)]


def _line(**ends: object) -> dict[str, object]:
    return {"type": "line", "line": {"color": INK, "width": 1.5, "dash": "dash"}} | ends


def _corner(text: str, x: int, y: int) -> dict[str, object]:
    return {
        "text": text,
        "x": x,
        "y": y,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "right" if x else "left",
        "yanchor": "top" if y else "bottom",
        "showarrow": False,
        "font": {"size": 13, "weight": 700, "color": MID_GREY},
    }
