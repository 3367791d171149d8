"""Reading definition files, with every problem named by file, line and key."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from performance.frameworks.schema import FrameworkDefinition, MeasureDefinition, MeasureFile
from trusts.content import ContentError, Problem, expectation, quoted

CONTENT = Path(__file__).parent / "content"
Model = TypeVar("Model", bound=BaseModel)


class PlainLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Leaves dates as texts: the schema reads them, and can then say what is wrong with one. In C where
    that came with the library, which is ten times as fast."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


@dataclass(frozen=True)
class Definitions:
    """All measures by code and all frameworks by slug, each reference between them checked."""

    measures: dict[str, MeasureDefinition]
    frameworks: dict[str, FrameworkDefinition]


def read_definitions(directory: Path = CONTENT) -> Definitions:
    """Every definition file. Raises ContentError naming each problem in all of them."""
    problems: list[Problem] = []
    measures: dict[str, MeasureDefinition] = {}
    frameworks: dict[str, FrameworkDefinition] = {}
    for path in _files(directory / "measures", problems):
        for measure in _read(path, MeasureFile, problems):
            problems += _add_measures(path, measure, measures)
    for path in _files(directory / "frameworks", problems):
        for framework in _read(path, FrameworkDefinition, problems):
            if framework.slug in frameworks:
                line = _line_in(path, ("slug",))
                found = quoted(framework.slug)
                problems.append(Problem(path.name, line, "slug", found, "a slug defined once"))
            frameworks[framework.slug] = framework
            problems += _unknown_measures(path, framework, measures)
    if problems:
        raise ContentError(problems)
    return Definitions(measures, frameworks)


def _files(directory: Path, problems: list[Problem]) -> list[Path]:
    paths = sorted(directory.glob("*.yaml"))
    if not paths:
        found, expected = "no definition files", "at least one ending in .yaml"
        problems.append(Problem(str(directory), 1, "whole folder", found, expected))
    return paths


def _keys_twice(path: Path, node: yaml.Node | None) -> Iterator[Problem]:
    """YAML itself takes the last of two equal keys and says nothing of the first."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                line = key.start_mark.line + 1
                yield Problem(path.name, line, key.value, "this key twice", "each key once")
            seen.add(key.value)
            yield from _keys_twice(path, value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _keys_twice(path, item)


def _read(path: Path, model: type[Model], problems: list[Problem]) -> Iterator[Model]:
    """The file's content, or nothing and its problems added to the list."""
    try:
        text = path.read_text(encoding="utf-8")
        loader = PlainLoader(text)
        tree = loader.get_single_node()
        problems += _keys_twice(path, tree)
        yield model.model_validate(loader.construct_document(tree) if tree else None)
    except yaml.YAMLError as fault:
        error = _as_python_tells_it(text, fault)
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        found = str(getattr(error, "problem", None) or error).splitlines()[0]
        problems.append(Problem(path.name, line, "whole file", found, "well-formed YAML"))
    except UnicodeDecodeError:
        problems.append(Problem(path.name, 1, "whole file", "other bytes", "text in UTF-8"))
    except ValidationError as error:
        for detail in error.errors():
            line = line_of(tree, detail["loc"])
            key = ".".join(str(part) for part in detail["loc"]) or "whole file"
            found = _found(detail["input"], missing=detail["type"] == "missing")
            problems.append(Problem(path.name, line, key, found, expectation(detail)))


def _as_python_tells_it(text: str, fault: yaml.YAMLError) -> yaml.YAMLError:
    """The same fault in the words and at the line of the parser that is everywhere."""
    try:
        yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as told:
        return told
    return fault


def _found(value: Any, *, missing: bool) -> str:
    if missing:
        return "nothing"
    if isinstance(value, (dict, list)):
        return "the entries given"
    return quoted(value)


def line_of(node: yaml.Node | None, location: tuple[int | str, ...]) -> int:
    """The line (first = 1) of the deepest part of a location that stands in the file.

    A location may name parts that aren't in the file: a missing key, or the tag by which
    pydantic chose between two shapes. Those are passed over.
    """
    line = node.start_mark.line + 1 if node else 1
    for part in location:
        child = _child(node, part)
        if child is not None:
            line, node = child
    return line


def _child(node: yaml.Node | None, part: int | str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line + 1, node.value[part]
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return key.start_mark.line + 1, value
    return None


def _add_measures(path: Path, file: MeasureFile, measures: dict[str, MeasureDefinition]) -> Iterator[Problem]:
    for number, measure in enumerate(file.measures):
        if measure.code in measures:
            line = _line_in(path, ("measures", number, "code"))
            yield Problem(path.name, line, "code", quoted(measure.code), "a code defined once")
        measures[measure.code] = measure


def _unknown_measures(
    path: Path, framework: FrameworkDefinition, measures: dict[str, MeasureDefinition]
) -> Iterator[Problem]:
    for d, domain in enumerate(framework.domains):
        for m, entry in enumerate(domain.measures):
            if entry.measure not in measures:
                line = _line_in(path, ("domains", d, "measures", m, "measure"))
                expected = "the code of a measure under measures/"
                yield Problem(path.name, line, "measure", quoted(entry.measure), expected)


def _line_in(path: Path, location: tuple[int | str, ...]) -> int:
    return line_of(yaml.compose(path.read_text(encoding="utf-8"), Loader=PlainLoader), location)
