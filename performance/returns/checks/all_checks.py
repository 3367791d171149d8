"""Every check of a return's figures."""

from performance.frameworks.figure_checks.rules import CHECKS as FOR_ANY_FIGURE
from performance.frameworks.figure_checks.rules import FRAMEWORK, TWICE
from performance.returns.checks import (
    amounts,
    gaps,
    jumps,
    repeats,
    running,
    senders,
    small,
    totals,
    twice,
    vanished,
    when,
)
from performance.returns.checks.check import Check, cells, error, of_any_figure, warning

CHECKS: tuple[Check, ...] = (
    *(of_any_figure(rule) for rule in FOR_ANY_FIGURE if rule not in (FRAMEWORK, TWICE)),
    cells(FRAMEWORK.code, "The framework is one that is known.", senders.framework_is_known),
    cells(
        "organisation-no-trust",
        "The organisation is a probation trust.",
        senders.organisation_is_a_trust,
    ),
    error(
        "organisation-of-others",
        "Figures are of a trust whose figures the sender may send.",
        senders.organisation_is_the_senders_own,
    ),
    error(
        "trust-not-standing",
        "The trust stood in the period, or in some of it.",
        senders.trust_stood_in_the_period,
    ),
    cells("period-too-long", "A period is no longer than a year.", when.period_is_no_longer_than_a_year),
    cells(
        "period-outside-the-framework",
        "A period lies within the years of the framework.",
        when.period_lies_in_the_years_of_the_framework,
    ),
    error("period-not-over", "A period has ended before the figures are sent.", when.period_is_over),
    error(TWICE.code, TWICE.holds, twice.figure_stands_once),
    error(
        "figure-twice-different",
        "Rows of one figure don't contradict one another.",
        twice.figure_has_one_value,
    ),
    cells(
        "predicted-missing",
        "Reported reoffending has the number that was predicted, and of how many.",
        amounts.prediction_is_there,
    ),
    cells(
        "expected-outside-the-cases",
        "A predicted number is from 0 to the denominator.",
        amounts.expected_is_a_part_of_the_cases,
    ),
    cells(
        "value-below-zero",
        "What is counted, spent or waited for is 0 or more.",
        amounts.value_is_not_below_zero,
    ),
    cells("target-out-of-reach", "A target is one that can be reached.", amounts.target_can_be_reached),
    error(
        "total-is-off",
        "A total is what its months or quarters in the same file add up to.",
        totals.total_is_that_of_its_parts,
    ),
    warning(
        "year-to-date-falls",
        "A figure for the year to date is no less than that of an earlier month.",
        running.year_to_date_grows,
    ),
    warning(
        "jump",
        f"From one period to the next a share of {jumps.ENOUGH_CASES} cases or more changes by "
        f"{jumps.JUMP_POINTS} percentage points or less, and a count by half or less, or by "
        f"{jumps.JUMP_COUNT} or less.",
        jumps.figure_does_not_jump,
    ),
    warning(
        "denominator-vanishes",
        f"What had {vanished.MANY_CASES} cases or more in the period before has some.",
        vanished.cases_do_not_vanish,
    ),
    warning(
        "small-number",
        f"No figure is of {small.FEWEST} to {small.MOST} cases, who could be identified.",
        small.cases_are_not_few,
    ),
    warning(
        "same-as-last",
        "The figures of a month aren't all those of the month before.",
        repeats.month_is_not_that_before,
    ),
    warning(
        "month-missing",
        "A quarter of which two months have figures has the third.",
        gaps.quarter_has_all_its_months,
    ),
)
