"""Runs every test. What uses a database runs on PostgreSQL, as in service, and on SQLite, as `make demo`
does; pages run on PostgreSQL, and on SQLite as browsers read them.

Starts the private servers that the tests need and stops them again. Arguments are handed to pytest; tests
that are picked so run on both databases, pages too.

    .venv/bin/python -m scripts.run_tests [-k funnel ...]
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.services.programs import MissingPrograms, Programs, find_programs
from tests.services.servers import ServerError, private_postgres, private_redis

ROOT = Path(__file__).resolve().parent.parent
INSTALL_LOG = ROOT / "var" / "log" / "apt.log"
WORKERS = "2"
# In the order of tests/conftest.py.
SHARED_OUT = ["--no-loadscope-reorder"]
NO_TESTS = 5
# A way to run pytest: what it is called, its arguments, and whether on PostgreSQL.
Run = tuple[str, list[str], bool]
STATISTICS = "tests/performance/statistics"
# Most of the time goes into these, and tracing branches of the statistics would make all else slower.
EVERYTHING: list[Run] = [
    ("The statistics, each branch of them", [STATISTICS, "--cov"], False),
    ("On SQLite", [f"--ignore={STATISTICS}", "--ignore=tests/performance/pages"], False),
    ("On PostgreSQL", ["-m", "database", "tests/performance", "tests/trusts"], True),
]


@contextmanager
def test_environment(programs: Programs) -> Iterator[dict[str, str]]:
    """What tests find in their environment: nothing of the user's own databases, brokers and files."""
    with ExitStack() as stack:
        scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="dashboard-test-"))
        yield os.environ | {
            "SECRET_KEY": "for-tests-only",
            "LOCAL": "true",
            "DEBUG": "false",
            "VAR_DIRECTORY": scratch,
            "COVERAGE_FILE": f"{scratch}/coverage",
            "DATABASE_URL": f"sqlite:///{scratch}/dashboard.sqlite3",
            "CELERY_BROKER_URL": "filesystem://",
            "TEST_REDIS_URL": stack.enter_context(private_redis(programs)),
            "TEST_POSTGRES_URL": stack.enter_context(private_postgres(programs)),
            "CHROMIUM": str(programs.chromium),
            # The tests share the processors among them already; waiting threads cost more than they give.
            "OPENBLAS_NUM_THREADS": "1",
            # Playwright keeps an event loop running, and Django then refuses to touch the database.
            "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
        }


def run_python(arguments: list[str], environment: dict[str, str]) -> int:
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False
    ).returncode


def run_pytest(arguments: list[str], environment: dict[str, str]) -> int:
    return run_python(["-m", "pytest", "-n", WORKERS, *SHARED_OUT, *arguments], environment)


def run_all(arguments: list[str], environment: dict[str, str]) -> bool:
    """Whether everything passed. All runs are tried, even when the first had failures."""
    collected = run_python(["manage.py", "collectstatic", "--noinput", "--verbosity=0"], environment)
    if collected != 0:
        print("The static files could not be collected (see above), so no test was run.", flush=True)
        return False
    return all([has_passed(run, arguments, environment) for run in runs_of(arguments)])


def runs_of(arguments: list[str]) -> list[Run]:
    if not arguments:
        return EVERYTHING
    return [("On SQLite", arguments, False), ("On PostgreSQL", ["-m", "database", *arguments], True)]


def has_passed(run: Run, picked: list[str], environment: dict[str, str]) -> bool:
    """No test at all is a failure, unless the caller picked tests and none of them uses a database."""
    name, arguments, on_postgres = run
    say(f"{name}, {WORKERS} processes")
    if on_postgres:
        environment = environment | {"DATABASE_URL": environment["TEST_POSTGRES_URL"]}
    code = run_pytest(arguments, environment)
    return code == 0 or (code == NO_TESTS and on_postgres and bool(picked))


def say(text: str) -> None:
    print(f"\n== {text}", flush=True)


def describe(programs: Programs) -> None:
    print(
        f"PostgreSQL: {programs.postgres}\nRedis: {programs.redis}\nBrowser: {programs.chromium}", flush=True
    )


def main(arguments: list[str]) -> int:
    begin = time.monotonic()
    programs = find_programs(INSTALL_LOG)
    describe(programs)
    with test_environment(programs) as environment:
        passed = run_all(arguments, environment)
    say(f"{'All passed' if passed else 'FAILED'}, in {time.monotonic() - begin:.0f} s")
    return 0 if passed else 1


if __name__ == "__main__":
    # A polite request to stop ends the servers too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main(sys.argv[1:]))
    except (MissingPrograms, ServerError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Stopped.")
