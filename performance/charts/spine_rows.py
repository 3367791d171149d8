"""Where each measure of a spine stands: how far down, and on the scale of its own row."""

from collections.abc import Iterable
from dataclasses import dataclass

from performance.charts.figure import rounded
from performance.releases.exceptions import JudgedMeasure
from performance.releases.peer_rows import Spread
from performance.vocabulary import PROCESS_KINDS, Kind, Polarity

PARTS = {
    "Process": PROCESS_KINDS,
    "Quality": (Kind.QUALITY,),
    "Outcome": (Kind.OUTCOME,),
    "Cost and workload": (Kind.RESOURCE,),
}


@dataclass(frozen=True)
class SpineRow:
    """`at`: how many rows from the top, the name of each part of the spine having a row too."""

    measure: JudgedMeasure
    spread: Spread
    own: float
    at: int = 0

    @property
    def part(self) -> str:
        return next(name for name, kinds in PARTS.items() if self.measure.result.kind in kinds)

    def place(self, value: float) -> float:
        """0 is the peers together, 1 as far to the better side as anything in the row lies to either."""
        inside = (self.spread.lowest, self.spread.highest, self.own, self.measure.comparable_target)
        furthest = max(abs(mark - self.spread.centre) for mark in inside if mark is not None)
        side = -1 if self.measure.result.polarity == Polarity.LOWER else 1
        return rounded(side * (value - self.spread.centre) / furthest, 3) or 0.0


def spine_rows(measures: Iterable[JudgedMeasure]) -> list[SpineRow]:
    """Those that can be set among peers: process first, then what came of it, in each the worst first."""
    rows = [
        SpineRow(one, one.peers, one.comparable)
        for one in measures
        if one.peers and one.comparable is not None and one.peers.lowest < one.peers.highest
    ]
    rows.sort(key=_order)
    parts = [row.part for row in rows]
    return [
        SpineRow(row.measure, row.spread, row.own, at + len({*parts[: at + 1]}))
        for at, row in enumerate(rows)
    ]


def _order(row: SpineRow) -> tuple[int, float, str]:
    return list(PARTS).index(row.part), row.place(row.own), row.measure.result.measure_title
