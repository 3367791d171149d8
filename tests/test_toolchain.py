"""The files around the code agree with it and each other: containers, lock files, Makefile, set-up."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.set_up import explain

ROOT = Path(__file__).resolve().parent.parent
SERVICES = {"postgres", "redis", "migrate", "web", "worker", "beat"}
OURS = ("migrate", "web", "worker", "beat")
REQUIREMENTS = ("requirements/base.txt", "requirements/dev.txt")
LOCK_FILES = (*REQUIREMENTS, "package-lock.json")


def read(path: str) -> str:
    return (ROOT / path).read_text()


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, Any]]:
    return yaml.safe_load(read("docker-compose.yml"))["services"]


def test_compose_has_every_service(services):
    assert set(services) == SERVICES


@pytest.mark.parametrize("part", ["image", "build", "environment", "volumes"])
def test_our_containers_differ_only_in_what_they_run(services, part):
    assert all(services[name][part] == services["web"][part] for name in OURS)
    assert len({json.dumps(services[name]["command"]) for name in OURS}) == len(OURS)


def test_settings_read_every_variable_that_compose_sets(services):
    settings = read("noms_dashboard/settings.py") + read("noms_dashboard/environment.py")
    unread = [name for name in services["web"]["environment"] if f'"{name}"' not in settings]
    assert not unread


def test_compose_sets_what_production_cannot_do_without(services):
    needed = {"SECRET_KEY", "DATABASE_URL", "CELERY_BROKER_URL", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS"}
    environment = services["web"]["environment"]
    assert needed <= set(environment)
    assert re.match(r"\$\{SECRET_KEY:\?.+\}$", environment["SECRET_KEY"])
    assert not {"LOCAL", "DEBUG"} & set(environment)


def test_every_lasting_container_is_watched(services):
    assert all("healthcheck" in services[name] for name in SERVICES - {"migrate"})


def test_ours_start_after_the_migrations(services):
    for name in ("web", "worker", "beat"):
        assert services[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_containers_run_programs_of_ours(services):
    assert "noms_dashboard.wsgi" in services["web"]["command"]
    assert [services[name]["command"][:4] for name in ("worker", "beat")] == [
        ["celery", "-A", "noms_dashboard", "worker"],
        ["celery", "-A", "noms_dashboard", "beat"],
    ]


def test_image_copies_files_that_exist_and_runs_as_nobody_special():
    text = read("Dockerfile")
    copied = [line.split()[1:-1] for line in text.splitlines() if re.match(r"COPY (?!--from)", line)]
    assert all((ROOT / path).exists() for paths in copied for path in paths)
    assert re.search(r"^USER (?!root)", text, re.MULTILINE)


@pytest.mark.parametrize("path", REQUIREMENTS)
def test_every_requirement_is_pinned_with_hashes(path):
    requirements = [
        line for line in read(path).replace("\\\n", " ").splitlines() if line and line.lstrip()[0] != "#"
    ]
    assert requirements
    for requirement in requirements:
        assert re.match(r"[][a-z0-9.,-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", requirement), requirement


def test_dev_holds_base_at_the_same_versions():
    base, dev = (set(re.findall(r"^[][a-z0-9.,-]+==\S+", read(path), re.MULTILINE)) for path in REQUIREMENTS)
    assert base < dev


@pytest.mark.parametrize("path", LOCK_FILES)
def test_lock_files_name_no_address(path):
    assert not re.search(r"https?://|file:|--(extra-)?index-url|--find-links|--trusted-host", read(path))


def test_every_npm_package_is_pinned_with_a_hash():
    package, lock = json.loads(read("package.json")), json.loads(read("package-lock.json"))
    wanted = package["dependencies"] | package["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    locked = {name: entry for name, entry in lock["packages"].items() if name}
    assert all(locked[f"node_modules/{name}"]["version"] == version for name, version in wanted.items())
    assert all(
        entry["integrity"].startswith("sha512-") and "resolved" not in entry for entry in locked.values()
    )


def test_every_dependency_says_why():
    text = read("pyproject.toml")
    project = tomllib.loads(text)
    dependencies = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    lines = [line.strip() for line in text.splitlines()]
    for dependency in dependencies:
        above = lines[lines.index(f'"{dependency}",') - 1]
        assert above.startswith("# ") and above.endswith("."), f"{dependency}: a comment above it says why"


@pytest.mark.parametrize("path", ["README.md", ".ci/run", "Makefile"])
def test_make_targets_that_are_named_exist(path):
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`|\$ |    )make ([a-z-]+)", read(path), re.MULTILINE))
    assert named <= targets


def test_the_gate_runs_tests_and_checks():
    assert re.search(r"^make test\nmake check$", read(".ci/run"), re.MULTILINE)


@pytest.mark.parametrize(
    "output, sentence",
    [
        (
            "WARNING: NewConnectionError\nERROR: No matching distribution found for x==1",
            "could not be reached",
        ),
        ("npm error code ENOTFOUND", "could not be reached"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "differs from the one"),
        ("npm error code EINTEGRITY", "differs from the one"),
        ("ERROR: No matching distribution found for x==1", "has no x==1 for this Python"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("Collecting x\nERROR: odd thing.\nbye", "Packages failed: ERROR: odd thing"),
        ("", "Packages failed: no reason given"),
    ],
)
def test_set_up_says_in_a_sentence_what_went_wrong(output, sentence):
    assert sentence in explain(output, "Packages failed")
