import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.multiple_comparisons import benjamini_hochberg
from tests.oracles.multiple_comparisons import adjusted

NAN = math.nan

p_values = st.lists(st.integers(0, 1000).map(lambda thousandths: thousandths / 1000), min_size=1, max_size=6)


@pytest.mark.oracle(of=benjamini_hochberg)
@given(p_values)
def test_it_is_the_least_rate_at_which_a_test_would_be_called(p):
    expected = adjusted([Fraction(str(value)) for value in p])

    assert list(benjamini_hochberg(p)["adjusted_p"]) == pytest.approx([float(value) for value in expected])


@pytest.mark.worked_example(of=benjamini_hochberg)
def test_it_is_what_can_be_worked_out_by_hand():
    """0.01 x 4 / 1, 0.02 x 4 / 2 and 0.03 x 4 / 3 are all 0.04; 0.5 x 4 / 4 is 0.5."""
    result = benjamini_hochberg([0.03, 0.01, 0.5, 0.02])

    assert list(result["adjusted_p"]) == pytest.approx([0.04, 0.04, 0.5, 0.04])


def test_a_missing_p_value_is_no_member_of_the_family():
    result = benjamini_hochberg([0.01, NAN, 0.04, None])

    np.testing.assert_allclose(result["adjusted_p"], [0.02, NAN, 0.04, NAN])
    assert list(result["reason"]) == ["", "a figure is not given", "", "a figure is not given"]


@given(p_values)
def test_rows_in_another_order_give_the_same(p):
    series = pd.Series(p)
    shuffled = series.iloc[::-1]

    pd.testing.assert_frame_equal(benjamini_hochberg(shuffled).sort_index(), benjamini_hochberg(series))


@given(p_values)
def test_it_never_makes_a_p_value_smaller(p):
    result = benjamini_hochberg(p)["adjusted_p"]

    assert (result >= np.array(p) - 1e-15).all()
    assert (result <= 1).all()


@pytest.mark.parametrize("p", [[], [NAN], [None, None]])
def test_a_family_of_none_has_no_figures(p):
    assert benjamini_hochberg(p)["adjusted_p"].isna().all()


@pytest.mark.parametrize("p", [-0.1, 1.1])
def test_a_probability_beyond_0_to_1_is_a_mistake(p):
    with pytest.raises(ValueError, match="from 0 to 1"):
        benjamini_hochberg(p)
