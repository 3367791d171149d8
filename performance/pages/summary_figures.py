"""Which figures stand on the first page of a series that isn't the public record."""

from collections.abc import Sequence

from performance.charts.bands_by_year import bands_by_year
from performance.charts.divergence import divergence_chart
from performance.charts.figure import Figure
from performance.charts.process_and_outcome import process_and_outcome
from performance.charts.reoffending_by_trust import reoffending_by_trust
from performance.models import Release
from performance.pages.figures import SUMMARY_FIGURES, framework_mix_figure
from performance.releases.divergence_rows import DivergenceRow
from performance.releases.predictions import predictions_in
from performance.releases.ratings import bands_of_every_year
from performance.releases.together import together_by_year

# With its name, under which its CSV stands.
NamedFigure = tuple[str, Figure]


def figures_of_record(release: Release) -> list[NamedFigure]:
    made = ((name, make(release)) for name, make in SUMMARY_FIGURES.items())
    return [(name, figure) for name, figure in made if figure]


def figures_of_series(release: Release, rows: Sequence[DivergenceRow]) -> list[NamedFigure]:
    """Rows: everyone's of the latest year. Those for which the release has figures, in three
    queries."""
    made = (
        divergence_chart(rows) if any(row.has_a_point for row in rows) else None,
        reoffending_by_trust(predictions_in(release, rows[0].period, "trust")) if rows else None,
        process_and_outcome(together_by_year(release)),
        bands_by_year(bands_of_every_year(release)),
        framework_mix_figure(release),
    )
    return [(figure.slug, figure) for figure in made if figure]
