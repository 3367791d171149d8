"""Who has sent what: measures by month, and trusts by month."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Count

from performance.models import HANDED_ON, Framework, FrameworkMeasure, Observation, Series, TrustReturn
from performance.periods import Period, month_of
from performance.returns.expected import SENT, Expected, Progress, months_of


@dataclass(frozen=True)
class TrustRow:
    """The months of one trust, in order, and how many of them are late."""

    expected: list[Expected]

    @property
    def late(self) -> int:
        return sum(one.progress == Progress.LATE for one in self.expected)


@dataclass(frozen=True)
class MeasureRow:
    """For each month, of how many trusts there is a figure that was submitted."""

    entry: FrameworkMeasure
    sent: dict[Period, int] = field(default_factory=dict)


def trusts_by_month(expected: list[Expected]) -> list[TrustRow]:
    """A row for each trust, those with most months late first."""
    of_trust: dict[int, list[Expected]] = defaultdict(list)
    for one in expected:
        of_trust[one.organisation.pk].append(one)
    rows = [TrustRow(sorted(months, key=lambda one: one.period)) for months in of_trust.values()]
    return sorted(rows, key=lambda row: (-row.late, row.expected[0].organisation.name))


def measures_by_month(series: Series, framework: Framework) -> list[MeasureRow]:
    """A row for each measure of the framework, as its domains have them."""
    entries = FrameworkMeasure.objects.filter(domain__framework=framework).select_related("measure", "domain")
    counts = _trusts_with_a_figure(series, framework)
    months = list(months_of(framework, series.today))
    return [
        MeasureRow(entry, {month: counts[entry.measure_id, month] for month in months})
        for entry in entries.order_by("domain__position", "position")
    ]


def sent_by_month(expected: list[Expected]) -> dict[Period, tuple[int, int]]:
    """For each month, from how many trusts there is a return, and how many are expected to send one."""
    all_of, sent = (
        Counter(one.period for one in expected),
        Counter(one.period for one in expected if one.progress in SENT),
    )
    return {period: (sent[period], count) for period, count in sorted(all_of.items())}


def _trusts_with_a_figure(series: Series, framework: Framework) -> Counter[tuple[int, Period]]:
    versions = TrustReturn.objects.latest_versions().filter(
        series=series, framework=framework, state__in=HANDED_ON
    )
    rows = Observation.objects.filter(trust_return__in=versions).values(
        "measure", "period_start", "period_end"
    )
    counts: Counter[tuple[int, Period]] = Counter()
    for row in rows.annotate(trusts=Count("organisation", distinct=True)):
        period = Period(row["period_start"], row["period_end"])
        if period == month_of(period.end):
            counts[row["measure"], period] = row["trusts"]
    return counts
