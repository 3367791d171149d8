"""How long a copy of what shows a release keeps, and what tells whether it is still right."""

import time

from django.conf import settings

from performance.exports.site_version import site_version
from performance.models import Release, ReleaseState

KEPT_FOR_GOOD = "public, max-age=31536000, immutable"
CHECKED_EACH_TIME = "public, no-cache"
KEPT_BY_NOBODY = "private, no-store"


def etag_of(content: str) -> str:
    """Of what decides an answer beside its address. Weak, as it may come compressed or not. A developer's
    code changes under way, so there every moment has another."""
    code = time.monotonic_ns() if settings.DEBUG else site_version()
    return f'W/"{code}-{content}"'


def version_of(release: Release) -> str:
    """Another as soon as anything changes that pages tell of a release."""
    return f"{release.pk}-{release.digest[:16]}-{release.state}-{_corrected_by(release)}"


def cache_control(release: Release, *, is_numbered: bool) -> str:
    """Of an address in a numbered release, or in the current one. What is withdrawn or corrected says so,
    and is asked for anew each time. A copy kept from before may outlive that: the price of keeping it for
    good."""
    is_final = is_numbered and release.state == ReleaseState.PUBLISHED and not _corrected_by(release)
    return KEPT_FOR_GOOD if is_final and not settings.DEBUG else CHECKED_EACH_TIME


def _corrected_by(release: Release) -> int | None:
    """As `choose.of_readers` adds it."""
    return release.corrected_by  # type: ignore[attr-defined,no-any-return]
