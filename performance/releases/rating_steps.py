"""One step of one measure, and what would come of it for the rating."""

from dataclasses import dataclass
from math import ceil, floor, inf

from performance.releases.key_facts import briefly
from performance.releases.rating_rows import RatingRow
from performance.releases.rows import ResultRow
from performance.vocabulary import ADDED_UP, Polarity, Unit
from performance.wording import written_number, written_value

# How far floats may be off: a number of cases just on an edge reaches it.
HAIR = 1e-6
# Edges lie between whole per cents.
LEAST_DECIMALS = 1


@dataclass(frozen=True)
class Step:
    """What would come of one step of one measure, all else as it was. `at`: from which value it begins
    or, of a step down, below which (above, where lower is better), in the measure's unit; `cases`: how
    many more or fewer that takes, None where it isn't a matter of cases; `of`: out of how many;
    `band` and `band_now` in the framework's words."""

    at: str
    cases: int | None
    is_more: bool
    of: int | None
    score_now: float
    score: float
    band_now: str
    band: str

    @property
    def gain(self) -> float:
        return self.score - self.score_now

    @property
    def changes_band(self) -> bool:
        return self.band != self.band_now

    @property
    def distance(self) -> float:
        """Cases to go, as a part of all: what takes least comes first."""
        if self.cases is None or not self.of:
            return inf
        return self.cases / self.of

    @property
    def written_cases(self) -> str:
        """14 more of 1,204 cases, 249 more, and nothing where it isn't a matter of cases."""
        if self.cases is None:
            return ""
        text = f"{written_number(self.cases)} {'more' if self.is_more else 'fewer'}"
        return f"{text} of {written_number(self.of)} cases" if self.of else text

    @property
    def written_scores(self) -> str:
        return f"{written_number(self.score_now, 2)} to {written_number(self.score, 2)}"

    @property
    def written_band(self) -> str:
        return f"becomes {self.band}" if self.changes_band else f"stays {self.band}"


def step_up(
    row: ResultRow, rating: RatingRow, at: float | None, score: float | None, band: int | None
) -> Step | None:
    """From the value `at` on. None at the best score, and where nobody was rated."""
    return _step(row, rating, at, score, band, is_up=True)


def step_down(
    row: ResultRow, rating: RatingRow, at: float | None, score: float | None, band: int | None
) -> Step | None:
    """Beyond the value `at`, which itself still has the score of now. None at the worst score, and
    where nobody was rated."""
    return _step(row, rating, at, score, band, is_up=False)


def _step(
    row: ResultRow,
    rating: RatingRow,
    at: float | None,
    score: float | None,
    band: int | None,
    *,
    is_up: bool,
) -> Step | None:
    if at is None or score is None or band is None or rating.score is None:
        return None
    is_more = is_up == (row.polarity != Polarity.LOWER)
    return Step(
        at=written_value(at, row.unit, _decimals(row)),
        cases=_cases(row, at, is_up=is_up, is_more=is_more),
        is_more=is_more,
        of=row.denominator if row.unit == Unit.SHARE else None,
        score_now=rating.score,
        score=score,
        band_now=briefly(rating.written),
        band=briefly(rating.words.get(band, f"Band {band}")),
    )


def _decimals(row: ResultRow) -> int:
    return row.decimals if row.unit in ADDED_UP else max(row.decimals, LEAST_DECIMALS)


def _cases(row: ResultRow, at: float, *, is_up: bool, is_more: bool) -> int | None:
    """How many cases it takes: to the edge, or one beyond it. None where values aren't of cases."""
    if row.unit == Unit.SHARE and row.numerator is not None and row.denominator:
        now, edge = float(row.numerator), at / 100 * row.denominator
    elif row.unit == Unit.COUNT and row.value is not None:
        now, edge = row.value, at
    else:
        return None
    # The last number of cases on the edge's own side; a step down lies one beyond it.
    reached = ceil(edge - HAIR) if is_more == is_up else floor(edge + HAIR)
    return round(abs(reached - now)) + (not is_up)
