"""Each rule for a return, with a row that keeps it and one that breaks it. The rules for any
figure have theirs in tests/performance/frameworks/test_figure_checks.py."""

import datetime
import math

import pytest

from performance.periods import Period
from performance.returns import checks
from performance.returns.checks import (
    CHECKS,
    KnownToReturns,
    check_return,
    is_of_one_trust_framework_and_year,
)
from performance.returns.rows import ReturnRow, financial_year_of
from trusts.content import Located

KNOWN = KnownToReturns(
    organisations=frozenset({"london", "kent", "kent-area"}),
    units={
        "reports-on-time": "share",
        "orders-completed": "count",
        "rate-change": "points",
        "planned-budget": "pounds",
    },
    framework_measures=frozenset({("ptrs", "reports-on-time"), ("ptrs", "orders-completed")}),
    trusts=frozenset({"london", "kent"}),
    years={"ptrs": Period(datetime.date(2010, 4, 1), datetime.date(2012, 3, 31))},
)

GOOD = ReturnRow(
    organisation="london",
    framework="ptrs",
    measure="reports-on-time",
    period_start=datetime.date(2010, 4, 1),
    period_end=datetime.date(2010, 4, 30),
    status="reported",
    numerator=45,
    denominator=50,
    expected=44.5,
    value=None,
    target=92.5,
    note="",
)
YEARS = "expected a date from 2010-04-01 to 2012-03-31, the years of 'ptrs'"


def row(number: int = 2, **changes) -> Located[ReturnRow]:
    return Located("return.csv", number, GOOD.model_copy(update=changes))


# Rule, what a row that keeps it has, what one that breaks it has, and what is said of that.
CASES = [
    (
        checks.organisation_is_a_trust,
        {"organisation": "kent"},
        {"organisation": "kent-area"},
        "organisation: found 'kent-area'; expected a probation trust, as only trusts send returns",
    ),
    (
        checks.period_lies_in_the_years_of_the_framework,
        {"period_start": datetime.date(2010, 4, 1)},
        {"period_start": datetime.date(2010, 3, 31)},
        f"period_start: found '2010-03-31'; {YEARS}",
    ),
    (
        checks.period_lies_in_the_years_of_the_framework,
        {"measure": "reoffending", "period_end": datetime.date(2012, 3, 31)},
        {"measure": "reoffending", "period_end": datetime.date(2012, 4, 1)},
        f"period_end: found '2012-04-01'; {YEARS}",
    ),
    (
        checks.expected_is_a_part_of_the_cases,
        {"expected": None, "denominator": None},
        {"denominator": None},
        "denominator: found an empty cell; expected the cases of which so many are expected",
    ),
    (
        checks.expected_is_a_part_of_the_cases,
        {"expected": 0.0},
        {"expected": -0.5},
        "expected: found '-0.5'; expected from 0 to the denominator, 50",
    ),
    (
        checks.expected_is_a_part_of_the_cases,
        {"expected": 50.0},
        {"expected": 50.5},
        "expected: found '50.5'; expected from 0 to the denominator, 50",
    ),
    (
        checks.value_is_not_below_zero,
        {"measure": "orders-completed", "value": 0.0},
        {"measure": "orders-completed", "value": -3.0},
        "value: found '-3'; expected 0 or more",
    ),
    (
        checks.value_is_not_below_zero,
        {"measure": "rate-change", "value": -3.0},
        {"measure": "planned-budget", "value": -0.5},
        "value: found '-0.5'; expected 0 or more",
    ),
    (
        checks.target_can_be_reached,
        {"target": 100.0},
        {"target": 100.5},
        "target: found '100.5'; expected a percentage from 0 to 100",
    ),
    (
        checks.target_can_be_reached,
        {"measure": "rate-change", "target": -2.0},
        {"target": -1.0},
        "target: found '-1'; expected a percentage from 0 to 100",
    ),
    (
        checks.target_can_be_reached,
        {"measure": "orders-completed", "target": 150.0},
        {"measure": "orders-completed", "target": -1.0},
        "target: found '-1'; expected 0 or more",
    ),
]
IDS = [f"{check.__name__} {number}" for number, (check, *_) in enumerate(CASES)]


