"""The rules for figures, row by row in plain Python: as they were before whole columns were looked at."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from performance.frameworks.figures import FigureRow
from performance.vocabulary import PARTS_OF_A_WHOLE, WITHOUT_A_NUMBER, Status, Unit
from trusts.content import Located, Problem

Row = Located[FigureRow]
Check = Callable[[Row, Any], Iterator[Problem]]

# Half of a last digit as binary fractions have it may come out a hair above the half.
HAIR = 1e-9
SMALLEST, LARGEST = 1e-6, 1e15
BELOW_ZERO = (Unit.POINTS,)


def organisation_is_known(place: Row, known: Any) -> Iterator[Problem]:
    if place.row.organisation not in known.organisations:
        yield place.problem("organisation", place.row.organisation, "the slug of an organisation")


def measure_is_known(place: Row, known: Any) -> Iterator[Problem]:
    if place.row.measure not in known.units:
        yield place.problem("measure", place.row.measure, "the code of a measure")


def framework_is_known(place: Row, known: Any) -> Iterator[Problem]:
    if place.row.framework and place.row.framework not in known.frameworks:
        yield place.problem("framework", place.row.framework, "the slug of a framework, or empty")


def target_belongs_to_a_measure_of_the_framework(place: Row, known: Any) -> Iterator[Problem]:
    row = place.row
    if row.target is not None and (row.framework, row.measure) not in known.framework_measures:
        yield place.problem(
            "target", f"{row.target:g}", f"'{row.measure}' to be a measure of the row's framework"
        )


def period_runs_forward(place: Row, known: Any) -> Iterator[Problem]:
    if place.row.period_end < place.row.period_start:
        yield place.problem(
            "period_end", place.row.period_end, f"a date on or after {place.row.period_start}"
        )


def counts_are_not_negative(place: Row, known: Any) -> Iterator[Problem]:
    for column in ("numerator", "denominator"):
        count = getattr(place.row, column)
        if count is not None and count < 0:
            yield place.problem(column, count, "0 or more")


def share_is_no_more_than_the_whole(place: Row, known: Any) -> Iterator[Problem]:
    row = place.row
    if known.units.get(row.measure) not in PARTS_OF_A_WHOLE:
        return
    if row.numerator is not None and row.denominator is not None and row.numerator > row.denominator:
        yield place.problem("numerator", row.numerator, f"at most the denominator, {row.denominator}")
    if row.value is not None and not 0 <= row.value <= 100:
        yield place.problem("value", f"{row.value:g}", "a percentage from 0 to 100")


def share_agrees_with_its_counts(place: Row, known: Any) -> Iterator[Problem]:
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


def numbers_are_finite(place: Row, known: Any) -> Iterator[Problem]:
    """And of a size that something can have, or a ratio of two of them would be without end."""
    for column, number in place.row:
        if not isinstance(number, float) or number == 0:
            continue
        if not math.isfinite(number):
            yield place.problem(column, number, "a finite number")
        elif not SMALLEST <= abs(number) <= LARGEST:
            yield place.problem(column, f"{number:g}", f"0, or a size from {SMALLEST:g} to {LARGEST:g}")


def reported_has_a_value(place: Row, known: Any) -> Iterator[Problem]:
    row = place.row
    # Of a measure that isn't known, counts may do as well: one problem is enough.
    may_be_share = known.units.get(row.measure) in (None, *PARTS_OF_A_WHOLE)
    has_counts = may_be_share and row.numerator is not None and bool(row.denominator)
    if row.status == Status.REPORTED and row.value is None and not has_counts:
        yield place.problem("value", None, "a value (of a share, its counts will do), as it is 'reported'")


def without_a_number_has_none(place: Row, known: Any) -> Iterator[Problem]:
    row = place.row
    if row.status in WITHOUT_A_NUMBER and (row.value is not None or row.numerator is not None):
        yield place.problem("status", row.status, "'reported' or 'nil', as there is a number")


def nil_is_nothing(place: Row, known: Any) -> Iterator[Problem]:
    row = place.row
    if row.status == Status.NIL and (row.value or row.numerator):
        yield place.problem("status", row.status, "'reported', as there is a number above nil")


OF_ANY_FIGURE: tuple[Check, ...] = (
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


def organisation_is_a_trust(place: Row, known: Any) -> Iterator[Problem]:
    slug = place.row.organisation
    if slug in known.organisations and slug not in known.trusts:
        yield place.problem("organisation", slug, "a probation trust, as only trusts send returns")


def period_lies_in_the_years_of_the_framework(place: Row, known: Any) -> Iterator[Problem]:
    row = place.row
    years = known.years.get(row.framework)
    if years is None:
        return
    expected = f"a date from {years.start} to {years.end}, the years of '{row.framework}'"
    if row.period_start < years.start:
        yield place.problem("period_start", row.period_start, expected)
    if row.period_end > years.end:
        yield place.problem("period_end", row.period_end, expected)


def expected_is_a_part_of_the_cases(place: Row, known: Any) -> Iterator[Problem]:
    row: Any = place.row
    if row.expected is None or not math.isfinite(row.expected):
        return
    if row.denominator is None:
        yield place.problem("denominator", None, "the cases of which so many are expected")
    elif not 0 <= row.expected <= row.denominator:
        yield place.problem("expected", f"{row.expected:g}", f"from 0 to the denominator, {row.denominator}")


def value_is_not_below_zero(place: Row, known: Any) -> Iterator[Problem]:
    value, unit = place.row.value, known.units.get(place.row.measure)
    # Of a share, the rule for any figure says so.
    if value is not None and value < 0 and unit not in (None, *BELOW_ZERO, *PARTS_OF_A_WHOLE):
        yield place.problem("value", f"{value:g}", "0 or more")


def target_can_be_reached(place: Row, known: Any) -> Iterator[Problem]:
    target, unit = place.row.target, known.units.get(place.row.measure)
    if target is None or not math.isfinite(target) or unit in (None, *BELOW_ZERO):
        return
    if unit in PARTS_OF_A_WHOLE and not 0 <= target <= 100:
        yield place.problem("target", f"{target:g}", "a percentage from 0 to 100")
    elif target < 0:
        yield place.problem("target", f"{target:g}", "0 or more")


OF_A_RETURN: tuple[Check, ...] = (
    organisation_is_a_trust,
    period_lies_in_the_years_of_the_framework,
    expected_is_a_part_of_the_cases,
    value_is_not_below_zero,
    target_can_be_reached,
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


def check_rows(rows: Sequence[Row], known: Any, checks: Sequence[Check]) -> list[Problem]:
    """Every problem of a table, by row."""
    problems = [problem for place in rows for check in checks for problem in check(place, known)]
    return sorted([*problems, *no_figure_twice(rows)], key=lambda problem: problem.row)
