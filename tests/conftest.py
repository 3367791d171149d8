"""What all tests share."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

LONGEST = ("tests/services/", "tests/browser/", "tests/performance/jobs/")
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_serialized_rollback"}


@pytest.fixture(autouse=True)
def no_kept_pages() -> None:
    """A page that one test's release had isn't that of another's."""
    cache.clear()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark the tests that use the database: scripts/run_tests.py runs them again on PostgreSQL. What
    shares something costly stays in one process, of which others must know before they share tests out;
    what takes longest begins first, whatever others thought of the order."""
    for item in items:
        if uses_database(item):
            item.add_marker(pytest.mark.database)
        item.add_marker(pytest.mark.xdist_group(shared_by(item)))
    yield
    items.sort(key=begins)


def shared_by(item: pytest.Item) -> str:
    """A file has fixtures of its own, and pages in a browser are all of one site."""
    return "site" if "site" in getattr(item, "fixturenames", ()) else item.nodeid.partition("::")[0]


def begins(item: pytest.Item) -> int:
    """Whole installations take minutes with hardly a test."""
    return next((at for at, folder in enumerate(LONGEST) if folder in item.nodeid), len(LONGEST))


def uses_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(fixtures & DATABASE_FIXTURES) or item.get_closest_marker("django_db") is not None
