"""The points of process against outcome: a shape and a colour for each quarter, names where they fit."""

from collections.abc import Sequence
from dataclasses import dataclass

from performance.charts.figure import INK, LIGHT_GREY, MID_GREY, Trace, rounded
from performance.charts.names_beside import Spot, names_beside
from performance.charts.quarters import AS_PREDICTED, LOOKS, MET, hover_of, range_around, symbol_of
from performance.releases.divergence_rows import DivergenceRow
from performance.vocabulary import Quadrant
from performance.wording import short_name

SIZE, RING = 11, 24
# What charts.js leaves out on a narrow screen: names beside points.
NAMES = "names"


@dataclass(frozen=True)
class Marks:
    """rows: every organisation with a point; own: the slug of the one that is marked, or blank; region:
    the slug of the one whose points stand out, or blank for all."""

    rows: Sequence[DivergenceRow]
    own: str
    region: str

    @property
    def strong(self) -> list[DivergenceRow]:
        return [row for row in self.rows if self.region in ("", row.region)]

    @property
    def across(self) -> list[float]:
        return range_around([row.attainment or 0.0 for row in self.rows], MET)

    @property
    def up(self) -> list[float]:
        return range_around([row.outcome or 0.0 for row in self.rows], AS_PREDICTED)

    @property
    def traces(self) -> list[Trace]:
        faint = [row for row in self.rows if row not in self.strong]
        found = [_faint(faint)] if faint else []
        positions = self._positions
        for quarter in LOOKS:
            here = [row for row in self.strong if row.quarter == quarter]
            named = [row for row in here if row.is_named]
            unsure = [row for row in here if not row.is_named]
            found += [_marks(some, positions) for some in (named, unsure) if some]
        own = [row for row in self.rows if row.organisation == self.own]
        return [*found, *(_ring(row, self._is_right(row)) for row in own), _hollow()]

    @property
    def _positions(self) -> dict[str, str]:
        """Of names beside points: of a region everyone's, else of those that are named as meeting the
        targets with a worse outcome, surest first. The own one's is written with its ring."""
        likeliest = sorted(self.strong, key=lambda row: -(row.probability or 0.0))
        named = [row for row in likeliest if self.region or row.quadrant == Quadrant.MET_WORSE]
        numbers = {row.organisation: number for number, row in enumerate(self.rows)}
        wanted = [
            (numbers[row.organisation], short_name(row.organisation_name))
            for row in named
            if row.organisation != self.own
        ]
        found = names_beside([self._spot(row) for row in self.rows], wanted)
        return {self.rows[number].organisation: position for number, position in found.items()}

    def _spot(self, row: DivergenceRow) -> Spot:
        return Spot(_part(row.attainment or 0.0, self.across), _part(row.outcome or 0.0, self.up))

    def _is_right(self, row: DivergenceRow) -> bool:
        return self._spot(row).across > 0.5


def _part(value: float, ends: Sequence[float]) -> float:
    return (value - ends[0]) / (ends[1] - ends[0])


def _marks(rows: Sequence[DivergenceRow], positions: dict[str, str]) -> Trace:
    """Of one quarter, all sure or all unsure. The corners of the chart are the legend of quarters."""
    _, colour, name = LOOKS[rows[0].quarter]
    trace = _points(rows) | {
        "name": name,
        "showlegend": False,
        "marker": {
            "symbol": symbol_of(rows[0]),
            "size": SIZE,
            "color": colour,
            "line": {"color": colour, "width": 2},
        },
    }
    if not any(row.organisation in positions for row in rows):
        return trace
    return trace | {
        "mode": "markers+text",
        "meta": NAMES,
        "text": [short_name(row.organisation_name) if row.organisation in positions else "" for row in rows],
        "textposition": [positions.get(row.organisation, "middle right") for row in rows],
        "textfont": {"size": 12},
    }


def _points(rows: Sequence[DivergenceRow]) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [rounded(row.attainment) for row in rows],
        "y": [rounded(row.outcome, 3) for row in rows],
        "hovertext": [hover_of(row) for row in rows],
        "hoverinfo": "text",
    }


def _faint(rows: Sequence[DivergenceRow]) -> Trace:
    return _points(rows) | {
        "name": "Other regions",
        "marker": {
            "symbol": [symbol_of(row) for row in rows],
            "size": SIZE - 2,
            "color": LIGHT_GREY,
            "line": {"color": LIGHT_GREY, "width": 1},
        },
    }


def _ring(row: DivergenceRow, is_right: bool) -> Trace:
    """Around the own point, with its name towards the side that has more room."""
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [rounded(row.attainment)],
        "y": [rounded(row.outcome, 3)],
        "marker": {"symbol": "circle-open", "size": RING, "color": INK, "line": {"color": INK, "width": 3}},
        "text": [short_name(row.organisation_name)],
        "textposition": "middle left" if is_right else "middle right",
        "textfont": {"size": 15, "weight": 700},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _hollow() -> Trace:
    """Drawn for the legend alone: what a hollow mark of any quarter means."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "Hollow: not sure",
        "x": [None],
        "y": [None],
        "marker": {"symbol": "circle-open", "size": SIZE, "color": MID_GREY, "line": {"width": 2}},
    }
