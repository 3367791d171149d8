import math
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.divergence.expected import NO_TRUST, expected_numbers
from performance.statistics.divergence.quadrants import PROBABILITIES, QUARTERS, quadrants
from tests.oracles import divergence as naive

NAN = math.nan

hundredths = st.integers(0, 100).map(lambda number: Fraction(number, 100))
chances = st.lists(st.tuples(hundredths, hundredths), min_size=1, max_size=12)


def drawn(rows, **options) -> pd.DataFrame:
    meets, worse = zip(*rows, strict=True)
    options = {"seed": 1} | options
    return expected_numbers(quadrants([float(m) for m in meets], [float(w) for w in worse]), **options)


@pytest.mark.oracle(of=expected_numbers)
@given(chances, st.sampled_from([0.8, 0.95]))
def test_the_expected_number_adds_up_and_its_interval_holds_what_it_says(rows, confidence):
    """Within what 10,000 draws leave open of a tail."""
    result = drawn(rows, confidence=confidence)
    tail, slack = (1 - confidence) / 2, 0.02

    products = {
        "met-better": [m * (1 - w) for m, w in rows],
        "met-worse": [m * w for m, w in rows],
        "missed-better": [(1 - m) * (1 - w) for m, w in rows],
        "missed-worse": [(1 - m) * w for m, w in rows],
    }
    for quarter, each in products.items():
        row = result.loc[quarter]
        at_most = [0.0, *naive.number_of_successes([float(chance) for chance in each])]
        assert row["expected"] == pytest.approx(float(sum(each)))
        assert at_most[int(row["lower"])] <= tail + slack <= at_most[int(row["lower"]) + 1] + 2 * slack
        assert at_most[int(row["upper"])] <= 1 - tail + slack
        assert at_most[int(row["upper"]) + 1] >= 1 - tail - slack


@pytest.mark.worked_example(of=expected_numbers)
def test_certain_quarters_are_counted_without_doubt():
    result = drawn([(1, 1), (1, 1), (0, 1)])

    assert list(result.index) == [str(word) for word in QUARTERS]
    assert list(result["expected"]) == list(result["lower"]) == list(result["upper"]) == [0, 2, 0, 1]
    assert list(result["trusts"]) == [3] * 4


@pytest.mark.worked_example(of=expected_numbers)
def test_a_hundred_at_even_chances_fall_where_the_binomial_says():
    """100 trusts at a quarter each: 25 expected, 17 to 34 in 95% (binomial quantiles)."""
    result = drawn([(Fraction(1, 2), Fraction(1, 2))] * 100)

    assert list(result["expected"]) == [25] * 4
    assert list(result["lower"]) == pytest.approx([17] * 4, abs=1)
    assert list(result["upper"]) == pytest.approx([34] * 4, abs=1)


@given(chances, st.randoms())
def test_draws_depend_on_the_seed_and_not_on_the_order_or_on_empty_trusts(rows, order):
    rows = [*rows, (NAN, 0.5)]
    shuffled = rows.copy()
    order.shuffle(shuffled)

    pd.testing.assert_frame_equal(drawn(shuffled, draws=200), drawn(rows, draws=200))
    pd.testing.assert_frame_equal(drawn(rows[:-1], draws=200), drawn(rows, draws=200))


@pytest.mark.parametrize("rows", [[], [(NAN, 0.5)]])
def test_without_trusts_there_is_nothing_to_expect(rows):
    frame = pd.DataFrame(rows, columns=["meets", "worse"], dtype=float)
    result = expected_numbers(quadrants(frame["meets"], frame["worse"]), seed=1)

    assert result[["expected", "lower", "upper"]].isna().all(axis=None)
    assert list(result["reason"]) == [NO_TRUST] * 4


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pd.DataFrame({"met_worse": [1.0]}), "no column met_better"),
        (pd.DataFrame({name: [0.3] for name in PROBABILITIES}), "add up to 1"),
        (pd.DataFrame({name: [3.0] for name in PROBABILITIES}), "from 0 to 1"),
    ],
)
def test_what_are_no_probabilities_is_a_mistake(frame, message):
    with pytest.raises(ValueError, match=message):
        expected_numbers(frame, seed=1)


def test_a_confidence_beyond_0_to_1_is_a_mistake():
    with pytest.raises(ValueError, match="confidence"):
        expected_numbers(quadrants(0.5, 0.5), seed=1, confidence=95)
