"""What to ask about first: which measures stand out, and in which order."""

from itertools import product

import pytest

from performance.releases.exceptions import (
    Priority,
    compared,
    exceptions_among,
    judged_measures,
    priority_of,
)
from performance.releases.judgements import Movement, Side
from performance.releases.peer_rows import Peers
from performance.statistics.reoffending.verdicts import AgainstPrediction
from performance.vocabulary import Flag, Polarity, TargetStatus, Variation
from tests.performance.charts.findings import make_prediction_row
from tests.performance.charts.rows import make_row, year
from tests.performance.releases.measures import make_change, make_measure, make_spread

NOBODY = Peers("england-and-wales", "all trusts", {}, [])
WORSENING = {"variation": Variation.CONCERN}
IMPROVING = {"variation": Variation.IMPROVEMENT}
STANDS_OUT = {
    (Side.WORSE, Movement.WORSENING): Priority.WORSE_AND_WORSENING,
    (Side.WORSE, Movement.IMPROVING): Priority.WORSE,
    (Side.WORSE, Movement.STEADY): Priority.WORSE,
    (Side.WORSE, Movement.BOTH_WAYS): Priority.WORSE,
    (Side.WORSE, Movement.CANNOT_TELL): Priority.WORSE,
    (Side.BETTER, Movement.WORSENING): Priority.WORSENING,
    (Side.NO_DIFFERENT, Movement.WORSENING): Priority.WORSENING,
    (Side.NO_JUDGEMENT, Movement.WORSENING): Priority.WORSENING,
    (Side.NOT_COMPARED, Movement.WORSENING): Priority.WORSENING,
    (Side.BETTER, Movement.IMPROVING): Priority.IMPROVING,
    (Side.NO_DIFFERENT, Movement.IMPROVING): Priority.IMPROVING,
    (Side.NO_JUDGEMENT, Movement.IMPROVING): Priority.IMPROVING,
    (Side.NOT_COMPARED, Movement.IMPROVING): Priority.IMPROVING,
}


@pytest.mark.parametrize(("side", "movement"), list(product(Side, Movement)))
def test_a_measure_stands_out_by_its_side_and_its_movement(side, movement):
    assert priority_of(side, movement) == STANDS_OUT.get((side, movement))


def named(title: str, **given):
    result = {"measure": title, "measure_title": title, **given.pop("result", {})}
    return make_measure(result=result, **given)


def test_worse_and_worsening_comes_first_then_worse_then_worsening_then_improving():
    inside = {"flag": Flag.INSIDE}
    measures = [
        named("improving", result=inside, change=make_change(**IMPROVING)),
        named("steady", result=inside, change=make_change()),
        named("worsening", result=inside, change=make_change(**WORSENING)),
        named("worse", change=make_change()),
        named("worse though improving", change=make_change(**IMPROVING)),
        named("worse and worsening", change=make_change(**WORSENING)),
        named("not known"),
    ]

    assert [one.result.measure for one in exceptions_among(measures)] == [
        "worse and worsening",
        "not known",
        "worse",
        "worse though improving",
        "worsening",
        "improving",
    ]


def test_of_one_kind_what_lies_furthest_comes_first_then_what_missed_its_target_then_by_name():
    met = {"target_status": TargetStatus.MET}
    measures = [
        named("b near", result={"flag": Flag.LOW_95}),
        named("a near", result={"flag": Flag.LOW_95}),
        named("a near, met", result={"flag": Flag.LOW_95, **met}),
        named("far, met", result=met),
        named("far"),
    ]

    assert [one.result.measure for one in exceptions_among(measures)] == [
        "far",
        "far, met",
        "a near",
        "b near",
        "a near, met",
    ]


@pytest.mark.parametrize(
    ("verdict", "priority"),
    [
        (AgainstPrediction.HIGHER_95, Priority.WORSE),
        (AgainstPrediction.NOT_DIFFERENT, None),
        (AgainstPrediction.LOWER_998, None),
    ],
)
def test_reoffending_is_judged_against_its_prediction_and_its_own_rate_says_nothing(verdict, priority):
    """The flag and the change of the rate follow whoever is supervised."""
    measure = make_measure(
        result={"flag": Flag.HIGH_998, "polarity": Polarity.LOWER},
        change=make_change(polarity=Polarity.LOWER, lower=1.0, upper=2.0),
        prediction=make_prediction_row(verdict=str(verdict)),
    )

    assert measure.movement == Movement.CANNOT_TELL
    assert measure.priority == priority


def test_only_what_has_limits_and_a_good_side_could_be_flagged_by_chance():
    measures = [
        make_measure(),
        make_measure(result={"flag": Flag.INSIDE}),
        make_measure(result={"flag": Flag.INSIDE, "polarity": Polarity.NONE}),
        make_measure(result={"flag": Flag.NOT_COMPARED}),
        make_measure(prediction=make_prediction_row()),
    ]

    assert [measures.index(one) for one in compared(measures)] == [0, 1, 4]


def test_a_year_holds_each_measure_once_with_what_is_of_that_year():
    own = [
        make_row(measure="a", measure_title="A", period=year(2010), value=1.0),
        make_row(measure="a", measure_title="A", period=year(2011), value=2.0),
        make_row(measure="b", measure_title="B", period=year(2010), value=3.0),
    ]
    changes = [make_change(measure="a", period=year(2011)), make_change(measure="b", period=year(2010))]
    predictions = [make_prediction_row(measure="b", period=year(2010))]

    earlier = judged_measures(own, year(2010), NOBODY, changes, predictions)
    later = judged_measures(own, year(2011), NOBODY, changes, predictions)

    assert [(one.result.value, one.change, one.prediction) for one in earlier] == [
        (1.0, None, None),
        (3.0, changes[1], predictions[0]),
    ]
    assert [(one.result.value, one.change, one.prediction) for one in later] == [(2.0, changes[0], None)]


def test_numbers_of_cases_are_compared_by_how_much_of_its_target_each_trust_did():
    count = {"unit": "count", "value": 2_283.0, "numerator": None, "denominator": None, "target": 2_532.0}
    measure = make_measure(
        result={**count, "attainment": 90.166}, peers=make_spread(pooled=93.4, pooled_counts="8,919 of 9,552")
    )

    assert (measure.comparable, measure.comparable_target) == (90.166, 100.0)
    assert measure.written_peers == "93% of target"
    assert make_measure().comparable == 84.0
    assert make_measure().comparable_target == 90.0
    assert make_measure().written_peers == "88%"
    assert make_measure(peers=None).written_peers == ""
