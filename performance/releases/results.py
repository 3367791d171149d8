"""Figures of one release: by measure, by organisation."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q

from performance.models import IndicatorResult, Observation, Release
from performance.periods import Period
from performance.releases.rows import ResultRow
from performance.vocabulary import Flag, Polarity, Standing, Status, Structure, TargetStatus
from trusts.certainty import Certainty

# What `ResultRow.is_shown` says, for the database.
SHOWN = Q(is_part=False) | Q(observation__published_table__isnull=False)


def results_of_measures(release: Release, codes: Collection[str]) -> list[ResultRow]:
    """The figures of these measures that pages show, by measure, organisation and period."""
    return _rows(release, SHOWN, measure__code__in=codes)


def all_results_of_measures(release: Release, codes: Collection[str]) -> list[ResultRow]:
    """Every figure of these measures, months beside years: for files."""
    return _rows(release, measure__code__in=codes)


def published_results_of_measures(release: Release, codes: Collection[str]) -> list[ResultRow]:
    """The figures of these measures that a source prints, and none that was added up here."""
    return _rows(release, observation__published_table__isnull=False, measure__code__in=codes)


def results_of_kind(release: Release, code: str, kind: str, period: Period) -> list[ResultRow]:
    """The figures of a measure for one period of all organisations of a kind, by name."""
    return _rows(
        release,
        measure__code=code,
        organisation__kind=kind,
        period_start=period.start,
        period_end=period.end,
    )


def shown_and_parts_of(release: Release, code: str, organisation: str) -> list[ResultRow]:
    """The figures of a measure that its page shows, and those for parts of a year of one
    organisation, for its chart."""
    return _rows(release, SHOWN | Q(organisation__slug=organisation), measure__code=code)


def results_of_organisations(release: Release, slugs: Collection[str]) -> list[ResultRow]:
    """The figures of these organisations that pages show, by measure, organisation and period."""
    return _rows(release, SHOWN, organisation__slug__in=slugs)


def all_results_of_organisations(release: Release, slugs: Collection[str]) -> list[ResultRow]:
    """Every figure of these organisations, months beside years: for files."""
    return _rows(release, organisation__slug__in=slugs)


def results_against_targets(release: Release, organisation: str, kinds: Collection[str]) -> list[ResultRow]:
    """An organisation's figures that can be put as a percentage of a target."""
    return _rows(
        release,
        SHOWN,
        organisation__slug=organisation,
        measure__kind__in=kinds,
        attainment__isnull=False,
    )


def shown_by(release: Release, key: str) -> dict[int, int]:
    """How many figures pages show, by the id of their measure or organisation, in one query."""
    counts = release.indicator_results.filter(SHOWN).values_list(f"{key}_id").annotate(Count("pk"))
    return dict(counts.order_by())


@dataclass(frozen=True)
class Held:
    """How many figures of a release were published or sent, and how many were added up here."""

    given: int
    added_up: int


def figures_held(release: Release) -> Held:
    counts = release.indicator_results.aggregate(all=Count("pk"), given=Count("observation"))
    return Held(counts["given"], counts["all"] - counts["given"])


def _rows(release: Release, *which: Q, **where: object) -> list[ResultRow]:
    results = (
        IndicatorResult.objects.filter(*which, release=release, **where)
        .select_related("measure", "organisation", "observation")
        .order_by("measure__title", "organisation__name", "organisation__kind", "period_start", "period_end")
    )
    return [row(result) for result in results]


# What stands in for the observation of a figure that nobody sent: it was added up here.
ADDED_UP = Observation(certainty=Certainty.DERIVED)


def row(result: IndicatorResult) -> ResultRow:
    given = result.observation or ADDED_UP
    return ResultRow(
        organisation=result.organisation.slug,
        organisation_name=result.organisation.name,
        organisation_kind=result.organisation.kind,
        measure=result.measure.code,
        measure_title=result.measure.title,
        measure_short_title=result.measure.short_title,
        definition=Standing(result.measure.standing),
        kind=result.measure.kind,
        unit=given.unit or result.measure.unit,
        decimals=result.measure.decimals,
        period=Period(result.period_start, result.period_end),
        structure=Structure(result.structure),
        is_part=result.is_part,
        is_added_up=result.observation is None,
        is_published=given.published_table_id is not None,
        status=Status(result.status),
        numerator=result.numerator,
        denominator=result.denominator,
        expected=result.expected,
        value=result.value,
        lower=result.lower,
        upper=result.upper,
        target=result.target,
        target_status=TargetStatus(result.target_status),
        attainment=result.attainment,
        baseline=result.baseline,
        flag=Flag(result.flag),
        as_printed=given.as_printed,
        source=given.source,
        certainty=Certainty(given.certainty),
        note=" ".join(note for note in (result.note, given.note) if note),
        polarity=Polarity(result.measure.polarity),
    )
