"""How better, worse and no different look in every figure of one trust: a shape and a colour each."""

from performance.charts.figure import DARK_BLUE, DARK_PINK, INK, MID_GREY, Trace
from performance.releases.judgements import Side

WHITE = "#FFFFFF"
# Symbol, filling and edge. Empty is what chance alone might do, a square what isn't judged at all.
LOOKS = {
    Side.WORSE: ("diamond", DARK_PINK, DARK_PINK),
    Side.BETTER: ("circle", DARK_BLUE, DARK_BLUE),
    Side.NO_DIFFERENT: ("circle", WHITE, INK),
    Side.NO_JUDGEMENT: ("square", WHITE, MID_GREY),
    Side.NOT_COMPARED: ("square", WHITE, MID_GREY),
}
NAMES = {
    Side.WORSE: "Worse",
    Side.BETTER: "Better",
    Side.NO_DIFFERENT: "No different",
    Side.NO_JUDGEMENT: "Not judged",
    Side.NOT_COMPARED: "Not judged",
}


def marker(side: Side, size: int = 11) -> Trace:
    symbol, filling, edge = LOOKS[side]
    return {"symbol": symbol, "size": size, "color": filling, "line": {"color": edge, "width": 2}}
