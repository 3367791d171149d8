"""The band with how sure it is, and the three facts beside it."""

import pytest

from performance.releases.key_facts import headline, key_facts
from performance.vocabulary import Kind, TargetStatus
from tests.performance.charts.findings import make_divergence_row, make_prediction_row, make_rating_row
from tests.performance.releases.measures import make_measure


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Good; 83% likely to be rated Good again, 12% Exceptional, 5% Requiring improvement"),
        ({"probabilities": {3: 1.0, 4: 0.0}}, "Good; above 99% likely to be rated Good again"),
        ({"probabilities": {3: 0.995, 4: 0.005}}, "Good; above 99% likely to be rated Good again"),
        ({"probabilities": {}}, "Good"),
        (
            {"band": 1, "probabilities": {1: 0.9, 2: 0.1}},
            "Band 1; 90% likely to be rated Band 1 again, 10% Requiring improvement",
        ),
        ({"band": None, "score": None, "probabilities": {}}, "Not rated"),
    ],
)
def test_the_headline_is_the_band_and_how_sure_it_is(given, said):
    assert headline(make_rating_row(**given)) == said


def test_targets_are_counted_about_process_and_about_what_came_of_it():
    met, missed = {"target_status": TargetStatus.MET}, {"target_status": TargetStatus.MISSED}
    measures = [
        make_measure(result=met),
        make_measure(result=missed | {"kind": Kind.VOLUME}),
        make_measure(result=met | {"kind": Kind.OUTCOME}),
        make_measure(result=missed | {"kind": Kind.RESOURCE}),
        make_measure(result={"target_status": TargetStatus.NO_TARGET}),
        make_measure(result={"target_status": TargetStatus.CANNOT_TELL}),
    ]

    (fact,) = key_facts(measures, None, None)

    assert (fact.label, fact.value) == ("Targets met", "2 of 4")
    assert fact.notes == ["1 of 2 about process", "1 of 2 about outcomes and resources"]


def test_attainment_and_reoffending_come_with_their_counts_and_intervals():
    attainment, reoffending = key_facts([], make_divergence_row(), make_prediction_row())

    assert (attainment.value, attainment.notes) == (
        "102.0%",
        ["9,300 done, 9,120 asked for by its targets", "95% interval 101.4% to 102.6%"],
    )
    assert (reoffending.value, reoffending.notes) == (
        "0.80 points above",
        [
            "1,641 of 17,000 reoffended, 1,505 predicted",
            "95% interval 0.31 to 1.29 points",
            "Significantly higher than predicted (95%)",
        ],
    )


def test_what_is_not_known_is_left_out_or_says_why():
    untold = {"difference": None, "lower": None, "upper": None, "verdict": ""}
    without = make_prediction_row(**untold, reason="no quarterly cohort has a predicted rate")

    (fact,) = key_facts([], make_divergence_row(attainment=None), without)

    assert (fact.value, fact.notes) == ("Not compared", ["No quarterly cohort has a predicted rate."])
    assert key_facts([], None, None) == []
