"""Releases as they were last read, and whether a list of them is as it was. A published one hardly ever
changes, so a visit asks only whether it did, which takes a third of the time of reading it."""

import hashlib
from functools import lru_cache
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet

from performance.models import Release
from performance.releases.choose import current_release, numbered_release, of_readers

# Of a release, all that pages tell and that may change once it is published.
CHANGEABLE = ("state", "withdrawal_reason", "corrected_by")
OF_SERIES = ("title", "standing", "description")
# All that lists of releases tell.
LISTED = (
    "published_at",
    "pk",
    "number",
    "digest",
    "title",
    "figures_as_at",
    "goes_public",
    "withdrawn_at",
    "corrects",
    "correction_reason",
    "state",
    "withdrawal_reason",
    *(f"series__{name}" for name in OF_SERIES),
)


def remembered_release(series: str, number: int | None) -> Release | None:
    """As `choose.current_release` or, with a number, as `choose.numbered_release`."""
    key = f"release-{series}-{number}"
    version, release = cache.get(key, (None, None))
    if release and version == _versions(series, number).all().first():
        return release
    release = current_release(series) if number is None else numbered_release(number, series)
    if release:
        cache.set(key, (_version_of(release), release))
    return release


def _version_of(release: Release) -> tuple[Any, ...]:
    own = (getattr(release, name) for name in CHANGEABLE)
    return (release.pk, *own, *(getattr(release.series, name) for name in OF_SERIES))


@lru_cache(maxsize=64)
def _versions(series: str, number: int | None) -> QuerySet[Any, tuple[Any, ...]]:
    """The question whether it changed, put together once."""
    found = of_readers(series, number)
    return found.values_list("pk", *CHANGEABLE, *(f"series__{name}" for name in OF_SERIES))


def version_of_lists(series: str | None = None) -> str | None:
    """Another as soon as anything changes that lists of the releases of a series tell, or of every series;
    None where no release was ever published."""
    question, values = _listed(series)
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        rows = cursor.fetchall()
    if not any(published_at for published_at, *_ in rows):
        return None
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


@lru_cache(maxsize=64)
def _listed(series: str | None) -> tuple[str, tuple[Any, ...]]:
    """Put together once and in words, as Django takes longer over it than the database."""
    releases = Release.objects.filter(series__slug=series) if series else Release.objects.all()
    return releases.order_by("pk").values_list(*LISTED).query.sql_with_params()
