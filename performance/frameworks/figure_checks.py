"""What must hold of a figure, whoever sent it: one small function for each rule.

A rule takes a row and what is known, and yields a problem for each place that breaks it.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from performance.frameworks.figures import FigureRow
from performance.vocabulary import PARTS_OF_A_WHOLE, WITHOUT_A_NUMBER, Status
from trusts.content import Located, Problem

Row = Located[FigureRow]

# Half of a last digit as binary fractions have it may come out a hair above the half.
HAIR = 1e-9
# Of any figure that isn't 0: far beyond all that is counted, in either direction.
SMALLEST, LARGEST = 1e-6, 1e15


@dataclass(frozen=True)
class Known:
    """What a row may name: organisations, measures with their unit, measures in frameworks."""

    organisations: frozenset[str]
    units: dict[str, str]
    framework_measures: frozenset[tuple[str, str]]

    @property
    def frameworks(self) -> set[str]:
        return {framework for framework, _ in self.framework_measures}


Check = Callable[[Row, Known], Iterator[Problem]]


def organisation_is_known(place: Row, known: Known) -> Iterator[Problem]:
    if place.row.organisation not in known.organisations:
        yield place.problem("organisation", place.row.organisation, "the slug of an organisation")


def measure_is_known(place: Row, known: Known) -> Iterator[Problem]:
    if place.row.measure not in known.units:
        yield place.problem("measure", place.row.measure, "the code of a measure")


def framework_is_known(place: Row, known: Known) -> Iterator[Problem]:
    if place.row.framework and place.row.framework not in known.frameworks:
        yield place.problem("framework", place.row.framework, "the slug of a framework, or empty")


def target_belongs_to_a_measure_of_the_framework(place: Row, known: Known) -> Iterator[Problem]:
    row = place.row
    if row.target is not None and (row.framework, row.measure) not in known.framework_measures:
        yield place.problem(
            "target", f"{row.target:g}", f"'{row.measure}' to be a measure of the row's framework"
        )


def period_runs_forward(place: Row, known: Known) -> Iterator[Problem]:
    if place.row.period_end < place.row.period_start:
        yield place.problem(
            "period_end", place.row.period_end, f"a date on or after {place.row.period_start}"
        )


def counts_are_not_negative(place: Row, known: Known) -> Iterator[Problem]:
    for column in ("numerator", "denominator"):
        count = getattr(place.row, column)
        if count is not None and count < 0:
            yield place.problem(column, count, "0 or more")


def share_is_no_more_than_the_whole(place: Row, known: Known) -> Iterator[Problem]:
    row = place.row
    if known.units.get(row.measure) not in PARTS_OF_A_WHOLE:
        return
    if row.numerator is not None and row.denominator is not None and row.numerator > row.denominator:
        yield place.problem("numerator", row.numerator, f"at most the denominator, {row.denominator}")
    if row.value is not None and not 0 <= row.value <= 100:
        yield place.problem("value", f"{row.value:g}", "a percentage from 0 to 100")


def share_agrees_with_its_counts(place: Row, known: Known) -> Iterator[Problem]:
    row = place.row
    if known.units.get(row.measure) not in PARTS_OF_A_WHOLE or row.value is None:
        return
    if row.denominator == 0:
        yield place.problem("value", f"{row.value:g}", "an empty cell, as a share of no cases is none")
    elif row.numerator is not None and row.denominator is not None:
        share = 100 * row.numerator / row.denominator
        if abs(share - row.value) > half_of_its_last_digit(row.value) + HAIR:
            expected = f"{share:.1f}, which {row.numerator} of {row.denominator} comes to"
            yield place.problem("value", f"{row.value:g}", expected)


def half_of_its_last_digit(value: float) -> float:
    """A printed percentage is a rounded one: 69 stands for 68.5 to 69.5, 69.2 for 69.15 to 69.25."""
    decimals = len(f"{value:g}".partition(".")[2])
    return float(0.5 * 10**-decimals)


def numbers_are_finite(place: Row, known: Known) -> Iterator[Problem]:
    """And of a size that something can have, or a ratio of two of them would be without end."""
    for column, number in place.row:
        if not isinstance(number, float) or number == 0:
            continue
        if not math.isfinite(number):
            yield place.problem(column, number, "a finite number")
        elif not SMALLEST <= abs(number) <= LARGEST:
            yield place.problem(column, f"{number:g}", f"0, or a size from {SMALLEST:g} to {LARGEST:g}")


def reported_has_a_value(place: Row, known: Known) -> Iterator[Problem]:
    row = place.row
    # Of a measure that isn't known, counts may do as well: one problem is enough.
    may_be_share = known.units.get(row.measure) in (None, *PARTS_OF_A_WHOLE)
    has_counts = may_be_share and row.numerator is not None and bool(row.denominator)
    if row.status == Status.REPORTED and row.value is None and not has_counts:
        yield place.problem("value", None, "a value (of a share, its counts will do), as it is 'reported'")


def without_a_number_has_none(place: Row, known: Known) -> Iterator[Problem]:
    row = place.row
    if row.status in WITHOUT_A_NUMBER and (row.value is not None or row.numerator is not None):
        yield place.problem("status", row.status, "'reported' or 'nil', as there is a number")


def nil_is_nothing(place: Row, known: Known) -> Iterator[Problem]:
    row = place.row
    if row.status == Status.NIL and (row.value or row.numerator):
        yield place.problem("status", row.status, "'reported', as there is a number above nil")


CHECKS: tuple[Check, ...] = (
    organisation_is_known,
    measure_is_known,
    framework_is_known,
    target_belongs_to_a_measure_of_the_framework,
    period_runs_forward,
    counts_are_not_negative,
    numbers_are_finite,
    share_is_no_more_than_the_whole,
    share_agrees_with_its_counts,
    reported_has_a_value,
    without_a_number_has_none,
    nil_is_nothing,
)


def no_figure_twice(rows: Iterable[Row]) -> Iterator[Problem]:
    """A figure stands once: the same organisation, measure and period is a duplicate."""
    first: dict[tuple[object, ...], int] = {}
    for place in rows:
        row = place.row
        key = (row.organisation, row.measure, row.period_start, row.period_end)
        if key in first:
            yield place.problem(
                "measure", row.measure, f"one row for this figure; row {first[key]} has it already"
            )
        first.setdefault(key, place.number)


def check_table(rows: Sequence[Row], known: Known) -> list[Problem]:
    """Every problem of a table, by row."""
    problems = [problem for place in rows for check in CHECKS for problem in check(place, known)]
    return sorted([*problems, *no_figure_twice(rows)], key=lambda problem: problem.row)
