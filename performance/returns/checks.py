"""What must hold of a return, one small function for each rule, beside the rules for any figure.

A rule takes a row and what is known, and yields a problem for each place that breaks it.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from performance.frameworks.figure_checks import Known, check_table
from performance.periods import Period
from performance.returns.rows import ReturnRow, financial_year_of
from performance.vocabulary import PARTS_OF_A_WHOLE, Unit
from trusts.content import Located, Problem

Row = Located[ReturnRow]

# A change may be below zero; nothing that is counted, spent or waited for may.
BELOW_ZERO = (Unit.POINTS,)


@dataclass(frozen=True)
class KnownToReturns(Known):
    """What a row may name, and besides: which organisations are trusts, a framework's years."""

    trusts: frozenset[str]
    years: dict[str, Period]


Check = Callable[[Row, KnownToReturns], Iterator[Problem]]


def organisation_is_a_trust(place: Row, known: KnownToReturns) -> Iterator[Problem]:
    slug = place.row.organisation
    if slug in known.organisations and slug not in known.trusts:
        yield place.problem("organisation", slug, "a probation trust, as only trusts send returns")


def period_lies_in_the_years_of_the_framework(place: Row, known: KnownToReturns) -> Iterator[Problem]:
    row = place.row
    years = known.years.get(row.framework)
    if years is None:
        return
    expected = f"a date from {years.start} to {years.end}, the years of '{row.framework}'"
    if row.period_start < years.start:
        yield place.problem("period_start", row.period_start, expected)
    if row.period_end > years.end:
        yield place.problem("period_end", row.period_end, expected)


def expected_is_a_part_of_the_cases(place: Row, known: KnownToReturns) -> Iterator[Problem]:
    row = place.row
    if row.expected is None or not math.isfinite(row.expected):
        return
    if row.denominator is None:
        yield place.problem("denominator", None, "the cases of which so many are expected")
    elif not 0 <= row.expected <= row.denominator:
        yield place.problem("expected", f"{row.expected:g}", f"from 0 to the denominator, {row.denominator}")


def value_is_not_below_zero(place: Row, known: KnownToReturns) -> Iterator[Problem]:
    value, unit = place.row.value, known.units.get(place.row.measure)
    # Of a share, the rule for any figure says so.
    if value is not None and value < 0 and unit not in (None, *BELOW_ZERO, *PARTS_OF_A_WHOLE):
        yield place.problem("value", f"{value:g}", "0 or more")


def target_can_be_reached(place: Row, known: KnownToReturns) -> Iterator[Problem]:
    target, unit = place.row.target, known.units.get(place.row.measure)
    if target is None or not math.isfinite(target) or unit in (None, *BELOW_ZERO):
        return
    if unit in PARTS_OF_A_WHOLE and not 0 <= target <= 100:
        yield place.problem("target", f"{target:g}", "a percentage from 0 to 100")
    elif target < 0:
        yield place.problem("target", f"{target:g}", "0 or more")


CHECKS: tuple[Check, ...] = (
    organisation_is_a_trust,
    period_lies_in_the_years_of_the_framework,
    expected_is_a_part_of_the_cases,
    value_is_not_below_zero,
    target_can_be_reached,
)


def is_of_one_trust_framework_and_year(rows: Sequence[Row]) -> Iterator[Problem]:
    """A return is of one trust, one framework and one financial year: those of its first row."""
    first = rows[0]
    year = financial_year_of(first.row.period_end)
    in_year = f"a date in {year}, the financial year of row {first.number}"
    for place in rows:
        for column in ("organisation", "framework"):
            found, wanted = getattr(place.row, column), getattr(first.row, column)
            if found != wanted:
                yield place.problem(column, found, f"'{wanted}', as in row {first.number}")
        if place.row.period_start < year.start:
            yield place.problem("period_start", place.row.period_start, in_year)
        if place.row.period_end > year.end:
            yield place.problem("period_end", place.row.period_end, in_year)


def check_return(rows: Sequence[Row], known: KnownToReturns) -> list[Problem]:
    """Every problem of a return with at least one row, by row."""
    own = [problem for place in rows for check in CHECKS for problem in check(place, known)]
    problems = [*check_table(rows, known), *own, *is_of_one_trust_framework_and_year(rows)]
    return sorted(problems, key=lambda problem: problem.row)
