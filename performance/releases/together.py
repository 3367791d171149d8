"""All organisations of a year together: their targets and their offenders."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from performance.models import Release
from performance.periods import Period
from performance.vocabulary import ProcessKind
from performance.wording import written_counts, written_number, written_share

# The counts that are summed, in the order of Together's fields; ratios come after.
SUMMED = ("targets_met", "targets_judged", "reoffended", "cohort", "expected")


@dataclass(frozen=True)
class Together:
    """One framework in one year. Shares and rates are in per cent, None where nobody has counts."""

    period: Period
    framework: str
    organisations: int
    targets_met: int | None
    targets_judged: int | None
    reoffended: int | None
    cohort: int | None
    expected: float | None

    @property
    def met(self) -> float | None:
        return _per_cent(self.targets_met, self.targets_judged)

    @property
    def actual_rate(self) -> float | None:
        return _per_cent(self.reoffended, self.cohort)

    @property
    def predicted_rate(self) -> float | None:
        return _per_cent(self.expected, self.cohort)

    @property
    def written_met(self) -> str:
        return "" if self.met is None else written_share(self.met)

    @property
    def written_targets(self) -> str:
        return written_counts(self.targets_met or 0, self.targets_judged) if self.targets_judged else ""

    @property
    def written_reoffended(self) -> str:
        return written_counts(self.reoffended or 0, self.cohort) if self.cohort else ""

    @property
    def written_expected(self) -> str:
        return "" if self.expected is None else written_number(self.expected)


def _per_cent(part: float | None, whole: float | None) -> float | None:
    return 100 * part / whole if whole and part is not None else None


def together_by_year(release: Release) -> list[Together]:
    """Oldest first, summed from every organisation's divergence, in one query."""
    every = release.divergence_results.filter(kind=ProcessKind.ALL)
    sums = every.values_list("period_start", "period_end", "framework__short_title").annotate(
        Count("pk"), *(Sum(field) for field in SUMMED)
    )
    return [
        Together(Period(start, end), *rest)
        for start, end, *rest in sums.order_by("period_start", "framework")
    ]
