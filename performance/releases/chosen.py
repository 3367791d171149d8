"""Results of one release side by side, as a reader has chosen them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max, Q

from performance.models import IndicatorResult, Measure
from performance.periods import Period, financial_year_of
from performance.releases.choices import Choice
from performance.releases.chosen_groups import group_rows
from performance.releases.chosen_measure import OfMeasure
from performance.releases.chosen_sides import Sides, sides_of
from performance.releases.offer import Offer
from performance.releases.results import SHOWN, row
from performance.releases.rows import ResultRow
from performance.vocabulary import Structure

# From the first day of one to its last.
DAYS_OF_A_YEAR = 364


@dataclass(frozen=True)
class Chosen:
    """rows: by measure, in the order of the sides, by period; years: the chosen ones or, where none
    was, the latest; without: measures on which none of them has a figure."""

    rows: list[ResultRow]
    sides: Sides
    years: list[Period]
    without: list[Measure]


def years_of(offer: Offer, choice: Choice) -> list[Period]:
    """Those chosen; where none is, the last in which one of the sides has a figure on a measure."""
    if choice.years:
        return [offer.years[year] for year in choice.years]
    everyone = sides_of(offer, choice, []).everyone
    found = offer.release.indicator_results.filter(
        SHOWN, measure__code__in=choice.measures, organisation__in=everyone
    )
    latest = found.aggregate(latest=Max("period_end"))["latest"]
    return [financial_year_of(latest)] if latest else []


def chosen_in(offer: Offer, choice: Choice, years: Sequence[Period], sides: Sides) -> Chosen:
    """choice: complete, and of what there is in the offer; years and sides: those of it."""
    measures = sorted((offer.measures[code] for code in choice.measures), key=lambda one: one.title)
    results = _results(offer, choice, years, sides)
    groups = {
        name: group_rows(name, members, results, offer.measures) for name, members in sides.groups.items()
    }
    rows: list[ResultRow] = []
    for measure in measures:
        of_it = [result for result in results if result.measure == measure.code]
        if not of_it:
            continue
        found = OfMeasure(measure, of_it, choice.structure)
        for one in sides.organisations:
            rows += found.rows_of(one, is_named=one.slug in sides.named)
        for name, members in sides.groups.items():
            rows += found.rows_of_group(name, members, groups[name])
    measured = {result.measure for result in results}
    return Chosen(rows, sides, list(years), [one for one in measures if one.code not in measured])


def _results(offer: Offer, choice: Choice, years: Sequence[Period], sides: Sides) -> list[ResultRow]:
    within = Q(pk__in=[])
    for year in years:
        within |= Q(period_end__range=(year.start, year.end))
    is_today = choice.structure == Structure.TODAY
    found = IndicatorResult.objects.filter(
        within,
        # Of those who stand on both maps nothing is left out: what they have is of today's regions.
        Q() if is_today else Q(structure=Structure.THEN),
        Q() if choice.by_month else SHOWN,
        release=offer.release,
        measure__code__in=choice.measures,
        organisation__in=sides.everyone,
    )
    rows = [row(_with_what_is_known(result, offer)) for result in found.select_related("observation")]
    return [one for one in rows if not (choice.by_month and _is_year(one.period))]


def _with_what_is_known(result: IndicatorResult, offer: Offer) -> IndicatorResult:
    """Measures and organisations are in memory: thousands of rows would each bring them again."""
    result.measure = offer.measure_of[result.measure_id]
    result.organisation = offer.organisation_of[result.organisation_id]
    return result


def _is_year(period: Period) -> bool:
    return (period.end - period.start).days >= DAYS_OF_A_YEAR
