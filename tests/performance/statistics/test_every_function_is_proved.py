"""No figure without proof: every public function of the statistics is held against a second
implementation or a worked example, in a test that says so with a marker and calls it."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from performance import statistics

HERE = Path(__file__).parent
PROOFS = ("oracle", "worked_example")


def public_functions() -> Iterator[str]:
    for module in pkgutil.walk_packages(statistics.__path__, f"{statistics.__name__}."):
        for name, thing in vars(importlib.import_module(module.name)).items():
            if inspect.isfunction(thing) and thing.__module__ == module.name and not name.startswith("_"):
                yield f"{module.name}.{name}"


def proved_functions() -> Iterator[str]:
    for path in HERE.glob("test_*.py"):
        yield from proved_in(ast.parse(path.read_text()))


def proved_in(tree: ast.Module) -> Iterator[str]:
    """The functions that a file's tests are marked as proof of, and use."""
    imported = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    definitions = dict(named_definitions(tree))
    for name, node in definitions.items():
        if name.startswith("test_") and isinstance(node, ast.FunctionDef):
            used = everything_used(name, definitions)
            yield from (imported[subject] for subject in marked_subjects(node) if subject in used)


def named_definitions(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node


def marked_subjects(test: ast.FunctionDef) -> Iterator[str]:
    for decorator in test.decorator_list:
        if is_a_proof(decorator):
            yield from (k.value.id for k in decorator.keywords if isinstance(k.value, ast.Name))


def is_a_proof(decorator: ast.expr) -> bool:
    return (
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and decorator.func.attr in PROOFS
    )


def everything_used(name: str, definitions: dict[str, ast.stmt]) -> set[str]:
    """The names in a test, in its parameters, and in the file's helpers that it calls."""
    used: set[str] = set()
    to_read = [name]
    while to_read:
        found = names_in(definitions[to_read.pop()]) - used
        used |= found
        to_read += found & set(definitions)
    return used


def names_in(node: ast.stmt) -> set[str]:
    """Those of its markers apart: a marker alone proves nothing."""
    parts: list[ast.AST] = [node]
    if isinstance(node, ast.FunctionDef):
        parts = [*node.body, *(d for d in node.decorator_list if not is_a_proof(d))]
    return {n.id for part in parts for n in ast.walk(part) if isinstance(n, ast.Name)}


def test_every_public_function_is_proved():
    functions = set(public_functions())
    assert functions

    assert sorted(functions - set(proved_functions())) == []


@pytest.mark.parametrize(
    ("test", "is_proof"),
    [
        ("@pytest.mark.oracle(of=wilson)\ndef test_a():\n    assert wilson(1, 2)", True),
        ("@pytest.mark.worked_example(of=wilson)\ndef test_a():\n    assert call()", True),
        (
            "@pytest.mark.oracle(of=wilson)\n@pytest.mark.parametrize('f', [wilson])\ndef test_a(f): f(1)",
            True,
        ),
        ("@pytest.mark.oracle(of=wilson)\ndef test_a():\n    assert True", False),
        ("@pytest.mark.slow\ndef test_a():\n    assert wilson(1, 2)", False),
        ("def test_a():\n    assert wilson(1, 2)", False),
    ],
)
def test_proof_is_a_marked_test_that_calls_the_function(test, is_proof):
    tree = ast.parse(f"from a.b import wilson\ndef call():\n    return wilson(1, 2)\n{test}")

    assert list(proved_in(tree)) == (["a.b.wilson"] if is_proof else [])
