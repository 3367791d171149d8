"""`manage.py demo` and `serve` as a user runs them, on real processes."""

import os
import shutil
import signal
import socket
import sqlite3
from pathlib import Path

import pytest

from tests.services.servers import free_port
from tests.services.site import Installation, processes_of

pytestmark = pytest.mark.services

STEPS = (
    "Prepare the database",
    "Prepare the static files",
    "Load organisations",
    "Load frameworks",
    "Load the published figures",
    "Build a release of 'Public record' in the background",
    "Publish it",
    "Start the site",
)
STEPS_OF_THE_SIMULATION = (
    "Simulate the returns of trusts",
    "Load them",
    "Build a release of 'Simulated trusts' in the background",
)


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation(tmp_path)


@pytest.fixture(scope="module")
def migrated_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Installation(tmp_path_factory.mktemp("migrated")).prepare("migrate").var


@pytest.fixture
def migrated(migrated_template: Path, tmp_path: Path) -> Installation:
    """With the tables, and nothing in them."""
    shutil.copytree(migrated_template, tmp_path, dirs_exist_ok=True)
    return Installation(tmp_path)


def test_demo_publishes_and_serves_release_1_and_stops_on_ctrl_c(installation: Installation) -> None:
    with installation.site("demo") as first:
        assert all(step in first.output for step in STEPS)
        assert "Release 1 is built" in first.output
        assert "24,110 of 30,997" in first.get("/")
        assert "release 1" in first.get("/releases/1/summary/")
        first.wait_until_it_says("These accounts are for this machine alone.")
        assert (installation.var / "demo-password").read_text() in first.output
        assert all(step in first.output for step in STEPS_OF_THE_SIMULATION)
        assert "105 returns" in first.output
        assert "Simulated figures: none is real." in first.get("/series/simulated/divergence/")
        assert "Simulated" not in first.get("/")
        assert first.stop(signal.SIGINT) == 0
        assert "Stopped." in first.output
        assert processes_of(installation.var) == []

    with installation.site("demo") as second:
        assert "Nothing has changed: release 1 already holds these results" in second.output
        assert "(18 unchanged)" in second.output
        second.wait_until_it_says("/series/simulated/")
        assert "(105 unchanged)" in second.output
        assert second.output.count("Nothing has changed: release 1 already holds these results") == 2
        assert second.stop(signal.SIGTERM) == 0
        assert processes_of(installation.var) == []


def test_closing_the_terminal_stops_everything(migrated: Installation) -> None:
    with migrated.site("serve") as site:
        assert site.stop(signal.SIGHUP) == 0
        assert processes_of(migrated.var) == []


def test_a_proxy_of_the_environment_is_not_asked_for_the_own_machine(migrated: Installation) -> None:
    migrated.settings["http_proxy"] = "http://127.0.0.1:9"
    with migrated.site("serve") as site:
        assert "Open http://127.0.0.1" in site.output


def test_a_site_that_answers_to_another_host_says_what_to_set(migrated: Installation) -> None:
    ended = migrated.manage("serve", PORT=str(free_port()), ALLOWED_HOSTS="example.org")
    assert ended.returncode == 1
    assert "If that is 400, add 127.0.0.1 to ALLOWED_HOSTS." in ended.stderr
    assert processes_of(migrated.var) == []


def test_serve_brings_up_web_and_worker_and_says_that_there_is_no_release_yet(migrated: Installation) -> None:
    with migrated.site("serve") as site:
        assert len(processes_of(migrated.var)) >= 3
        with pytest.raises(OSError, match="503"):
            site.get("/")


def test_a_worker_that_dies_ends_the_site_with_a_sentence(migrated: Installation) -> None:
    with migrated.site("serve") as site:
        worker = next(pid for pid in processes_of(migrated.var) if b"\0worker\0" in command_of(pid))
        os.kill(worker, signal.SIGKILL)
        assert site.process.wait(20) == 1
        assert "The worker process stopped by itself" in site.output
        assert processes_of(migrated.var) == []


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_a_port_that_is_taken_is_one_sentence(installation: Installation, command: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ended = installation.manage(command, PORT=str(port))
    assert ended.returncode == 1
    assert ended.stderr.strip().endswith(
        f"Port {port} is taken by another program: stop that, or choose another port, "
        f"for example PORT={port + 1}."
    )
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("port", ["eight", "0", "65536", "-1"])
def test_a_port_that_is_none_is_one_sentence(installation: Installation, port: str) -> None:
    ended = installation.manage("demo", PORT=port)
    assert ended.returncode == 1
    assert "set it to a number from 1 to 65535" in ended.stderr


def test_a_database_of_a_later_version_is_one_sentence(migrated: Installation) -> None:
    with sqlite3.connect(migrated.var / "dashboard.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('performance', '0999_later', '2030-01-01')"
        )
    ended = migrated.manage("demo")
    assert ended.returncode == 1
    assert "was made by another version of this project" in ended.stderr
    assert "performance.0999_later" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_database_with_foreign_tables_is_one_sentence(installation: Installation) -> None:
    with sqlite3.connect(installation.var / "dashboard.sqlite3") as database:
        database.execute("CREATE TABLE trusts_organisation (something TEXT)")
    ended = installation.manage("demo")
    assert ended.returncode == 1
    assert "move it away or delete it, and run the command again" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_file_that_is_no_database_is_one_sentence(installation: Installation) -> None:
    (installation.var / "dashboard.sqlite3").write_text("This is a shopping list. " * 50)
    ended = installation.manage("demo")
    assert ended.returncode == 1
    assert "move it away or delete it, and run the command again" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_no_secret_key_in_service_says_how_to_make_one(installation: Installation) -> None:
    ended = installation.manage("check", LOCAL="false", SECRET_KEY="")
    assert ended.returncode == 1
    assert "SECRET_KEY is not set. Set it to a long random text" in ended.stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DATABASE_URL", "mysql://localhost/dashboard", "It must begin with one of sqlite, postgres"),
        ("CELERY_BROKER_URL", "amqp://localhost", "It must begin with one of filesystem, redis"),
        ("DEBUG", "perhaps", "Set it to true or false."),
        ("SECURE_SSL_REDIRECT", "yess", "Set it to true or false."),
        ("LOG_LEVEL", "chatty", "Set it to one of DEBUG, INFO"),
        ("EMAIL_URL", "pigeon://loft", "It must begin with one of consolemail, smtp"),
        ("PROXIES", "one", "Set it to a whole number"),
        (
            "OIDC_RP_CLIENT_ID",
            "dashboard",
            "Single sign-on is set in part: there is no OIDC_RP_CLIENT_SECRET",
        ),
    ],
)
def test_a_setting_that_is_none_says_what_it_may_be(
    installation: Installation, name: str, value: str, said: str
) -> None:
    ended = installation.manage("check", **{name: value})
    assert ended.returncode == 1
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


def command_of(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()
