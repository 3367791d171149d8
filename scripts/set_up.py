"""Gets everything ready that the project needs: virtual environment, Python packages, front-end files.

Run by make, with any Python 3 and the standard library alone. A step is left out when nothing it depends on
has changed since it last ended well, so that a second run takes no time.

    python3 scripts/set_up.py [base | dev]
"""

import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

# Before any line that an older Python cannot run. It must still be able to read them all: no new syntax here.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        f"Python 3.11 or later is needed, this is {sys.version.split()[0]}: install it (on Debian and "
        "Ubuntu: apt install python3 python3-venv), or name it, as in make demo PYTHON=/path/to/python3.11"
    )

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMPS = VENV / "var"
LOG = ROOT / "var" / "log" / "set-up.log"
BUILD = ROOT / "static" / "build"

STARTED = "started"
MODES = ("base", "dev")

OFFLINE = re.compile(
    r"NewConnectionError|NameResolutionError|ConnectTimeout|Max retries exceeded|ProxyError|Read timed out"
    r"|Network is unreachable|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH"
    r"|ERR_SOCKET_TIMEOUT|from versions: none"
)
WRONG_HASH = re.compile(r"DO NOT MATCH THE HASHES|EINTEGRITY")
NO_SPACE = re.compile(r"No space left on device|ENOSPC")
NO_RELEASE = re.compile(r"No matching distribution found for (\S+)")


class SetUpError(Exception):
    """What went wrong, as a sentence that says what to do."""


@dataclass(frozen=True)
class Step:
    """One thing to make ready. `inputs` is all that its outcome depends on, `made` what it leaves behind."""

    name: str
    stamp: str
    inputs: str
    made: Path
    work: Callable[[], None]

    def is_done(self) -> bool:
        return read_stamp(self.stamp) == self.inputs and self.made.exists()


def read_stamp(name: str) -> str:
    try:
        return (STAMPS / name).read_text()
    except OSError:
        return ""


def write_stamp(name: str, text: str) -> None:
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(text)


