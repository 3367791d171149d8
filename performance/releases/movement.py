"""How ratings moved from one year to the next: plain values, and the years that can be set side by side."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from performance.periods import Period
from performance.releases.divergence_rows import NationalFigure
from performance.releases.rating_rows import RatingRow
from performance.vocabulary import Method
from trusts.words import Word


class Direction(Word):
    UP = "up", "Up"
    DOWN = "down", "Down"
    SAME = "same", "Same"
    CANNOT_TELL = "cannot-tell", "Cannot tell"


def direction_of(step: int) -> Direction:
    if step == 0:
        return Direction.SAME
    return Direction.UP if step > 0 else Direction.DOWN


@dataclass(frozen=True)
class Move:
    """One organisation's rating, and that of the year before: None where it has none in that year."""

    before: RatingRow | None
    after: RatingRow

    @property
    def direction(self) -> Direction:
        if self.step is None:
            return Direction.CANNOT_TELL
        return direction_of(self.step)

    @property
    def step(self) -> int | None:
        """How many bands up, or below 0 down."""
        if self.before is None or self.before.band is None or self.after.band is None:
            return None
        return self.after.band - self.before.band

    @property
    def is_change(self) -> bool:
        return self.direction in (Direction.UP, Direction.DOWN)

    @property
    def written(self) -> str:
        """'Up from Requiring improvement', 'Same', or whose band is missing."""
        if self.is_change and self.before:
            return f"{self.direction.label} from {self.before.written}"
        if self.direction == Direction.SAME:
            return Direction.SAME.label
        return "Not rated before" if self.after.band is not None else "Not rated"


@dataclass(frozen=True)
class YearPair:
    """Two years that follow one another. `moves`: of everyone who has a row in the later one;
    `counted`: how many changed band beside how many would by chance, where the release says so."""

    before: Period
    after: Period
    moves: Sequence[Move]
    counted: NationalFigure | None

    @property
    def rated_in_both(self) -> list[Move]:
        return [move for move in self.moves if move.direction != Direction.CANNOT_TELL]

    @property
    def changed(self) -> list[Move]:
        return [move for move in self.moves if move.is_change]

    def number(self, direction: Direction) -> int:
        return sum(move.direction == direction for move in self.moves)

    @property
    def transitions(self) -> dict[tuple[int, int], int]:
        """How many went from one band to another, or stayed, by both bands."""
        return Counter(
            (move.before.band, move.after.band)
            for move in self.rated_in_both
            if move.before and move.before.band is not None and move.after.band is not None
        )

    def __str__(self) -> str:
        return f"{self.before} to {self.after}"


def moves_between(before: Iterable[RatingRow], after: Iterable[RatingRow]) -> list[Move]:
    """Everyone who has a row in the later year, in the order of these."""
    earlier = {row.organisation: row for row in before}
    return [Move(earlier.get(row.organisation), row) for row in after]


def year_pairs(rows: Sequence[RatingRow], national: Sequence[NationalFigure]) -> list[YearPair]:
    """Every two years that follow one another and in which anyone was rated in both, oldest first.
    rows: each organisation once a year; national: all figures of the release."""
    years = sorted({row.period for row in rows if row.band is not None})
    pairs = [
        YearPair(
            before,
            after,
            moves_between(_in(before, rows), _in(after, rows)),
            next((figure for figure in national if _is_of(figure, before, after)), None),
        )
        for before, after in pairwise(years)
        if follows(before, after)
    ]
    return [pair for pair in pairs if pair.rated_in_both]


def year_before(year: Period, years: Iterable[Period]) -> Period | None:
    """That of these years which the given one follows."""
    return next((one for one in years if follows(one, year)), None)


def follows(before: Period, after: Period) -> bool:
    return after.start.year == before.start.year + 1


def _in(year: Period, rows: Iterable[RatingRow]) -> list[RatingRow]:
    return [row for row in rows if row.period == year]


def _is_of(figure: NationalFigure, before: Period, after: Period) -> bool:
    spans = Period(before.start, after.end)
    return figure.method == Method.BAND_CHANGES and figure.period == spans
