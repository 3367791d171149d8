import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from performance.statistics.reoffending.cohorts import cohorts
from performance.statistics.reoffending.comparison import (
    NationalResult,
    against_national,
    against_prediction,
    national_result,
)
from performance.statistics.reoffending.verdicts import AgainstNational, AgainstPrediction, DesignEffects
from tests.oracles import multiple_comparisons
from tests.oracles import reoffending as naive

NAN = math.nan
INDEPENDENT = DesignEffects(1.0, 1.0, 1.0)
EFFECTS = (1.0, 1.3, 1.9)
EFFECT_WORDS = ("verdict_if_least", "verdict", "verdict_if_most")
FIGURES = ["expected", "actual_rate", "difference", "lower", "upper", "ratio", "ratio_lower", "ratio_upper"]
TESTS = ["z", "p", "adjusted_p"]
NO_OTHER = "there is no other trust to compare with"

# Whole hundredths, so that a fraction can say exactly what the float means.
rates = st.integers(2, 98).map(lambda hundredths: Fraction(hundredths, 100))


@st.composite
def trusts(draw, largest: int = 150) -> tuple[int, int, Fraction]:
    cases = draw(st.integers(1, largest))
    return draw(st.integers(0, cases)), cases, draw(rates)


def columns(rows: list[tuple[int, int, Fraction]]) -> tuple[list[int], list[int], list[float]]:
    observed, cases, rates = zip(*rows, strict=True)
    return list(observed), list(cases), [float(rate) for rate in rates]


def is_flagged(row: tuple[int, int, Fraction]) -> bool:
    return row[1] * min(row[2], 1 - row[2]) >= 5


@pytest.mark.oracle(of=against_prediction)
@settings(max_examples=60)
@given(st.lists(trusts(), min_size=1, max_size=4), st.integers(0, 9))
def test_each_figure_against_prediction_is_that_of_the_definition(rows, tenths):
    """The spread of risk is so many tenths of p(1 - p)."""
    observed, cases, rates = columns(rows)
    # The test is on whole hundredths: 0.29 as a float times cases may lie a hair off an edge.
    assume(all(row[1] * min(row[2], 1 - row[2]) not in (5, 10) for row in rows))
    variances = [tenths / 10 * rate * (1 - rate) for rate in rates]
    found = against_prediction(cohorts(observed, cases, rates, variances))

    for (_, figures), row in zip(found.iterrows(), rows, strict=True):
        chance = 1 - Fraction(tenths, 10)
        expected = naive.comparison(*row, Fraction(13, 10), chance)
        tests = {name: expected.pop(name) for name in ("z", "p")}
        assert list(figures[list(expected)]) == pytest.approx(list(expected.values()), abs=1e-9)
        if is_flagged(row):
            assert list(figures[list(tests)]) == pytest.approx(list(tests.values()), rel=1e-6, abs=1e-12)
            assert figures["is_exact"] == (row[1] * min(row[2], 1 - row[2]) < 10)
        else:
            assert figures[TESTS].isna().all()
            assert figures["verdict"] == "not compared"
            assert figures["flag_reason"] != ""
        for effect, name in zip((1.0, 1.3, 1.9), EFFECT_WORDS, strict=True):
            p = naive.comparison(*row, Fraction(effect).limit_denominator(10), chance)["p"]
            if is_flagged(row) and not any(math.isclose(p, edge, rel_tol=1e-6) for edge in (0.05, 0.002)):
                assert figures[name] == naive.verdict(p, figures["difference"], "predicted")


@settings(max_examples=30)
@given(st.lists(trusts(2000), min_size=1, max_size=8))
def test_adjusted_p_is_benjamini_and_hochbergs_over_those_with_a_p(rows):
    found = against_prediction(cohorts(*columns(rows))).dropna(subset="p")
    expected = multiple_comparisons.adjusted([Fraction(p) for p in found["p"]])

    assert list(found["adjusted_p"]) == pytest.approx([float(p) for p in expected])


@pytest.mark.oracle(of=against_national)
@settings(max_examples=60)
@given(st.lists(trusts(), min_size=2, max_size=4))
def test_each_figure_against_the_nation_is_that_of_the_definition(rows):
    nation = naive.national(rows)
    rates = [nation["ratio"] * row[2] for row in rows]
    assume(nation["ratio"] > 0 and max(rates) < Fraction(99, 100))
    assume(all(row[1] * min(p, 1 - p) != 10 for row, p in zip(rows, rates, strict=True)))
    found = against_national(cohorts(*columns(rows)))

    for (_, figures), row, rate in zip(found.iterrows(), rows, rates, strict=True):
        others = 1 - Fraction(row[1], nation["cases"])
        expected = naive.comparison(row[0], row[1], rate, Fraction(13, 10), others)
        tests = {name: expected.pop(name) for name in ("z", "p")}
        assert list(figures[list(expected)]) == pytest.approx(list(expected.values()), abs=1e-9)
        assert figures["national_rate"] == pytest.approx(float(rate))
        if is_flagged(row):
            assert list(figures[list(tests)]) == pytest.approx(list(tests.values()), rel=1e-6, abs=1e-12)


