import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from performance.statistics.correlation.pairs import ALL_ALIKE
from performance.statistics.divergence.differences import NO_ERROR, standardised_differences
from tests.oracles import divergence as naive

NAN = math.nan
TEN = list(range(10))
FIGURES = [
    "process_z",
    "outcome_z",
    "mean",
    "difference",
    "standard_error",
    "shrinkage",
    "shrunken",
    "p",
    "adjusted_p",
]
OTHER_WAY = {"process-ahead": "outcome-ahead", "outcome-ahead": "process-ahead"}

seeds = st.integers(0, 10_000)


def trusts(seed: int, n: int = 20) -> pd.DataFrame:
    """With small errors and large ones, so that some are flagged."""
    draw = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "process": draw.normal(90, 4, n),
            "process_error": draw.uniform(0.2, 2, n),
            "outcome": draw.normal(0, 1, n),
            "outcome_error": draw.uniform(0.02, 0.6, n),
        }
    )


def differences(frame: pd.DataFrame) -> pd.DataFrame:
    return standardised_differences(*(frame[name] for name in frame))


@pytest.mark.oracle(of=standardised_differences)
@given(seeds)
def test_it_is_the_difference_of_z_scores_with_its_error_and_flag(seed):
    frame = trusts(seed)
    expected = naive.standardised_differences(list(frame.itertuples(index=False, name=None)))
    assume(all(abs(row["p"] - 0.05) > 1e-6 and abs(abs(row["shrunken"]) - 1) > 1e-9 for row in expected))

    result = differences(frame)

    for name in ("difference", "standard_error", "shrunken", "p"):
        assert list(result[name]) == pytest.approx([row[name] for row in expected], abs=1e-9)
    assert list(result["flag"]) == [naive.flag(row) for row in expected]


@pytest.mark.oracle(of=standardised_differences)
@given(seeds)
def test_the_adjusted_flag_takes_all_trusts_as_one_family(seed):
    result = differences(trusts(seed))

    ranked = sorted(result["p"])
    called = [p for k, p in enumerate(ranked, 1) if p * len(ranked) / k <= 0.05]
    expected = (result["p"] <= max(called, default=-1)) & (result["shrunken"].abs() > 1)
    assert list(result["adjusted_flag"] != "alike") == list(expected)
    assert set(result["adjusted_flag"][expected]) <= {"process-ahead", "outcome-ahead"}


@pytest.mark.worked_example(of=standardised_differences)
def test_differences_that_can_be_worked_out_by_hand():
    """0 to 9 against themselves the other way round: a variance of 82.5 / 9, so the first scores
    -4.5 / 3.0277 = -1.4863 on the one and 1.4863 on the other: -2.9726. The variance of the
    differences is 4; squared errors of 0.9166667 each add up to 0.2 of it: shrinkage 0.95, and
    -2.9726 x 0.95 = -2.8240, z = 2.9726 / sqrt(0.2) = 6.6470."""
    result = standardised_differences(TEN, math.sqrt(82.5 / 90), TEN[::-1], math.sqrt(82.5 / 90))

    first = result.iloc[0]
    assert first["process_z"] == pytest.approx(-1.4863, abs=5e-5)
    assert first["mean"] == pytest.approx(0)
    assert first["difference"] == pytest.approx(-2.9726, abs=5e-5)
    assert first["standard_error"] == pytest.approx(math.sqrt(0.2))
    assert list(result["shrinkage"]) == pytest.approx([0.95] * 10)
    assert first["shrunken"] == pytest.approx(-2.8240, abs=5e-5)
    assert first["p"] == pytest.approx(math.erfc(6.6470 / math.sqrt(2)), rel=1e-3)
    # The fourth is 3 / 3.0277 = 0.99 apart, 2.2 standard errors, but below 1.
    assert list(result["flag"]) == ["outcome-ahead"] * 3 + ["alike"] * 4 + ["process-ahead"] * 3