@pytest.mark.parametrize(("check", "good", "bad", "said"), CASES, ids=IDS)
def test_a_rule_passes_what_keeps_it(check, good, bad, said):
    assert list(check(row(**good), KNOWN)) == []


@pytest.mark.parametrize(("check", "good", "bad", "said"), CASES, ids=IDS)
def test_a_rule_names_what_breaks_it(check, good, bad, said):
    (problem,) = check(row(**bad), KNOWN)

    assert str(problem) == f"return.csv, row 2, {said}."


def test_every_rule_has_a_row_that_keeps_it_and_one_that_breaks_it():
    assert {check for check, *_ in CASES} == set(CHECKS)


def test_a_good_row_keeps_every_rule():
    assert check_return([row()], KNOWN) == []


@pytest.mark.parametrize(
    ("changes", "column", "said"),
    [
        ({"organisation": "kent"}, "organisation", "found 'kent'; expected 'london', as in row 2"),
        ({"framework": "ippf"}, "framework", "found 'ippf'; expected 'ptrs', as in row 2"),
        (
            {"period_start": datetime.date(2010, 3, 31)},
            "period_start",
            "found '2010-03-31'; expected a date in 2010-11, the financial year of row 2",
        ),
        (
            {"period_end": datetime.date(2011, 4, 1)},
            "period_end",
            "found '2011-04-01'; expected a date in 2010-11, the financial year of row 2",
        ),
    ],
)
def test_a_return_is_of_one_trust_framework_and_year(changes, column, said):
    (problem,) = is_of_one_trust_framework_and_year([row(2), row(3, **changes)])

    assert str(problem) == f"return.csv, row 3, {column}: {said}."


def test_the_first_and_the_last_day_of_the_year_belong_to_it():
    whole = {"period_start": datetime.date(2010, 4, 1), "period_end": datetime.date(2011, 3, 31)}

    assert list(is_of_one_trust_framework_and_year([row(2), row(3, **whole)])) == []


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (datetime.date(2010, 3, 31), "2009-10"),
        (datetime.date(2010, 4, 1), "2010-11"),
        (datetime.date(2010, 12, 31), "2010-11"),
        (datetime.date(2011, 1, 1), "2010-11"),
    ],
)
def test_a_financial_year_runs_from_april_to_march(day, year):
    assert str(financial_year_of(day)) == year


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"organisation": "camelot"}, "organisation"),
        ({"organisation": "kent-area"}, "organisation"),
        ({"framework": "league", "target": None}, "framework"),
        ({"measure": "happiness", "target": None}, "measure"),
        ({"measure": "planned-budget", "value": 5.0}, "target"),
        ({"period_end": datetime.date(2010, 3, 31)}, "period_end"),
        ({"numerator": -1}, "numerator"),
        ({"numerator": 51}, "numerator"),
        ({"value": math.inf, "denominator": None, "expected": None}, "value"),
        ({"expected": math.nan}, "expected"),
        ({"target": math.nan}, "target"),
        ({"value": 80.0}, "value"),
        ({"numerator": None}, "value"),
        ({"measure": "orders-completed"}, "value"),
        ({"status": "missing"}, "status"),
        ({"status": "nil"}, "status"),
        ({"expected": 51.0}, "expected"),
        ({"target": 101.0}, "target"),
        ({"measure": "orders-completed", "value": -1.0}, "value"),
    ],
    ids=str,
)
def test_every_rule_is_asked_of_a_return(changes, column):
    assert column in {problem.column for problem in check_return([row(**changes)], KNOWN)}


def test_a_measure_outside_the_framework_may_be_sent_without_a_target():
    assert check_return([row(measure="planned-budget", value=5.0, target=None)], KNOWN) == []


def test_a_figure_twice_is_named():
    assert [(p.row, p.column) for p in check_return([row(2), row(3)], KNOWN)] == [(3, "measure")]


def test_all_problems_are_named_by_row():
    rows = [
        row(2),
        row(3, measure="happiness", target=None, numerator=-1),
        row(4, measure="orders-completed", value=5.0, organisation="kent"),
        row(5, measure="planned-budget", value=-5.0, target=None),
    ]

    assert [(p.row, p.column) for p in check_return(rows, KNOWN)] == [
        (3, "measure"),
        (3, "numerator"),
        (4, "organisation"),
        (5, "value"),
    ]
