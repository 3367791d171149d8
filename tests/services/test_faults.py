"""What is left when something is killed in the middle of a build: in the end one whole release with the
digest of an undisturbed one, and never a part of one."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from os import environ
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from performance.returns.simulation import simulate, write
from tests.services.programs import find_programs
from tests.services.servers import OUTLIVES_ITSELF, own_postgres
from tests.services.site import DEFINITIONS, ROOT, START_SECONDS, STOP_SECONDS, Installation, processes_of
from tests.services.test_jobs import PEOPLE, digest_in, fresh_postgres, worker

pytestmark = [pytest.mark.services, pytest.mark.slow]

# Enough for three parts that take a second or so each.
TRUSTS = 12
PARTS = "SELECT COUNT(*) FROM performance_calculatedpart"
RELEASES = "SELECT COUNT(*) FROM performance_release"
FIGURES = "SELECT COUNT(*) FROM performance_indicatorresult"


@pytest.fixture(scope="module")
def returns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three years of returns of some trusts."""
    directory = tmp_path_factory.mktemp("returns")
    trusts = {path.name.rpartition("_")[0] for path in write(simulate(1), directory) if path.suffix == ".csv"}
    kept = sorted(trusts - {"truth"})[:TRUSTS]
    for path in directory.glob("*.csv"):
        if path.name.rpartition("_")[0] not in kept:
            path.unlink()
    return directory


def prepare(installation: Installation, *returns: Path) -> Installation:
    """With the returns of these folders, one folder after the other."""
    loads = [f"call_command('load_returns', {str(directory)!r})" for directory in returns]
    return installation.prepare(*DEFINITIONS, then="\n".join([PEOPLE, *loads]))


