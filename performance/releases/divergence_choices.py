"""What can be asked about process beside outcome in one release: years, frameworks, kinds of process."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from performance.models import Release
from performance.periods import Period
from performance.vocabulary import ProcessKind, Quadrant


@dataclass(frozen=True)
class Slice:
    """One framework in one year, on one kind of process. `framework` is a slug; `placed`: how many
    organisations have both sides."""

    period: Period
    framework: str
    framework_title: str
    kind: ProcessKind
    placed: int


def slices_of(release: Release) -> list[Slice]:
    """By year, oldest first; of each year the framework that places most comes first."""
    names = ("period_start", "period_end", "framework__slug", "framework__short_title", "kind")
    counts = (
        release.divergence_results.values_list(*names)
        .annotate(placed=Count("pk", filter=~Q(quadrant=Quadrant.NOT_COMPARED)))
        .order_by()
    )
    slices = [
        Slice(Period(start, end), framework, title, ProcessKind(kind), placed)
        for start, end, framework, title, kind, placed in counts
    ]
    return sorted(slices, key=lambda one: (one.period, -one.placed, one.framework))


def years_in(slices: Sequence[Slice], *, placed: bool = False) -> list[Period]:
    """Oldest first; with `placed`, those alone in which somebody has both sides."""
    of_all = (one for one in slices if one.kind == ProcessKind.ALL)
    return list(dict.fromkeys(one.period for one in of_all if one.placed or not placed))


def frameworks_in(slices: Sequence[Slice], year: Period | None) -> dict[str, str]:
    """Titles by slug, the one that places most first."""
    return {
        one.framework: one.framework_title
        for one in slices
        if one.period == year and one.kind == ProcessKind.ALL
    }


def kinds_in(slices: Sequence[Slice], year: Period | None, framework: str) -> list[ProcessKind]:
    """In the order of their words."""
    found = {one.kind for one in slices if (one.period, one.framework) == (year, framework)}
    return [kind for kind in ProcessKind if kind in found]
