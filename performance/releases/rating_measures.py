"""What each measure did to a trust's rating in one release, and what one step of it would do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from performance.models import RatingMeasureResult, Release
from performance.releases.rating_rows import RatingRow
from performance.releases.rating_steps import Step, step_down, step_up
from performance.releases.rows import ResultRow
from performance.wording import written_number


@dataclass(frozen=True)
class RatingMeasure:
    """One measure in one rating. `score` is its own, from 1; `weight` its part of the whole, 0 to 1;
    `up` and `down` None at the best and the worst score, and where nobody was rated."""

    measure: str
    measure_title: str
    measure_short_title: str
    domain: str
    written: str
    counts: str
    score: float | None
    weight: float | None
    up: Step | None
    down: Step | None
    reason: str

    @property
    def written_score(self) -> str:
        return "" if self.score is None else written_number(self.score)

    @property
    def written_weight(self) -> str:
        return "" if self.weight is None else f"{written_number(100 * self.weight, 1)}%"


def rating_measures_of(
    release: Release, rating: RatingRow, results: Mapping[str, ResultRow]
) -> list[RatingMeasure]:
    """Of one rating, in the framework's order. results: the trust's figures of the year by measure."""
    found = RatingMeasureResult.objects.filter(
        release=release,
        organisation__slug=rating.organisation,
        framework__short_title=rating.framework,
        period_start=rating.period.start,
        period_end=rating.period.end,
    ).select_related("measure", "domain")
    return [
        _rating_measure(one, rating, results.get(one.measure.code))
        for one in found.order_by("domain__position", "measure__title")
    ]


def lifts(measures: Iterable[RatingMeasure]) -> list[RatingMeasure]:
    """Those with a step up: first what would change the band, then what adds most, then what takes
    fewest cases."""
    steps = [(one, one.up) for one in measures if one.up]
    steps.sort(
        key=lambda of: (not of[1].changes_band, -round(of[1].gain, 6), of[1].distance, of[0].measure_title)
    )
    return [one for one, _ in steps]


def risks(measures: Iterable[RatingMeasure]) -> list[RatingMeasure]:
    """Those of which one step down would lose the band, the nearest first."""
    steps = [(one, one.down) for one in measures if one.down and one.down.changes_band]
    steps.sort(key=lambda of: (of[1].distance, of[0].measure_title))
    return [one for one, _ in steps]


def _rating_measure(one: RatingMeasureResult, rating: RatingRow, row: ResultRow | None) -> RatingMeasure:
    return RatingMeasure(
        measure=one.measure.code,
        measure_title=one.measure.title,
        measure_short_title=one.measure.short_title,
        domain=one.domain.title,
        written=row.written if row else "",
        counts=row.counts if row and row.counts != row.written else "",
        score=one.score,
        weight=one.weight,
        up=step_up(row, rating, one.higher_at, one.higher_score, one.higher_band) if row else None,
        down=step_down(row, rating, one.lower_at, one.lower_score, one.lower_band) if row else None,
        reason=one.reason,
    )