def digest(paths: Iterable[Path]) -> str:
    """One hash over names and contents, the same whatever the order of the paths."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


# The virtual environment


def python_identity() -> str:
    """A virtual environment holds for one Python in one place: it breaks when either changes."""
    return f"{sys.version}\n{sys.base_prefix}\n{ROOT}"


def check_venv() -> None:
    """Forget a virtual environment that is not sound, so that all of it is made again."""
    if VENV.exists() and (is_half_made() or not venv_python_runs()):
        print("The virtual environment in .venv was left unfinished: making it again.")
        shutil.rmtree(VENV)


def is_half_made() -> bool:
    return not read_stamp("venv") or read_stamp("packages") == STARTED


def venv_python_runs() -> bool:
    try:
        return subprocess.run([VENV / "bin" / "python", "-c", ""], check=False).returncode == 0
    except OSError:
        return False


def make_venv() -> None:
    if not importlib.util.find_spec("venv") or not importlib.util.find_spec("ensurepip"):
        raise SetUpError(
            "Python's venv module is missing: install it (on Debian and Ubuntu: apt install python3-venv) "
            "and run make again."
        )
    shutil.rmtree(VENV, ignore_errors=True)
    # The Python underneath, in case this one is of the environment that was just removed.
    python = getattr(sys, "_base_executable", sys.executable)
    run([python, "-m", "venv", VENV], "The virtual environment could not be made")


# Python packages


def requirements_digest() -> str:
    return digest((ROOT / "requirements").glob("*.txt"))


def packages_inputs(mode: str) -> str:
    """What base needs is part of what dev needs: packages installed for dev serve both."""
    wanted = f"{mode} {requirements_digest()}"
    for_dev = f"dev {requirements_digest()}"
    return for_dev if read_stamp("packages") == for_dev else wanted


def install_packages(mode: str) -> None:
    requirements = ROOT / "requirements" / f"{mode}.txt"
    pip = [VENV / "bin" / "python", "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    # Compiling afterwards, on all cores and without the packages' own tests, takes half the time pip takes.
    run(
        [*pip, "--no-compile", "--require-hashes", "-r", requirements],
        "The Python packages could not be installed",
    )
    packages = next((VENV / "lib").glob("python3.*/site-packages"))
    compiler = [VENV / "bin" / "python", "-m", "compileall", "-q", "-j", "0", "-x", "/tests?/", packages]
    # A package may hold a file for another Python, which does not compile and which nobody imports.
    run(compiler, "The Python packages could not be compiled", check=False)


# Front-end files


def install_front_end() -> None:
    run([VENV / "bin" / "npm", "ci"], "The front-end packages could not be installed")


def front_end_inputs() -> list[Path]:
    return [ROOT / "package-lock.json", ROOT / "package.json", ROOT / ".npmrc"]


def build_inputs() -> list[Path]:
    sources = [path for path in (ROOT / "static" / "src").rglob("*") if path.is_file()]
    return [*front_end_inputs(), ROOT / "scripts" / "build_front_end.mjs", *sources]


def build_front_end() -> None:
    run([VENV / "bin" / "node", ROOT / "scripts" / "build_front_end.mjs"], "The front end could not be built")


# Running programs


def environment() -> dict[str, str]:
    """Ours, without what would put packages elsewhere, and with shorter waits for a network that is down."""
    defaults = {
        "PIP_RETRIES": "2",
        "NPM_CONFIG_FETCH_RETRIES": "1",
        "NPM_CONFIG_FETCH_RETRY_MINTIMEOUT": "2000",
    }
    unwanted = {"PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX"}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**defaults, **kept, "PATH": path, "PIP_USER": "0"}


def run(command: list[object], failure: str, *, check: bool = True) -> None:
    """Run a program with its output in the log. A failure becomes a sentence, from what the log says."""
    with LOG.open("a") as log:
        start = log.tell()
        log.write(f"$ {' '.join(str(part) for part in command)}\n")
        log.flush()
        done = subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if check and done.returncode != 0:
        output = LOG.read_bytes()[start:].decode(errors="replace")
        raise SetUpError(f"{explain(output, failure)} (details in {LOG.relative_to(ROOT)}).")


def explain(output: str, failure: str) -> str:
    """Say what to do about the common failures. Network first: without one, pip finds no release either."""
    if NO_SPACE.search(output):
        return "The disk is full: make room and run make again"
    if WRONG_HASH.search(output):
        return (
            "A package differs from the one that was pinned, so it was not installed: run make again later "
            "or with another package index, and report it if it stays so"
        )
    if OFFLINE.search(output):
        return (
            "The package index could not be reached: connect to the network, or set PIP_INDEX_URL and "
            "npm_config_registry to mirrors, and run make demo again"
        )
    release = NO_RELEASE.search(output)
    if release:
        return (
            f"The package index has no {release[1]} for this Python and machine: use Python 3.11 to 3.14, or "
            "set PIP_INDEX_URL to another index, and run make again"
        )
    return failure_with_reason(output, failure)


def failure_with_reason(output: str, failure: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    reasons = [line for line in lines if re.search(r"\berror\b|could not", line, re.IGNORECASE)]
    last = (reasons or lines or ["no reason given"])[-1]
    return f"{failure}: {last.removeprefix(failure + ': ').rstrip('.')}"


# The whole


def steps(mode: str) -> list[Step]:
    packages, modules = digest(front_end_inputs()), ROOT / "node_modules"
    return [
        Step("Virtual environment", "venv", python_identity(), VENV / "bin" / "python", make_venv),
        Step(
            "Python packages (about half a minute)",
            "packages",
            packages_inputs(mode),
            VENV / "bin" / "node",
            lambda: install_packages(mode),
        ),
        Step("Front-end packages", "front-end", packages, modules / ".package-lock.json", install_front_end),
        Step("Front-end files", "build", digest(build_inputs()), BUILD / "plotly.css", build_front_end),
    ]


def take(step: Step, place: str) -> None:
    """Do one step. Its stamp says that it has started until it has ended well."""
    print(f"[{place}] {step.name} ...", end=" ", flush=True)
    begin = time.monotonic()
    if step.stamp != "venv":
        write_stamp(step.stamp, STARTED)
    step.work()
    write_stamp(step.stamp, step.inputs)
    print(f"{time.monotonic() - begin:.1f} s", flush=True)


@contextmanager
def only_one() -> Iterator[None]:
    """Two set-ups at once would undo one another's work: the second waits for the first."""
    with (LOG.parent / "set-up.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up is running in this folder: waiting for it.", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def set_up(mode: str) -> None:
    check_venv()
    if read_stamp("venv") != python_identity():
        shutil.rmtree(VENV, ignore_errors=True)
    plan = steps(mode)
    for number, step in enumerate(plan, start=1):
        if not step.is_done():
            take(step, f"{number}/{len(plan)}")


def main(arguments: list[str]) -> str | int:
    mode = arguments[0] if arguments else "base"
    if mode not in MODES or len(arguments) > 1:
        return "Say which packages to set up: scripts/set_up.py base, or scripts/set_up.py dev."
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with only_one():
        LOG.write_text("")
        set_up(mode)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except SetUpError as error:
        sys.exit(f"\n{error}")
    except PermissionError as error:
        sys.exit(
            f"\n{error.filename} may not be written by this user: correct its owner, and run make again."
        )
    except KeyboardInterrupt:
        sys.exit("\nStopped. Run make again to go on.")
