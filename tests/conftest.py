"""What all tests share."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from xdist.scheduler import LoadScopeScheduling

SITE = "tests/browser/"
# Which has a site of its own.
APART = "tests/browser/test_returns.py"
# With hardly a test these take minutes, so they begin first.
LONGEST = (SITE, "tests/services/", "tests/performance/calculation/", "tests/performance/pages/")
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_serialized_rollback"}


@pytest.fixture(autouse=True)
def no_kept_pages() -> None:
    """A page that one test's release had isn't that of another's."""
    cache.clear()


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark the tests that use the database, which scripts/run_tests.py runs on PostgreSQL too, and put the
    longest first, whatever others thought of the order."""
    for item in items:
        if uses_database(item):
            item.add_marker(pytest.mark.database)
    yield
    items.sort(key=begins)


def begins(item: pytest.Item) -> int:
    return next((at for at, folder in enumerate(LONGEST) if item.nodeid.startswith(folder)), len(LONGEST))


def uses_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(fixtures & DATABASE_FIXTURES) or item.get_closest_marker("django_db") is not None


class OneProcessForWhatIsShared(LoadScopeScheduling):
    """A file has fixtures of its own, and pages in a browser are all of one site: what shares something
    costly stays in one process. (xdist's own groups do nothing under this version of pytest.)"""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return SITE if file.startswith(SITE) and file != APART else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    return OneProcessForWhatIsShared(config, log)
