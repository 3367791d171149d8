"""Each rule for a figure, with a row that keeps it and one that breaks it."""

import datetime
import math

import pytest

from performance.frameworks import figure_checks as checks
from performance.frameworks.figure_checks import CHECKS, Known, check_table, no_figure_twice
from performance.published.rows import PublishedRow
from trusts.content import Located

KNOWN = Known(
    organisations=frozenset({"gwent-area", "durham-area"}),
    units={"reports-on-time": "share", "orders-completed": "count"},
    framework_measures=frozenset({("scorecard", "reports-on-time")}),
)

GOOD = PublishedRow(
    organisation="gwent-area",
    measure="reports-on-time",
    framework="scorecard",
    period_start=datetime.date(2005, 4, 1),
    period_end=datetime.date(2006, 3, 31),
    status="reported",
    numerator=479,
    denominator=692,
    value=69,
    target=71,
    percent_of_target=None,
    as_printed="",
    source="https://example.org/hansard",
    certainty="verbatim",
    note="",
)


def row(number: int = 2, **changes) -> Located[PublishedRow]:
    return Located("table.csv", number, GOOD.model_copy(update=changes))


# Rule, what a row that keeps it has, what one that breaks it has, and what is said of that.
CASES = [
    (
        checks.organisation_is_known,
        {"organisation": "durham-area"},
        {"organisation": "camelot"},
        "organisation: found 'camelot'; expected the slug of an organisation",
    ),
    (
        checks.measure_is_known,
        {"measure": "orders-completed"},
        {"measure": "reports"},
        "measure: found 'reports'; expected the code of a measure",
    ),
    (
        checks.framework_is_known,
        {"framework": ""},
        {"framework": "league"},
        "framework: found 'league'; expected the slug of a framework, or empty",
    ),
    (
        checks.target_belongs_to_a_measure_of_the_framework,
        {"measure": "orders-completed", "target": None},
        {"measure": "orders-completed"},
        "target: found '71'; expected 'orders-completed' to be a measure of the row's framework",
    ),
    (
        checks.target_belongs_to_a_measure_of_the_framework,
        {},
        {"framework": ""},
        "target: found '71'; expected 'reports-on-time' to be a measure of the row's framework",
    ),
    (
        checks.period_runs_forward,
        {"period_end": GOOD.period_start},
        {"period_end": datetime.date(2005, 3, 31)},
        "period_end: found '2005-03-31'; expected a date on or after 2005-04-01",
    ),
    (
        checks.counts_are_not_negative,
        {"numerator": 0, "denominator": 0},
        {"numerator": -1},
        "numerator: found '-1'; expected 0 or more",
    ),
    (
        checks.counts_are_not_negative,
        {"numerator": None, "denominator": None},
        {"denominator": -5},
        "denominator: found '-5'; expected 0 or more",
    ),
    (
        checks.numbers_are_finite,
        {"value": None, "target": None},
        {"value": math.nan},
        "value: found 'nan'; expected a finite number",
    ),
    (
        checks.numbers_are_finite,
        {"percent_of_target": 194.0},
        {"percent_of_target": math.inf},
        "percent_of_target: found 'inf'; expected a finite number",
    ),
    (
        checks.numbers_are_finite,
        {"value": 1e15},
        {"value": 1e16},
        "value: found '1e+16'; expected 0, or a size from 1e-06 to 1e+15",
    ),
    (
        checks.numbers_are_finite,
        {"target": 0.0},
        {"target": 1e-320},
        "target: found '9.99989e-321'; expected 0, or a size from 1e-06 to 1e+15",
    ),
    (checks.numbers_are_finite, {}, {"target": -math.inf}, "target: found '-inf'; expected a finite number"),
    (
        checks.share_is_no_more_than_the_whole,
        {"numerator": 692},
        {"numerator": 693},
        "numerator: found '693'; expected at most the denominator, 692",
    ),
    (
        checks.share_is_no_more_than_the_whole,
        {"value": 100},
        {"value": 100.5},
        "value: found '100.5'; expected a percentage from 0 to 100",
    ),
    (
        checks.share_is_no_more_than_the_whole,
        {"measure": "orders-completed", "numerator": 693, "value": 126},
        {"value": -1},
        "value: found '-1'; expected a percentage from 0 to 100",
    ),
    (
        checks.share_agrees_with_its_counts,
        {"value": 69.2},
        {"value": 70},
        "value: found '70'; expected 69.2, which 479 of 692 comes to",
    ),
    (
        checks.share_agrees_with_its_counts,
        {"numerator": 1, "denominator": 8, "value": 13},
        {"numerator": 1, "denominator": 8, "value": 13.1},
        "value: found '13.1'; expected 12.5, which 1 of 8 comes to",
    ),
    (
        checks.share_agrees_with_its_counts,
        {"measure": "orders-completed", "value": 5},
        {"value": 5},
        "value: found '5'; expected 69.2, which 479 of 692 comes to",
    ),
    (
        checks.reported_has_a_value,
        {"value": None},
        {"value": None, "numerator": None},
        "value: found an empty cell; expected a value (of a share, its counts will do), as it is 'reported'",
    ),
    (
        checks.reported_has_a_value,
        {"status": "missing", "value": None, "numerator": None},
        {"value": None, "denominator": 0, "numerator": 0},
        "value: found an empty cell; expected a value (of a share, its counts will do), as it is 'reported'",
    ),
    (
        checks.reported_has_a_value,
        {"measure": "reports", "value": None},
        {"measure": "reports", "value": None, "numerator": None},
        "value: found an empty cell; expected a value",
    ),
    (
        checks.reported_has_a_value,
        {"measure": "orders-completed", "value": 479.0},
        {"measure": "orders-completed", "value": None},
        "value: found an empty cell; expected a value",
    ),
    (
        checks.without_a_number_has_none,
        {"status": "suppressed", "value": None, "numerator": None},
        {"status": "missing"},
        "status: found 'missing'; expected 'reported' or 'nil', as there is a number",
    ),
    (
        checks.share_agrees_with_its_counts,
        {"value": None, "numerator": 0, "denominator": 0},
        {"value": 50, "numerator": 0, "denominator": 0},
        "value: found '50'; expected an empty cell, as a share of no cases is none",
    ),
    (
        checks.nil_is_nothing,
        {"status": "nil", "value": 0, "numerator": 0},
        {"status": "nil"},
        "status: found 'nil'; expected 'reported', as there is a number above nil",
    ),
    (
        checks.without_a_number_has_none,
        {"status": "nil"},
        {"status": "not-applicable", "numerator": None},
        "status: found 'not-applicable'; expected 'reported' or 'nil', as there is a number",
    ),
]
IDS = [f"{check.__name__} {number}" for number, (check, *_) in enumerate(CASES)]


