"""The project's own processes, run as a user runs them: commands, a site, a worker."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.services.servers import LOCALHOST, free_port

ROOT = Path(__file__).resolve().parent.parent.parent
DEFINITIONS = ("migrate", "load_organisations", "load_frameworks")
START_SECONDS = 180
STOP_SECONDS = 20


@dataclass
class Installation:
    """One installation of the project: its files, database and broker, apart from all others."""

    var: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "LOCAL": "true",
            "VAR_DIRECTORY": str(self.var),
            "DATABASE_URL": f"sqlite:///{self.var}/dashboard.sqlite3",
            "CELERY_BROKER_URL": "filesystem://localhost",
        }
        return os.environ | own | self.settings

    def manage(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-W", "error::ResourceWarning", "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=START_SECONDS,
            check=False,
        )

    def prepare(self, *commands: str, then: str = "") -> "Installation":
        """Run management commands, and then some code, in one process: each of them takes longer to start
        than what it has to do."""
        calls = [f"call_command({command!r}, verbosity=0)" for command in commands]
        code = "\n".join(["from django.core.management import call_command", *calls, then])
        done = self.manage("shell", "--command", code)
        assert done.returncode == 0, done.stderr
        return self

    @contextmanager
    def site(self, command: str) -> Iterator["Site"]:
        """`manage.py demo` or `serve`, running until the end of the block at the latest."""
        port = free_port()
        log = self.var / f"{command}-{port}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "manage.py", command],
                cwd=ROOT,
                env=self.environment | {"PORT": str(port)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        site = Site(process, port, log)
        try:
            site.wait_until_it_serves()
            yield site
        finally:
            site.stop()


@dataclass
class Site:
    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def output(self) -> str:
        return self.log.read_text()

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://{LOCALHOST}:{self.port}{path}", timeout=10) as answer:
            return str(answer.read().decode())

    def wait_until_it_serves(self) -> None:
        self.wait_until_it_says(f"http://{LOCALHOST}:{self.port}/")

    def wait_until_it_says(self, text: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while text not in self.output:
            assert self.process.poll() is None, self.output
            assert time.monotonic() < deadline, self.output
            time.sleep(0.1)

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """Ask it to stop and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(STOP_SECONDS)


def processes_of(var: Path) -> list[int]:
    """The processes that run with this installation's files."""
    wanted = f"VAR_DIRECTORY={var}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdecimal() and wanted in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
        except OSError:
            continue
    return found
