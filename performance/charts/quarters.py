"""How the four quarters of process and outcome look in every figure that has them."""

from collections.abc import Sequence

from performance.charts.figure import DARK_BLUE, DARK_GREY, DARK_PINK, INK, ORANGE, TURQUOISE
from performance.releases.divergence_rows import BRIEFLY, DivergenceRow
from performance.vocabulary import Quadrant
from performance.wording import written_number

# Symbol, colour and name of each quarter: where the target is met and more reoffend than predicted first.
LOOKS = {
    Quadrant.MET_WORSE: ("diamond", DARK_PINK, "Target met, outcome worse"),
    Quadrant.MET_BETTER: ("circle", DARK_BLUE, "Target met, outcome no worse"),
    Quadrant.MISSED_WORSE: ("triangle-up", ORANGE, "Target missed, outcome worse"),
    Quadrant.MISSED_BETTER: ("square", TURQUOISE, "Target missed, outcome no worse"),
}
# The symbols as they are written.
WRITTEN = {"diamond": "◆", "circle": "●", "triangle-up": "▲", "square": "■"}
# Where the targets are met, in per cent of the cases asked for, and where reoffending is as predicted.
MET, AS_PREDICTED = 100.0, 0.0
# Room around the points, as a part of their spread, so that none lies on an edge.
ROOM = 0.08


def symbol_of(row: DivergenceRow) -> str:
    """Hollow where it isn't sure."""
    symbol = LOOKS[row.quarter][0]
    return symbol if row.is_named else f"{symbol}-open"


def hover_of(row: DivergenceRow) -> str:
    sure = f"probability {row.written_probability}" if row.is_named else "not sure enough to be named"
    below = "below" if (row.outcome or 0.0) >= 0 else "above"
    return (
        f"{row.organisation_name}<br>{row.written_attainment} of the cases asked for "
        f"({row.written_counted} for {row.written_required})"
        f"<br>{written_number(abs(row.outcome or 0.0), 2)} points {below} predicted "
        f"({row.written_reoffended} reoffended)<br>{row.quarter.label}: {sure}"
    )


def range_around(values: Sequence[float], line: float) -> list[float]:
    """Holds every value and the line that parts the quarters, with some room."""
    low, high = min([*values, line]), max([*values, line])
    room = ROOM * (high - low) or 1.0
    return [round(low - room, 3), round(high + room, 3)]


def parting_lines() -> list[dict[str, object]]:
    return [
        _line(x0=MET, x1=MET, y0=0, y1=1, yref="paper"),
        _line(x0=0, x1=1, y0=AS_PREDICTED, y1=AS_PREDICTED, xref="paper"),
    ]


def _line(**ends: object) -> dict[str, object]:
    return {"type": "line", "line": {"color": INK, "width": 1.5, "dash": "dash"}} | ends


def corner_words() -> list[dict[str, object]]:
    """Each quarter's name with its symbol, in place of a legend."""
    return [
        _corner(Quadrant.MET_BETTER, 1, 1),
        _corner(Quadrant.MET_WORSE, 1, 0),
        _corner(Quadrant.MISSED_BETTER, 0, 1),
        _corner(Quadrant.MISSED_WORSE, 0, 0),
    ]


def _corner(quarter: Quadrant, x: int, y: int) -> dict[str, object]:
    return {
        "text": f"{WRITTEN[LOOKS[quarter][0]]} {BRIEFLY[quarter]}",
        "x": x,
        "y": y,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "right" if x else "left",
        "yanchor": "top" if y else "bottom",
        "showarrow": False,
        "font": {"size": 13, "weight": 700, "color": DARK_GREY},
    }
