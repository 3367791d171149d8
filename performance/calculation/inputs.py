"""What a release is worked out from: one data frame of observations with their targets."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.db.models import QuerySet

from performance.models import Observation, PublishedTable, Target

OBSERVATION_COLUMNS = {
    "pk": "observation_id",
    "measure_id": "measure_id",
    "measure__code": "measure",
    "measure__polarity": "polarity",
    "unit": "unit",
    "organisation_id": "organisation_id",
    "organisation__slug": "organisation",
    "organisation__kind": "organisation_kind",
    "period_start": "period_start",
    "period_end": "period_end",
    "status": "status",
    "numerator": "numerator",
    "denominator": "denominator",
    "expected": "expected",
    "value": "value",
    "percent_of_target": "percent_of_target",
    "as_printed": "as_printed",
    "source": "source",
    "certainty": "certainty",
    "note": "note",
}
KEY = ["measure", "organisation", "period_start", "period_end"]
NUMBERS = ["numerator", "denominator", "expected", "value", "percent_of_target", "target"]


@dataclass(frozen=True)
class Inputs:
    """The tables a release uses, and their figures: a row for each observation, sorted by
    measure, organisation and period, numbers as floats with NaN for none."""

    tables: list[PublishedTable]
    frame: pd.DataFrame


def current_inputs(series_id: int) -> Inputs:
    """What a release of the series would be worked out from now."""
    return inputs_of(PublishedTable.objects.current().filter(series=series_id))


def inputs_of(tables: Iterable[PublishedTable]) -> Inputs:
    """The figures of just these tables, whatever has come since."""
    tables = list(tables)
    observations = _frame(Observation.objects.filter(published_table__in=tables), OBSERVATION_COLUMNS)
    frame = observations.merge(_targets(tables), on=KEY, how="left", validate="one_to_one")
    frame[NUMBERS] = frame[NUMBERS].astype(float)
    return Inputs(tables, frame.sort_values(KEY, ignore_index=True))


def _targets(tables: list[PublishedTable]) -> pd.DataFrame:
    """Targets as printed beside a figure. A framework's general target isn't used for the public
    record: many of its figures are for part of a year, and its targets for the whole."""
    columns = {
        "framework_measure__measure__code": "measure",
        "organisation__slug": "organisation",
        "period_start": "period_start",
        "period_end": "period_end",
        "value": "target",
    }
    return _frame(Target.objects.filter(published_table__in=tables), columns)


def _frame(rows: QuerySet[Any], columns: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame.from_records(rows.values_list(*columns), columns=list(columns.values()))
