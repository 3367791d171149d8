"""What every control chart returns: its lines, and what the rules say of each point."""

import numpy as np
import pandas as pd

from performance.statistics.columns import NOT_GIVEN, Booleans, Floats, in_words
from performance.statistics.control_charts.long_frame import OVERLAPPING, Integers, LongFrame
from performance.statistics.control_charts.points import ENOUGH_POINTS, Points
from performance.statistics.control_charts.rules import NEAR, Direction, Rule, Signs, signals

NO_VARIATION = "there is no variation to set limits by"
NO_NEIGHBOURS = "limits need figures of two periods in a row"
LINES = ["lower_limit", "lower_near", "mean", "upper_near", "upper_limit"]
# What rounding may put between two equal figures, as a part of the segment's largest figure.
ROUNDING = 1e-12


def charted(
    ordered: LongFrame,
    points: Points,
    value: Floats,
    centre: Floats,
    half_width: Floats,
    *,
    is_skewed: Booleans | None = None,
    no_value: tuple[Booleans, str] | None = None,
) -> pd.DataFrame:
    """The frame that `xmr`, `p_chart` and `laney_p_chart` return.

    value, centre, half_width: of each point; half_width is 0 where nothing varies, and NaN where
    no two points follow each other. is_skewed: points without the rules of sides (see `signals`).
    no_value: ordered rows that have no value for a reason of their own, and that reason.
    Columns, for the rows of the frame:
    - lower_limit, lower_near, mean, upper_near, upper_limit: not cut off at 0 or 100 (`clipped`)
    - rule (a word of `Rule`) and direction (of `Direction`): '' where no rule marks the point
    - segment_number: from 1 in each series; a row without a value has that of the point before it
    - is_trial: fewer than 12 points set the limits
    - is_last: the series' last point, or its last row where it has no point
    - reason: why there is no value, or no limits (then mean and runs can still be told)
    """
    rounding = ROUNDING * points.largest(value)
    # Without variation there are no limits: with some, all points would lie on or outside them.
    half = np.where(half_width > rounding, half_width, np.nan)
    lines = [centre - half, centre - NEAR * half, centre, centre + NEAR * half, centre + half]
    found = signals(value, centre, half, points.starts_stretch, rounding, is_skewed)
    is_few = points.total(np.ones(len(points)), points.sets_limits) < ENOUGH_POINTS
    columns = {
        **{name: points.on_rows(line) for name, line in zip(LINES, lines, strict=True)},
        **_in_rule_words(points, found),
        "segment_number": _segment_numbers(ordered, points),
        "is_trial": points.marks_on_rows(is_few),
        "is_last": _is_last(ordered, points),
        "reason": in_words(
            points.rows,
            (ordered.overlaps, OVERLAPPING),
            *([no_value] if no_value else []),
            (np.isnan(points.on_rows(centre)), NOT_GIVEN),
            (points.marks_on_rows(np.isnan(half_width)), NO_NEIGHBOURS),
            (points.marks_on_rows(np.isnan(half)), NO_VARIATION),
        ),
    }
    return pd.DataFrame(columns, copy=False).take(np.argsort(ordered.row)).set_axis(ordered.index)


def clipped(chart: pd.DataFrame, lowest: float = -np.inf, highest: float = np.inf) -> pd.DataFrame:
    """A chart for the eye: its lines cut off at the least and the most that a figure can be, as 0
    and 100 for percentages. What the rules found stays as it was.

    Raises ValueError where lowest isn't below highest.
    """
    if not lowest < highest:
        raise ValueError("the lowest must be below the highest")
    return chart.assign(**{line: chart[line].clip(lowest, highest) for line in LINES})


def _in_rule_words(points: Points, found: dict[Rule, Signs]) -> dict[str, pd.Categorical]:
    """Each point's first rule, and its direction by that rule."""
    sign = np.select([signs != 0 for signs in found.values()], list(found.values()), 0)
    rules = [(points.marks_on_rows(signs != 0), rule) for rule, signs in found.items()]
    directions = [
        (points.marks_on_rows(sign == way), word) for way, word in ((1, Direction.HIGH), (-1, Direction.LOW))
    ]
    return {"rule": in_words(points.rows, *rules), "direction": in_words(points.rows, *directions)}


def _segment_numbers(ordered: LongFrame, points: Points) -> Integers:
    """Segments begun so far in the row's series."""
    begun = np.cumsum(points.marks_on_rows(points.starts_segment))
    begun_before = np.append(0, begun)[np.flatnonzero(ordered.starts_series)]
    return begun - begun_before[ordered.series]


def _is_last(ordered: LongFrame, points: Points) -> Booleans:
    last = np.flatnonzero(np.append(ordered.starts_series, True)[1:])
    # Points are in order, and of those of one series the last to be written stays.
    last[ordered.series[points.place]] = points.place
    is_last = np.zeros(points.rows, dtype=np.bool_)
    is_last[last] = True
    return is_last