@pytest.mark.oracle(of=national_result)
@given(st.lists(trusts(2000), min_size=1, max_size=12))
def test_the_national_result_is_that_of_all_cases(rows):
    found, expected = national_result(cohorts(*columns(rows))), naive.national(rows)

    assert found.cases == expected["cases"]
    assert (found.ratio, found.difference) == pytest.approx(
        (float(expected["ratio"]), float(expected["difference"])), abs=1e-12
    )


@pytest.mark.worked_example(of=against_prediction)
def test_a_trust_worked_out_by_hand():
    """60 of 400 against 10%: 20 more than 40, and z = 20 / 6. A variance 1.3 times as large makes
    it 3.333 / 1.140 = 2.924, and 1.9 times 3.333 / 1.378 = 2.418: 99.8% becomes 95%."""
    found = against_prediction(cohorts(60, 400, 0.1)).iloc[0]

    assert list(found[["expected", "actual_rate", "difference", "ratio"]]) == pytest.approx(
        [40, 0.15, 0.05, 1.5]
    )
    assert found["z"] == pytest.approx(2.924, abs=5e-4)
    assert found["p"] == found["adjusted_p"] == pytest.approx(0.00346, abs=5e-5)
    assert found["verdict"] == "significantly higher than predicted (95%)"
    assert found["verdict_if_least"] == "significantly higher than predicted (99.8%)"
    assert found["verdict_if_most"] == "significantly higher than predicted (95%)"
    assert found["verdict_changes"]
    assert (found["reason"], found["flag_reason"]) == ("", "")


@pytest.mark.worked_example(of=against_prediction)
def test_a_small_trust_has_an_exact_test():
    """None of 73 against 8%, where 5.84 are expected: its chance is 0.92 to the 73rd, 0.00227. Of the
    counts above, 13 is likelier (0.00319) and 14 isn't (0.00119), so 14 and more (0.00177) count
    too: 0.00404. Its normal equivalent, 2.875, is 2.521 for a design effect of 1.3: 0.0117."""
    alone = against_prediction(cohorts(0, 73, 0.08), INDEPENDENT).iloc[0]
    usual = against_prediction(cohorts(0, 73, 0.08)).iloc[0]

    assert alone["p"] == pytest.approx(0.00404, abs=1e-5)
    assert usual["p"] == pytest.approx(0.0117, abs=1e-4)
    assert alone["is_exact"] and usual["is_exact"]


@pytest.mark.worked_example(of=against_national)
@pytest.mark.worked_example(of=national_result)
def test_a_nation_worked_out_by_hand():
    """Of 375 predicted 300 reoffended: such offenders have 0.8 x 12.5% = 10% nationally. Against that
    a trust of 90 in 1,000 is 10 below 100, where 10 x 9 is its variance, 2/3 of it against the others:
    z = -10 / sqrt(60), though it lies 35 / sqrt(109.375) below its prediction."""
    given = cohorts([90, 110, 100], 1000, 0.125)
    found, predicted = against_national(given, INDEPENDENT), against_prediction(given, INDEPENDENT)
    nation = national_result(given)

    assert (nation.observed, nation.expected, nation.cases) == (300, 375, 3000)
    assert (nation.ratio, nation.difference, nation.reason) == (pytest.approx(0.8), -0.025, "")
    assert list(found["national_rate"]) == pytest.approx([0.1] * 3)
    assert list(found["z"]) == pytest.approx([-10 / math.sqrt(60), 10 / math.sqrt(60), 0])
    assert predicted["z"][0] == pytest.approx(-35 / math.sqrt(109.375))
    assert list(found["verdict"]) == [AgainstNational.NOT_DIFFERENT] * 3
    assert predicted["verdict"][0] == AgainstPrediction.LOWER_998


@given(st.lists(trusts(3000), min_size=1, max_size=6))
def test_the_interval_holds_0_where_the_verdict_is_not_different(rows):
    """Wilson's interval is the score test turned round, so the two can't disagree."""
    found = against_prediction(cohorts(*columns(rows)))
    # Left out: exact tests, and what lies on the edge.
    clear = found[~found["is_exact"] & found["p"].notna() & ~np.isclose(found["p"], 0.05, rtol=1e-6)]

    for row in clear.itertuples():
        assert (row.lower <= 0 <= row.upper) == (row.verdict == AgainstPrediction.NOT_DIFFERENT)
        assert (row.ratio_lower <= 1 <= row.ratio_upper) == (row.verdict == AgainstPrediction.NOT_DIFFERENT)


