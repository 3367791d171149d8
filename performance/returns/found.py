"""What is found wrong, or worth asking about, in what a trust sends."""

from collections.abc import Iterable
from dataclasses import dataclass

from performance.models import Severity

# Findings of one kind that are listed; of the others it is said how many there are.
MOST_OF_A_KIND = 1_000


@dataclass(frozen=True)
class Found:
    """One finding: which check, how grave, where, and in words.

    row is as a spreadsheet counts, None for a whole file; column is the header as the sender wrote
    it, empty for a whole row or file; sentence says what is wrong and what is expected.
    """

    code: str
    severity: Severity
    row: int | None
    column: str
    sentence: str

    @property
    def is_error(self) -> bool:
        return self.severity == Severity.ERROR

    @property
    def place(self) -> tuple[int, str]:
        """For putting findings in the order in which a reader comes upon them."""
        return (self.row or 0, self.column)


def error(code: str, sentence: str, *, row: int | None = None, column: str = "") -> Found:
    return Found(code, Severity.ERROR, row, column, sentence)


def warning(code: str, sentence: str, *, row: int | None = None, column: str = "") -> Found:
    return Found(code, Severity.WARNING, row, column, sentence)


class CannotRead(Exception):
    """A file can't be read as a return at all. `found` has every reason that is known."""

    def __init__(self, found: Iterable[Found]):
        self.found = list(found)
        super().__init__("\n".join(finding.sentence for finding in self.found))
