"""Which release a reader sees."""

from performance.models import Release
from performance.published.loader import PUBLIC_RECORD


def current_release(series: str = PUBLIC_RECORD) -> Release | None:
    """The newest published release of a series, or None before the first."""
    published = Release.objects.select_related("series").published()
    return published.filter(series__slug=series).order_by("-number").first()


def numbered_release(number: int, series: str = PUBLIC_RECORD) -> Release | None:
    """That release if it was published, withdrawn or not; a draft isn't for readers."""
    return (
        Release.objects.select_related("series", "corrects")
        .filter(series__slug=series, number=number, published_at__isnull=False)
        .first()
    )


def published_releases(series: str = PUBLIC_RECORD) -> list[Release]:
    """All that were ever published, newest first."""
    return list(
        Release.objects.select_related("series", "corrects")
        .filter(series__slug=series, published_at__isnull=False)
        .order_by("-number")
    )
