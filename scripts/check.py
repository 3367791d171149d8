"""Checks everything but behaviour: form, lint, types, imports, migrations, definition files.

Every check runs, whatever the others say, so that one round shows all there is to mend.

    .venv/bin/python -m scripts.check
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent


@dataclass(frozen=True)
class Check:
    name: str
    command: tuple[str, ...]
    remedy: str = ""


CHECKS = (
    Check("format", ("ruff", "format", "--check", "."), "run: .venv/bin/ruff format ."),
    Check("lint", ("ruff", "check", "."), "some are mended by: .venv/bin/ruff check --fix ."),
    Check("templates", ("djlint", "--lint", "--quiet", "templates")),
    Check("types", ("mypy",)),
    Check(
        "imports",
        ("lint-imports", "--no-logo"),
        "who may import whom is in pyproject.toml and docs/architecture.md",
    ),
    Check(
        "migrations",
        ("python", "manage.py", "makemigrations", "--check", "--dry-run"),
        "run: .venv/bin/python manage.py makemigrations",
    ),
    Check("definition files", ("python", "manage.py", "check_definitions")),
)


def run(check: Check) -> bool:
    """Run one check. What it printed matters only when it failed."""
    print(f"{check.name} ...", end=" ", flush=True)
    begin = time.monotonic()
    program, *arguments = check.command
    done = subprocess.run(
        [PROGRAMS / program, *arguments],
        cwd=ROOT,
        env=os.environ | {"LOCAL": "true"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(f"{'passed' if done.returncode == 0 else 'FAILED'}, {time.monotonic() - begin:.1f} s", flush=True)
    if done.returncode != 0:
        print(done.stdout, check.remedy, sep="", flush=True)
    return done.returncode == 0


def main() -> int:
    failed = [check.name for check in CHECKS if not run(check)]
    print(f"\nFailed: {', '.join(failed)}." if failed else "\nAll checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
