"""A row of a comparison that is no result of its release: plain values, no database."""

from dataclasses import dataclass

from performance.releases.rows import ResultRow

OWN_GROUP = "own-group"
NO_FIGURE, NOT_STANDING, NOT_ADDED_UP = "No figure", "Not there then", "Not added up"


@dataclass(frozen=True)
class ChosenRow(ResultRow):
    """A group of the reader's own, or a gap. `said` stands where a number would."""

    said: str = ""

    @property
    def written(self) -> str:
        return self.said or super().written
