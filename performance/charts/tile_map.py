"""A tile map: one tile for each organisation, all of one size, in five steps of one colour. Drawn by the
page as a list of links, so that it reads without scripts, by keyboard and aloud."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import pandas as pd

from performance.charts.figure import Column, Row, Table
from performance.charts.tile_words import bands_of, finding
from performance.periods import Period
from performance.releases.tile_rows import MapFigure, Subject
from performance.statistics.quantiles import phe_quantiles

STEPS = 5
STEP_WORDS = ("Lowest fifth", "Second lowest fifth", "Middle fifth", "Second highest fifth", "Highest fifth")
# Where higher isn't a measure's own figure but better.
BEST_TO_WORST = ("Worst fifth", "Second worst fifth", "Middle fifth", "Second best fifth", "Best fifth")
# Of the four bands of a rating, so that the worst and the best have the lightest and the darkest.
STEP_OF_BAND = {1: 1, 2: 2, 3: 4, 4: 5}
# Of all, where they are too few for fifths.
ONE_STEP = 3
TOO_FEW = "Too few for fifths"


class Place(Protocol):
    @property
    def letters(self) -> str: ...
    @property
    def column(self) -> int: ...
    @property
    def row(self) -> int: ...


@dataclass(frozen=True)
class MapTile:
    """`look` names its colour or hatching in the style sheet: step-1, the lightest, to step-5, or one
    of the ways of having no number."""

    figure: MapFigure
    place: Place
    look: str
    words: str


@dataclass(frozen=True)
class LegendEntry:
    """`limits` are the lowest and the highest figure with that look."""

    look: str
    words: str
    limits: str
    number: int


@dataclass(frozen=True)
class TileMap:
    """`title` states the finding; `legend` has the darkest first and what has no number last; `note` is
    what there is to know of every figure on it alike."""

    title: str
    note: str
    tiles: list[MapTile]
    legend: list[LegendEntry]


OF_BANDS = (
    Column("coloured_by", "Rating", show=lambda row: row["written"]),
    Column("counts", "How sure"),
    Column("note", "Other bands it could be"),
)
OF_VALUES = (
    Column("coloured_by", "Figure", numeric=True, show=lambda row: row["written"]),
    Column("counts", "Counts", numeric=True),
    Column("step", "Step on the map"),
    Column("note", "What to know of it"),
)


def tile_map(
    subject: Subject,
    period: Period,
    kind: str,
    figures: Sequence[MapFigure],
    places: Mapping[str, Place],
) -> TileMap:
    """figures: of all organisations of that kind; places: the tile of each by its slug, in the order in
    which tiles are read."""
    steps, bands = steps_of(figures), bands_of(figures)
    words = _words_of_steps(steps, bands, STEP_WORDS if subject.measure else BEST_TO_WORST)
    own = {figure.organisation: figure for figure in figures}
    tiles = [_tile(own[slug], place, steps.get(slug), words) for slug, place in places.items() if slug in own]
    return TileMap(
        title=finding(subject, period, kind, figures),
        note=_common_note(figures),
        tiles=tiles,
        legend=_legend(tiles, words, with_limits=not bands),
    )


def _common_note(figures: Sequence[MapFigure]) -> str:
    notes = {figure.note for figure in figures if figure.is_known}
    return notes.pop() if len(notes) == 1 else ""


def steps_of(figures: Sequence[MapFigure]) -> dict[str, int]:
    """The step, 1 to 5, of each organisation that has a figure: fifths of those that have one, with
    equal figures together, or the bands of a rating."""
    if any(figure.band is not None for figure in figures):
        return {f.organisation: STEP_OF_BAND.get(f.band, ONE_STEP) for f in figures if f.band is not None}
    known = {figure.organisation: figure.value for figure in figures if figure.value is not None}
    if len(known) < STEPS:
        return dict.fromkeys(known, ONE_STEP)
    fifths = phe_quantiles(pd.Series(known, dtype=float), STEPS, highest_first=False)["quantile"]
    return dict(zip(known, fifths.astype(int), strict=True))


def _words_of_steps(
    steps: Mapping[str, int], bands: Mapping[int, str], fifths: Sequence[str]
) -> dict[int, str]:
    if bands:
        return {STEP_OF_BAND.get(band, ONE_STEP): words for band, words in bands.items()}
    if len(steps) < STEPS:
        return {ONE_STEP: TOO_FEW}
    return dict(enumerate(fifths, 1))


def _tile(figure: MapFigure, place: Place, step: int | None, words: Mapping[int, str]) -> MapTile:
    if step is None:
        return MapTile(figure, place, str(figure.lacks), figure.written)
    return MapTile(figure, place, f"step-{step}", words[step])


def _legend(tiles: Sequence[MapTile], words: Mapping[int, str], *, with_limits: bool) -> list[LegendEntry]:
    entries = []
    for step in sorted(words, reverse=True):
        own = [tile.figure for tile in tiles if tile.look == f"step-{step}"]
        # A band that nobody is in is worth knowing; a fifth that ties left empty isn't.
        if own or not with_limits:
            limits = _limits(own) if with_limits else ""
            entries.append(LegendEntry(f"step-{step}", words[step], limits, len(own)))
    absent = Counter((tile.look, tile.words) for tile in tiles if not tile.figure.is_known)
    return [*entries, *(LegendEntry(look, said, "", number) for (look, said), number in absent.items())]


def _limits(figures: Sequence[MapFigure]) -> str:
    low, high = (end(figures, key=_value).written for end in (min, max))
    return low if low == high else f"{low} to {high}"


def _value(figure: MapFigure) -> float:
    return 0.0 if figure.value is None else figure.value


def map_table(tile_map: TileMap, address: Callable[[str], str], period: Period, show: str) -> Table:
    """Every organisation with its figure, by name; `address` is of an organisation's page."""
    name = Column("organisation_name", "Name", link=lambda row: address(row["organisation"]))
    columns = [name, *(OF_BANDS if any(tile.figure.bands for tile in tile_map.tiles) else OF_VALUES)]
    tiles = sorted(tile_map.tiles, key=lambda tile: tile.figure.name)
    rows = [raw_tile(tile, period, show) for tile in tiles]
    return Table([column for column in columns if _is_used(column, rows, tile_map.note)], rows)


def _is_used(column: Column, rows: Sequence[Row], note: str) -> bool:
    """Whether any cell says more than the note that stands below the map."""
    return bool({column.cell(row).text for row in rows} - {"", note})


def raw_tile(tile: MapTile, period: Period, show: str) -> Row:
    """As files have it."""
    figure = tile.figure
    return {
        "organisation": figure.organisation,
        "organisation_name": figure.name,
        "period_start": period.start,
        "period_end": period.end,
        "coloured_by": figure.band if figure.value is None else figure.value,
        "show": show,
        "written": figure.written,
        "counts": figure.counts,
        "step": tile.words,
        "status": "" if figure.is_known else str(figure.lacks),
        "note": figure.note,
    }
