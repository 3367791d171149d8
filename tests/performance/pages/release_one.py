"""Release 1 of the public record, published. The conftest of a folder that needs it imports it."""

from collections.abc import Callable

import pytest

from performance.models import Release, Series
from performance.published.loader import PUBLIC_RECORD
from performance.releases.actions import publish_release
from tests.factories import make_person
from tests.performance.building import build_release
from trusts.models import Role


def publish_release_one() -> Release:
    """Of the public record as it is loaded: built by one person, published by another."""
    built = build_release(Series.objects.get(slug=PUBLIC_RECORD), make_person(username="builder"))
    publisher = make_person(username="release-one-publisher", role=Role.NOMS_PUBLISHER)
    return publish_release(release=built, by=publisher)


@pytest.fixture(scope="module")
def _published_once_a_module(_loaded_once_a_module: None, _starts_from: Callable[..., None]) -> None:
    _starts_from("published", publish_release_one, after="loaded")


@pytest.fixture
def release_one(_published_once_a_module: None, db: None) -> Release:
    """The published release of the public record. What a test changes is undone after it; tests
    of a site without a release have a module of their own."""
    return Release.objects.select_related("series").get(series__slug=PUBLIC_RECORD, number=1)
