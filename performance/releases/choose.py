"""Which release a reader sees."""

from django.db.models import IntegerField, OuterRef, QuerySet, Subquery, Value

from performance.models import Release, ReleaseState, Series
from performance.published.loader import PUBLIC_RECORD


def series_called(slug: str) -> Series | None:
    return Series.objects.filter(slug=slug).first()


def current_releases() -> list[Release]:
    """The current release of each series that has one, the public record's first and then by title."""
    newest = (
        Release.objects.published().filter(series=OuterRef("series")).order_by("-number").values("pk")[:1]
    )
    current = list(Release.objects.select_related("series").filter(pk=Subquery(newest)))
    return sorted(current, key=lambda one: (one.series.slug != PUBLIC_RECORD, one.series.title))


def current_release(series: str = PUBLIC_RECORD) -> Release | None:
    """The newest published release of a series, or None before the first."""
    return of_readers(series, None).first()


def numbered_release(number: int, series: str = PUBLIC_RECORD) -> Release | None:
    """That release if it was published, withdrawn or not; a draft isn't for readers."""
    return of_readers(series, number).first()


def of_readers(series: str, number: int | None) -> QuerySet[Release]:
    """The releases of a series, or those of a number, that were published: without a number only those
    not withdrawn, newest first. `corrected_by` is the number of the newest release that corrects one, or
    None: nothing corrects the newest, so of those it isn't asked."""
    releases = Release.objects.select_related("series", "corrects").filter(series__slug=series)
    if number is None:
        return releases.published().order_by("-number").annotate(corrected_by=Value(None, IntegerField()))
    corrections = Release.objects.filter(corrects=OuterRef("pk"), published_at__isnull=False)
    newest = corrections.order_by("-number").values("number")[:1]
    return releases.filter(number=number, published_at__isnull=False).annotate(corrected_by=Subquery(newest))


def published_releases(series: str = PUBLIC_RECORD) -> list[Release]:
    """All that were ever published, newest first."""
    return list(
        Release.objects.select_related("series", "corrects")
        .filter(series__slug=series, published_at__isnull=False)
        .order_by("-number")
    )


def releases_up_to(release: Release) -> list[Release]:
    """It and those published before it in its series, newest first: what its pages may tell for good."""
    before = Release.objects.select_related("corrects").filter(published_at__isnull=False)
    return list(before.filter(series=release.series_id, number__lte=release.number).order_by("-number"))


def current_of(releases: list[Release]) -> Release | None:
    """The current one of those, newest first: the first that isn't withdrawn."""
    return next((release for release in releases if release.state == ReleaseState.PUBLISHED), None)


def scheduled_releases(series: str = PUBLIC_RECORD) -> list[Release]:
    """The drafts that are to come, soonest first: their titles and hours, not their figures."""
    drafts = Release.objects.select_related("series").filter(
        series__slug=series, state=ReleaseState.DRAFT, goes_public__isnull=False
    )
    return list(drafts.order_by("goes_public", "number"))


def successor_of(release: Release) -> Release | None:
    """What to read in place of one that was withdrawn: the newest that corrects it or, without one, the
    current release of its series. None where nothing is left."""
    corrections = [one for one in corrections_of(release) if one.state == ReleaseState.PUBLISHED]
    return corrections[-1] if corrections else current_release(release.series.slug)


def corrections_of(release: Release) -> list[Release]:
    """The published releases that correct this one, oldest first."""
    return list(release.corrections.filter(published_at__isnull=False).order_by("number"))
