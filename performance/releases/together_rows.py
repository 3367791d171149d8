"""All organisations of a year together, as pages and charts see them: plain values, no database."""

from dataclasses import dataclass

from performance.periods import Period
from performance.wording import written_counts, written_number, written_share


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
