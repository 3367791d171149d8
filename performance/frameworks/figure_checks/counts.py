"""The numbers of a figure: each by itself, and a share beside its counts."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from performance.frameworks.figure_checks.columns import (
    COUNTS,
    LARGEST,
    NUMBERS,
    SMALLEST,
    Booleans,
    Floats,
    cell,
    numbers,
    where_share,
    where_sized,
)
from performance.frameworks.figure_checks.faults import Faults, faults
from performance.frameworks.figure_checks.known import Known

# Half of a last digit as binary fractions have it may come out a hair above the half.
HAIR = 1e-9


def counts_are_not_negative(frame: pd.DataFrame, known: Known) -> Iterator[Faults]:
    for column in COUNTS:
        yield faults(numbers(frame, column) < 0, column, "0 or more")


def numbers_are_finite(frame: pd.DataFrame, known: Known) -> Iterator[Faults]:
    for column in NUMBERS:
        if column in frame:
            yield faults(np.isinf(numbers(frame, column)), column, "a finite number")


def numbers_have_a_size_that_can_be(frame: pd.DataFrame, known: Known) -> Iterator[Faults]:
    """Or a ratio of two of them would be without end."""
    for column in NUMBERS:
        if column in frame:
            found = numbers(frame, column)
            is_wrong = np.isfinite(found) & ~where_sized(found)
            yield faults(is_wrong, column, f"0, or a size from {SMALLEST:g} to {LARGEST:g}")


def share_is_no_more_than_the_whole(frame: pd.DataFrame, known: Known) -> Iterator[Faults]:
    is_above = numbers(frame, "numerator") > numbers(frame, "denominator")

    def expected(position: int) -> str:
        return f"at most the denominator, {cell(frame, 'denominator', position)}"

    yield faults(is_above & where_share(frame, known), "numerator", expected)


def share_is_from_0_to_100(frame: pd.DataFrame, known: Known) -> Iterator[Faults]:
    value = numbers(frame, "value")
    is_outside = (value < 0) | (value > 100)
    yield faults(is_outside & where_share(frame, known), "value", "a percentage from 0 to 100")


def share_of_no_cases_is_none(frame: pd.DataFrame, known: Known) -> Iterator[Faults]:
    is_wrong = (numbers(frame, "denominator") == 0) & ~np.isnan(numbers(frame, "value"))
    expected = "an empty cell, as a share of no cases is none"
    yield faults(is_wrong & where_share(frame, known), "value", expected)


def share_agrees_with_its_counts(frame: pd.DataFrame, known: Known) -> Iterator[Faults]:
    numerator, denominator = (numbers(frame, column) for column in COUNTS)
    value = numbers(frame, "value")
    is_told = where_share(frame, known) & (denominator != 0) & np.isfinite(denominator)
    share = np.full(len(frame), np.nan)
    with np.errstate(over="ignore"):
        np.divide(100 * numerator, denominator, out=share, where=is_told)
    is_wrong = _is_off(share, value)

    def expected(position: int) -> str:
        counts = " of ".join(str(cell(frame, column, position)) for column in COUNTS)
        decimals = max(1, decimals_of(float(value[position])))
        return f"{share[position]:.{decimals}f}, which {counts} comes to"

    yield faults(is_wrong, "value", expected)


def _is_off(share: Floats, value: Floats) -> Booleans:
    """Whether a share, NaN for none, isn't what is printed: as rounding asks each printed value how
    it is written, only those that aren't right to the last digit anyway are asked, and once each."""
    apart = np.abs(np.where(np.isfinite(share), share, np.nan) - value)
    is_off: Booleans = apart > HAIR
    codes, printed = pd.factorize(value[is_off])
    allowed = np.array([half_of_its_last_digit(number) for number in printed.tolist()])
    is_off[is_off] = apart[is_off] > allowed[codes] + HAIR if len(codes) else False
    return is_off


def half_of_its_last_digit(value: float) -> float:
    """A printed percentage is a rounded one: 69 stands for 68.5 to 69.5, 69.2 for 69.15 to 69.25."""
    return float(0.5 * 10 ** -decimals_of(value))


def decimals_of(value: float) -> int:
    return len(f"{value:g}".partition(".")[2])
