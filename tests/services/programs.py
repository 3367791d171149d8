"""Finding the programs that tests need beside Python packages, and installing them where we may."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

DEBIAN_POSTGRES = "usr/lib/postgresql/*/bin"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
APT_OPTIONS = ("--yes", "--no-install-recommends")


class MissingPrograms(Exception):
    """What is missing, as a sentence that says what to install."""


@dataclass(frozen=True)
class Programs:
    postgres: Path
    initdb: Path
    redis: Path
    chromium: Path


def find_programs(log: Path) -> Programs:
    """The programs of this machine; as root on Debian, what is missing is installed first."""
    if missing := missing_packages():
        install(missing, log)
    if missing := missing_packages():
        raise MissingPrograms(
            f"The tests need Debian packages that are not installed: run apt-get install {' '.join(missing)} "
            "(or put the same programs on PATH)."
        )
    return Programs(
        postgres=require(find_postgres("postgres")),
        initdb=require(find_postgres("initdb")),
        redis=require(find(["redis-server"])),
        chromium=require(find_chromium()),
    )


def missing_packages() -> list[str]:
    found = {
        "postgresql": find_postgres("postgres") and find_postgres("initdb"),
        "redis-server": find(["redis-server"]),
        "chromium": find_chromium(),
    }
    return [package for package, path in found.items() if path is None]


def install(packages: list[str], log: Path) -> None:
    """Install Debian packages. Whether that worked shows when the programs are looked for again."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    print(f"Installing Debian packages: {' '.join(packages)} (details in {log})", flush=True)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as output:
        for command in (["update"], ["install", *APT_OPTIONS, *packages]):
            subprocess.run(
                ["apt-get", *command],
                env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                check=False,
            )


def find_postgres(name: str) -> Path | None:
    """Debian keeps the server's programs off PATH, in a directory for each version: take the newest."""
    directories = sorted(Path("/").glob(DEBIAN_POSTGRES), key=version, reverse=True)
    return find([name], directories)


def version(directory: Path) -> float:
    try:
        return float(directory.parent.name)
    except ValueError:
        return 0.0


def find_chromium() -> Path | None:
    if path := os.environ.get("CHROMIUM"):
        return Path(path) if os.access(path, os.X_OK) else None
    return find(CHROMIUM_NAMES)


def find(names: Iterable[str], directories: Iterable[Path] = ()) -> Path | None:
    """The first of the names on PATH, and then in the directories."""
    search = [None, *(str(directory) for directory in directories)]
    paths = (shutil.which(name, path=directory) for directory in search for name in names)
    return next((Path(path) for path in paths if path), None)


def require(path: Path | None) -> Path:
    if path is None:
        raise MissingPrograms("A program that the tests need has just disappeared: run make test again.")
    return path
