"""A release built by a real worker, on either broker and either database."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from os import environ
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg2
import pytest

from tests.services.site import DEFINITIONS, ROOT, STOP_SECONDS, Installation

pytestmark = pytest.mark.services

PEOPLE = (
    "from trusts.models import Person, Role;"
    "Person.objects.create(username='analyst', role=Role.NOMS_ANALYST);"
    "Person.objects.create(username='publisher', role=Role.NOMS_PUBLISHER)"
)


@contextmanager
def fresh_postgres() -> Iterator[str]:
    """The address of a new, empty database on the tests' PostgreSQL."""
    server = urlsplit(environ["TEST_POSTGRES_URL"])
    name = f"jobs_{uuid4().hex}"
    with closing(psycopg2.connect(server._replace(path="/postgres").geturl())) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        yield server._replace(path=f"/{name}").geturl()


@contextmanager
def worker(installation: Installation) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "celery", "--app=noms_dashboard", "worker", "--pool=solo"]
    with (installation.var / "worker.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=installation.environment, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)


def prepared(installation: Installation) -> Installation:
    return installation.prepare(*DEFINITIONS, "load_published", then=PEOPLE)


def digest_in(text: str) -> str:
    found = re.search(r"digest,? ([0-9a-f]{64})", text)
    assert found, text
    return found[1]


def test_both_brokers_and_both_databases_give_one_digest_which_verifies(tmp_path: Path) -> None:
    digests = set()
    with fresh_postgres() as postgres:
        for name, settings in (
            ("embedded", {}),
            ("served", {"DATABASE_URL": postgres, "CELERY_BROKER_URL": environ["TEST_REDIS_URL"]}),
        ):
            (tmp_path / name).mkdir()
            installation = prepared(Installation(tmp_path / name, settings))
            with worker(installation):
                first = installation.manage("build_release", "--by", "analyst")
                second = installation.manage("build_release", "--by", "analyst")
            assert re.search(r"Work out \d{4}-\d\d \(\d+ of 31\)", first.stdout), first.stderr
            assert "Release 1 is built" in first.stdout
            assert "Nothing has changed" in second.stdout
            assert installation.manage("publish_release", "1", "--by", "publisher").returncode == 0
            verified = installation.manage("verify_release", "1").stdout
            assert "Release 1 is verified" in verified
            digests |= {digest_in(text) for text in (first.stdout, second.stdout, verified)}
    assert len(digests) == 1


def test_without_a_worker_the_command_says_how_to_start_one(tmp_path: Path) -> None:
    installation = prepared(Installation(tmp_path))
    ended = installation.manage("build_release", "--by", "analyst", "--patience", "1")
    assert ended.returncode == 1
    assert "No worker has taken the job within 1 seconds. Start one: make serve does." in ended.stderr


def test_a_release_of_an_empty_series_fails_with_its_reason(tmp_path: Path) -> None:
    series = "from performance.published.loader import public_record; public_record();"
    installation = Installation(tmp_path).prepare("migrate", then=series + PEOPLE)
    with worker(installation):
        ended = installation.manage("build_release", "--by", "analyst")
    assert ended.returncode == 1
    assert "has no figures yet, so there is nothing to release" in ended.stderr
