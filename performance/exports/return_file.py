"""Figures that trusts have sent, as a return file has them: those of one return can be sent in again as they
are, and give the same numbers."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from performance.exports.csv_file import csv_lines
from performance.models import Observation, Series, SeriesStanding, Target, TrustReturn
from performance.releases.tables import Table, Values
from trusts.models import Person

IN_EACH_ROW = ("series", "standing")
SAME_FIGURE = ("trust_return", "organisation", "period_start", "period_end")
TARGETS = Target.objects.filter(
    framework_measure__measure=OuterRef("measure"), **{name: OuterRef(name) for name in SAME_FIGURE}
)
# The first twelve are those of a return; who reads a file in passes over the others.
OBSERVATIONS = Table(
    slug="observations",
    title="Figures of returns that NOMS has accepted, those that count now",
    columns={
        "organisation": "organisation__slug",
        "framework": "trust_return__framework__short_title",
        "measure": "measure__code",
        "period_start": "period_start",
        "period_end": "period_end",
        "status": "status",
        "numerator": "numerator",
        "denominator": "denominator",
        "expected": "expected",
        "value": "value",
        "target": Subquery(TARGETS.order_by("pk").values("value")[:1]),
        "note": "note",
        "measure_title": "measure__title",
        "unit": "unit",
        "return": "trust_return",
        "version": "trust_return__version",
    },
)


def observations_of(series: Series, person: Person) -> QuerySet[Any]:
    """Of the returns that count now, those that this person may see."""
    current = TrustReturn.objects.visible_to(person).filter(series=series).current()
    return Observation.objects.filter(trust_return__in=current)


def unpublished_csv(columns: Sequence[str], rows: Iterable[Values], series: Series) -> Iterator[str]:
    """Lines of a file of what isn't published, each of which says which series it is of and how sure that is.
    Moments are as JSON has them."""
    same = (series.title, series.get_standing_display())
    return csv_lines([*columns, *IN_EACH_ROW], ([*map(_written, row), *same] for row in rows))


def _written(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")
    return value


def name_of(name: str, series: Series) -> str:
    """A file of made-up figures says so wherever it lies."""
    return f"{SeriesStanding.SIMULATED}-{name}" if series.standing == SeriesStanding.SIMULATED else name