@pytest.fixture(scope="module")
def embedded_template(returns: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation on SQLite with the returns in it, to be copied."""
    return prepare(Installation(tmp_path_factory.mktemp("embedded")), returns).var


@pytest.fixture(scope="module")
def undisturbed(embedded_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The digest of a build that nothing happens to."""
    installation = copy_of(embedded_template, tmp_path_factory.mktemp("undisturbed"))
    with worker(installation):
        return digest_in(ask(installation).stdout)


def copy_of(template: Path, var: Path) -> Installation:
    shutil.copytree(template, var, dirs_exist_ok=True)
    return Installation(var)


def ask(installation: Installation) -> subprocess.CompletedProcess[str]:
    return installation.manage("build_release", "--series", "simulated", "--by", "analyst")


@contextmanager
def asking(installation: Installation) -> Iterator[subprocess.Popen[str]]:
    """Somebody who waits for a build."""
    command = [sys.executable, "manage.py", "build_release", "--series", "simulated", "--by", "analyst"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=installation.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def number(installation: Installation, query: str) -> int:
    """Read past Django."""
    address = installation.environment["DATABASE_URL"]
    if address.startswith("sqlite"):
        connection = sqlite3.connect(address.removeprefix("sqlite:///"), timeout=20)
    else:
        connection = psycopg2.connect(address)
    with closing(connection), closing(connection.cursor()) as cursor:
        cursor.execute(query)
        return int(cursor.fetchone()[0])


def wait_until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


def wait_for_the_middle(installation: Installation) -> None:
    """Some years are worked out, and the release isn't there yet."""
    wait_until(lambda: number(installation, PARTS) > 0, "no year is worked out")
    assert number(installation, RELEASES) == 0


def sweep(installation: Installation) -> None:
    """As beat has it done each minute, without waiting until the silence is long."""
    assert "1 job needed looking after." in installation.manage("sweep_jobs", "--silence", "0").stdout


def check_one_whole_release(installation: Installation, undisturbed: str) -> None:
    """What was built has the digest of a build that nothing happened to, and verifies."""
    assert number(installation, RELEASES) == 1
    assert digest_in(ask(installation).stdout) == undisturbed
    assert (
        "Release 1 is verified" in installation.manage("verify_release", "1", "--series", "simulated").stdout
    )


@pytest.fixture(params=["embedded", "served"])
def installation(
    request: pytest.FixtureRequest, returns: Path, embedded_template: Path, tmp_path: Path
) -> Iterator[Installation]:
    """On SQLite and a folder, and on PostgreSQL and Redis."""
    if request.param == "embedded":
        yield copy_of(embedded_template, tmp_path)
        return
    with fresh_postgres() as postgres:
        # A queue of its own: other tests' workers share the server.
        redis = urlsplit(environ["TEST_REDIS_URL"])._replace(path="/8").geturl()
        served = {"DATABASE_URL": postgres, "CELERY_BROKER_URL": redis}
        yield prepare(Installation(tmp_path, served), returns)


def test_a_worker_killed_in_the_middle(installation: Installation, undisturbed: str) -> None:
    with worker(installation) as first, asking(installation) as asked:
        wait_for_the_middle(installation)
        first.kill()
        first.wait()
        assert number(installation, FIGURES) == 0
        with worker(installation):
            sweep(installation)
            told, _ = asked.communicate(timeout=START_SECONDS)
            assert digest_in(told) == undisturbed
            check_one_whole_release(installation, undisturbed)


def test_the_web_process_killed_in_the_middle(installation: Installation, undisturbed: str) -> None:
    """On one machine the site ends with it, worker and all; started again it goes on."""
    with installation.site("serve") as site, asking(installation):
        wait_for_the_middle(installation)
        for process in processes_of(installation.var):
            if b"gunicorn" in Path(f"/proc/{process}/cmdline").read_bytes():
                os.kill(process, signal.SIGKILL)
        assert site.process.wait(STOP_SECONDS) == 1
        assert "The web process stopped by itself" in site.output
    with installation.site("serve"):
        # The worker may have come to an orderly end, with the release, before it was stopped.
        installation.manage("sweep_jobs", "--silence", "0")
        wait_until(lambda: number(installation, RELEASES) == 1, "no release")
        check_one_whole_release(installation, undisturbed)


def test_the_database_killed_in_the_middle(returns: Path, undisturbed: str, tmp_path: Path) -> None:
    with own_postgres(find_programs(tmp_path / "apt.log"), **OUTLIVES_ITSELF) as postgres:
        with closing(psycopg2.connect(postgres.address_of("postgres"))) as connection:
            connection.autocommit = True
            connection.cursor().execute("CREATE DATABASE dashboard")
        redis = urlsplit(environ["TEST_REDIS_URL"])._replace(path="/9").geturl()
        served = {"DATABASE_URL": postgres.address, "CELERY_BROKER_URL": redis}
        installation = prepare(Installation(tmp_path, served), returns)
        with worker(installation), asking(installation) as asked:
            wait_for_the_middle(installation)
            postgres.kill()
            _, told = asked.communicate(timeout=START_SECONDS)
            assert "The database went away, and nobody can say how job 1 stands." in told
            assert "Traceback" not in told
            postgres.start()
            assert number(installation, FIGURES) == 0
            sweep(installation)
            wait_until(lambda: number(installation, RELEASES) == 1, "no release")
            check_one_whole_release(installation, undisturbed)


def one_by_one(returns: Path, tmp_path: Path) -> Iterator[Path]:
    """A folder for each return, the last of them first."""
    for path in sorted(returns.glob("*.csv"), reverse=True):
        (folder := tmp_path / path.stem).mkdir()
        shutil.copy(path, folder)
        yield folder


def test_the_order_in_which_returns_come_does_not_matter(
    returns: Path, undisturbed: str, tmp_path: Path
) -> None:
    """On the other database, and the last of them first."""
    with fresh_postgres() as postgres:
        redis = urlsplit(environ["TEST_REDIS_URL"])._replace(path="/10").geturl()
        installation = Installation(tmp_path, {"DATABASE_URL": postgres, "CELERY_BROKER_URL": redis})
        prepare(installation, *one_by_one(returns, tmp_path))
        with worker(installation):
            assert digest_in(ask(installation).stdout) == undisturbed
        verified = installation.manage("verify_release", "1", "--series", "simulated").stdout
        assert digest_in(verified) == undisturbed
