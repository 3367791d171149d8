"""Better or worse, improving or worsening: the rule that the page states, case by case."""

import pytest

from performance.releases.judgements import Movement, Side, movement_of, side_of_flag, side_of_prediction
from performance.statistics.reoffending.verdicts import AgainstPrediction
from performance.vocabulary import Flag, Polarity, Variation
from tests.performance.releases.measures import make_change

HIGHER, LOWER, NONE = Polarity.HIGHER, Polarity.LOWER, Polarity.NONE


@pytest.mark.parametrize(
    ("flag", "polarity", "side"),
    [
        (Flag.LOW_998, HIGHER, Side.WORSE),
        (Flag.LOW_95, HIGHER, Side.WORSE),
        (Flag.INSIDE, HIGHER, Side.NO_DIFFERENT),
        (Flag.HIGH_95, HIGHER, Side.BETTER),
        (Flag.HIGH_998, HIGHER, Side.BETTER),
        (Flag.LOW_998, LOWER, Side.BETTER),
        (Flag.LOW_95, LOWER, Side.BETTER),
        (Flag.INSIDE, LOWER, Side.NO_DIFFERENT),
        (Flag.HIGH_95, LOWER, Side.WORSE),
        (Flag.HIGH_998, LOWER, Side.WORSE),
        (Flag.LOW_998, NONE, Side.NO_JUDGEMENT),
        (Flag.HIGH_95, NONE, Side.NO_JUDGEMENT),
        (Flag.INSIDE, NONE, Side.NO_JUDGEMENT),
        (Flag.NOT_COMPARED, HIGHER, Side.NOT_COMPARED),
        (Flag.NOT_COMPARED, NONE, Side.NOT_COMPARED),
    ],
)
def test_the_side_of_a_flag_depends_on_which_way_is_good(flag, polarity, side):
    assert side_of_flag(flag, polarity) == side


@pytest.mark.parametrize(
    ("verdict", "side"),
    [
        (AgainstPrediction.LOWER_998, Side.BETTER),
        (AgainstPrediction.LOWER_95, Side.BETTER),
        (AgainstPrediction.NOT_DIFFERENT, Side.NO_DIFFERENT),
        (AgainstPrediction.HIGHER_95, Side.WORSE),
        (AgainstPrediction.HIGHER_998, Side.WORSE),
        (AgainstPrediction.NOT_COMPARED, Side.NOT_COMPARED),
        ("", Side.NOT_COMPARED),
    ],
)
def test_more_reoffending_than_predicted_is_worse(verdict, side):
    assert side_of_prediction(str(verdict)) == side


@pytest.mark.parametrize("polarity", [HIGHER, LOWER])
@pytest.mark.parametrize(
    ("variation", "limits", "movement"),
    [
        # Limits of the change, with better counted as above 0.
        (Variation.COMMON_CAUSE, (-1.0, 1.0), Movement.STEADY),
        (Variation.COMMON_CAUSE, (0.1, 1.0), Movement.IMPROVING),
        (Variation.COMMON_CAUSE, (-1.0, -0.1), Movement.WORSENING),
        (Variation.COMMON_CAUSE, (0.0, 1.0), Movement.STEADY),
        (Variation.COMMON_CAUSE, (-1.0, 0.0), Movement.STEADY),
        (Variation.COMMON_CAUSE, None, Movement.STEADY),
        (Variation.IMPROVEMENT, (-1.0, 1.0), Movement.IMPROVING),
        (Variation.IMPROVEMENT, (0.1, 1.0), Movement.IMPROVING),
        (Variation.IMPROVEMENT, (-1.0, -0.1), Movement.BOTH_WAYS),
        (Variation.IMPROVEMENT, None, Movement.IMPROVING),
        (Variation.CONCERN, (-1.0, 1.0), Movement.WORSENING),
        (Variation.CONCERN, (-1.0, -0.1), Movement.WORSENING),
        (Variation.CONCERN, (0.1, 1.0), Movement.BOTH_WAYS),
        (Variation.CONCERN, None, Movement.WORSENING),
        (Variation.CANNOT_TELL, (-1.0, 1.0), Movement.STEADY),
        (Variation.CANNOT_TELL, (0.1, 1.0), Movement.IMPROVING),
        (Variation.CANNOT_TELL, (-1.0, -0.1), Movement.WORSENING),
        (Variation.CANNOT_TELL, None, Movement.CANNOT_TELL),
    ],
)
def test_a_measure_moves_by_a_special_cause_or_by_a_change_that_leaves_out_none(
    polarity, variation, limits, movement
):
    lower, upper = limits or (None, None)
    if limits and polarity == LOWER:
        lower, upper = -upper, -lower

    assert (
        movement_of(make_change(polarity=polarity, variation=variation, lower=lower, upper=upper)) == movement
    )


@pytest.mark.parametrize("variation", [Variation.HIGH, Variation.LOW, Variation.CANNOT_TELL])
def test_what_has_no_good_side_neither_improves_nor_worsens(variation):
    change = make_change(polarity=NONE, variation=variation, lower=1.0, upper=2.0)

    assert movement_of(change) == Movement.CANNOT_TELL
