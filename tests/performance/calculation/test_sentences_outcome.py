import pytest

from tests.performance.calculation.sentences_examples import NAN, NOTHING_COMPARED, YEAR, texts

COHORT = "Of the 17,602 offenders of London Probation Trust followed up in 2011-12, "
NO_FIGURES = dict.fromkeys(
    ("observed", "cases", "expected", "difference", "lower", "upper", "adjusted_p"), NAN
)
NOT_DIFFERENT = {
    "observed": 1500.0,
    "difference": 0.1119,
    "lower": -0.35,
    "upper": 0.59,
    "adjusted_p": 0.8,
    "verdict": "not significantly different from predicted",
    "spread_verdict": "not significantly different from predicted",
}


def outcome(**changes: object) -> str:
    return texts("london", predictions=[changes])["outcome"]


def test_more_than_predicted_with_counts_interval_and_verdict():
    assert outcome() == (
        f"{COHORT}1,580 (8.98%) reoffended within three months, against 1,480 predicted (8.41%): 0.57 "
        f"points more (95% interval 0.12 to 1.03), significantly higher than predicted (95%)."
    )


def test_less_than_predicted_is_told_without_signs():
    said = outcome(
        observed=1400.0,
        difference=-0.4563,
        lower=-0.9,
        upper=-0.004,
        verdict="significantly lower than predicted (95%)",
    )

    assert said == (
        f"{COHORT}1,400 (7.95%) reoffended within three months, against 1,480 predicted (8.41%): 0.46 "
        f"points less (95% interval 0.004 to 0.90), significantly lower than predicted (95%)."
    )


def test_an_interval_on_both_sides_says_which_end_is_which():
    said = outcome(**NOT_DIFFERENT)

    assert said == (
        f"{COHORT}1,500 (8.52%) reoffended within three months, against 1,480 predicted (8.41%): 0.11 "
        f"points more (95% interval from 0.35 less to 0.59 more), not significantly different from "
        f"predicted."
    )


def test_just_as_predicted():
    said = outcome(
        **NOT_DIFFERENT | {"observed": 1480.0, "expected": 1480.0, "difference": 0.0, "upper": 0.0}
    )

    assert said.startswith(
        f"{COHORT}1,480 (8.41%) reoffended within three months, against 1,480 predicted (8.41%): no "
        f"difference (95% interval from 0.35 less to 0),"
    )


def test_a_prediction_that_is_missed_by_a_hair_is_not_written_as_the_count():
    said = outcome(**NOT_DIFFERENT | {"observed": 1480.0, "expected": 1480.3, "difference": -0.0017})

    assert (
        "1,480 (8.41%) reoffended within three months, against 1,480.3 predicted (8.41%): 0.002 points less"
        in said
    )


@pytest.mark.parametrize(
    ("observed", "cases", "expected", "text"),
    [
        (
            0.0,
            40.0,
            3.4,
            (
                "Of the 40 offenders of London Probation Trust followed up in 2011-12, none (0%) "
                "reoffended within three months, against 3.4 predicted (8.50%)"
            ),
        ),
        (
            1.0,
            1.0,
            0.1,
            (
                "Of the 1 offender of London Probation Trust followed up in 2011-12, 1 (100%) reoffended "
                "within three months, against 0.1 predicted (10.00%)"
            ),
        ),
        (
            39.0,
            39.0,
            38.999,
            (
                "Of the 39 offenders of London Probation Trust followed up in 2011-12, 39 (100%) "
                "reoffended within three months, against 38.999 predicted (99.997%)"
            ),
        ),
    ],
)
def test_none_one_and_all(observed, cases, expected, text):
    said = outcome(observed=observed, cases=cases, expected=expected, difference=-8.5)

    assert said.startswith(text)


def test_the_national_result_is_a_second_verdict():
    national = "significantly higher than the national result for such offenders (99.8%)"

    assert outcome(national_verdict=national).endswith(
        ", significantly higher than predicted (95%) and significantly higher than the national "
        "result for such offenders (99.8%)."
    )


def test_two_verdicts_of_no_difference_are_one():
    national = "not significantly different from the national result for such offenders"

    assert outcome(**NOT_DIFFERENT, national_verdict=national).endswith(
        ", not significantly different from predicted or from the national result for such offenders."
    )


def test_what_would_turn_the_verdict_is_told():
    said = outcome(
        adjusted_p=0.051, spread_verdict="not significantly different from predicted", verdict_changes=True
    )

    assert said.endswith(
        ", significantly higher than predicted (95%). Allowing for how many are compared at once, it "
        "is not significant. It is within what organisations usually differ by. Whether it is "
        "significant depends on how often one person is counted, which isn't known."
    )


def test_no_verdict_has_its_reason():
    said = outcome(
        verdict="not compared",
        national_verdict="not compared",
        spread_verdict="not compared",
        adjusted_p=NAN,
        flag_reason="fewer than 5 were expected to reoffend, or fewer than 5 not to",
    )

    assert said.endswith(
        "0.57 points more (95% interval 0.12 to 1.03). It isn't called higher or lower, because "
        "fewer than 5 were expected to reoffend, or fewer than 5 not to."
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (NO_FIGURES | {"reason": "no prediction is given"}, "no prediction is given"),
        (NO_FIGURES, "the figures that it takes aren't there"),
        ({"cases": 0.0, "observed": 0.0, "reason": "there are no cases"}, "there are no cases"),
        ({"expected": NAN, "reason": "no prediction is given"}, "no prediction is given"),
    ],
)
def test_what_can_not_be_told_has_its_reason(changes, reason):
    said = outcome(**{"verdict": "not compared"} | changes)

    assert said == (
        f"Whether fewer offenders of London Probation Trust reoffended in 2011-12 than predicted, or "
        f"more, can't be told, because {reason}."
    )


def test_a_figure_that_has_no_interval_goes_without():
    assert "0.57 points more, significantly higher" in outcome(lower=NAN, upper=NAN)


def test_who_has_no_row_of_predictions_has_the_reason_of_its_divergence():
    said = texts(
        "london", divergence=[NOTHING_COMPARED | {"process": 50.0}], predictions=[{"organisation": "wales"}]
    )

    assert said["outcome"].endswith("can't be told, because no prediction is given.")


def test_only_years_of_the_measure_that_has_predictions_for_every_trust_are_told():
    quarter = {
        "period_start": YEAR["period_start"],
        "period_end": YEAR["period_start"].replace(month=6, day=30),
    }

    assert "outcome" not in texts("london", predictions=[quarter])
    assert "outcome" not in texts("london", predictions=[{"measure": "proven-reoffending"}])


def test_of_all_together_sums_come_before_rates():
    said = texts(
        divergence=[
            {"reoffended": 90.0, "cohort": 1000.0, "expected": 100.0},
            {"organisation": "wales", "reoffended": 10.0, "cohort": 1000.0, "expected": 50.5},
            {"organisation": "kent"} | NOTHING_COMPARED,
        ]
    )

    assert said["outcome"] == (
        "Of the 2,000 offenders of 2 trusts followed up in 2011-12, 100 (5.00%) reoffended within "
        "three months, against 151 predicted (7.53%): 2.53 points less."
    )
    assert said["counting"] == (
        "A person who is on the caseload at several of a year's quarterly counts is counted at each, "
        "so numbers of offenders followed up in 2011-12 aren't numbers of people; intervals and "
        "verdicts take chance to be wider for it (a variance 1.3 times that of separate people)."
    )


def test_of_all_together_where_there_is_nothing_to_tell():
    assert texts(divergence=[NOTHING_COMPARED]).keys().isdisjoint({"outcome", "counting"})
