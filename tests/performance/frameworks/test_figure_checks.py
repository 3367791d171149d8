"""Each rule for a figure, with a row that keeps it and one that breaks it."""

import datetime
import math
import random
import re

import pytest

from performance.frameworks.figure_checks import CHECKS, Known, check_table, counts, names, statuses
from performance.frameworks.figure_checks.faults import Find
from performance.published.rows import PublishedRow
from performance.vocabulary import Status
from tests.oracles import figure_checks as row_by_row
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
        names.organisation_is_known,
        {"organisation": "durham-area"},
        {"organisation": "camelot"},
        "organisation: found 'camelot'; expected the slug of an organisation",
    ),
    (
        names.measure_is_known,
        {"measure": "orders-completed"},
        {"measure": "reports"},
        "measure: found 'reports'; expected the code of a measure",
    ),
    (
        names.framework_is_known,
        {"framework": ""},
        {"framework": "league"},
        "framework: found 'league'; expected the slug of a framework, or empty",
    ),
    (
        names.target_belongs_to_a_measure_of_the_framework,
        {"measure": "orders-completed", "target": None},
        {"measure": "orders-completed"},
        "target: found '71'; expected 'orders-completed' to be a measure of the row's framework",
    ),
    (
        names.target_belongs_to_a_measure_of_the_framework,
        {},
        {"framework": ""},
        "target: found '71'; expected 'reports-on-time' to be a measure of the row's framework",
    ),
    (
        names.period_runs_forward,
        {"period_end": GOOD.period_start},
        {"period_end": datetime.date(2005, 3, 31)},
        "period_end: found '2005-03-31'; expected a date on or after 2005-04-01",
    ),
    (
        counts.counts_are_not_negative,
        {"numerator": 0, "denominator": 0},
        {"numerator": -1},
        "numerator: found '-1'; expected 0 or more",
    ),
    (
        counts.counts_are_not_negative,
        {"numerator": None, "denominator": None},
        {"denominator": -5},
        "denominator: found '-5'; expected 0 or more",
    ),
    (
        counts.numbers_are_finite,
        {"value": None, "target": None},
        {"value": math.inf},
        "value: found 'inf'; expected a finite number",
    ),
    (
        counts.numbers_are_finite,
        {"percent_of_target": 194.0},
        {"percent_of_target": math.inf},
        "percent_of_target: found 'inf'; expected a finite number",
    ),
    (
        counts.numbers_have_a_size_that_can_be,
        {"value": 1e15},
        {"value": 1e16},
        "value: found '1e+16'; expected 0, or a size from 1e-06 to 1e+15",
    ),
    (
        counts.numbers_have_a_size_that_can_be,
        {"target": 0.0},
        {"target": 1e-320},
        "target: found '9.99989e-321'; expected 0, or a size from 1e-06 to 1e+15",
    ),
    (counts.numbers_are_finite, {}, {"target": -math.inf}, "target: found '-inf'; expected a finite number"),
    (
        counts.share_is_no_more_than_the_whole,
        {"numerator": 692},
        {"numerator": 693},
        "numerator: found '693'; expected at most the denominator, 692",
    ),
    (
        counts.share_is_from_0_to_100,
        {"value": 100},
        {"value": 100.5},
        "value: found '100.5'; expected a percentage from 0 to 100",
    ),
    (
        counts.share_is_from_0_to_100,
        {"measure": "orders-completed", "numerator": 693, "value": 126},
        {"value": -1},
        "value: found '-1'; expected a percentage from 0 to 100",
    ),
    (
        counts.share_agrees_with_its_counts,
        {"value": 69.2},
        {"value": 70},
        "value: found '70'; expected 69.2, which 479 of 692 comes to",
    ),
    (
        counts.share_agrees_with_its_counts,
        {"numerator": 1, "denominator": 8, "value": 13},
        {"numerator": 1, "denominator": 8, "value": 13.1},
        "value: found '13.1'; expected 12.5, which 1 of 8 comes to",
    ),
    (
        counts.share_agrees_with_its_counts,
        {"numerator": 1, "denominator": 3, "value": 33.33},
        {"numerator": 1, "denominator": 3, "value": 33.35},
        "value: found '33.35'; expected 33.33, which 1 of 3 comes to",
    ),
    (
        counts.share_agrees_with_its_counts,
        {"numerator": 1, "denominator": 3, "value": 33.333333},
        {"numerator": 1_000_001, "denominator": 3_000_000, "value": 33.4},
        "value: found '33.4'; expected 33.3, which 1000001 of 3000000 comes to",
    ),
    (
        counts.share_agrees_with_its_counts,
        {"measure": "orders-completed", "value": 5},
        {"value": 5},
        "value: found '5'; expected 69.2, which 479 of 692 comes to",
    ),
    (
        statuses.reported_has_a_value,
        {"value": None},
        {"value": None, "numerator": None},
        "value: found an empty cell; expected a value (of a share, its counts will do), as it is 'reported'",
    ),
    (
        statuses.reported_has_a_value,
        {"status": "missing", "value": None, "numerator": None},
        {"value": None, "denominator": 0, "numerator": 0},
        "value: found an empty cell; expected a value (of a share, its counts will do), as it is 'reported'",
    ),
    (
        statuses.reported_has_a_value,
        {"measure": "reports", "value": None},
        {"measure": "reports", "value": None, "numerator": None},
        "value: found an empty cell; expected a value",
    ),
    (
        statuses.reported_has_a_value,
        {"measure": "orders-completed", "value": 479.0},
        {"measure": "orders-completed", "value": None},
        "value: found an empty cell; expected a value",
    ),
    (
        statuses.without_a_number_has_none,
        {"status": "suppressed", "value": None, "numerator": None},
        {"status": "missing"},
        "status: found 'missing'; expected 'reported' or 'nil', as there is a number",
    ),
    (
        counts.share_of_no_cases_is_none,
        {"value": None, "numerator": 0, "denominator": 0},
        {"value": 50, "numerator": 0, "denominator": 0},
        "value: found '50'; expected an empty cell, as a share of no cases is none",
    ),
    (
        statuses.nil_is_nothing,
        {"status": "nil", "value": 0, "numerator": 0},
        {"status": "nil"},
        "status: found 'nil'; expected 'reported', as there is a number above nil",
    ),
    (
        statuses.without_a_number_has_none,
        {"status": "nil"},
        {"status": "not-applicable", "numerator": None},
        "status: found 'not-applicable'; expected 'reported' or 'nil', as there is a number",
    ),
]
IDS = [f"{find.__name__} {number}" for number, (find, *_) in enumerate(CASES)]
RULES = {rule.find: rule for rule in CHECKS}