@pytest.mark.parametrize(("check", "good", "bad", "said"), CASES, ids=IDS)
def test_a_rule_passes_what_keeps_it(check, good, bad, said):
    assert list(check(row(**good), KNOWN)) == []


@pytest.mark.parametrize(("check", "good", "bad", "said"), CASES, ids=IDS)
def test_a_rule_names_what_breaks_it(check, good, bad, said):
    (problem,) = check(row(**bad), KNOWN)

    assert str(problem).startswith(f"table.csv, row 2, {said}")


def test_every_rule_has_a_row_that_keeps_it_and_one_that_breaks_it():
    assert {check for check, *_ in CASES} == set(CHECKS)


def test_a_good_row_keeps_every_rule():
    assert check_table([row()], KNOWN) == []


def test_a_figure_twice_is_named_with_the_row_that_has_it():
    problems = list(no_figure_twice([row(2), row(3, organisation="durham-area"), row(4), row(5)]))

    assert [str(problem) for problem in problems] == [
        f"table.csv, row {number}, measure: found 'reports-on-time'; "
        "expected one row for this figure; row 2 has it already."
        for number in (4, 5)
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"organisation": "durham-area"},
        {"measure": "orders-completed"},
        {"period_start": datetime.date(2005, 5, 1)},
        {"period_end": datetime.date(2006, 4, 30)},
    ],
)
def test_another_organisation_measure_or_period_is_another_figure(other):
    assert list(no_figure_twice([row(2), row(3, **other)])) == []


def test_all_problems_of_a_table_are_named_by_row():
    rows = [row(2, organisation="camelot"), row(3, value=5), row(4, measure="reports", target=None), row(5)]

    assert [(p.row, p.column) for p in check_table([*rows, row(6)], KNOWN)] == [
        (2, "organisation"),
        (3, "value"),
        (4, "measure"),
        (5, "measure"),
        (6, "measure"),
    ]
