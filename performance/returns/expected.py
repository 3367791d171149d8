"""Which returns are expected of trusts, and how each stands: a month of a framework for each trust
that stood then, due on the 15th of the month after (Probation Circular 28/2006)."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from performance.models import Framework, Observation, Series, TrustReturn
from performance.periods import Period, month_of
from trusts.models import Organisation, OrganisationKind
from trusts.words import Word

DUE_DAY = 15
DAY = datetime.timedelta(days=1)


class Progress(Word):
    """How far the return for a month is, from the least to the furthest."""

    LATE = "late", "Late"
    DUE = "due", "Due"
    RETURNED = "returned", "Sent back"
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Waiting for approval"
    APPROVED = "approved", "Waiting for NOMS"
    ACCEPTED = "accepted", "Accepted"


# What the trust has to do something about.
WITH_THE_TRUST = (Progress.LATE, Progress.DUE, Progress.RETURNED, Progress.DRAFT)
SENT = (Progress.SUBMITTED, Progress.APPROVED, Progress.ACCEPTED)
FURTHER = {progress: place for place, progress in enumerate(Progress)}


@dataclass(frozen=True)
class Expected:
    """A return for one month. version: the last one that has figures for it, if any has."""

    organisation: Organisation
    framework: Framework
    period: Period
    due: datetime.date
    progress: Progress
    version: int | None = None

    def days_late(self, today: datetime.date) -> int:
        """0 where it isn't late."""
        return max(0, (today - self.due).days)


def due_date(period: Period) -> datetime.date:
    return month_of(period.end + DAY).start.replace(day=DUE_DAY)


def expected_returns(
    series: Series, organisation: Organisation | None = None, framework: Framework | None = None
) -> list[Expected]:
    """Those for all months that are over, by due date and trust; of one trust or framework, if given."""
    trusts = Organisation.objects.of_kind(OrganisationKind.TRUST)
    trusts = trusts.filter(pk=organisation.pk) if organisation else trusts
    frameworks = [framework] if framework else list(Framework.objects.all())
    sent = _sent_months(series, organisation, framework)
    found = [
        _expected(trust, in_framework, month, series.today, sent)
        for in_framework in frameworks
        for month in months_of(in_framework, series.today)
        for trust in trusts
        if stands_through(trust, month)
    ]
    return sorted(found, key=lambda one: (one.due, one.organisation.name))


def months_of(framework: Framework, today: datetime.date) -> Iterator[Period]:
    """The months of a framework's years that are over."""
    month = month_of(framework.starts)
    while month.end <= framework.ends and month.end < today:
        yield month
        month = month_of(month.end + DAY)


def stands_through(trust: Organisation, period: Period) -> bool:
    """Whether the record has it open throughout; a date that it doesn't give can't rule that out."""
    return (trust.opened is None or trust.opened <= period.start) and (
        trust.closed is None or trust.closed >= period.end
    )


Sent = dict[tuple[int, int, Period], tuple[Progress, int]]


def _sent_months(series: Series, organisation: Organisation | None, framework: Framework | None) -> Sent:
    """How far each trust's return for each month of a framework is, and which version that is. Where
    several hold figures for a month, the furthest counts."""
    versions = TrustReturn.objects.latest_versions().filter(series=series)
    versions = versions.filter(organisation=organisation) if organisation else versions
    versions = versions.filter(framework=framework) if framework else versions
    sent: Sent = {}
    for key, period, state, version in _months_with_figures(versions):
        progress = Progress(state)
        furthest = sent.get((*key, period))
        if furthest is None or FURTHER[progress] > FURTHER[furthest[0]]:
            sent[(*key, period)] = (progress, version)
    return sent


def _months_with_figures(
    versions: Iterable[TrustReturn],
) -> Iterator[tuple[tuple[int, int], Period, str, int]]:
    rows = Observation.objects.filter(trust_return__in=versions).values_list(
        "trust_return__organisation",
        "trust_return__framework",
        "period_start",
        "period_end",
        "trust_return__state",
        "trust_return",
    )
    for organisation, framework, start, end, state, version in rows.distinct():
        period = Period(start, end)
        if period == month_of(end):
            yield (organisation, framework), period, state, version


def _expected(
    trust: Organisation, framework: Framework, month: Period, today: datetime.date, sent: Sent
) -> Expected:
    due = due_date(month)
    nothing = (Progress.LATE if due < today else Progress.DUE, None)
    progress, version = sent.get((trust.pk, framework.pk, month), nothing)
    return Expected(trust, framework, month, due, progress, version)
