"""The numbers of a figure that only trusts' returns have, or that the record has otherwise."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from performance.frameworks.figure_checks.columns import (
    Booleans,
    cell,
    numbers,
    where_share,
    where_status,
    where_text,
    where_whole,
)
from performance.frameworks.figure_checks.faults import Faults, faults
from performance.returns.checks.known import KnownToReturns
from performance.vocabulary import Status, Unit

# A change may be below zero; nothing that is counted, spent or waited for may.
BELOW_ZERO = (Unit.POINTS,)


def expected_is_a_part_of_the_cases(frame: pd.DataFrame, known: KnownToReturns) -> Iterator[Faults]:
    expected, denominator = numbers(frame, "expected"), numbers(frame, "denominator")
    is_told = np.isfinite(expected)
    no_cases = is_told & np.isnan(denominator) & where_whole(frame)
    yield faults(no_cases, "denominator", "the cases of which so many are expected")
    is_outside = is_told & ((expected < 0) | (expected > denominator)) & ~np.isnan(denominator)
    yield faults(
        is_outside,
        "expected",
        lambda position: f"from 0 to the denominator, {cell(frame, 'denominator', position)}",
    )


def prediction_is_there(frame: pd.DataFrame, known: KnownToReturns) -> Iterator[Faults]:
    is_predicted = where_text(frame, "measure", lambda code: code in known.predicted)
    lacks_it = is_predicted & where_status(frame, Status.REPORTED) & np.isnan(numbers(frame, "expected"))
    lacks_it &= where_whole(frame)
    yield faults(lacks_it, "expected", "the number that the prediction gives, as it is 'reported'")
    # Without cases a prediction that is there has a fault of its own.
    no_cases = lacks_it & np.isnan(numbers(frame, "denominator"))
    yield faults(no_cases, "denominator", "the cases that the prediction is of, as it is 'reported'")


def value_is_not_below_zero(frame: pd.DataFrame, known: KnownToReturns) -> Iterator[Faults]:
    # Of a share, the rule for any figure says so.
    is_below = (numbers(frame, "value") < 0) & ~where_share(frame, known)
    yield faults(is_below & _is_never_below_zero(frame, known), "value", "0 or more")


def target_can_be_reached(frame: pd.DataFrame, known: KnownToReturns) -> Iterator[Faults]:
    target, is_share = numbers(frame, "target"), where_share(frame, known)
    is_outside = (target < 0) | (target > 100)
    yield faults(np.isfinite(target) & is_outside & is_share, "target", "a percentage from 0 to 100")
    is_below = np.isfinite(target) & (target < 0) & ~is_share
    yield faults(is_below & _is_never_below_zero(frame, known), "target", "0 or more")


def _is_never_below_zero(frame: pd.DataFrame, known: KnownToReturns) -> Booleans:
    return where_text(frame, "measure", lambda code: known.units.get(code) not in (None, *BELOW_ZERO))
