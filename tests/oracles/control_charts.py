"""XmR, p and p' charts and the rules of Making Data Count, point by point, in plain Python.

One series at a time: a list of points, each a dict with period (a whole number), segment, and
value, or x and n. Figures are exact fractions as far as they can be.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Point = dict[str, Any]

LIMITS, RANGE_LIMIT, AVERAGE_RANGE = Fraction(266, 100), Fraction(3267, 1000), 1.128
TWO_THIRDS = Fraction(2, 3)


@dataclass
class Segment:
    """Stretches of points that directly follow each other."""

    stretches: list[list[Point]] = field(default_factory=list)

    @property
    def points(self) -> list[Point]:
        return [point for stretch in self.stretches for point in stretch]

    def pairs(self, baseline: list[Point]) -> list[tuple[Point, Point]]:
        """Neighbours that both set the limits."""
        return [
            (first, second)
            for stretch in self.stretches
            for first, second in zip(stretch, stretch[1:], strict=False)
            if first in baseline and second in baseline
        ]


def segments(points: list[Point]) -> list[Segment]:
    """Points that have a value, parted where the label changes or two periods or more are missing."""
    found: list[Segment] = []
    before = None
    for point in sorted(points, key=lambda point: point["period"]):
        if point["value"] is None:
            continue
        missing = 0 if before is None else point["period"] - before["period"] - 1
        if before is None or point["segment"] != before["segment"] or missing > 1:
            found.append(Segment([[]]))
        elif missing == 1:
            found[-1].stretches.append([])
        found[-1].stretches[-1].append(point)
        before = point
    return found


def xmr(points: list[Point], screened: bool = True, fix_after: int | None = None) -> dict[int, Point]:
    """By period: mean, half (the width to a limit, or None), rule, direction, segment, is_trial."""
    charted: dict[int, Point] = {}
    for number, segment in enumerate(segments(points), start=1):
        baseline = segment.points[:fix_after]
        mean = average([point["value"] for point in baseline])
        half = xmr_half(segment, baseline, screened)
        chart(charted, segment, number, len(baseline), mean, dict.fromkeys(periods(segment), half))
    return charted


def xmr_half(segment: Segment, baseline: list[Point], screened: bool) -> Fraction | None:
    ranges = [abs(second["value"] - first["value"]) for first, second in segment.pairs(baseline)]
    if not any(ranges):
        return None
    usual = [size for size in ranges if size < RANGE_LIMIT * average(ranges)]
    return LIMITS * average(usual if screened and any(usual) else ranges)


def p_chart(points: list[Point], fix_after: int | None = None, laney: bool = False) -> dict[int, Point]:
    """As `xmr`, of points with x and n; those without cases have no value."""
    charted: dict[int, Point] = {}
    for number, segment in enumerate(segments([with_share(point) for point in points]), start=1):
        baseline = segment.points[:fix_after]
        cases = sum(point["n"] for point in baseline)
        pooled = Fraction(sum(point["x"] for point in baseline), cases)
        spread = laney_spread(segment, baseline, pooled) if laney else 1
        halves = {
            point["period"]: 3 * spread * float(pooled * (1 - pooled) / point["n"]) ** 0.5
            if spread is not None and 0 < pooled < 1 and spread > 1e-9
            else None
            for point in segment.points
        }
        is_skewed = Fraction(cases, len(baseline)) * min(pooled, 1 - pooled) < 5
        chart(charted, segment, number, len(baseline), pooled, halves, is_skewed)
    return charted


def with_share(point: Point) -> Point:
    is_told = point["x"] is not None and point["n"]
    return {**point, "value": Fraction(point["x"], point["n"]) if is_told else None}


def laney_spread(segment: Segment, baseline: list[Point], pooled: Fraction) -> float | None:
    def z(point: Point) -> float:
        return float(point["value"] - pooled) / float(pooled * (1 - pooled) / point["n"]) ** 0.5

    if pooled in (0, 1) or not segment.pairs(baseline):
        return None
    return average([abs(z(second) - z(first)) for first, second in segment.pairs(baseline)]) / AVERAGE_RANGE


def chart(
    charted: dict[int, Point],
    segment: Segment,
    number: int,
    baseline: int,
    mean: Fraction,
    halves: dict[int, Any],
    is_skewed: bool = False,
) -> None:
    marks = rules(segment, mean, halves, is_skewed)
    for period in periods(segment):
        rule, direction = marks.get(period, ("", ""))
        charted[period] = {
            "mean": mean,
            "half": halves[period],
            "rule": rule,
            "direction": direction,
            "segment_number": number,
            "is_trial": baseline < 12,
        }


def rules(
    segment: Segment, mean: Fraction, halves: dict[int, Any], is_skewed: bool = False
) -> dict[int, tuple[str, str]]:
    """By period, the first rule that marks it and the direction: each window is looked at by itself,
    and no mark is written over."""
    marks: dict[int, tuple[str, str]] = {}
    for window in windows(segment, 1):
        if is_beyond(window[0], mean, halves, 1):
            mark(marks, window, "outside-limits", side(window[0], mean))
    for window in windows(segment, 7):
        mark(marks, window if all_steps(window, 1) else [], "trend", "high")
        mark(marks, window if all_steps(window, -1) else [], "trend", "low")
    if not is_skewed:
        rules_of_sides(marks, segment, mean, halves)
    return marks


def rules_of_sides(
    marks: dict[int, tuple[str, str]], segment: Segment, mean: Fraction, halves: dict[int, Any]
) -> None:
    for window in windows(segment, 3):
        near = [point for point in window if is_near(point, mean, halves)]
        if len({side(point, mean) for point in window}) == 1 and len(near) >= 2:
            mark(marks, near, "two-of-three", side(near[0], mean))
    for window in windows(segment, 7):
        if {side(point, mean) for point in window} in ({"high"}, {"low"}):
            mark(marks, window, "shift", side(window[0], mean))


def side(point: Point, mean: Fraction) -> str:
    if point["value"] == mean:
        return ""
    return "high" if point["value"] > mean else "low"


def is_beyond(point: Point, mean: Fraction, halves: dict[int, Any], part: Fraction | int) -> bool:
    half = halves[point["period"]]
    return half is not None and abs(point["value"] - mean) > part * half


def is_near(point: Point, mean: Fraction, halves: dict[int, Any]) -> bool:
    return is_beyond(point, mean, halves, TWO_THIRDS) and not is_beyond(point, mean, halves, 1)


def windows(segment: Segment, length: int) -> list[list[Point]]:
    return [
        stretch[start : start + length]
        for stretch in segment.stretches
        for start in range(len(stretch) - length + 1)
    ]


def all_steps(window: list[Point], way: int) -> bool:
    return all(
        (second["value"] - first["value"]) * way > 0
        for first, second in zip(window, window[1:], strict=False)
    )


def mark(marks: dict[int, tuple[str, str]], points: list[Point], rule: str, direction: str) -> None:
    for point in points:
        marks.setdefault(point["period"], (rule, direction))


def periods(segment: Segment) -> list[int]:
    return [point["period"] for point in segment.points]


def average(numbers: list[Any]) -> Any:
    return sum(numbers) / len(numbers)


def variation_icon(point: Point, polarity: str) -> str:
    """Of the last point."""
    if not point["direction"]:
        return "common-cause" if point["half"] is not None else "cannot-tell"
    if polarity == "none":
        return point["direction"]
    good = {"higher": "high", "lower": "low"}[polarity]
    return "improvement" if point["direction"] == good else "concern"


def assurance_icon(point: Point, polarity: str, target: Fraction | None) -> str:
    if target is None or polarity == "none" or point["half"] is None:
        return "cannot-tell"
    if abs(target - point["mean"]) <= point["half"]:
        return "hit-and-miss"
    is_beyond_reach = (target > point["mean"]) == (polarity == "higher")
    return "consistent-fail" if is_beyond_reach else "consistent-pass"
