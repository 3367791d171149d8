"""What the benchmarks that run in a process of their own share."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).resolve().parent.parent.parent


def run(benchmark: str, observations: int, *more: str) -> dict[str, Any]:
    """What a benchmark of so many observations found, run in a process and a directory of its own."""
    with tempfile.TemporaryDirectory(prefix="dashboard-bench-") as directory:
        command = [sys.executable, "-m", f"scripts.bench.{benchmark}", str(observations), directory, *more]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"The {benchmark} of {observations:,} observations stopped: {done.stderr.strip()}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def set_up(directory: Path, database: str) -> None:
    """Django with a database and files of its own below a directory; database: an address, empty
    for SQLite there."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "noms_dashboard.settings",
        "SECRET_KEY": "bench",
        "LOCAL": "true",
        "VAR_DIRECTORY": str(directory),
        "DATABASE_URL": database or f"sqlite:///{directory}/bench.sqlite3",
        "CELERY_BROKER_URL": "filesystem://localhost",
    }
    django.setup()


def seconds(function: Callable[[], object]) -> float:
    begin = time.perf_counter()
    function()
    return time.perf_counter() - begin


def megabytes() -> float:
    """The most that this process has held at once."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
