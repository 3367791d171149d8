"""The data dictionary: what stands in each column of each file, from content/columns.yaml beside this."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from performance import vocabulary
from performance.models import Measure
from trusts.words import Word

CONTENT = Path(__file__).parent / "content" / "columns.yaml"
TYPES = ("text", "integer", "number", "boolean", "date", "datetime")


@dataclass(frozen=True)
class Field:
    """A column of a file. `type` is one of TYPES, `unit` blank for what has none, `method` the slug of
    the page that says how it is worked out, blank for what isn't. `words` are all values that a column of
    a few words can have, each with what it means."""

    name: str
    title: str
    type: str
    description: str
    unit: str = ""
    method: str = ""
    words: tuple[tuple[str, str], ...] = ()

    @property
    def heading(self) -> str:
        """For people: with its unit."""
        return f"{self.title} ({self.unit})" if self.unit else self.title

    @property
    def in_full(self) -> str:
        """The description, and what each word in the column means."""
        meanings = "; ".join(f"{word}: {label}" for word, label in self.words)
        return f"{self.description} {meanings}." if meanings else self.description


@cache
def dictionary() -> dict[str, Field]:
    """Every column by its name, in the order of the file."""
    return read_fields(CONTENT)


def read_fields(content: Path) -> dict[str, Field]:
    """Of a file such as columns.yaml."""
    entries = yaml.safe_load(content.read_text())
    return {name: _field(name, entry) for name, entry in entries.items()}


def fields_of(columns: Iterable[str], measures: Mapping[str, Measure]) -> list[Field]:
    """Of the columns of a file. A column may bear the code of one of its measures: it then holds that
    measure's values. Raises KeyError for a column that the dictionary lacks."""
    return [_of_measure(measures[name]) if name in measures else dictionary()[name] for name in columns]


def _field(name: str, entry: Mapping[str, Any]) -> Field:
    words: type[Word] | None = getattr(vocabulary, entry["words"]) if "words" in entry else None
    return Field(
        name,
        entry["title"],
        entry["type"],
        entry["description"],
        entry.get("unit", ""),
        entry.get("method", ""),
        tuple(words.choices()) if words else (),
    )


def _of_measure(measure: Measure) -> Field:
    unit = measure.unit_label or measure.get_unit_display()
    return Field(measure.code, measure.short_title, "number", f"{measure.title}: the value.", unit)
