"""An extract counted by real workers on either broker and either database, whoever of them is killed."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from os import environ
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from tests.services.site import DEFINITIONS, STOP_SECONDS, Installation
from tests.services.test_jobs import fresh_postgres, worker
from tests.services.test_uploads import ANALYST, shell

pytestmark = [pytest.mark.services, pytest.mark.slow]

PLAN = ("--cases", "60000", "--taken", "2012-06-30")
FILES = 3
COUNT = (
    "count_extract",
    "--framework",
    "ptrs-2010-11",
    "--period",
    "2010-04..2011-03",
    "--taken",
    "2012-06-30",
    "--by",
    "analyst",
)
TASKS = "SELECT COUNT(*) FROM performance_calculatedpart"
STATE = "SELECT state FROM performance_job ORDER BY id DESC LIMIT 1"
FIGURES = """
from performance.models import Observation
rows = Observation.objects.order_by("organisation__slug", "measure__code", "period_start").values_list(
    "organisation__slug", "measure__code", "period_start", "numerator", "denominator", "value")
import hashlib
print("figures", len(rows), hashlib.sha256(repr(list(rows)).encode()).hexdigest())
"""


UNDO = """
from performance.models import Observation, TrustReturn, Upload
Observation.objects.all().delete(); TrustReturn.objects.all().delete(); Upload.objects.all().delete()
"""


@pytest.fixture(params=["embedded", "served"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """On SQLite and a folder, and on PostgreSQL and Redis."""
    if request.param == "embedded":
        yield prepared(Installation(tmp_path))
        return
    with fresh_postgres() as postgres:
        redis = urlsplit(environ["TEST_REDIS_URL"])._replace(path="/12").geturl()
        yield prepared(Installation(tmp_path, {"DATABASE_URL": postgres, "CELERY_BROKER_URL": redis}))


def prepared(installation: Installation) -> Installation:
    """With an extract in several files, which have no case in common."""
    installation.prepare(*DEFINITIONS, "take_returns", then=ANALYST)
    for number in range(FILES):
        file = installation.var / "events" / f"{number}.parquet"
        file.parent.mkdir(exist_ok=True)
        made = installation.manage("simulate_extract", str(file), *PLAN, "--seed", str(number))
        assert made.returncode == 0, made.stderr
        file.with_name(f"{number}-answer.csv").unlink()
    return installation


def asked(installation: Installation, query: str) -> str:
    """Read past Django."""
    address = installation.environment["DATABASE_URL"]
    if address.startswith("sqlite"):
        connect = sqlite3.connect(address.removeprefix("sqlite:///"), timeout=STOP_SECONDS)
    else:
        connect = psycopg2.connect(address)
    with closing(connect) as connection, closing(connection.cursor()) as cursor:
        cursor.execute(query)
        return str((cursor.fetchone() or [""])[0])


def wait_until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 4 * STOP_SECONDS
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.01)


def figures(installation: Installation) -> str:
    return shell(installation, FIGURES).partition("figures ")[2].strip()


def counted_here(installation: Installation) -> str:
    """The figures of a count in one process, which are then taken away again."""
    events = str(installation.var / "events")
    done = installation.manage(*COUNT, events)
    assert done.returncode == 0, done.stderr
    found = figures(installation)
    shell(installation, UNDO)
    return found


def test_killing_workers_loses_nothing_and_doubles_nothing(installation: Installation) -> None:
    alone = counted_here(installation)
    assert alone.split()[0] != "0"

    with worker(installation) as first, worker(installation):
        events = str(installation.var / "events")
        assert installation.manage(*COUNT, events, "--in-background").returncode == 0
        wait_until(lambda: asked(installation, TASKS) != "0", "no task is done")
        first.kill()
        first.wait()
    # The other was told to stop, and finished what it had in hand.
    with worker(installation):
        if asked(installation, STATE) != "succeeded":
            installation.manage("sweep_jobs", "--silence", "0")
        wait_until(lambda: asked(installation, STATE) == "succeeded", "the count isn't done")

    assert figures(installation) == alone
    assert asked(installation, TASKS) == "0"
    # The files stay where they lie.
    assert len(os.listdir(installation.var / "events")) == FILES
