"""The rows of the two tables of who has sent what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from performance.periods import Period
from performance.returns.expected import SENT, Expected, Progress
from performance.returns.matrix import MeasureRow, TrustRow
from performance.wording import written_counts

# A word that fits into a narrow cell, and what it stands for.
MARKS = {
    Progress.LATE: ("Late", "nothing has come, and the due date is over"),
    Progress.DUE: ("Due", "nothing has come yet"),
    Progress.RETURNED: ("Back", "sent back to the trust"),
    Progress.DRAFT: ("Draft", "a draft at the trust"),
    Progress.SUBMITTED: ("Sent", "submitted, and waiting for the trust’s chief executive"),
    Progress.APPROVED: ("Signed", "approved, and waiting for NOMS"),
    Progress.ACCEPTED: ("Done", "accepted"),
}


@dataclass(frozen=True)
class Mark:
    """How far a trust's return for a month is, as a cell shows it."""

    progress: Progress
    address: str = ""

    @property
    def word(self) -> str:
        return MARKS[self.progress][0]

    @property
    def meaning(self) -> str:
        return MARKS[self.progress][1]


LEGEND = [Mark(progress) for progress in Progress]


@dataclass(frozen=True)
class Count:
    """How many there are, and how many there should be."""

    sent: int
    expected: int

    @property
    def written(self) -> str:
        return written_counts(self.sent, self.expected)

    @property
    def is_short(self) -> bool:
        return self.sent < self.expected


def in_all(counts: Iterable[Count]) -> Count:
    counts = list(counts)
    return Count(sum(count.sent for count in counts), sum(count.expected for count in counts))


@dataclass(frozen=True)
class TrustLine:
    row: TrustRow
    months: Sequence[Period]

    @property
    def name(self) -> str:
        return self.row.expected[0].organisation.name

    @property
    def late(self) -> int:
        return self.row.late

    @property
    def marks(self) -> list[Mark | None]:
        """One for each month; None where the trust didn't stand."""
        by_month = {one.period: _mark(one) for one in self.row.expected}
        return [by_month.get(month) for month in self.months]

    @property
    def in_all(self) -> Count:
        return Count(sum(one.progress in SENT for one in self.row.expected), len(self.row.expected))


@dataclass(frozen=True)
class MeasureLine:
    """counts: for each month, of how many trusts there is a figure."""

    title: str
    counts: Sequence[Count]

    @property
    def has_months(self) -> bool:
        """Some measures come by quarter or by year alone."""
        return any(count.sent for count in self.counts)

    @property
    def in_all(self) -> Count:
        return in_all(self.counts)


def measure_line(row: MeasureRow, by_month: Mapping[Period, Count]) -> MeasureLine:
    counts = [Count(row.sent.get(month, 0), of.expected) for month, of in by_month.items()]
    return MeasureLine(row.entry.measure.title, counts)


def all_measures(lines: Sequence[MeasureLine]) -> MeasureLine:
    """The sums of the measures that come by month."""
    columns = zip(*(line.counts for line in lines if line.has_months), strict=True)
    return MeasureLine("All measures", [in_all(column) for column in columns])


def _mark(one: Expected) -> Mark:
    return Mark(one.progress, reverse("return", args=[one.version]) if one.version else "")