def broken(find: Find, *rows: Located[PublishedRow]) -> list[str]:
    """What one rule alone says of rows."""
    return [str(problem) for problem in check_table(rows, KNOWN, [RULES[find]])]


@pytest.mark.parametrize(("find", "good", "bad", "said"), CASES, ids=IDS)
def test_a_rule_passes_what_keeps_it(find, good, bad, said):
    assert broken(find, row(**good)) == []


@pytest.mark.parametrize(("find", "good", "bad", "said"), CASES, ids=IDS)
def test_a_rule_names_what_breaks_it(find, good, bad, said):
    (problem,) = broken(find, row(**bad))

    assert problem.startswith(f"table.csv, row 2, {said}")


@pytest.mark.parametrize(("find", "good", "bad", "said"), CASES, ids=IDS)
def test_a_rule_names_no_other_row(find, good, bad, said):
    (problem,) = broken(find, row(2, **good), row(3, **bad), row(4, **good))

    assert problem.startswith(f"table.csv, row 3, {said}")


def test_every_rule_has_a_row_that_keeps_it_and_one_that_breaks_it():
    assert {find for find, *_ in CASES} | {names.no_figure_twice} == set(RULES)


def test_every_rule_has_a_code_of_its_own_and_says_what_must_hold():
    assert len({rule.code for rule in CHECKS}) == len(CHECKS)
    for rule in CHECKS:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.code)
        assert re.fullmatch(r"[A-Z].*[^.]\.", rule.holds)


def test_a_good_row_keeps_every_rule():
    assert check_table([row()], KNOWN) == []


def test_a_table_without_rows_keeps_every_rule():
    assert check_table([], KNOWN) == []


def test_a_cell_that_says_it_is_no_number_is_named_alone():
    """It isn't taken for an empty cell, which would be another problem."""
    problems = check_table([row(value=math.nan, numerator=None), row(3, target=math.nan)], KNOWN)

    assert [str(problem) for problem in problems if problem.row == 2] == [
        "table.csv, row 2, value: found 'nan'; expected a finite number."
    ]
    assert "table.csv, row 3, target: found 'nan'; expected a finite number." in map(str, problems)


def test_a_figure_twice_is_named_with_the_row_that_has_it():
    rows = [row(2), row(3, organisation="durham-area"), row(4), row(5)]

    assert broken(names.no_figure_twice, *rows) == [
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
    assert broken(names.no_figure_twice, row(2), row(3, **other)) == []


def test_all_problems_of_a_table_are_named_by_row():
    rows = [row(2, organisation="camelot"), row(3, value=5), row(4, measure="reports", target=None), row(5)]

    assert [(p.row, p.column) for p in check_table([*rows, row(6)], KNOWN)] == [
        (2, "organisation"),
        (3, "value"),
        (4, "measure"),
        (5, "measure"),
        (6, "measure"),
    ]


# Cells of every kind that a rule asks about, most of them more than once.
POOLS = {
    "organisation": ["gwent-area", "durham-area", "camelot"],
    "measure": ["reports-on-time", "orders-completed", "reports"],
    "framework": ["scorecard", "", "league"],
    "period_start": [datetime.date(2005, 4, 1), datetime.date(2005, 5, 1)],
    "period_end": [datetime.date(2005, 4, 30), datetime.date(2006, 3, 31), datetime.date(2005, 3, 31)],
    "status": list(Status),
    "numerator": [None, -1, 0, 1, 5, 479, 692, 693],
    "denominator": [None, -5, 0, 1, 7, 692, 693],
    "value": [None, None, -1.0, 0.0, 14.3, 20.0, 69.2, 69.3, 70.0, 100.0, 100.5, 1e16, 1e-7, math.inf],
    "target": [None, 71.0, -math.inf, 1e-320],
    "percent_of_target": [None, 194.0, math.inf],
}


@pytest.mark.parametrize("seed", range(20))
def test_rules_for_whole_columns_say_what_rules_for_rows_said(seed):
    dice = random.Random(seed)  # noqa: S311
    rows = [row(n, **{column: dice.choice(pool) for column, pool in POOLS.items()}) for n in range(2, 102)]

    said = check_table(rows, KNOWN)

    assert sorted(map(str, said)) == sorted(
        map(str, row_by_row.check_rows(rows, KNOWN, row_by_row.OF_ANY_FIGURE))
    )
    assert [problem.row for problem in said] == sorted(problem.row for problem in said)
    assert len(said) > 100
