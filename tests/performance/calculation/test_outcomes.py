import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from performance.calculation.outcomes import IMPOSSIBLE, predictions
from performance.calculation.tables import PREDICTIONS
from performance.statistics.reoffending.cohorts import NO_PREDICTION, TOO_FEW_EXPECTED
from tests.oracles import outcomes as naive
from tests.performance.calculation.year_frames import QUARTERS, YEAR, figure, frame, reoffending, rows_of

COMPARED = [name for name in PREDICTIONS.figures if name not in ("reason", "flag_reason")]
FIGURES = ["difference", "lower", "upper", "standard_error", "ratio", "z", "p", "adjusted_p"]


def worked_out(*rows):
    return rows_of(predictions(frame(*rows)))


def one(*args, **changes):
    (result,) = worked_out(reoffending(*args, **changes))
    return result


@st.composite
def cohorts(draw, organisation: str, kind: str):
    cases = draw(st.integers(300, 3000))
    # At half of what was expected everywhere there are still enough for the normal approximation.
    expected = draw(st.integers(25, cases // 3))
    return reoffending(
        organisation,
        draw(st.integers(expected // 2, 2 * expected)),
        cases,
        expected=expected,
        organisation_kind=kind,
    )


@st.composite
def families(draw):
    kind, size = draw(st.sampled_from([("trust", 11), ("trust", 4), ("region", 2), ("nation", 1)]))
    return [draw(cohorts(f"{kind}-{place}", kind)) for place in range(size)]


@settings(max_examples=25)
@given(st.lists(families(), min_size=1, max_size=2))
def test_any_families_come_out_as_in_the_plain_calculation(found):
    rows = [
        row | {"measure": f"measure-{place}", "period_start": start, "period_end": end}
        for place, (family, (start, end)) in enumerate(zip(found, [YEAR, QUARTERS[0]], strict=False))
        for row in family
    ]
    # On a line of significance rounding decides.
    expected = naive.predictions(rows)
    assume(all(abs(row["p"] - line) > 1e-9 for row in expected for line in (0.05, 0.002)))

    results = {(row["measure"], row["organisation"]): row for row in worked_out(*rows)}

    assert len(results) == len(rows)
    for row, wanted in zip(rows, expected, strict=True):
        result = results[row["measure"], row["organisation"]]
        assert (result["reason"], result["flag_reason"]) == ("", "")
        for name in COMPARED:
            value = wanted[name]
            wants = pytest.approx(value, rel=1e-7, abs=1e-9) if isinstance(value, float) else value
            assert result[name] == wants, (name, result)


def test_the_columns_are_those_of_the_table():
    assert list(predictions(frame(reoffending("kent", 81, 900, expected=90)))) == list(PREDICTIONS.columns)


def test_points_are_percentage_points():
    """81 of 900 is 9%; 90 were expected, 10%."""
    result = one("kent", 81, 900, expected=90)

    assert (result["actual_rate"], result["predicted_rate"]) == pytest.approx((9, 10))
    assert result["difference"] == pytest.approx(-1)
    # sqrt(0.1 x 0.9 / 900 x 1.3) = 1.14 points
    assert result["standard_error"] == pytest.approx(1.1402, abs=1e-4)


def test_a_trust_without_a_prediction_has_its_row_and_the_reason():
    kent, wales = worked_out(reoffending("kent", 81, 900), reoffending("wales", 90, 900, expected=90.0))

    assert kent["reason"] == NO_PREDICTION
    assert (kent["observed"], kent["cases"], kent["actual_rate"]) == (81, 900, pytest.approx(9))
    assert [kent[name] for name in FIGURES] == [None] * len(FIGURES)
    assert (kent["verdict"], kent["verdict_changes"]) == ("not compared", False)
    assert wales["reason"] == ""


def test_where_nobody_has_a_prediction_every_trust_says_so():
    rows = worked_out(reoffending("kent", 81, 900), reoffending("wales", 70, 900))

    assert [row["reason"] for row in rows] == [NO_PREDICTION] * 2


def test_a_trust_without_a_prediction_bears_on_no_other():
    rows = [reoffending(f"trust-{place}", 80 + 2 * place, 900, expected=90) for place in range(12)]
    alone = worked_out(*rows)
    beside = worked_out(*rows, reoffending("without", 500, 900))

    assert [row for row in beside if row["organisation"] != "without"] == alone


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("missing", "the figure is missing"),
        ("suppressed", "the figure is suppressed"),
        ("not-applicable", "the measure doesn't apply here"),
    ],
)
def test_a_row_without_a_number_says_which_of_the_kinds_it_is(status, reason):
    result = one("kent", None, None, status=status, expected=90)

    assert result["reason"] == reason
    assert [result[name] for name in ("observed", "cases", "actual_rate", *FIGURES)] == [None] * 11


@pytest.mark.parametrize("expected", [901, -1])
def test_a_prediction_that_cannot_be_is_refused_in_words(expected):
    result = one("kent", 81, 900, expected=expected)

    assert (result["reason"], result["difference"]) == (IMPOSSIBLE, None)


def test_no_cases_are_no_rate():
    result = one("kent", 0, 0, expected=0)

    assert (result["reason"], result["actual_rate"]) == ("there are no cases", None)


def test_a_few_cases_are_shown_without_a_verdict():
    result = one("kent", 3, 40, expected=4)

    assert (result["verdict"], result["flag_reason"], result["reason"]) == (
        "not compared",
        TOO_FEW_EXPECTED,
        "",
    )
    assert result["difference"] == pytest.approx(-2.5)


def test_a_trust_alone_is_compared_with_its_prediction_and_with_nobody_else():
    result = one("kent", 200, 900, expected=90)

    assert result["verdict"] == "significantly higher than predicted (99.8%)"
    assert (result["national_difference"], result["national_verdict"]) == (None, "not compared")
    assert result["spread_verdict"] == "not compared"


def test_a_region_is_not_added_to_the_trusts_it_is_made_of():
    trusts = [reoffending(name, n, 900, expected=90) for name, n in (("kent", 81), ("wales", 99))]
    region = reoffending("south-east", 500, 900, expected=90, organisation_kind="region")

    assert [row for row in worked_out(*trusts, region) if row["organisation"] != "south-east"] == worked_out(
        *trusts
    )


def test_months_and_measures_without_predictions_are_left_out():
    month = reoffending("kent", 8, 90, expected=9, period=("2010-04-01", "2010-04-30"))
    half_year = reoffending("kent", 8, 90, expected=9, period=("2010-04-01", "2010-09-30"))
    day = reoffending("kent", 8, 90, expected=9, period=("2010-04-01", "2010-04-01"))
    timeliness = figure("kent", "reports-on-time", numerator=8, denominator=9)

    assert worked_out(month, half_year, day, timeliness) == []


def test_another_measure_with_predictions_is_taken_and_so_is_a_rolling_year():
    row = figure(
        "kent",
        "proven-reoffending",
        ("2011-01-01", "2011-12-31"),
        numerator=300,
        denominator=900,
        expected=290,
    )

    assert [(r["measure"], r["observed"]) for r in worked_out(row)] == [("proven-reoffending", 300)]


def test_no_reoffending_at_all_is_an_empty_table_of_the_same_kinds():
    some = predictions(frame(reoffending("kent", 81, 900, expected=90)))
    none = predictions(frame(figure("kent", "reports-on-time", numerator=8, denominator=9)))

    assert len(none) == 0
    assert none.dtypes.to_dict() == some.dtypes.to_dict()


def test_the_order_of_loading_changes_nothing():
    rows = [
        reoffending(f"trust-{place}", 60 + 7 * place, 700 + 13 * place, expected=61.3 + place / 7)
        for place in range(15)
    ]

    assert worked_out(*rows) == worked_out(*reversed(rows))
