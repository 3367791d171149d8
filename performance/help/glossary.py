"""What the words of the field mean, from glossary.yaml beside this."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from trusts.certainty import Certainty

CONTENT = Path(__file__).with_name("glossary.yaml")


@dataclass(frozen=True)
class Term:
    """`source` and `certainty` are those of the facts in the meaning, both blank where it has none:
    then it says how the word is used here. `method` is the slug of the page that goes on from it."""

    slug: str
    term: str
    meaning: str
    source: str = ""
    address: str = ""
    certainty: str = ""
    method: str = ""

    @property
    def how_sure(self) -> str:
        return Certainty(self.certainty).label if self.certainty else ""


@cache
def terms() -> list[Term]:
    """In the order of the alphabet."""
    found = [Term(**entry) for entry in yaml.safe_load(CONTENT.read_text())]
    return sorted(found, key=lambda term: term.term.lower())
