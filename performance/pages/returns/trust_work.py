"""What a trust has to do about its returns, what waits for others, and what is done."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q
from django.urls import reverse

from performance.models import Framework, ReturnState, Series, Severity, TrustReturn
from performance.models.trust_return import TrustReturnQuerySet
from performance.pages.returns.period_address import in_address
from performance.pages.returns.version import Version, sending
from performance.periods import Period, written_date
from performance.returns.expected import Expected, Progress, expected_returns
from performance.wording import counted, listed
from trusts.models import Person


@dataclass(frozen=True)
class Unsent:
    """A month for which nothing has come yet."""

    expected: Expected
    today: datetime.date

    @property
    def period(self) -> Period:
        return self.expected.period

    @property
    def when(self) -> str:
        """due 15 May 2010, 12 days late."""
        late = self.expected.days_late(self.today)
        due = f"due {written_date(self.expected.due)}"
        return f"{due}, {counted(late, 'day')} late" if late else due

    @property
    def send(self) -> str:
        return sending("send-return", self.expected.framework, self.period)


@dataclass(frozen=True)
class UnsentMonths:
    """Those of one framework, the longest overdue first."""

    framework: Framework
    months: list[Unsent]

    @property
    def only(self) -> Period | None:
        """The one month, where there is one alone."""
        return self.months[0].period if len(self.months) == 1 else None

    @property
    def enter(self) -> str:
        return sending("enter-return", self.framework, self.only)

    @property
    def template(self) -> str:
        """Of the only month, or the page to choose one on."""
        if self.only:
            return reverse("return-template", args=[self.framework.slug, in_address(self.only)])
        return sending("return-templates", self.framework)


@dataclass(frozen=True)
class Accepted:
    """What counts now, of one framework, in order of time."""

    framework: Framework
    versions: list[Version]


@dataclass(frozen=True)
class TrustWork:
    sent_back: list[Version]
    drafts: list[Version]
    late: list[UnsentMonths]
    due: list[UnsentMonths]
    submitted: list[Version]
    approved: list[Version]
    accepted: list[Accepted]

    @property
    def to_do(self) -> str:
        """1 return sent back, 2 drafts and 3 late months; nothing where there is nothing to do."""
        parts = (
            (len(self.sent_back), "return sent back", "returns sent back"),
            (len(self.drafts), "draft", ""),
            (self.late_months, "late month", ""),
            (self.due_months, "month due", "months due"),
        )
        return listed([counted(number, *words) for number, *words in parts if number])

    @property
    def late_months(self) -> int:
        return sum(len(group.months) for group in self.late)

    @property
    def due_months(self) -> int:
        return sum(len(group.months) for group in self.due)


def trust_work(series: Series, person: Person) -> TrustWork:
    """Of the person's own trust."""
    expected = expected_returns(series, person.organisation)
    visible = TrustReturn.objects.visible_to(person).filter(series=series)
    versions = _unaccepted(visible)
    return TrustWork(
        sent_back=versions[ReturnState.RETURNED],
        drafts=versions[ReturnState.DRAFT],
        late=_unsent(expected, Progress.LATE, series.today),
        due=_unsent(expected, Progress.DUE, series.today),
        submitted=versions[ReturnState.SUBMITTED],
        approved=versions[ReturnState.APPROVED],
        accepted=_accepted(visible),
    )


def _unaccepted(visible: TrustReturnQuerySet) -> dict[ReturnState, list[Version]]:
    """The last versions that aren't accepted, each with how many of its warnings have no reason."""
    open_warnings = Q(findings__severity=Severity.WARNING, findings__accepted_at__isnull=True)
    stored = (
        visible.latest_versions()
        .exclude(state=ReturnState.ACCEPTED)
        .select_related("framework", "organisation", "submitted_by", "approved_by", "returned_by")
        .annotate(open_warnings=Count("findings", filter=open_warnings))
        .order_by("period_end", "framework__starts")
    )
    found: dict[ReturnState, list[Version]] = {state: [] for state in ReturnState}
    for version in stored:
        found[ReturnState(version.state)].append(Version(version))
    return found


def _unsent(expected: Iterable[Expected], progress: Progress, today: datetime.date) -> list[UnsentMonths]:
    """By framework, that with the longest overdue month first."""
    found: dict[int, UnsentMonths] = {}
    for one in expected:
        if one.progress == progress:
            group = found.setdefault(one.framework.pk, UnsentMonths(one.framework, []))
            group.months.append(Unsent(one, today))
    return list(found.values())


def _accepted(visible: TrustReturnQuerySet) -> list[Accepted]:
    current = visible.current().select_related("framework")
    stored = current.order_by("-framework__starts", "framework", "period_start")
    return [
        Accepted(framework, [Version(version) for version in versions])
        for framework, versions in groupby(stored, key=lambda version: version.framework)
    ]
