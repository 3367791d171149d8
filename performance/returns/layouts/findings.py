"""Findings about a file, as many of a kind as anyone reads."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from performance.returns.found import MOST_OF_A_KIND, Found, error
from performance.wording import written_number
from trusts.content import quoted

# As much of a cell as a sentence shows.
LONGEST = 60


def shown(text: str) -> str:
    """A cell in a sentence: quoted, cut where it is long."""
    return quoted(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")


class Findings:
    """Keeps the first of each code, and counts the others, whose sentences are never written."""

    def __init__(self) -> None:
        self._kept: dict[str, list[Found]] = {}
        self._counts: Counter[str] = Counter()

    def add(self, found: Found) -> None:
        self._counts[found.code] += 1
        if self._counts[found.code] <= MOST_OF_A_KIND:
            self._kept.setdefault(found.code, []).append(found)

    def add_errors(self, code: str, column: str, rows: Sequence[int], sentences: Iterable[str]) -> None:
        """An error in each of these rows; of the sentences, one for each, only as many are taken as
        are kept."""
        room = max(MOST_OF_A_KIND - self._counts[code], 0)
        for row, sentence in zip(rows[:room], sentences, strict=False):
            self.add(error(code, sentence, row=row, column=column))
        self._counts[code] += len(rows[room:])

    @property
    def has_errors(self) -> bool:
        return any(found.is_error for kept in self._kept.values() for found in kept)

    def all(self) -> list[Found]:
        """By row, as a reader of the file comes upon them; last, how many more there are of a kind."""
        found = [finding for kept in self._kept.values() for finding in kept]
        return [*sorted(found, key=lambda finding: finding.place), *self._more()]

    def _more(self) -> Iterable[Found]:
        for code, kept in self._kept.items():
            more = self._counts[code] - len(kept)
            if more:
                yield replace(kept[-1], row=None, column="", sentence=_not_listed(code, more))


def _not_listed(code: str, count: int) -> str:
    listed, others = written_number(MOST_OF_A_KIND), written_number(count)
    return f"Besides the {listed} that are listed, there are {others} more of this kind ({code})."