@given(seeds)
def test_differences_average_to_nothing_and_spread_by_the_correlation(seed):
    """Their standard deviation is sqrt(2 (1 - r))."""
    frame = trusts(seed)
    result = differences(frame)

    r = np.corrcoef(frame["process"], frame["outcome"])[0, 1]
    assert result["difference"].mean() == pytest.approx(0, abs=1e-9)
    assert result["difference"].std() == pytest.approx(math.sqrt(2 * (1 - r)))


@given(seeds)
def test_changing_the_sides_over_turns_everything_round(seed):
    frame = trusts(seed)
    result = differences(frame)
    turned = differences(frame[["outcome", "outcome_error", "process", "process_error"]])

    assert list(turned["shrunken"]) == pytest.approx(list(-result["shrunken"]))
    assert [OTHER_WAY.get(flag, flag) for flag in turned["flag"]] == list(result["flag"])


@given(seeds)
def test_units_make_no_difference(seed):
    frame = trusts(seed)
    changed = frame.assign(process=frame["process"] / 100 + 3, process_error=frame["process_error"] / 100)

    np.testing.assert_allclose(differences(changed)[FIGURES], differences(frame)[FIGURES], atol=1e-9)


@given(seeds)
def test_order_and_empty_trusts_make_no_difference(seed):
    frame = trusts(seed)
    gaps = pd.concat([frame, frame.iloc[:4].mask(np.eye(4, dtype=bool))], ignore_index=True)
    result = differences(gaps)
    shuffled = differences(gaps.sample(frac=1, random_state=seed)).sort_index()

    np.testing.assert_allclose(result[FIGURES].iloc[:20], differences(frame)[FIGURES], atol=1e-12)
    np.testing.assert_allclose(shuffled[FIGURES], result[FIGURES], atol=1e-12)
    assert result[FIGURES].iloc[20:].isna().all(axis=None)
    assert list(result["reason"]) == [""] * 20 + ["a figure is not given"] * 4
    assert list(result["flag"][20:]) == list(result["adjusted_flag"][20:]) == ["not-compared"] * 4


def test_small_trusts_are_not_put_on_top():
    """The same distances with so much noise that all of it may be chance: nothing is left."""
    result = standardised_differences(TEN, 6, TEN[::-1], 6)

    assert list(result["shrunken"]) == pytest.approx([0] * 10)
    assert set(result["flag"]) == {"alike"}


def test_the_same_on_both_sides_is_no_difference():
    result = standardised_differences(TEN, 1, TEN, 1)

    assert list(result["difference"]) == [0] * 10
    assert list(result["p"]) == [1] * 10
    assert set(result["flag"]) == {"alike"}


def test_a_trust_without_any_error_is_not_tested():
    result = standardised_differences(TEN, [0.0, *[0.5] * 9], TEN[::-1], [0.0, 0.0, *[0.5] * 8])

    assert list(result["reason"]) == [NO_ERROR, *[""] * 9]
    assert result["p"].isna().tolist() == [True, *[False] * 9]
    assert result["flag"][0] == "not-compared"
    assert result["difference"].notna().all()


@pytest.mark.parametrize(
    ("process", "outcome", "reasons"),
    [
        ([], [], set()),
        ([1], [2], {"10 trusts with both figures are needed and there are 1"}),
        (TEN[1:], TEN[1:], {"10 trusts with both figures are needed and there are 9"}),
        (
            [NAN, *TEN[1:]],
            TEN,
            {"a figure is not given", "10 trusts with both figures are needed and there are 9"},
        ),
        ([3] * 10, TEN, {ALL_ALIKE}),
        (TEN, [3] * 10, {ALL_ALIKE}),
    ],
)
def test_too_little_has_no_figure_but_a_reason(process, outcome, reasons):
    result = standardised_differences(process, np.ones(len(process)), outcome, np.ones(len(process)))

    assert result[FIGURES].isna().all(axis=None)
    assert set(result["reason"]) == reasons
    assert set(result["flag"]) <= {"not-compared"}


def test_a_standard_error_below_0_is_a_mistake():
    with pytest.raises(ValueError, match="below 0"):
        standardised_differences(TEN, 1, TEN, -1)
