"""The list of methods: its code is there, all that is used is in it, and its examples come out."""

import ast
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

from performance.help.methods import ALL, BY_SLUG
from tests.performance.help import examples_of_counts, examples_of_ratings
from tests.performance.pages.reading import read

ROOT = Path(__file__).resolve().parents[3]
CALCULATING = sorted((ROOT / "performance" / "calculation").rglob("*.py"))
# What the calculation uses of the statistics without its being a method of its own: checks and wordings
# of columns, and parts that a named method puts together.
IN_SERVICE = {
    "clipped",
    "days",
    "evidence_of",
    "evidence_targets",
    "facts",
    "floats",
    "holding",
    "in_words",
    "too_few",
    "weighted",
    "weights_by_kind",
}


def imported(path: Path) -> Iterator[str]:
    """Functions of the statistics that a module imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("performance.statistics"):
            yield from (name.name for name in node.names if name.name.islower())


def imported_of_charts() -> set[str]:
    """The slugs that charts name, as texts in `methods=(...)`."""
    found = set()
    for path in (ROOT / "performance" / "charts").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.keyword) and node.arg == "methods":
                found |= {one.value for one in ast.walk(node.value) if isinstance(one, ast.Constant)}
    return found


@pytest.mark.parametrize("name", sorted({name for method in ALL for name in method.functions}))
def test_every_function_that_a_method_names_is_there(name):
    module, function = f"performance.{name}".rsplit(".", 1)

    assert callable(getattr(import_module(module), function))


def test_every_method_of_the_statistics_that_the_calculation_uses_has_a_page():
    used = {name for path in CALCULATING for name in imported(path)}
    named = {name.rsplit(".", 1)[1] for method in ALL for name in method.functions}

    assert len(used) > 15
    assert used - named - IN_SERVICE == set()


def test_every_method_that_a_chart_names_has_a_page():
    slugs = imported_of_charts()

    assert len(slugs) > 5
    assert slugs <= set(BY_SLUG)


def test_every_figure_names_the_methods_on_which_it_rests():
    """A figure is made by a call of `Figure`, which every module of charts that makes one writes out."""
    without = []
    for path in (ROOT / "performance" / "charts").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            is_figure = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Figure"
            if is_figure and "methods" not in {keyword.arg for keyword in node.keywords}:
                without.append(path.name)

    assert without == []


def example_of(slug: str) -> Callable[[], list[str]]:
    name = slug.replace("-", "_")
    for module in (examples_of_counts, examples_of_ratings):
        # What is called as its function is has an underscore behind it.
        found = getattr(module, f"{name}_", None) or getattr(module, name, None)
        if found:
            return found
    raise LookupError(slug)


@pytest.mark.parametrize("slug", BY_SLUG)
def test_the_worked_example_of_a_method_is_what_the_code_gives(client, slug):
    page = read(client.get(f"/methods/{slug}/").content.decode())
    said = page.one("section", id="example").text
    expected = example_of(slug)()

    assert expected
    for text in expected:
        assert text in said
