"""A figure's status beside its numbers: reported, nil, and three ways of having none."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from performance.frameworks.figure_checks.columns import numbers, where_status, where_text, where_whole
from performance.frameworks.figure_checks.faults import Faults, faults
from performance.frameworks.figure_checks.known import Known
from performance.vocabulary import PARTS_OF_A_WHOLE, WITHOUT_A_NUMBER, Status


def reported_has_a_value(frame: pd.DataFrame, known: Known) -> Iterator[Faults]:
    # Of a measure that isn't known, counts may do as well: one problem is enough.
    may_be_share = where_text(
        frame, "measure", lambda code: known.units.get(code) in (None, *PARTS_OF_A_WHOLE)
    )
    denominator = numbers(frame, "denominator")
    has_cases = ~np.isnan(denominator) & (denominator != 0)
    has_counts = may_be_share & has_cases & ~np.isnan(numbers(frame, "numerator"))
    is_wrong = where_status(frame, Status.REPORTED) & np.isnan(numbers(frame, "value")) & ~has_counts
    expected = "a value (of a share, its counts will do), as it is 'reported'"
    yield faults(is_wrong & where_whole(frame), "value", expected)


def without_a_number_has_none(frame: pd.DataFrame, known: Known) -> Iterator[Faults]:
    has_number = ~np.isnan(numbers(frame, "value")) | ~np.isnan(numbers(frame, "numerator"))
    is_wrong = where_status(frame, *WITHOUT_A_NUMBER) & has_number
    yield faults(is_wrong, "status", "'reported' or 'nil', as there is a number")


def nil_is_nothing(frame: pd.DataFrame, known: Known) -> Iterator[Faults]:
    sizes = (np.abs(numbers(frame, column)) for column in ("value", "numerator"))
    # NaN isn't above 0.
    is_wrong = where_status(frame, Status.NIL) & np.logical_or.reduce([size > 0 for size in sizes])
    yield faults(is_wrong, "status", "'reported', as there is a number above nil")
