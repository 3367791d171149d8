"""What the page of a rated trust says of one year: its parts, each from the rows that it needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from performance.charts.own_divergence import together
from performance.models import Release
from performance.periods import Period
from performance.releases.audit import Audit, audit_of
from performance.releases.changes import changes_of
from performance.releases.divergence import divergence_in
from performance.releases.divergence_rows import DivergenceRow
from performance.releases.exceptions import (
    BY_CHANCE,
    JudgedMeasure,
    compared,
    exceptions_among,
    judged_measures,
)
from performance.releases.key_facts import KeyFact, headline, key_facts
from performance.releases.peer_rows import Peers
from performance.releases.peers import peers_in
from performance.releases.rating_measures import RatingMeasure, lifts, rating_measures_of, risks
from performance.releases.rating_rows import PredictionRow, RatingRow
from performance.releases.rows import ResultRow
from performance.releases.workload import WorkloadRow, workload_rows, workload_sentence
from performance.vocabulary import TargetStatus
from performance.wording import written_number

# In sight; the rest is behind a door.
MOST_EXCEPTIONS = 8
MOST_STEPS = 3


@dataclass(frozen=True)
class Years:
    """The years for which there are ratings, oldest first, and the one that is read."""

    all: list[Period]
    chosen: Period

    @classmethod
    def asked_for(cls, request: HttpRequest, ratings: Sequence[RatingRow]) -> "Years":
        """The year in the address, or the latest where that is none of them. ratings: at least one."""
        years = sorted({rating.period for rating in ratings})
        by_name = {str(year): year for year in years}
        return cls(years, by_name.get(request.GET.get("year", ""), years[-1]))

    @property
    def query(self) -> str:
        """What leads from the page of the latest year to that of this one."""
        return "" if self.chosen == self.all[-1] else f"?year={self.chosen}"


@dataclass(frozen=True)
class TrustYear:
    """`predictions` are of every year and quarter, `places` of every trust in this year."""

    years: Years
    rating: RatingRow
    peers: Peers
    measures: list[JudgedMeasure]
    places: list[DivergenceRow]
    predictions: list[PredictionRow]
    rating_measures: list[RatingMeasure]
    audit: Audit

    @property
    def headline(self) -> str:
        return headline(self.rating)

    @cached_property
    def place(self) -> DivergenceRow | None:
        """Where it stands by process and outcome."""
        return next((row for row in self.places if row.organisation == self.rating.organisation), None)

    @property
    def together(self) -> str:
        """Process and outcome in one line, where it has both."""
        return f"{together(self.place)}." if self.place and self.place.has_a_point else ""

    @property
    def facts(self) -> list[KeyFact]:
        prediction = next((row for row in self.predictions if row.period == self.years.chosen), None)
        return key_facts(self.measures, self.place, prediction)

    @cached_property
    def exceptions(self) -> list[JudgedMeasure]:
        return exceptions_among(self.measures)

    @property
    def first_exceptions(self) -> list[JudgedMeasure]:
        return self.exceptions[:MOST_EXCEPTIONS]

    @property
    def other_exceptions(self) -> list[JudgedMeasure]:
        return self.exceptions[MOST_EXCEPTIONS:]

    @property
    def also_missed(self) -> list[JudgedMeasure]:
        """Targets missed by measures that don't stand out."""
        missed = [one for one in self.measures if one.result.target_status == TargetStatus.MISSED]
        return [one for one in missed if one.priority is None]

    @property
    def compared(self) -> int:
        return len(compared(self.measures))

    @property
    def by_chance(self) -> str:
        """How many would be called better or worse if nothing but chance parted the trusts."""
        return written_number(BY_CHANCE * self.compared, 1)

    @property
    def over_time(self) -> list[JudgedMeasure]:
        return [one for one in self.measures if one.change]

    @property
    def workload(self) -> list[WorkloadRow]:
        return workload_rows(self.measures, self.peers, self.places)

    @property
    def workload_sentence(self) -> str:
        return workload_sentence(self.measures, self.peers, self.place)

    @cached_property
    def lifts(self) -> list[RatingMeasure]:
        return lifts(self.rating_measures)[:MOST_STEPS]

    @cached_property
    def risks(self) -> list[RatingMeasure]:
        return risks(self.rating_measures)[:MOST_STEPS]


def trust_year(
    request: HttpRequest,
    release: Release,
    ratings: Sequence[RatingRow],
    own: Sequence[ResultRow],
    predictions: list[PredictionRow],
) -> TrustYear:
    """ratings, own figures and predictions: of one trust, of every year; at least one rating."""
    years = Years.asked_for(request, ratings)
    rating = next(rating for rating in ratings if rating.period == years.chosen)
    peers = peers_in(release, years.chosen, rating.organisation)
    changes = changes_of(release, rating.organisation)
    measures = judged_measures(own, years.chosen, peers, changes, predictions)
    return TrustYear(
        years=years,
        rating=rating,
        peers=peers,
        measures=measures,
        places=divergence_in(release, years.chosen),
        predictions=predictions,
        rating_measures=rating_measures_of(
            release, rating, {one.result.measure: one.result for one in measures}
        ),
        audit=audit_of(release, rating.organisation),
    )
