"""Web and worker as children of one parent, which stops both together."""

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from http import HTTPStatus
from pathlib import Path
from types import FrameType

from django.conf import settings

HOST = "127.0.0.1"
PROGRAMS = Path(sys.executable).parent
# Ctrl-C, a request to terminate, and the terminal being closed.
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SECONDS_TO_STOP = 10
SECONDS_TO_START = 60
WEB_PROCESSES = 2


class CannotServe(Exception):
    """A process didn't start or stopped by itself. Its text says what to do."""


class _Stop(Exception):
    """Somebody asked for the end: Ctrl-C, or a signal to terminate."""


def check_port_is_free(port: int) -> None:
    """Raises CannotServe if another program has the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CannotServe(
                f"Port {port} is taken by another program: stop that, or choose another port, "
                f"for example PORT={port + 1}."
            ) from error


class Processes:
    """The children. Used as a context, it stops them at its end whatever happened, and takes
    the signals in ENDINGS as a wish to end quietly."""

    def __init__(self) -> None:
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> "Processes":
        for number in ENDINGS:
            signal.signal(number, self._ask_to_stop)
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> bool:
        for number in ENDINGS:
            signal.signal(number, signal.SIG_IGN)
        self.stop()
        return kind is _Stop

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        raise _Stop

    def start_worker(self) -> None:
        self._start(
            "worker",
            "celery",
            "--app=noms_dashboard",
            "worker",
            "--pool=solo",
            "--loglevel=INFO",
            "--without-gossip",
            "--without-mingle",
        )

    def start_beat(self) -> None:
        """The clock that asks the worker each minute for what is due. Not inside the worker, where
        it would outlive a worker that is killed."""
        self._start(
            "beat",
            "celery",
            "--app=noms_dashboard",
            "beat",
            "--loglevel=INFO",
            "--pidfile=",
            f"--schedule={settings.VAR_DIRECTORY / 'beat'}",
        )

    def start_web(self, port: int) -> None:
        self._start(
            "web",
            "gunicorn",
            "noms_dashboard.wsgi",
            f"--bind={HOST}:{port}",
            f"--workers={WEB_PROCESSES}",
            "--access-logfile=-",
        )

    def _start(self, name: str, program: str, *arguments: str) -> None:
        """In a session of its own, so that Ctrl-C reaches the parent alone and the children are
        ended in good order. What it prints goes to var/log."""
        log = log_file(name)
        with log.open("ab") as output:
            self.running[name] = subprocess.Popen(  # noqa: S603 - fixed programs of our own
                [PROGRAMS / program, *arguments],
                cwd=settings.BASE_DIR,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_for_web(self, port: int) -> None:
        """Return once the site answers, be it that there is no release yet."""
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            self.check_running()
            status = _status(f"http://{HOST}:{port}/releases/")
            if status in (HTTPStatus.OK, HTTPStatus.SERVICE_UNAVAILABLE):
                return
            if status:
                raise CannotServe(
                    f"The site answers with status {status}: see {log_file('web')}. If that is 400, "
                    f"add {HOST} to ALLOWED_HOSTS."
                )
            time.sleep(0.1)
        raise CannotServe(f"The site didn't answer within {SECONDS_TO_START} seconds: see {log_file('web')}.")

    def check_running(self) -> None:
        for name, process in self.running.items():
            if process.poll() is not None:
                raise CannotServe(f"The {name} process stopped by itself: {log_file(name)} says why.")

    def wait(self) -> None:
        """Until somebody asks for the end. Raises CannotServe if a child stops by itself."""
        while True:
            self.check_running()
            time.sleep(0.5)

    def stop(self) -> None:
        for process in self.running.values():
            process.terminate()
        deadline = time.monotonic() + SECONDS_TO_STOP
        for process in self.running.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _status(address: str) -> int | None:
    """What the site answers with; None while it doesn't. A proxy of the environment is for other
    hosts than one's own."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        return int(direct.open(address, timeout=5).status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def log_file(name: str) -> Path:
    directory = settings.VAR_DIRECTORY / "log"
    directory.mkdir(parents=True, exist_ok=True)
    return Path(directory / f"{name}.log")
