"""The figures on the page of one organisation."""

from collections.abc import Callable, Sequence

from performance.charts.actual_predicted import actual_predicted
from performance.charts.figure import Figure
from performance.charts.own_divergence import own_divergence
from performance.charts.small_trends import small_trends
from performance.charts.spine import spine
from performance.exports.place import Place
from performance.pages.trust_year import TrustYear
from performance.releases.rating_rows import PredictionRow


def figures_of_a_year(year: TrustYear, place: Place) -> dict[str, Figure]:
    """By name, those for which there are rows. place: where links of their tables lead."""
    measure = _addresses(place, "measure")
    found = (
        spine(year.measures, year.peers, year.years.chosen, measure),
        own_divergence(year.places, year.rating.organisation, _addresses(place, "trust")),
        actual_predicted(year.predictions),
        small_trends([one.change for one in year.exceptions if one.change]),
    )
    return {figure.slug: figure for figure in found if figure}


def figures_without_a_rating(predictions: Sequence[PredictionRow]) -> dict[str, Figure]:
    figure = actual_predicted(predictions)
    return {figure.slug: figure} if figure else {}


def _addresses(place: Place, name: str) -> Callable[[str], str]:
    return lambda slug: place.address(name, slug)
