"""What an audit might ask of one organisation: signs in its figures, each a question and no finding."""

from dataclasses import dataclass

from performance.models import Release
from performance.periods import Period
from performance.vocabulary import AuditSignal


@dataclass(frozen=True)
class AuditRow:
    """One thing that was looked at. `question`: what it gives rise to, blank where to nothing;
    `reason`: why it couldn't be looked at."""

    signal: AuditSignal
    measure: str
    measure_title: str
    period: Period
    n: int
    adjusted_p: float | None
    question: str
    reason: str


@dataclass(frozen=True)
class Audit:
    """All that was looked at, of one organisation up to one day."""

    rows: list[AuditRow]

    @property
    def questions(self) -> list[AuditRow]:
        """The least likely by chance first."""
        asked = (row for row in self.rows if row.question)
        return sorted(asked, key=lambda row: 1.0 if row.adjusted_p is None else row.adjusted_p)

    @property
    def looked_at(self) -> int:
        return sum(not row.reason for row in self.rows)

    @property
    def without_a_question(self) -> int:
        return self.looked_at - len(self.questions)

    @property
    def not_looked_at(self) -> int:
        return len(self.rows) - self.looked_at


def audit_of(release: Release, slug: str) -> Audit:
    """Whatever years its figures are of: signs are looked for in all of them together."""
    results = release.audit_results.filter(organisation__slug=slug).select_related("measure")
    return Audit(
        [
            AuditRow(
                signal=AuditSignal(result.signal),
                measure=result.measure.code,
                measure_title=result.measure.title,
                period=Period(result.period_start, result.period_end),
                n=result.n,
                adjusted_p=result.adjusted_p,
                question=result.question,
                reason=result.reason,
            )
            for result in results.order_by("measure__title", "signal", "period_start")
        ]
    )
