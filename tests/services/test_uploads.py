"""Files that are sent to a site of real processes: checked by a real worker on either broker and either
database, and cut in the middle on their way."""

import csv
import http.cookiejar
import io
import re
import socket
import sqlite3
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from os import environ
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from performance.returns.simulation import simulate, write
from tests.services.servers import LOCALHOST
from tests.services.site import DEFINITIONS, STOP_SECONDS, Installation, Site
from tests.services.test_jobs import fresh_postgres, worker

pytestmark = pytest.mark.services

PASSWORD = "a long enough one"
ANALYST = (
    "from trusts.models import Person, Role;"
    f"Person.objects.create_user('analyst', password='{PASSWORD}', role=Role.NOMS_ANALYST)"
)
SEND = """
from django.core.files.base import File
from performance.models import Series
from performance.returns.actions import upload_file
from performance.returns.uploads import Sent
from trusts.models import Person
with open({path!r}, "rb") as file:
    series = Series.objects.get(takes_returns=True)
    upload_file(sent=Sent(File(file), "all.csv"), series=series, by=Person.objects.get())
"""
STORED = """
from performance.models import Observation, TrustReturn, Upload
states = [upload.state for upload in Upload.objects.all()]
print("stored", states, TrustReturn.objects.count(), Observation.objects.count())
"""


@pytest.fixture(params=["embedded", "served"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """On SQLite and a folder, and on PostgreSQL and Redis."""
    if request.param == "embedded":
        yield prepared(Installation(tmp_path))
        return
    with fresh_postgres() as postgres:
        # A queue of its own: other tests' workers share the server.
        redis = urlsplit(environ["TEST_REDIS_URL"])._replace(path="/11").geturl()
        yield prepared(Installation(tmp_path, {"DATABASE_URL": postgres, "CELERY_BROKER_URL": redis}))


def prepared(installation: Installation) -> Installation:
    return installation.prepare(*DEFINITIONS, "take_returns", then=ANALYST)


def job_state(installation: Installation) -> str:
    """Of the newest job, read past Django."""
    query = "SELECT state FROM performance_job ORDER BY id DESC LIMIT 1"
    address = installation.environment["DATABASE_URL"]
    if address.startswith("sqlite"):
        connect = sqlite3.connect(address.removeprefix("sqlite:///"))
    else:
        connect = psycopg2.connect(address)
    with closing(connect) as connection, closing(connection.cursor()) as cursor:
        cursor.execute(query)
        return str((cursor.fetchone() or [""])[0])


def wait_for_job(installation: Installation, state: str) -> None:
    deadline = time.monotonic() + STOP_SECONDS
    while job_state(installation) != state:
        assert time.monotonic() < deadline, f"the job isn't {state}"
        time.sleep(0.01)


def shell(installation: Installation, text: str) -> str:
    done = installation.manage("shell", "--command", text)
    assert done.returncode == 0, done.stderr
    return done.stdout


def stored(installation: Installation) -> str:
    """The states of uploads, how many returns there are, and how many figures."""
    return shell(installation, STORED).partition("stored ")[2].strip()


def all_returns(folder: Path) -> Path:
    """The simulated returns of all trusts and years as one file, as NOMS may send it."""
    paths = write(simulate(1), folder / "returns")
    rows = [row for path in paths for row in csv.reader(io.StringIO(path.read_text()))]
    text = io.StringIO()
    csv.writer(text).writerows([rows[0], *(row for row in rows if row != rows[0])])
    (folder / "all.csv").write_text(text.getvalue())
    return folder / "all.csv"


def test_a_worker_killed_over_a_file_stores_nothing_and_another_all_of_it(
    installation: Installation, tmp_path: Path
) -> None:
    send = SEND.format(path=str(all_returns(tmp_path)))
    with worker(installation) as first:
        shell(installation, send)
        wait_for_job(installation, "running")
        first.kill()
        first.wait()
    assert stored(installation) == "['waiting'] 0 0"

    with worker(installation):
        assert "1 job needed looking after." in installation.manage("sweep_jobs", "--silence", "0").stdout
        wait_for_job(installation, "succeeded")

    assert stored(installation) == "['kept'] 105 15610"


def signed_in(site: Site) -> str:
    """The cookies of the analyst."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    address = f"http://{LOCALHOST}:{site.port}/account/sign-in/"
    page = opener.open(address, timeout=STOP_SECONDS).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    said = {"username": "analyst", "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
    opener.open(address, urllib.parse.urlencode(said).encode(), timeout=STOP_SECONDS)
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def test_a_file_that_is_cut_on_its_way_is_not_taken_in(tmp_path: Path) -> None:
    installation = prepared(Installation(tmp_path))
    with installation.site("serve") as site:
        site.wait_until_it_serves()
        cookies = signed_in(site)
        head = (
            f"POST /returns/send/ HTTP/1.1\r\nHost: {LOCALHOST}:{site.port}\r\nCookie: {cookies}\r\n"
            "Content-Type: multipart/form-data; boundary=cut\r\nContent-Length: 100000\r\n\r\n"
            '--cut\r\nContent-Disposition: form-data; name="file"; filename="april.csv"\r\n\r\norganisation,'
        )
        with socket.create_connection((LOCALHOST, site.port), STOP_SECONDS) as connection:
            connection.sendall(head.encode())
            connection.shutdown(socket.SHUT_WR)
            answer = connection.recv(100).decode()
        assert answer.startswith("HTTP/1.1 4"), answer
        assert stored(installation) == "[] 0 0"
