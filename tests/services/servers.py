"""A private PostgreSQL and a private Redis, on free ports of this machine."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2
import redis

from tests.services.programs import Programs

LOCALHOST = "127.0.0.1"
DATABASE_USER = "dashboard"
# Nothing here outlives the run, so nothing need survive a power cut.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
# What a server that is killed must keep is what it said was committed.
OUTLIVES_ITSELF = {"synchronous_commit": "on"}
ROOM = {"max_connections": "100", "shared_buffers": "128MB"}
START_SECONDS = 30
STOP_SECONDS = 10
MOST_OF_A_LOG = 2_000


class ServerError(Exception):
    """Why a server did not start."""


@dataclass
class Postgres:
    """A PostgreSQL server of one's own, which can be killed and started again."""

    programs: Programs
    directory: Path
    port: int = field(default_factory=lambda: free_port())
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return self.address_of("dashboard")

    def address_of(self, database: str) -> str:
        return f"postgres://{DATABASE_USER}@{LOCALHOST}:{self.port}/{database}"

    def start(self) -> None:
        own = {"listen_addresses": LOCALHOST, "unix_socket_directories": str(self.directory)}
        settings = {**FAST, **ROOM, **own, **self.settings}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        data = str(self.directory / "data")
        command = [str(self.programs.postgres), "-D", data, "-p", str(self.port), *options]
        self.process = start_server(command, self.directory)
        always_there = self.address_of("postgres")
        wait_until(lambda: psycopg2.connect(always_there).close(), self.process, self.directory)

    def kill(self) -> None:
        """As a machine that goes down: no good-bye to clients, nothing written at the end. Its
        helpers end by themselves once they notice, and until then no other server may start."""
        assert self.process is not None
        helpers = children_of(self.process.pid)
        self.process.kill()
        self.process.wait()
        deadline = time.monotonic() + STOP_SECONDS
        while any(Path(f"/proc/{helper}").exists() for helper in helpers):
            assert time.monotonic() < deadline, "PostgreSQL's helpers outlive it"
            time.sleep(0.05)

    def stop(self) -> None:
        # The polite signal lets PostgreSQL wait for its clients; the interrupt does not.
        if self.process is not None:
            stop(self.process, signal.SIGINT)


@contextmanager
def own_postgres(programs: Programs, **settings: str) -> Iterator[Postgres]:
    """A running, empty PostgreSQL server, which is gone afterwards."""
    with private_directory() as directory:
        make_cluster(programs.initdb, directory / "data")
        postgres = Postgres(programs, directory, settings=settings)
        try:
            postgres.start()
            yield postgres
        finally:
            postgres.stop()


@contextmanager
def private_postgres(programs: Programs) -> Iterator[str]:
    """The address of an empty PostgreSQL server, which is gone afterwards."""
    with own_postgres(programs) as postgres:
        yield postgres.address


def children_of(parent: int) -> list[int]:
    """The processes that a process has started and that run."""
    tasks = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    return [int(child) for child in tasks.split()]


def make_cluster(initdb: Path, data: Path) -> None:
    command = [str(initdb), "-D", str(data), "-U", DATABASE_USER, "--auth=trust", "--no-locale"]
    done = subprocess.run(
        [*command, "--encoding=UTF8", "--no-sync"],
        cwd=data.parent,
        capture_output=True,
        text=True,
        check=False,
        **unprivileged(),
    )
    if done.returncode != 0:
        raise ServerError(f"initdb failed: {done.stderr.strip()}")


@contextmanager
def private_redis(programs: Programs) -> Iterator[str]:
    """The address of an empty Redis server that writes nothing to disk."""
    with private_directory() as directory:
        port = free_port()
        options = ["--bind", LOCALHOST, "--save", "", "--appendonly", "no", "--dir", str(directory)]
        command = [str(programs.redis), "--port", str(port), *options]
        client = redis.Redis(host=LOCALHOST, port=port)
        with server(command, directory, signal.SIGTERM) as process:
            wait_until(client.ping, process, directory)
            client.close()
            yield f"redis://{LOCALHOST}:{port}/0"


@contextmanager
def server(
    command: list[str], directory: Path, stop_signal: signal.Signals
) -> Iterator[subprocess.Popen[bytes]]:
    """A running server, stopped at the end."""
    process = start_server(command, directory)
    try:
        yield process
    finally:
        stop(process, stop_signal)


def start_server(command: list[str], directory: Path) -> subprocess.Popen[bytes]:
    """It has a session of its own, so that Ctrl-C reaches us first and we stop it."""
    with (directory / "log").open("ab") as log:
        return subprocess.Popen(
            command,
            cwd=directory,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **unprivileged(),
        )


def stop(process: subprocess.Popen[bytes], stop_signal: signal.Signals) -> None:
    process.send_signal(stop_signal)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_until(answers: Callable[[], object], process: subprocess.Popen[bytes], directory: Path) -> None:
    """Return once the server answers, and raise with its log if it ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            answers()
        except (psycopg2.OperationalError, redis.ConnectionError):
            time.sleep(0.05)
        else:
            return
    log = (directory / "log").read_text(errors="replace")
    raise ServerError(f"{process.args!r} did not start: {log.strip()[-MOST_OF_A_LOG:]}")


@contextmanager
def private_directory() -> Iterator[Path]:
    """A directory of whoever runs the servers. In /tmp, as the path of a socket may not be long."""
    path = Path(tempfile.mkdtemp(prefix="dashboard-test-", dir="/tmp"))
    try:
        if owner := unprivileged():
            os.chown(path, owner["user"], owner["group"])
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def unprivileged() -> dict[str, Any]:
    """Whom to run a server as: PostgreSQL refuses root, so nobody in root's place."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind((LOCALHOST, 0))
        port: int = listener.getsockname()[1]
        return port
