from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import settings

from performance.frameworks.loader import load_frameworks
from performance.models import Release, Series
from performance.published.loader import PUBLIC_RECORD, load_published
from tests.factories import make_person
from tests.performance.building import build_release
from tests.performance.snapshots import EMPTY, Snapshots
from trusts.loader import load_organisations
from trusts.models import Person, Role

# The same examples every time, so that a failure on one machine is a failure on all.
settings.register_profile("dashboard", deadline=None, derandomize=True, database=None)
settings.load_profile("dashboard")


@pytest.fixture(scope="session")
def _snapshots(django_db_setup: None, django_db_blocker: Any) -> Iterator[Snapshots]:
    with django_db_blocker.unblock():
        snapshots = Snapshots()
    yield snapshots
    with django_db_blocker.unblock():
        snapshots.forget()


@pytest.fixture(scope="module")
def _starts_from(_snapshots: Snapshots, django_db_blocker: Any) -> Iterator[Callable[..., None]]:
    """Puts the database where the module's tests start, and back afterwards."""

    def start_from(name: str, fill: Callable[[], object], **after: str) -> None:
        with django_db_blocker.unblock():
            _snapshots.start_from(name, fill, **after)

    yield start_from
    with django_db_blocker.unblock():
        _snapshots.start_from(EMPTY)


@pytest.fixture(scope="module")
def _loaded_once_a_module(_starts_from: Callable[..., None]) -> None:
    """The public record."""
    _starts_from("loaded", load_the_record)


def load_the_record() -> None:
    load_organisations()
    load_frameworks()
    load_published()


@pytest.fixture
def public_record(_loaded_once_a_module: None, db: None) -> Series:
    """The shipped organisations, frameworks and published tables, loaded. What a test changes is
    undone after it. They stay for the rest of the module, so tests of an empty database have a
    module of their own."""
    return Series.objects.get(slug=PUBLIC_RECORD)


def _analyst() -> Person:
    return Person.objects.get_or_create(username="analyst", defaults={"role": Role.NOMS_ANALYST})[0]


@pytest.fixture
def analyst(db: None) -> Person:
    return _analyst()


@pytest.fixture
def publisher(db: None) -> Person:
    return make_person(username="publisher", role=Role.NOMS_PUBLISHER)


@pytest.fixture(scope="module")
def _built_once_a_module(_loaded_once_a_module: None, _starts_from: Callable[..., None]) -> None:
    _starts_from(
        "built", lambda: build_release(Series.objects.get(slug=PUBLIC_RECORD), _analyst()), after="loaded"
    )


@pytest.fixture
def release(_built_once_a_module: None, public_record: Series) -> Release:
    """A draft release of the public record, built by the analyst. What a test changes of it is
    undone after it."""
    return Release.objects.select_related("series").get(series=public_record, number=1)
