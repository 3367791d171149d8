"""Which figures stand on which page, each from the rows that it needs."""

from collections import Counter
from collections.abc import Callable, Sequence

from performance.calculation.indicators import FEWEST_TO_COMPARE
from performance.charts.figure import Figure
from performance.charts.framework_mix import framework_mix_chart
from performance.charts.funnel import funnel
from performance.charts.national_targets import LOOKS as TARGET_KINDS
from performance.charts.national_targets import national_targets
from performance.charts.spread import spread
from performance.charts.timeliness_beside_reoffending import (
    REOFFENDING,
    TIMELINESS,
    timeliness_beside_reoffending,
)
from performance.charts.trend import MOST_LINES, trend
from performance.models import Release
from performance.releases.definitions import mixes_of
from performance.releases.results import results_against_targets, results_of_measures
from performance.releases.rows import ResultRow
from performance.releases.summary import ACCOMMODATION, NATION, WORKLOAD


def framework_mix_figure(release: Release) -> Figure | None:
    return framework_mix_chart(mixes_of(release))


def national_targets_figure(release: Release) -> Figure | None:
    rows = results_against_targets(release, NATION, list(TARGET_KINDS))
    return national_targets(rows) if rows else None


def timeliness_figure(release: Release) -> Figure | None:
    rows = results_of_measures(release, [*TIMELINESS, *REOFFENDING])
    return timeliness_beside_reoffending(rows) if rows else None


def accommodation_figure(release: Release) -> Figure | None:
    return funnel_figure(results_of_measures(release, [ACCOMMODATION]))


def workload_figure(release: Release) -> Figure | None:
    return spread_figure(results_of_measures(release, [WORKLOAD]))


# The figures of the first page, in its order, each with an address of its own for its CSV.
SUMMARY_FIGURES: dict[str, Callable[[Release], Figure | None]] = {
    "framework-mix": framework_mix_figure,
    "national-targets": national_targets_figure,
    "accommodation": accommodation_figure,
    "timeliness-beside-reoffending": timeliness_figure,
    "workload": workload_figure,
}


def measure_figures(rows: Sequence[ResultRow]) -> list[Figure]:
    """The figures that suit a measure's results: a funnel where there are counts to compare,
    a spread where there are many organisations without, a trend where there are years."""
    found = (funnel_figure(rows) or spread_figure(rows), trend_figure(rows))
    return [figure for figure in found if figure]


def funnel_figure(rows: Sequence[ResultRow]) -> Figure | None:
    """Of the latest period in which enough organisations of a kind have counts."""
    compared = [row for row in rows if row.baseline is not None]
    if not compared:
        return None
    latest = max(compared, key=lambda row: (row.period, row.organisation_kind))
    same = (latest.period, latest.organisation_kind)
    return funnel([row for row in compared if (row.period, row.organisation_kind) == same])


def spread_figure(rows: Sequence[ResultRow]) -> Figure | None:
    """Of the kind of organisation that most figures are about, if enough of it have one."""
    local = [row for row in rows if row.organisation != NATION and row.value is not None]
    kinds = Counter(row.organisation_kind for row in local).most_common(1)
    of_one_kind = [row for row in local if row.organisation_kind == kinds[0][0]]
    if len({row.organisation for row in of_one_kind}) < FEWEST_TO_COMPARE:
        return None
    return spread(of_one_kind, [row for row in rows if row.organisation == NATION])


def trend_figure(rows: Sequence[ResultRow]) -> Figure | None:
    """Of the organisations with the most figures, where one has two or more."""
    known = [row for row in rows if row.value is not None]
    count = {name: 0 for name in sorted(row.organisation for row in known)}
    for row in known:
        count[row.organisation] += 1
    several = [name for name, figures in count.items() if figures > 1]
    if not several or len(several) > MOST_LINES:
        several = [NATION] if count.get(NATION, 0) > 1 else []
    chosen = [row for row in known if row.organisation in several]
    return trend(chosen) if chosen else None
