"""What waits for NOMS, and what is late or still at trusts."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.timezone import localtime

from performance.charts.figure import Column, Row, Table
from performance.models import Framework, ReturnState, Series, TrustReturn
from performance.pages.returns.version import Version
from performance.periods import written_date
from performance.returns.expected import Expected, Progress, expected_returns
from performance.wording import counted
from trusts.models import Organisation, Person

# As many as anyone reads through; the oldest come first.
MOST_SHOWN = 100
AT_TRUSTS = (
    (ReturnState.DRAFT, "draft", "drafts"),
    (ReturnState.SUBMITTED, "waiting for its chief executive", "waiting for their chief executives"),
    (ReturnState.RETURNED, "sent back and not sent again", "sent back and not sent again"),
)
WAITING = (
    Column(
        "name",
        "Return",
        show=lambda row: row["version"].full_name,
        link=lambda row: row["version"].address,
    ),
    Column("approved", "Approved", show=lambda row: written_date(row["approved"])),
    Column("by", "By"),
)


@dataclass(frozen=True)
class NomsWork:
    waiting: Table
    waiting_in_all: int
    late: Table
    late_in_all: int
    at_trusts: list[str]


def noms_work(series: Series, person: Person) -> NomsWork:
    late = [one for one in expected_returns(series) if one.progress == Progress.LATE]
    frameworks = sorted({one.framework for one in late}, key=lambda framework: framework.starts)
    latest = TrustReturn.objects.visible_to(person).latest_versions().filter(series=series)
    states = dict(latest.values_list("state").annotate(count=Count("pk")).order_by())
    return NomsWork(
        waiting=_waiting(latest.filter(state=ReturnState.APPROVED)),
        waiting_in_all=states.get(ReturnState.APPROVED, 0),
        late=Table(_late_columns(frameworks), _late_rows(late, frameworks, series.today)),
        late_in_all=len(late),
        at_trusts=[counted(states[state], *words) for state, *words in AT_TRUSTS if state in states],
    )


def _waiting(approved: QuerySet[TrustReturn]) -> Table:
    stored = approved.select_related("organisation", "framework", "approved_by")
    rows: list[Row] = [
        {
            "version": Version(version),
            "approved": localtime(version.approved_at),
            "by": str(version.approved_by),
        }
        for version in stored.order_by("approved_at", "pk")[:MOST_SHOWN]
    ]
    return Table(WAITING, rows)


def _late_columns(frameworks: Sequence[Framework]) -> list[Column]:
    return [
        Column("trust", "Trust"),
        *(Column(framework.slug, framework.short_title, numeric=True) for framework in frameworks),
        Column("all", "Late in all", numeric=True),
        Column("longest", "Longest", numeric=True, show=lambda row: counted(row["longest"], "day")),
    ]


def _late_rows(late: Sequence[Expected], frameworks: Sequence[Framework], today: datetime.date) -> list[Row]:
    """A row for each trust, those with most late first."""
    of_trust: dict[Organisation, list[Expected]] = defaultdict(list)
    for one in late:
        of_trust[one.organisation].append(one)
    most_first = sorted(of_trust.items(), key=lambda found: (-len(found[1]), found[0].name))
    return [_late_row(trust, months, frameworks, today) for trust, months in most_first]


def _late_row(
    trust: Organisation, late: Sequence[Expected], frameworks: Sequence[Framework], today: datetime.date
) -> Row:
    return {
        "trust": trust.name,
        **{framework.slug: sum(one.framework == framework for one in late) for framework in frameworks},
        "all": len(late),
        "longest": max(one.days_late(today) for one in late),
    }
