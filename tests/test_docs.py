"""The guides say what is so."""

import re
from pathlib import Path

import pytest
from django.urls import resolve

from scripts.guides import GUIDES as GUIDES_WITH_PARTS
from scripts.guides import with_parts

ROOT = Path(__file__).resolve().parent.parent
GUIDES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SETTINGS = [ROOT / "noms_dashboard" / name for name in ("settings.py", "environment.py")]
COMMANDS = {
    path.stem
    for app in ("noms_dashboard", "trusts", "performance")
    for path in (ROOT / app / "management" / "commands").glob("*.py")
}


def read(name: str) -> str:
    return (ROOT / name).read_text()


def first_column(text: str) -> list[str]:
    return re.findall(r"^\| `([^`]+)`", text, flags=re.MULTILINE)


def test_the_operators_guide_lists_just_the_settings_that_are_read() -> None:
    source = "".join(path.read_text() for path in SETTINGS)
    calls = re.findall(r'(?:env\.\w+|flag|choice|number|address)\(\s*"([A-Z_]+)"', source)
    settings_section = read("docs/operators.md").split("## Settings")[1].split("\n## ")[0]
    assert set(first_column(settings_section)) == {*calls, "PORT"}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_every_file_that_a_guide_links_to_is_there(guide: Path) -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)", guide.read_text())
    assert [link for link in links if not (guide.parent / link).exists()] == []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_every_command_that_a_guide_names_is_there(guide: Path) -> None:
    named = set(re.findall(r"manage\.py ([a-z_]+)", guide.read_text()))
    assert named <= COMMANDS | {"axes_reset", "changepassword", "createsuperuser"}


def test_every_address_of_the_readers_guide_leads_to_a_page() -> None:
    table = read("docs/readers.md").split("## How to read")[0]
    addresses = first_column(table)
    assert len(addresses) >= 7
    for address in addresses:
        resolve(address)


def test_the_architecture_names_every_room_and_no_other() -> None:
    rooms = re.findall(r"`(performance\.\w+)`", read("docs/architecture.md").split("## Who may")[0])
    packages = {
        f"performance.{path.parent.name}"
        for path in (ROOT / "performance").glob("*/__init__.py")
        if path.parent.name not in ("management", "migrations")
    }
    assert set(rooms) - {"performance.vocabulary"} == packages


def test_the_guide_to_statistics_names_every_file_and_no_other() -> None:
    statistics = ROOT / "performance" / "statistics"
    found = {path.stem for path in statistics.iterdir() if not path.name.startswith("__")}
    methods = read("docs/statistics.md").split("## Methods")[1].split("\n## ")[0]
    assert set(first_column(methods)) == found - {"columns"}


@pytest.mark.parametrize("name", GUIDES_WITH_PARTS)
def test_what_a_guide_has_from_the_code_is_as_the_code_has_it(name: str) -> None:
    guide = read(f"docs/{name}.md")

    assert with_parts(guide, name) == guide
