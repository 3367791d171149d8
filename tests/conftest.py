"""What all tests share."""

from collections.abc import Iterable

import pytest
from django.core.cache import cache

DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_serialized_rollback"}


@pytest.fixture(autouse=True)
def no_kept_pages() -> None:
    """A page that one test's release had isn't that of another's."""
    cache.clear()


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """Mark the tests that use the database: scripts/run_tests.py runs them again on PostgreSQL."""
    for item in items:
        if uses_database(item):
            item.add_marker(pytest.mark.database)


def uses_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(fixtures & DATABASE_FIXTURES) or item.get_closest_marker("django_db") is not None
