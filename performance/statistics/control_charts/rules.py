"""The rules of Making Data Count: which points are more than the usual ups and downs.

Source: NHS England, Making Data Count. Reconstructed: the order of the rules, and what a tie does
to a run, are those that NHSRplotthedots (0.2.2) shows.
"""

import numpy as np
from numpy.typing import NDArray

from performance.statistics.columns import Booleans, Floats
from trusts.words import Word

Signs = NDArray[np.int8]

RUN = 7
# Near a limit is beyond two thirds of the way from the mean to it.
NEAR = 2 / 3


class Rule(Word):
    """The first of these that marks a point gives it its name."""

    OUTSIDE = "outside-limits", "Outside the limits"
    TREND = "trend", "Seven points rising or falling"
    TWO_OF_THREE = "two-of-three", "Two of three points near a limit"
    SHIFT = "shift", "Seven points on one side of the mean"


class Direction(Word):
    HIGH = "high", "High"
    LOW = "low", "Low"


def signals(
    value: Floats,
    centre: Floats,
    half_width: Floats,
    starts_stretch: Booleans,
    rounding: Floats,
    is_skewed: Booleans | None = None,
) -> dict[Rule, Signs]:
    """What each rule says of each point: 1 for high or rising, -1 for low or falling, else 0.

    The points of many series in order; starts_stretch marks those that follow no point directly,
    so that no run reaches back over them. The limits lie half_width on each side of centre (NaN:
    no limits, so that only runs can be told). rounding is how far a value on a line may seem to
    be off it: a point on a limit is inside, and one on the mean is on no side of it. is_skewed
    marks points on which the last two rules aren't used, as their chances are for points that lie
    evenly on both sides of the mean.

    - OUTSIDE: beyond a limit.
    - TREND: all 7 or more points of 6 or more rises in a row, or falls; an equal neighbour breaks
      it. A point between a rise and a fall belongs to the one that ended with it.
    - TWO_OF_THREE: the 2 or 3 of 3 points that lie near the limit, not outside it, where all
      three lie on the same side of the mean.
    - SHIFT: all of 7 or more points in a row on one side of the mean; one on it breaks it.
    """
    deviation = value - centre
    side = _signs(deviation, rounding)
    outside = _signs(deviation, half_width + rounding)
    near = _signs(deviation, NEAR * half_width + rounding) * (outside == 0)
    two_of_three = _two_of_three(near, side, starts_stretch)
    shift = _in_runs(side, starts_stretch, RUN)
    if is_skewed is not None:
        two_of_three, shift = two_of_three * ~is_skewed, shift * ~is_skewed
    return {
        Rule.OUTSIDE: outside,
        Rule.TREND: _trends(value, starts_stretch),
        Rule.TWO_OF_THREE: two_of_three,
        Rule.SHIFT: shift,
    }


def _signs(deviation: Floats, distance: Floats) -> Signs:
    """1 above the distance, -1 below minus it, 0 between and where one is NaN."""
    return (deviation > distance).astype(np.int8) - (deviation < -distance)


def _trends(value: Floats, starts_stretch: Booleans) -> Signs:
    step = np.zeros(len(value), dtype=np.int8)
    step[1:] = np.sign(np.diff(value))
    step[starts_stretch] = 0
    into = _in_runs(step, starts_stretch, RUN - 1)
    out_of = np.append(into, np.int8(0))[1:]
    return np.where(into != 0, into, out_of)


def _two_of_three(near: Signs, side: Signs, starts_stretch: Booleans) -> Signs:
    if len(near) < 3:
        return np.zeros(len(near), dtype=np.int8)
    follows = ~starts_stretch
    # Each window of three, by its first point.
    together = follows[1:-1] & follows[2:] & (side[:-2] == side[1:-1]) & (side[1:-1] == side[2:])
    is_found = together & ((near[:-2] != 0).astype(np.int8) + (near[1:-1] != 0) + (near[2:] != 0) >= 2)
    in_window = np.zeros(len(near), dtype=np.bool_)
    for first in range(3):
        in_window[first : len(near) - 2 + first] |= is_found
    return near * in_window


def _in_runs(sign: Signs, starts_stretch: Booleans, length: int) -> Signs:
    """The signs of points that have so many or more of one sign in a row, 0 elsewhere."""
    starts_run = starts_stretch.copy()
    starts_run[1:] |= sign[1:] != sign[:-1]
    run = np.cumsum(starts_run)
    return sign * (np.bincount(run)[run] >= length)
