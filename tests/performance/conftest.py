from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings

from performance.frameworks.loader import load_frameworks
from performance.models import Release, Series
from performance.published.loader import PUBLIC_RECORD, load_published
from tests.factories import make_person
from tests.performance.building import build_release
from trusts.loader import load_organisations
from trusts.models import Person, Role

# The same examples every time, so that a failure on one machine is a failure on all.
settings.register_profile("dashboard", deadline=None, derandomize=True, database=None)
settings.load_profile("dashboard")


@pytest.fixture(scope="module")
def _loaded_once_a_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The public record, within a transaction that a module's tests all run inside."""
    outer = transaction.atomic()
    with django_db_blocker.unblock():
        outer.__enter__()
        load_organisations()
        load_frameworks()
        load_published()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


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
def _built_once_a_module(_loaded_once_a_module: None, django_db_blocker: Any) -> None:
    """Within the transaction in which the record is loaded, and undone with it."""
    with django_db_blocker.unblock():
        build_release(Series.objects.get(slug=PUBLIC_RECORD), _analyst())


@pytest.fixture
def release(_built_once_a_module: None, public_record: Series) -> Release:
    """A draft release of the public record, built by the analyst. What a test changes of it is
    undone after it."""
    return Release.objects.select_related("series").get(series=public_record, number=1)
