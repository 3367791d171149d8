"""Every rule for a figure, in the order in which problems of one row are named."""

from performance.frameworks.figure_checks.counts import (
    counts_are_not_negative,
    numbers_are_finite,
    numbers_have_a_size_that_can_be,
    share_agrees_with_its_counts,
    share_is_from_0_to_100,
    share_is_no_more_than_the_whole,
    share_of_no_cases_is_none,
)
from performance.frameworks.figure_checks.faults import Rule
from performance.frameworks.figure_checks.names import (
    framework_is_known,
    measure_is_known,
    no_figure_twice,
    organisation_is_known,
    period_runs_forward,
    target_belongs_to_a_measure_of_the_framework,
)
from performance.frameworks.figure_checks.statuses import (
    nil_is_nothing,
    reported_has_a_value,
    without_a_number_has_none,
)

# Those for which trusts' returns have one of their own.
FRAMEWORK = Rule(
    "framework-unknown", "The framework is one that is known, or there is none.", framework_is_known
)
TWICE = Rule("figure-twice", "A figure stands in one row only.", no_figure_twice)

CHECKS: tuple[Rule, ...] = (
    Rule("organisation-unknown", "The organisation is one that is known.", organisation_is_known),
    Rule("measure-unknown", "The measure is one that is known.", measure_is_known),
    FRAMEWORK,
    Rule(
        "target-outside-the-framework",
        "A target is set for a measure of the row's framework.",
        target_belongs_to_a_measure_of_the_framework,
    ),
    Rule("period-backwards", "A period ends on or after the day on which it starts.", period_runs_forward),
    Rule("count-below-zero", "A numerator or denominator is 0 or more.", counts_are_not_negative),
    Rule("number-not-finite", "A number is finite.", numbers_are_finite),
    Rule(
        "number-out-of-size",
        "A number is 0, or of a size that something can have.",
        numbers_have_a_size_that_can_be,
    ),
    Rule(
        "share-above-the-whole",
        "A share's numerator is no more than its denominator.",
        share_is_no_more_than_the_whole,
    ),
    Rule("share-outside-0-to-100", "A share is from 0 to 100 per cent.", share_is_from_0_to_100),
    Rule("share-of-no-cases", "A share of no cases has no value.", share_of_no_cases_is_none),
    Rule(
        "share-off-its-counts",
        "A share is what its counts come to, rounded to its last digit.",
        share_agrees_with_its_counts,
    ),
    Rule("reported-without-a-value", "What is reported has a value.", reported_has_a_value),
    Rule(
        "number-not-reported",
        "What is missing, suppressed or not applicable has no number.",
        without_a_number_has_none,
    ),
    Rule("nil-with-a-number", "A nil return is nothing, or zero.", nil_is_nothing),
    TWICE,
)
