"""What a series holds already of the trusts in a file, for comparing new figures with."""

import datetime

import pandas as pd

from performance.frameworks.figure_checks.columns import COUNTS, PERIOD
from performance.models import Observation, ReturnState, Series, TrustReturn

# A year and a month: the same month of the year before is the furthest that a check looks back.
FURTHEST = datetime.timedelta(days=400)
# As many trusts as a query may name.
FEW = 500
NAMES = {"organisation": "organisation__slug", "measure": "measure__code", "status": "status"}
NUMBERS = (*COUNTS, "expected", "value")


def figures_before(series: Series, frame: pd.DataFrame) -> pd.DataFrame:
    """The figures of the last versions, unless those were sent back, of the trusts of a file's
    figures and of the periods up to theirs: columns organisation, measure, period_start, period_end,
    status, numerator, denominator, expected, value, of the same types as those of Figures."""
    last, first = frame["period_end"].max(), frame["period_start"].min()
    if pd.isna(last) or pd.isna(first):
        return _framed([])
    versions = TrustReturn.objects.latest_versions().exclude(state=ReturnState.RETURNED)
    figures = Observation.objects.filter(
        trust_return__in=versions.filter(series=series),
        period_end__lte=last.date(),
        period_start__gte=first.date() - FURTHEST,
    )
    trusts = list(frame["organisation"].cat.categories)
    if len(trusts) <= FEW:
        figures = figures.filter(organisation__slug__in=trusts)
    columns = (NAMES["organisation"], NAMES["measure"], *PERIOD, NAMES["status"], *NUMBERS)
    return _framed(list(figures.values_list(*columns).order_by("period_end", "pk")))


def _framed(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    names = ["organisation", "measure", *PERIOD, "status", *NUMBERS]
    frame = pd.DataFrame.from_records(rows, columns=names)
    types = dict.fromkeys(NAMES, "category") | dict.fromkeys(NUMBERS, "float64")
    for column in PERIOD:
        frame[column] = pd.to_datetime(frame[column]).astype("datetime64[s]")
    return frame.astype(types)
