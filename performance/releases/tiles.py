"""What a tile map of a release can be coloured by, and the figures that colour it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count

from performance.models import Release
from performance.periods import Period
from performance.releases.divergence import divergence_in, years_of_divergence
from performance.releases.ratings import ratings_in, years_of_ratings
from performance.releases.results import results_of_kind
from performance.releases.tile_rows import (
    MapFigure,
    Subject,
    is_against_target,
    of_attainment,
    of_outcome,
    of_rating,
    of_result,
)
from performance.vocabulary import Polarity
from trusts.models import Organisation, OrganisationKind
from trusts.tiles import KINDS_WITH_A_MAP

BAND = Subject("band", "Rating", Polarity.HIGHER)
ATTAINMENT = Subject(
    "attainment",
    "Process attainment",
    Polarity.HIGHER,
    "Cases done as asked, as a percentage of those that the targets ask for.",
)
OUTCOME = Subject(
    "outcome",
    "Outcome against prediction",
    Polarity.HIGHER,
    "Percentage points of reoffending from the predicted rate: below it, fewer reoffended than predicted.",
)
OF_DIVERGENCE = {ATTAINMENT.show: of_attainment, OUTCOME.show: of_outcome}


@dataclass(frozen=True)
class Offer:
    """A subject that there are figures of for one kind of organisation: how many, by period; at least
    one in each."""

    kind: OrganisationKind
    subject: Subject
    numbers: dict[Period, int] = field(default_factory=dict)

    @property
    def periods(self) -> list[Period]:
        return sorted(self.numbers)

    @property
    def latest(self) -> Period:
        return self.periods[-1]


def offers(release: Release) -> list[Offer]:
    """Everything that a map can show, in three queries: for trusts what was worked out of several
    measures first, then measures by their titles; kind by kind."""
    measures = _of_measures(release)
    years = years_of_divergence(release, placed=True)
    worked_out = [
        _worked_out(BAND, years_of_ratings(release)),
        _worked_out(ATTAINMENT, years),
        _worked_out(OUTCOME, years),
    ]
    found = [*(one for one in worked_out if one.numbers), *measures]
    return sorted(found, key=lambda offer: KINDS_WITH_A_MAP.index(offer.kind))


def _worked_out(subject: Subject, years: Iterable[Period]) -> Offer:
    return Offer(OrganisationKind.TRUST, subject, dict.fromkeys(years, 1))


def _of_measures(release: Release) -> list[Offer]:
    rows = (
        release.indicator_results.filter(is_part=False, organisation__kind__in=KINDS_WITH_A_MAP)
        .values_list(
            "organisation__kind",
            "measure__code",
            "measure__title",
            "measure__polarity",
            "measure__unit",
            "period_start",
            "period_end",
        )
        .annotate(number=Count("value"))
        .filter(number__gt=0)
        .order_by("measure__title", "measure__code")
    )
    found: dict[tuple[str, str], Offer] = {}
    for kind, code, title, polarity, unit, start, end, number in rows:
        subject = Subject(code, title, Polarity(polarity), measure=code, unit=unit)
        offer = found.setdefault((kind, code), Offer(OrganisationKind(kind), subject))
        offer.numbers[Period(start, end)] = number
    return list(found.values())


def figures_for_map(
    release: Release, offer: Offer, period: Period, organisations: Iterable[Organisation]
) -> list[MapFigure]:
    """One for each of these organisations, in one query: those of its kind."""
    known = {figure.organisation: figure for figure in _figures(release, offer, period)}
    return [known.get(one.slug) or MapFigure(one.slug, one.name) for one in organisations]


def _figures(release: Release, offer: Offer, period: Period) -> Sequence[MapFigure]:
    show = offer.subject.show
    if show == BAND.show:
        return [of_rating(row) for row in ratings_in(release, [period])]
    if show in OF_DIVERGENCE:
        return [OF_DIVERGENCE[show](row) for row in divergence_in(release, period)]
    rows = results_of_kind(release, show, offer.kind, period)
    against_target = is_against_target(rows)
    return [of_result(row, against_target=against_target) for row in rows]
