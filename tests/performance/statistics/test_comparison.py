import math

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from performance.statistics.comparison import Verdict, against_benchmark, share_against_all, two_shares
from performance.vocabulary import Polarity
from tests.oracles import comparison as naive

NAN = math.nan
NOT_GIVEN = "a figure is not given"
NO_CASES = "there are no cases"
ALIKE = "every case in both is alike"


@st.composite
def counts(draw) -> tuple[int, int]:
    n = draw(st.integers(1, 60))
    return draw(st.integers(0, n)), n


@pytest.mark.oracle(of=two_shares)
@given(counts(), counts())
def test_few_cases_are_told_by_the_exact_test_and_many_by_z(first, second):
    assume(0 < first[0] + second[0] < first[1] + second[1])
    few = naive.fewest_expected(*first, *second) < 5
    expected = naive.fisher(*first, *second) if few else naive.z_test(*first, *second)

    result = two_shares(*first, *second).iloc[0]

    assert result["test"] == ("exact" if few else "z")
    assert result["p"] == pytest.approx(float(expected), abs=1e-9)
    assert math.isnan(result["z"]) == few


@pytest.mark.worked_example(of=two_shares)
def test_a_lady_who_tastes_six_of_eight_cups_right():
    """Fisher (1935), The Design of Experiments, chapter 2: 3 of 4 and 1 of 4; of 70 ways 16 are
    as far on each side and 1 farther: 34 of 70."""
    assert two_shares(3, 4, 1, 4)["p"][0] == pytest.approx(34 / 70)


@pytest.mark.worked_example(of=two_shares)
def test_a_difference_by_hand():
    """60 and 40 of 100: the pooled share is a half, its standard error sqrt(1/4 x 2/100)."""
    result = two_shares(60, 100, 40, 100)

    assert result["z"][0] == pytest.approx(0.2 / math.sqrt(0.005))
    assert result["p"][0] == pytest.approx(0.004678, abs=1e-6)


@given(counts(), counts())
def test_swapping_shares_or_success_and_failure_leaves_p(first, second):
    (x1, n1), (x2, n2) = first, second
    p = two_shares([x1, x2, n1 - x1], [n1, n2, n1], [x2, x1, n2 - x2], [n2, n1, n2])["p"]

    assert list(p) == pytest.approx([p[0]] * 3, nan_ok=True)


def test_two_shares_that_cannot_be_told_apart_say_why():
    result = two_shares([0, 5, NAN, 1, 1], [5, 5, 5, 0 + 1, 2], [0, 7, 1, 0, 1], [5, 7, 2, 0, 2])

    assert list(result["reason"]) == [ALIKE, ALIKE, NOT_GIVEN, NO_CASES, ""]
    assert list(result["p"].isna()) == [True, True, True, True, False]
    assert list(result["test"]) == ["", "", "", "", "exact"]


@pytest.mark.oracle(of=share_against_all)
@given(counts(), counts())
def test_a_unit_against_all_is_a_unit_against_the_others(own, others):
    (x, n), (other_x, other_n) = own, others
    assume(0 < x + other_x < n + other_n)

    result = share_against_all(x, n, x + other_x, n + other_n).iloc[0]

    assert result["p"] == pytest.approx(naive.against_the_rest(x, n, x + other_x, n + other_n), abs=1e-9)
    assert result["difference"] == pytest.approx(x / n - (x + other_x) / (n + other_n))


@pytest.mark.worked_example(of=share_against_all)
def test_a_unit_against_all_by_hand():
    """30 of 50 among 100 of 200: 10 points above a half, whose standard error is
    sqrt(1/4 / 50 x 3/4)."""
    result = share_against_all(30, 50, 100, 200)

    assert result["z"][0] == pytest.approx(0.1 / math.sqrt(0.00375))


def test_a_unit_that_is_all_there_is_has_nothing_to_be_compared_with():
    result = share_against_all([3, 0, NAN, 0, 2], [6, 0, 2, 2, 2], [3, 3, 3, 0, 4], [6, 6, 6, 6, 4])

    assert list(result["reason"]) == [
        "it is the whole of those it would be compared with",
        NO_CASES,
        NOT_GIVEN,
        ALIKE,
        ALIKE,
    ]
    assert result[["z", "p"]].isna().all(axis=None)


@pytest.mark.parametrize(("x", "n", "all_x", "all_n"), [(3, 5, 2, 9), (1, 5, 2, 4), (0, 5, 6, 9)])
def test_a_unit_larger_than_all_is_a_mistake(x, n, all_x, all_n):
    with pytest.raises(ValueError, match="larger than all together"):
        share_against_all(x, n, all_x, all_n)


@pytest.mark.parametrize("test", [lambda x, n: two_shares(x, n, 1, 2), lambda x, n: two_shares(1, 2, x, n)])
@pytest.mark.parametrize(("x", "n"), [(3, 2), (-1, 2), (1.5, 2)])
def test_counts_that_do_not_fit_are_a_mistake(test, x, n):
    with pytest.raises(ValueError, match="a count must be"):
        test(x, n)


@pytest.mark.worked_example(of=against_benchmark)
@pytest.mark.parametrize(
    ("polarity", "verdicts"),
    [
        (Polarity.HIGHER, ["worse", "similar", "similar", "similar", "better"]),
        (Polarity.LOWER, ["better", "similar", "similar", "similar", "worse"]),
        (Polarity.NONE, ["lower", "similar", "similar", "similar", "higher"]),
    ],
)
def test_an_interval_on_its_benchmark_is_similar(polarity, verdicts):
    lower, upper = [0.70, 0.80, 0.85, 0.90, 0.91], [0.80, 0.90, 0.95, 1.00, 1.00]

    result = against_benchmark(lower, upper, 0.90, polarity)

    assert list(result["verdict"]) == verdicts
    assert set(result["reason"]) == {""}


def test_what_lacks_a_limit_or_a_benchmark_is_not_compared():
    result = against_benchmark([NAN, 0.1, 0.1], [0.2, NAN, 0.2], [0.5, 0.5, NAN], Polarity.HIGHER)

    assert list(result["verdict"]) == [Verdict.NOT_COMPARED] * 3
    assert list(result["reason"]) == [NOT_GIVEN] * 3


def test_limits_the_wrong_way_round_are_a_mistake():
    with pytest.raises(ValueError, match="above its upper"):
        against_benchmark(0.5, 0.4, 0.1, Polarity.HIGHER)


def test_nothing_in_is_nothing_out_and_rows_keep_their_names():
    london = pd.Series([3], index=["london"])

    assert len(two_shares([], [], [], [])) == len(share_against_all([], [], [], [])) == 0
    assert len(against_benchmark([], [], [], Polarity.NONE)) == 0
    assert list(two_shares(london, 4, 1, 4).index) == ["london"]
