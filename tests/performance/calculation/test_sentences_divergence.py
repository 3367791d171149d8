import pytest

from tests.performance.calculation.sentences_examples import NAN, NOTHING_COMPARED, texts

FACT = (
    "As counted, London Probation Trust met its targets taken together in 2011-12 (20,312 cases "
    "done as asked, 101.3% of the 20,047 asked for) and had more reoffending than predicted "
    "(1,580 of 17,602, against 1,480 predicted)."
)


def divergence(**changes: object) -> str:
    return texts("london", divergence=[changes])["divergence"]


def test_the_plain_fact_stands_beside_the_quarter_named():
    assert divergence() == (
        f"{FACT} Chance allowed for, London Probation Trust is 91% likely to have been meeting its "
        f"targets with reoffending more than 0.5 points above prediction in 2011-12."
    )


@pytest.mark.parametrize(
    ("quadrant", "fact", "level"),
    [
        (
            "met-better",
            "met its targets taken together in 2011-12 and had no more reoffending than predicted.",
            "meeting its targets with reoffending no more than 0.5 points above prediction",
        ),
        (
            "met-worse",
            "met its targets taken together in 2011-12 and had more reoffending than predicted.",
            "meeting its targets with reoffending more than 0.5 points above prediction",
        ),
        (
            "missed-better",
            "missed its targets taken together in 2011-12 and had no more reoffending than predicted.",
            "missing its targets with reoffending no more than 0.5 points above prediction",
        ),
        (
            "missed-worse",
            "missed its targets taken together in 2011-12 and had more reoffending than predicted.",
            "missing its targets with reoffending more than 0.5 points above prediction",
        ),
    ],
)
def test_each_quarter_in_words(quadrant, fact, level):
    said = divergence(fact=quadrant, quadrant=quadrant, counted=NAN, reoffended=NAN)

    assert said == (
        f"As counted, London Probation Trust {fact} Chance allowed for, London Probation Trust is "
        f"91% likely to have been {level} in 2011-12."
    )


@pytest.mark.parametrize(
    ("probability", "written"), [(1.0, "above 99%"), (0.9951, "above 99%"), (0.8, "80%"), (0.8049, "80%")]
)
def test_no_probability_is_certain(probability, written):
    assert f"is {written} likely to have been" in divergence(probability=probability)


@pytest.mark.parametrize(
    ("meets", "worse", "level"),
    [
        (0.99, 0.62, "meeting its targets with reoffending more than 0.5 points above prediction"),
        (0.99, 0.3, "meeting its targets with reoffending no more than 0.5 points above prediction"),
        (0.3, 0.9, "missing its targets with reoffending more than 0.5 points above prediction"),
        (0.3, 0.1, "missing its targets with reoffending no more than 0.5 points above prediction"),
    ],
)
def test_where_no_quarter_is_probable_enough_the_likeliest_is_told(meets, worse, level):
    said = divergence(quadrant="not-determined", probability=0.61, meets=meets, worse=worse)

    assert said == (
        f"{FACT} Chance allowed for, which quarter London Probation Trust belongs in for 2011-12 "
        f"can't be told: the likeliest, {level}, is 61% likely, and 80% is needed."
    )


def test_a_likeliest_quarter_of_which_only_the_probability_is_known():
    said = divergence(quadrant="not-determined", probability=0.61, meets=NAN, worse=NAN)

    assert said.endswith("can't be told: the likeliest is 61% likely, and 80% is needed.")


def test_one_case_and_one_offender():
    said = divergence(counted=1.0, required=0.9, reoffended=1.0, cohort=1.0, expected=0.2)

    assert "(1 case done as asked, 111.1% of the 0.9 asked for)" in said
    assert "(1 of 1, against 0.2 predicted)" in said


def test_what_can_not_be_compared_has_the_reasons_of_both_sides():
    assert divergence(**NOTHING_COMPARED) == (
        "Whether London Probation Trust hit its targets and missed the outcome in 2011-12 can't be "
        "told, because no process measure has both a figure and a target; on reoffending, no "
        "prediction is given."
    )


def test_where_neither_side_is_there_one_sentence_says_so():
    assert texts("london", divergence=[NOTHING_COMPARED]).keys() == {"divergence"}
    assert texts("london", divergence=[NOTHING_COMPARED | {"targets_judged": 1}]).keys() == {
        "divergence",
        "process",
        "outcome",
    }
    assert texts("london", divergence=[NOTHING_COMPARED | {"outcome": 0.5}]).keys() == {
        "divergence",
        "process",
    }
    assert texts("london", divergence=[NOTHING_COMPARED | {"process": 50.0}]).keys() == {
        "divergence",
        "process",
        "outcome",
    }


def test_a_fact_stays_where_its_chances_can_not_be_told():
    said = divergence(
        quadrant="not-compared",
        probability=NAN,
        meets=NAN,
        reason="no true rate can be above a target of 100%",
    )

    assert said == (
        f"{FACT} Whether London Probation Trust hit its targets and missed the outcome in 2011-12, "
        f"chance allowed for, can't be told, because no true rate can be above a target of 100%."
    )
