"""Ratings in one release, with the domain scores that they come from."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from performance.models import Framework, RatingResult, Release
from performance.periods import Period
from performance.releases.rating_rows import DomainScore, RatingRow
from performance.vocabulary import Standing


def ratings_of(release: Release, slug: str) -> list[RatingRow]:
    """One organisation's, latest year first."""
    rows = rows_of_ratings(release.rating_results.filter(organisation__slug=slug))
    return sorted(rows, key=lambda row: row.period, reverse=True)


def years_of_ratings(release: Release) -> list[Period]:
    """The years in which anyone was rated, oldest first."""
    rated = release.rating_results.filter(domain__isnull=True, band__isnull=False)
    years = rated.values_list("period_start", "period_end").distinct()
    return sorted(Period(*year) for year in years.order_by())


def ratings_in(release: Release, years: Collection[Period]) -> list[RatingRow]:
    """Everyone's of these years, one a year, by name and year, in one query."""
    if not years:
        return []
    in_any = Q(*(Q(period_start=y.start, period_end=y.end) for y in years), _connector=Q.OR)
    return _once_a_year(rows_of_ratings(release.rating_results.filter(in_any)))


def ratings_by(release: Release, framework: Framework, year: Period) -> list[RatingRow]:
    """Everyone's by one framework in one year, by name, in one query."""
    period = {"period_start": year.start, "period_end": year.end}
    return rows_of_ratings(release.rating_results.filter(framework=framework, **period))


def bands_of_every_year(release: Release) -> list[RatingRow]:
    """Everyone's, one a year, by name and year, without the scores of domains, in one query."""
    return _once_a_year(rows_of_ratings(release.rating_results.filter(domain__isnull=True)))


def _once_a_year(rows: Iterable[RatingRow]) -> list[RatingRow]:
    """Of an organisation that two frameworks looked at in one year the rating that was given, or
    that of the first: as `calculation.across_years` counts changes."""
    kept: dict[tuple[str, Period], RatingRow] = {}
    for row in rows:
        known = kept.get((row.organisation, row.period))
        if known is None or (known.band is None and row.band is not None):
            kept[row.organisation, row.period] = row
    return list(kept.values())


def with_domains(results: QuerySet[RatingResult], whole: QuerySet[RatingResult]) -> QuerySet[RatingResult]:
    """Those ratings, and of all results those of their domains."""
    same = {name: OuterRef(name) for name in ("organisation", "framework", "period_start", "period_end")}
    return results.filter(Exists(whole.filter(**same)))


def rows_of_ratings(results: QuerySet[RatingResult]) -> list[RatingRow]:
    """By name, year and framework, each with the scores of its domains, in one query."""
    ordered = results.select_related("organisation", "framework", "domain").order_by(
        "organisation__name", "period_start", "framework__slug", "domain__position"
    )
    whole = [result for result in ordered if result.domain is None]
    domains: dict[tuple[int, int, Period], list[DomainScore]] = defaultdict(list)
    for result in ordered:
        if result.domain:
            score = DomainScore(result.domain.title, result.score, result.reason)
            domains[_key(result)].append(score)
    return [_row(result, domains[_key(result)]) for result in whole]


def _key(result: RatingResult) -> tuple[int, int, Period]:
    return result.organisation_id, result.framework_id, Period(result.period_start, result.period_end)


def _row(result: RatingResult, domains: list[DomainScore]) -> RatingRow:
    return RatingRow(
        organisation=result.organisation.slug,
        organisation_name=result.organisation.name,
        framework=result.framework.short_title,
        period=Period(result.period_start, result.period_end),
        score=result.score,
        band=result.band,
        words=_words(result.framework),
        probabilities={int(band): chance for band, chance in result.band_probabilities.items()},
        weight_used=result.weight_used,
        domains=domains,
        reason=result.reason,
        is_reconstructed=_scoring(result.framework).get("standing") == Standing.RECONSTRUCTED,
    )


def _words(framework: Framework) -> dict[int, str]:
    return {int(band): words for band, words in framework.rating.get("bands", {}).items()}


def _scoring(framework: Framework) -> dict[str, Any]:
    return framework.rating.get("scoring", {})
