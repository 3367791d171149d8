"""Ratings in one release, with the domain scores that they come from."""

from collections import defaultdict

from django.db.models import QuerySet

from performance.models import Framework, RatingResult, Release
from performance.periods import Period
from performance.releases.rating_rows import DomainScore, RatingRow


def ratings_of(release: Release, slug: str) -> list[RatingRow]:
    """One organisation's, latest year first."""
    rows = _rows(release.rating_results.filter(organisation__slug=slug))
    return sorted(rows, key=lambda row: row.period, reverse=True)


def latest_ratings(release: Release) -> list[RatingRow]:
    """Everyone's of the latest year in which anyone was rated, in two queries."""
    whole = release.rating_results.filter(domain__isnull=True, band__isnull=False)
    latest = whole.order_by("-period_end", "-period_start").values("period_start", "period_end").first()
    return _rows(release.rating_results.filter(domain__isnull=True, **latest)) if latest else []


def all_ratings(release: Release) -> list[RatingRow]:
    """Everyone's of every year, by name and year."""
    return _rows(release.rating_results.all())


def _rows(results: QuerySet[RatingResult]) -> list[RatingRow]:
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
    )


def _words(framework: Framework) -> dict[int, str]:
    return {int(band): words for band, words in framework.rating.get("bands", {}).items()}
