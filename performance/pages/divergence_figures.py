"""Which figures stand on the page of process and outcome."""

from collections.abc import Callable

from performance.charts.by_chance import by_chance_chart
from performance.charts.divergence import divergence_chart
from performance.charts.figure import Figure
from performance.charts.lag import lag_chart
from performance.charts.ranks import rank_chart
from performance.models import Release
from performance.pages.divergence_year import DivergenceYear
from performance.pages.figures import is_published, timeliness_figure, workload_pairs_figure


def figures_of(release: Release, year: DivergenceYear, address: Callable[[str], str]) -> list[Figure]:
    """Those for which there is something to show, the one that says most first; for the public record,
    which says too little of any one trust, also the two pairs that it does allow. address: of a trust's
    page."""
    found = list(_of_trusts(year, address))
    if is_published(release):
        found += [timeliness_figure(release), workload_pairs_figure(release, year.national)]
    return [figure for figure in found if figure]


def _of_trusts(year: DivergenceYear, address: Callable[[str], str]) -> list[Figure | None]:
    if not year.is_placed:
        return []
    own, region = year.asked.trust, year.asked.region
    return [
        divergence_chart(year.rows, own=own, region=region, address=address),
        by_chance_chart(year.national),
        rank_chart(year.shown, own=own, address=address),
        lag_chart(year.across),
    ]
