import pytest

from performance.vocabulary import Kind, Polarity
from tests.performance.calculation.sentences_examples import NAN, NOTHING_COMPARED, measure, plan, texts

CASES = (
    "Where a target is a share of cases, 20,312 of 21,900 cases were done as asked, 101.3% of the 20,047 "
    "that the targets ask for."
)
NO_CASES = {"counted": NAN, "cases": NAN, "required": NAN}


def process(measures: int = 12, **changes: object) -> str:
    return texts("london", (plan(measures),), divergence=[changes])["process"]


def test_targets_met_with_their_weight_and_the_cases_behind_them():
    assert process() == (
        "London Probation Trust met 9 of its 12 timeliness, volume and compliance targets in 2011-12, and "
        f"those met carry 74% of the weight of all 12. {CASES}"
    )


@pytest.mark.parametrize(
    ("judged", "met", "index", "text"),
    [
        (
            12,
            12,
            100.0,
            "London Probation Trust met all its 12 timeliness, volume and compliance targets in 2011-12.",
        ),
        (
            12,
            0,
            0.0,
            "London Probation Trust met none of its 12 timeliness, volume and compliance targets in 2011-12.",
        ),
        (
            12,
            1,
            8.3,
            "London Probation Trust met 1 of its 12 timeliness, volume and compliance targets in 2011-12, "
            "and the one met carries 8% of the weight of all 12.",
        ),
        (
            12,
            11,
            99.7,
            "London Probation Trust met 11 of its 12 timeliness, volume and compliance targets in 2011-12, "
            "and those met carry 99.7% of the weight of all 12.",
        ),
        (
            2,
            2,
            100.0,
            "London Probation Trust met both its timeliness, volume and compliance targets in 2011-12.",
        ),
        (
            2,
            1,
            40.0,
            "London Probation Trust met 1 of its 2 timeliness, volume and compliance targets in 2011-12, "
            "and the one met carries 40% of the weight of both.",
        ),
        (
            1,
            1,
            100.0,
            "London Probation Trust met its one timeliness, volume or compliance target in 2011-12.",
        ),
        (
            1,
            0,
            0.0,
            "London Probation Trust missed its one timeliness, volume or compliance target in 2011-12.",
        ),
    ],
)
def test_none_one_both_and_all_targets(judged, met, index, text):
    said = process(judged, targets_judged=judged, targets_met=met, process=index, **NO_CASES)

    assert said == text


@pytest.mark.parametrize(
    ("judged", "met", "text"),
    [
        (
            11,
            9,
            "London Probation Trust met 9 of the 11 timeliness, volume and compliance targets it could be "
            "judged on in 2011-12, and those met carry 74% of the weight of all 11; the framework "
            "has 14 such "
            "measures.",
        ),
        (
            1,
            0,
            "London Probation Trust missed the one timeliness, volume or compliance target it could "
            "be judged "
            "on in 2011-12; the framework has 14 such measures.",
        ),
        (
            2,
            2,
            "London Probation Trust met both the timeliness, volume and compliance targets it could "
            "be judged "
            "on in 2011-12; the framework has 14 such measures.",
        ),
    ],
)
def test_targets_that_could_not_be_judged_are_told_of(judged, met, text):
    assert process(14, targets_judged=judged, targets_met=met, **NO_CASES) == text


def test_measures_without_weight_or_of_no_judgement_are_no_targets():
    measures = (
        measure("a"),
        measure("b", weight=0.0),
        measure("c", polarity=Polarity.NONE),
        measure("d", kind=Kind.OUTCOME),
    )
    met = {"targets_judged": 1, "targets_met": 1, "process": 100.0, **NO_CASES}

    said = texts("london", (plan(measures=measures),), divergence=[met])

    assert said["process"] == (
        "London Probation Trust met its one timeliness, volume or compliance target in 2011-12."
    )


@pytest.mark.parametrize(
    ("done", "of", "required", "text"),
    [
        (1, 1, 0.9, "1 of 1 case was done as asked, 111.1% of the 0.9 that the targets ask for."),
        (0, 40, 36, "none of 40 cases were done as asked, 0% of the 36 that the targets ask for."),
        (1, 40, 36, "1 of 40 cases was done as asked, 2.8% of the 36 that the targets ask for."),
        (36, 40, 36, "36 of 40 cases were done as asked, 100% of the 36 that the targets ask for."),
        (
            19999,
            22000,
            19999.4,
            "19,999 of 22,000 cases were done as asked, 99.998% of the 19,999.4 that the targets ask for.",
        ),
        (40, 40, 0, "40 of 40 cases were done as asked."),
        (40, 40, NAN, "40 of 40 cases were done as asked."),
    ],
)
def test_cases_are_never_rounded_into_their_target(done, of, required, text):
    said = process(targets_met=12, process=100.0, counted=done, cases=of, required=required)

    assert said.partition(". ")[2] == f"Where a target is a share of cases, {text}"


def test_too_little_to_judge_has_its_reason_and_none_of_the_outcomes():
    said = process(**NOTHING_COMPARED | {"targets_judged": 2, "targets_met": 1})

    assert said == (
        "How far London Probation Trust met its timeliness, volume and compliance targets in 2011-12 "
        "can't be "
        "told, because no process measure has both a figure and a target. Of 2 targets that could be judged "
        "it met 1."
    )


def test_one_target_judged_and_missed_where_that_is_too_little():
    said = process(**NOTHING_COMPARED | {"targets_judged": 1, "reason": "it is less than half of the weight"})

    assert said.endswith(
        "because it is less than half of the weight. Of 1 target that could be judged it met none."
    )


def test_nothing_judged_and_no_reason_given():
    said = process(**NOTHING_COMPARED | {"reason": "", "outcome": 0.5})

    assert said == (
        "How far London Probation Trust met its timeliness, volume and compliance targets in 2011-12 "
        "can't be told, because the figures that it takes aren't there."
    )


def test_of_all_together_sums_come_before_shares():
    said = texts(
        divergence=[
            {"targets_judged": 10, "targets_met": 9, "counted": 90.0, "cases": 100.0, "required": 90.0},
            {"organisation": "wales", "targets_judged": 30, "targets_met": 6}
            | {"counted": 1.0, "cases": 900.0}
            | {"required": 810.0},
            {"organisation": "kent"} | NOTHING_COMPARED,
        ]
    )

    assert said["process"] == (
        "2 trusts together met 15 of 40 targets for timeliness, volume and compliance in 2011-12 "
        "(38%). Where "
        "a target is a share of cases, 91 of 1,000 cases were done as asked, 10.1% of the 900 that "
        "the targets "
        "ask for."
    )


def test_of_one_trust_and_of_none():
    one = texts(divergence=[{}])["process"]

    assert one.startswith(
        "The one trust with figures met 9 of 12 targets for timeliness, volume and compliance"
    )
    assert "process" not in texts(divergence=[NOTHING_COMPARED])


def test_an_unknown_framework_is_judged_on_what_there_is():
    said = texts("london", (), divergence=[NO_CASES])["process"]

    assert said.startswith(
        "London Probation Trust met 9 of the 12 timeliness, volume and compliance targets it could "
        "be judged on in 2011-12"
    )
