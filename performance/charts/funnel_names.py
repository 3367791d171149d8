"""Which points of a funnel are named, and where there is room for it."""

import math
from collections.abc import Sequence

from performance.charts.figure import INK, Trace, rounded
from performance.charts.names_beside import Spot, names_beside
from performance.releases.rows import ResultRow
from performance.vocabulary import Flag
from performance.wording import short_name

OUTSIDE_998 = (Flag.LOW_998, Flag.HIGH_998)
MOST_NAMES = 8
# Room around the points: on the scale of cases, where each step multiplies, and of that of percentages.
ASIDE, ABOVE = 1.12, 0.06
Ranges = tuple[float, float, float, float]


def ranges_of(rows: Sequence[ResultRow], limits: Sequence[Trace]) -> Ranges:
    """From and to, of the logarithm of cases and of the percentage, with room around what is drawn."""
    cases = [_cases(row) for row in rows]
    drawn = [y for trace in limits for y in trace["y"]]
    drawn += [y for row in rows for y in (row.value, row.target) if y is not None]
    room = ABOVE * ((max(drawn) - min(drawn)) or 1.0)
    across = math.log10(min(cases) / ASIDE), math.log10(max(cases) * ASIDE)
    return *across, min(drawn) - room, max(drawn) + room


def label_places(rows: Sequence[ResultRow], ranges: Ranges, chosen: str) -> dict[str, str]:
    """Where each name goes that has room beside its point: the chosen first, then those outside the wider
    limits that are furthest from all together."""
    left, right, bottom, top = ranges
    spots = [
        Spot(
            (math.log10(_cases(row)) - left) / (right - left),
            ((row.value or 0.0) - bottom) / (top - bottom),
        )
        for row in rows
    ]
    wanted = [(rows.index(row), short_name(row.organisation_name)) for row in _named(rows, chosen)]
    return {rows[at].organisation: place for at, place in names_beside(spots, wanted).items()}


def _named(rows: Sequence[ResultRow], chosen: str) -> list[ResultRow]:
    marked = [row for row in rows if row.organisation == chosen]
    outside = [row for row in rows if row.flag in OUTSIDE_998 and row not in marked]
    far = sorted(outside, key=lambda row: -abs((row.value or 0.0) - (row.baseline or 0.0)))
    return [*marked, *far[:MOST_NAMES]]


def _cases(row: ResultRow) -> int:
    return row.denominator or 0


def ring(rows: Sequence[ResultRow], labels: dict[str, str]) -> Trace:
    """Around the chosen point, named on every screen."""
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": "Chosen",
        "x": [row.denominator for row in rows],
        "y": [rounded(row.value) for row in rows],
        "text": [short_name(row.organisation_name) for row in rows],
        "textposition": [labels.get(row.organisation, "top center") for row in rows],
        "textfont": {"size": 14, "weight": 700},
        "hoverinfo": "skip",
        "marker": {"symbol": "circle-open", "size": 18, "color": INK, "line": {"width": 3}},
    }