@given(trusts(3000))
def test_those_who_do_and_do_not_reoffend_mirror_each_other(trust):
    observed, cases, rate = trust
    one, other = (
        against_prediction(cohorts(o, cases, float(p))).iloc[0]
        for o, p in ((observed, rate), (cases - observed, 1 - rate))
    )
    assume(cases * min(rate, 1 - rate) not in (5, 10))

    assert list(one[["difference", "lower", "upper"]]) == pytest.approx(
        list(-other[["difference", "upper", "lower"]]), abs=1e-9
    )
    assert one["p"] == pytest.approx(other["p"], rel=1e-6, abs=1e-12, nan_ok=True)


@pytest.mark.parametrize("cases", [60, 90, 1000])
def test_more_reoffenders_never_lower_the_difference(cases):
    found = against_prediction(cohorts(np.arange(cases + 1), cases, 0.09))

    for name in ("difference", "lower", "upper", "ratio", "z"):
        assert (np.diff(found[name]) > 0).all()


@pytest.mark.parametrize("compare", [against_prediction, against_national])
@given(st.lists(trusts(3000), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_neither_order_nor_an_empty_trust_changes_a_figure(compare, rows, random):
    observed, cases, rates = columns(rows)
    names = [f"trust {place}" for place in range(len(rows))]
    plain = compare(cohorts(pd.Series(observed, names), pd.Series(cases, names), pd.Series(rates, names)))
    table = pd.DataFrame({"observed": observed, "cases": cases, "rate": rates}, names, dtype=float)
    table.loc["empty"] = [NAN, 100, 0.1]
    table = table.sample(frac=1, random_state=random.randrange(100))
    other = compare(cohorts(table["observed"], table["cases"], table["rate"]))

    assert other.loc["empty", FIGURES].isna().all()
    pd.testing.assert_frame_equal(plain.astype(object), other.loc[names].astype(object), check_exact=False)


def test_a_larger_design_effect_and_less_known_risk_only_make_a_verdict_more_cautious():
    observed = np.arange(20, 160)
    tables = [
        against_prediction(cohorts(observed, 1000, 0.09, variance), DesignEffects(effect, effect, effect))
        for effect, variance in ((1.0, 0.0121), (1.0, 0.0), (1.3, 0.0), (1.9, 0.0))
    ]

    for bold, cautious in zip(tables, tables[1:], strict=False):
        assert (np.abs(bold["z"]) >= np.abs(cautious["z"])).all()
        assert (bold["upper"] - bold["lower"] < cautious["upper"] - cautious["lower"]).all()
        assert (bold["p"] <= cautious["p"]).all()


@pytest.mark.parametrize(
    ("observed", "cases", "ratio_lower"), [(0, 100, 0.0), (100, 100, None), (10, 100, None)]
)
def test_none_and_all_of_the_cases_have_figures(observed, cases, ratio_lower):
    found = against_prediction(cohorts(observed, cases, 0.1)).iloc[0]

    assert found[FIGURES + TESTS].notna().all()
    if ratio_lower is not None:
        assert found["ratio_lower"] == ratio_lower
        assert found["lower"] == -0.1
    if observed == cases:
        assert found["upper"] == pytest.approx(0.9)


@pytest.mark.parametrize("compare", [against_prediction, against_national])
def test_a_row_without_figures_says_why(compare):
    found = compare(cohorts([NAN, 20, 30, 25], [100, 200, 300, 300], [0.1, NAN, 0.1, 0.1]))

    assert list(found["reason"]) == ["a figure is not given", "no prediction is given", "", ""]
    assert found.iloc[:2][FIGURES + TESTS].isna().all(axis=None)
    assert list(found["verdict"][:2]) == ["not compared"] * 2
    assert not found["verdict_changes"][:2].any()
    assert found.iloc[2:][FIGURES + TESTS].notna().all(axis=None)


@pytest.mark.parametrize("compare", [against_prediction, against_national])
def test_a_row_without_a_flag_has_figures_and_says_why(compare):
    found = compare(cohorts([2, 20, 30, 25], [30, 200, 300, 300], 0.1, predicted_cases=[30, 210, 300, 300]))

    assert found.iloc[:2][FIGURES].notna().all(axis=None)
    assert found.iloc[:2][TESTS].isna().all(axis=None)
    assert list(found["verdict"][:2]) == ["not compared"] * 2
    assert (found["flag_reason"][:2] != "").all()
    assert list(found["reason"]) == [""] * 4
    # The family is those that may be called.
    p = sorted(found["p"][2:])
    assert sorted(found["adjusted_p"][2:]) == pytest.approx([min(2 * p[0], p[1]), p[1]])


def test_a_prediction_for_other_cases_is_no_part_of_the_nation():
    given = cohorts([50, 20, 20], [200, 200, 200], 0.1, predicted_cases=[150, 200, 200])

    assert national_result(given) == NationalResult(40, 40, 400, 1.0, 0.0, "")
    # Nor is its variance less by a part that it doesn't make up.
    assert list(against_national(given)["standard_error"]) == pytest.approx(
        [math.sqrt(1.3 * 0.09 / 200), *[math.sqrt(1.3 * 0.09 / 400)] * 2]
    )


@pytest.mark.parametrize(
    ("given", "reasons"),
    [
        (cohorts([20], [200], [0.1]), [NO_OTHER]),
        (cohorts([20, NAN], [200, 10], 0.1), [NO_OTHER, "a figure is not given"]),
        (cohorts([0, 0], 200, 0.1), ["nobody reoffended anywhere"] * 2),
        (
            cohorts([9, 5], 10, [0.7, 0.1]),
            ["the national result would come to 100% or more of such offenders", ""],
        ),
        (
            cohorts([20], [200], [0.1], predicted_cases=[100]),
            ["no trust has a result and a prediction for the same cases"],
        ),
        (cohorts([], [], []), []),
    ],
)
def test_a_nation_that_says_nothing_says_why(given, reasons):
    found = against_national(given)

    assert list(found["reason"]) == reasons
    refused = found[found["reason"] != ""]
    assert refused[FIGURES[2:] + TESTS].isna().all(axis=None)
    assert (refused["flag_reason"] == "").all()
    assert (refused["verdict"] == "not compared").all()


def test_nobody_in_makes_no_nation():
    assert national_result(cohorts([], [], [])).ratio is None
    assert against_prediction(cohorts([], [], [])).empty


def test_trusts_all_as_predicted_are_not_different():
    found = against_prediction(cohorts([20] * 5, 200, 0.1))

    assert list(found["z"]) == [0] * 5
    assert list(found["p"]) == list(found["adjusted_p"]) == [1] * 5


@pytest.mark.parametrize(("deviation", "size"), [(0.08, 0.0412), (0.11, 0.0337)])
def test_leaving_out_the_spread_of_risk_makes_a_test_of_5_per_cent_smaller(deviation, size):
    """Round 9%: z of 1.96 is one of 1.96 / sqrt(1 - R2) of the true variance."""
    share = deviation**2 / (0.09 * 0.91)

    assert 2 * stats.norm.sf(1.959964 / math.sqrt(1 - share)) == pytest.approx(size, abs=1e-4)
    bold, cautious = (
        against_prediction(cohorts(90, 1000, 0.08, variance), INDEPENDENT)
        for variance in (deviation**2 * 0.08 * 0.92 / (0.09 * 0.91), 0)
    )
    assert bold["z"][0] == pytest.approx(cautious["z"][0] / math.sqrt(1 - share))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("deviation", "least", "most"),
    [
        # Measured elsewhere as 4.0%, and by the formula 4.1%.
        (0.08, 0.036, 0.046),
        # Measured elsewhere as 3.0%, and by the formula 3.4%.
        (0.11, 0.027, 0.038),
    ],
)
def test_the_size_of_the_test_by_simulation(deviation, least, most):
    """2,000 cases whose risks spread round 9%, judged with and without knowing by how much."""
    random = np.random.default_rng(9)
    scale = 0.09 * 0.91 / deviation**2 - 1
    risks = random.beta(0.09 * scale, 0.91 * scale, 2000)
    observed = np.concatenate([(random.random((500, 2000)) < risks).sum(axis=1) for _ in range(40)])

    def called(variance: float) -> float:
        table = against_prediction(cohorts(observed, 2000, risks.mean(), variance), INDEPENDENT)
        return float((table["p"] <= 0.05).mean())

    assert least <= called(0.0) <= most
    assert called(risks.var()) == pytest.approx(0.05, abs=0.006)


@pytest.mark.slow
def test_against_the_nation_the_test_has_its_size_though_the_prediction_has_drifted():
    """35 trusts, all at 0.92 of prediction: against prediction most large ones are called, against
    the nation as many as chance allows."""
    random = np.random.default_rng(29)
    cases = random.integers(2000, 20_000, 35)
    rates = random.uniform(0.07, 0.11, 35)
    against_nation, against_model = [], []
    for _ in range(400):
        given = cohorts(random.binomial(cases, 0.92 * rates), cases, rates)
        against_nation.append((against_national(given, INDEPENDENT)["p"] <= 0.05).mean())
        against_model.append((against_prediction(given, INDEPENDENT)["p"] <= 0.05).mean())

    assert np.mean(against_nation) == pytest.approx(0.05, abs=0.01)
    assert np.mean(against_model) > 0.6
