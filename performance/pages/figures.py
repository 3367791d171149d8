"""Which figures stand on which page, each from the rows that it needs."""

from collections import Counter
from collections.abc import Callable, Sequence

from performance.calculation.indicators import FEWEST_TO_COMPARE
from performance.charts.accommodation_beside_workload import accommodation_beside_workload
from performance.charts.control_chart import control_chart
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
from performance.models import Release, SeriesStanding
from performance.periods import Period
from performance.releases.change_rows import ChangeRow
from performance.releases.definitions import mixes_of
from performance.releases.divergence_rows import NationalFigure
from performance.releases.results import (
    published_results_of_measures,
    results_against_targets,
    results_of_measures,
)
from performance.releases.rows import ResultRow
from performance.releases.summary import ACCOMMODATION, NATION, WORKLOAD
from performance.vocabulary import Method, Structure, Subject


def framework_mix_figure(release: Release) -> Figure | None:
    return framework_mix_chart(mixes_of(release))


def national_targets_figure(release: Release) -> Figure | None:
    rows = results_against_targets(release, NATION, list(TARGET_KINDS))
    return national_targets(rows) if rows else None


def timeliness_figure(release: Release) -> Figure | None:
    rows = published_results_of_measures(release, [*TIMELINESS, *REOFFENDING])
    return timeliness_beside_reoffending(rows) if rows else None


def accommodation_figure(release: Release) -> Figure | None:
    return funnel_figure(results_of_measures(release, [ACCOMMODATION]))


def workload_figure(release: Release) -> Figure | None:
    return spread_figure(results_of_measures(release, [WORKLOAD]))


MakeFigure = Callable[[Release], Figure | None]

# The figures of the first page of the public record, in its order, each with an address of its own
# for its CSV. Their words are about what was published.
SUMMARY_FIGURES: dict[str, MakeFigure] = {
    "framework-mix": framework_mix_figure,
    "national-targets": national_targets_figure,
    "accommodation": accommodation_figure,
    "timeliness-beside-reoffending": timeliness_figure,
    "workload": workload_figure,
}


def is_published(release: Release) -> bool:
    """Whether its figures were published by others, each with its source."""
    return release.series.standing == SeriesStanding.PUBLISHED_RECORD


def workload_pairs_figure(release: Release, national: Sequence[NationalFigure]) -> Figure | None:
    rows = published_results_of_measures(release, [ACCOMMODATION, WORKLOAD])
    return accommodation_beside_workload(
        [row for row in rows if row.measure == ACCOMMODATION],
        [row for row in rows if row.measure == WORKLOAD],
        next((figure for figure in national if _is_of_workload(figure)), None),
    )


def _is_of_workload(figure: NationalFigure) -> bool:
    pair = (Subject.ACCOMMODATION_AND_WORKLOAD, Method.SPEARMAN)
    return (figure.subject, figure.method) == pair


def measure_figures(
    rows: Sequence[ResultRow],
    change: ChangeRow | None = None,
    chosen: str = "",
    period: Period | None = None,
) -> list[Figure]:
    """The figures that suit a measure's results: a funnel where there are counts to compare, a spread
    where there are many organisations without; a control chart where there is one, or else a trend where
    there are years or months. Rows: those of its page, and those for parts of a year of the nation;
    change: of the chosen organisation or the nation; chosen: a slug; period: that is asked for."""
    then = [row for row in rows if row.structure == Structure.THEN]
    whole = [row for row in then if row.is_shown]
    of_period = [row for row in whole if period in (None, row.period)]
    until = [row for row in whole if period is None or row.period.end <= period.end]
    found = (
        funnel_figure(of_period, chosen) or spread_figure(until, chosen),
        over_time_figure(then, change, chosen),
    )
    return [figure for figure in found if figure]


def over_time_figure(rows: Sequence[ResultRow], change: ChangeRow | None, chosen: str) -> Figure | None:
    if change:
        own = [row for row in rows if row.organisation == change.organisation]
        chart = control_chart(change, own)
        if chart:
            return chart
    return trend_figure([row for row in rows if row.organisation == chosen]) or trend_figure(rows)


def funnel_figure(rows: Sequence[ResultRow], chosen: str = "") -> Figure | None:
    """Of the latest period in which enough organisations of a kind have counts, and of the kind
    that most of them are of."""
    compared = [row for row in rows if row.baseline is not None]
    if not compared:
        return None
    groups = Counter((row.period, row.organisation_kind) for row in compared)
    same = max(groups, key=lambda group: (group[0], groups[group], group[1]))
    return funnel([row for row in compared if (row.period, row.organisation_kind) == same], chosen)


def spread_figure(rows: Sequence[ResultRow], chosen: str = "") -> Figure | None:
    """Of the kind of organisation that most figures are about, if enough of it have one."""
    local = [row for row in rows if row.organisation != NATION and row.value is not None]
    kinds = Counter(row.organisation_kind for row in local).most_common(1)
    of_one_kind = [row for row in local if row.organisation_kind == kinds[0][0]]
    if len({row.organisation for row in of_one_kind}) < FEWEST_TO_COMPARE:
        return None
    return spread(of_one_kind, [row for row in rows if row.organisation == NATION], chosen)


def trend_figure(rows: Sequence[ResultRow]) -> Figure | None:
    """Of the nation's months where there are any; else of the organisations with the most figures
    of their own, where one has two or more."""
    known = [row for row in rows if row.value is not None]
    months = [row for row in known if row.organisation == NATION and not row.is_shown]
    if months:
        return trend(months)
    known = [row for row in known if row.organisation == NATION or not row.is_added_up]
    count = {name: 0 for name in sorted(row.organisation for row in known)}
    for row in known:
        count[row.organisation] += 1
    several = [name for name, figures in count.items() if figures > 1]
    if not several or len(several) > MOST_LINES:
        several = [NATION] if count.get(NATION, 0) > 1 else []
    chosen = [row for row in known if row.organisation in several]
    return trend(chosen) if chosen else None
