"""Figures of one release: by measure, by organisation."""

from collections.abc import Collection

from performance.models import IndicatorResult, Release
from performance.periods import Period
from performance.releases.rows import ResultRow
from performance.vocabulary import Flag, Standing, Status, TargetStatus
from trusts.certainty import Certainty


def results_of_measures(release: Release, codes: Collection[str]) -> list[ResultRow]:
    """Every figure of these measures, by measure, organisation and period."""
    return _rows(release, measure__code__in=codes)


def results_of_organisations(release: Release, slugs: Collection[str]) -> list[ResultRow]:
    """Every figure of these organisations, by measure, organisation and period."""
    return _rows(release, organisation__slug__in=slugs)


def results_against_targets(release: Release, organisation: str, kinds: Collection[str]) -> list[ResultRow]:
    """An organisation's figures that can be put as a percentage of a target."""
    return _rows(
        release,
        organisation__slug=organisation,
        measure__kind__in=kinds,
        attainment__isnull=False,
    )


def _rows(release: Release, **which: object) -> list[ResultRow]:
    results = (
        IndicatorResult.objects.filter(release=release, **which)
        .select_related("measure", "organisation", "observation")
        .order_by("measure__title", "organisation__name", "period_start", "period_end")
    )
    return [row(result) for result in results]


def row(result: IndicatorResult) -> ResultRow:
    return ResultRow(
        organisation=result.organisation.slug,
        organisation_name=result.organisation.name,
        organisation_kind=result.organisation.kind,
        measure=result.measure.code,
        measure_title=result.measure.title,
        measure_short_title=result.measure.short_title,
        definition=Standing(result.measure.standing),
        kind=result.measure.kind,
        unit=result.observation.unit,
        decimals=result.measure.decimals,
        period=Period(result.period_start, result.period_end),
        status=Status(result.status),
        numerator=result.numerator,
        denominator=result.denominator,
        value=result.value,
        lower=result.lower,
        upper=result.upper,
        target=result.target,
        target_status=TargetStatus(result.target_status),
        attainment=result.attainment,
        baseline=result.baseline,
        flag=Flag(result.flag),
        as_printed=result.observation.as_printed,
        source=result.observation.source,
        certainty=Certainty(result.observation.certainty),
        note=result.observation.note,
    )
