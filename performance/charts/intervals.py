"""The bars of 95% intervals about marks."""

from collections.abc import Sequence

from performance.charts.figure import Trace

Interval = tuple[float | None, float | None, float | None]


def interval_bars(
    intervals: Sequence[Interval], colour: str, *, width: int = 3, thickness: float = 1.5
) -> Trace:
    """intervals: for each mark its lower end, the figure itself and its upper end, in units of the axis;
    None is no bar. width: of the strokes at the ends, in pixels."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [_arm(middle, upper) for _, middle, upper in intervals],
        "arrayminus": [_arm(lower, middle) for lower, middle, _ in intervals],
        "color": colour,
        "thickness": thickness,
        "width": width,
    }


def _arm(low: float | None, high: float | None) -> float:
    """The end can lie a hair on the wrong side of a share of all or none."""
    return 0.0 if low is None or high is None else round(abs(high - low), 4)
