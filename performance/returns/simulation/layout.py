"""The shape of a return: a row a figure, the same columns for every measure."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from performance.returns.simulation.record import Floats, trusts
from performance.returns.simulation.years import FrameworkYear, Periods
from performance.vocabulary import Status

TEXTS = ("organisation", "framework", "measure", "status", "note")
PERIOD = ("period_start", "period_end")
# The columns of a return's file, in order. A share leaves value empty, since it follows from its
# counts; a count has a value only. expected is the predicted number of reoffenders.
COLUMNS = (
    "organisation",
    "framework",
    "measure",
    *PERIOD,
    "status",
    "numerator",
    "denominator",
    "expected",
    "value",
    "target",
    "note",
)
NUMBERS = ("numerator", "denominator", "expected", "value", "target")


def rows(
    year: FrameworkYear, measures: list[str], periods: Periods, numbers: Mapping[str, Floats], note: str = ""
) -> pd.DataFrame:
    """A row for each trust, measure and period, all reported. numbers: by column, arrays of that
    shape (an axis may be of length 1); the other columns are left empty."""
    organisations = trusts().index.to_numpy()
    shape = (len(organisations), len(measures), len(periods))
    organisation, measure, period = (axis.ravel() for axis in np.indices(shape))
    empty = np.full(len(period), np.nan)
    return pd.DataFrame(
        {
            "organisation": organisations[organisation],
            "framework": year.framework,
            "measure": np.array(measures, dtype=object)[measure],
            "period_start": periods.starts[period],
            "period_end": periods.ends[period],
            "status": str(Status.REPORTED),
            **{column: _column(numbers.get(column), shape, empty) for column in NUMBERS},
            "note": note,
        }
    )


def _column(numbers: Floats | None, shape: tuple[int, int, int], empty: Floats) -> Floats:
    return empty if numbers is None else np.broadcast_to(numbers, shape).ravel()
