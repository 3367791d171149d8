import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.statistics.quantiles import phe_quantiles
from tests.oracles import quantiles as naive

NAN = math.nan
NOT_GIVEN = "a figure is not given"

some_values = st.lists(st.one_of(st.none(), st.integers(0, 5), st.integers(0, 60)), max_size=40)
numbers = st.integers(2, 10)


def quantiles(values: list, number: int = 5, **how: object) -> list[float]:
    return phe_quantiles(values, number, **how)["quantile"].tolist()


def same(found: list[float], expected: list[float | None]) -> None:
    np.testing.assert_array_equal(found, np.array(expected, float))


@pytest.mark.oracle(of=phe_quantiles)
@settings(max_examples=150)
@given(some_values, numbers, st.booleans())
def test_each_value_is_in_the_quantile_of_its_rank(values, number, highest_first):
    found = phe_quantiles(values, number, highest_first=highest_first)

    same(found["quantile"].tolist(), [naive.quantile(v, values, number, highest_first) for v in values])
    assert (found["quantile"].isna() == (found["reason"] != "")).all()


@pytest.mark.oracle(of=phe_quantiles)
@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.none() | st.integers(0, 9)), max_size=40), numbers)
def test_groups_are_divided_by_themselves(rows, number):
    table = pd.DataFrame(rows, columns=["group", "value"])

    found = phe_quantiles(table["value"].astype(float), number, groups=table["group"])

    family = {name: [value for group, value in rows if group == name] for name in "ab"}
    expected = [naive.quantile(value, family[group], number, True) for group, value in rows]
    same(found["quantile"].tolist(), expected)


@pytest.mark.worked_example(of=phe_quantiles)
@pytest.mark.parametrize(
    ("values", "number", "expected"),
    [
        ([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 5, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]),
        # 6 less 35, 30, 25, 20, 15, 10 and 5 sevenths, rounded up.
        ([7, 6, 5, 4, 3, 2, 1], 5, [1, 1, 2, 3, 3, 4, 5]),
        # The three 9s are all second, and the third place and the fourth go to nobody.
        ([10, 9, 9, 9, 5], 5, [1, 2, 2, 2, 5]),
        ([10, 9, NAN, 9, 9, 5], 5, [1, 2, None, 2, 2, 5]),
        ([1, 2, 3, 4], 2, [2, 2, 1, 1]),
    ],
)
def test_quantiles_can_be_worked_out_by_hand(values, number, expected):
    same(quantiles(values, number), expected)


def test_the_lowest_can_come_first():
    assert quantiles([1, 2, 3, 4, 5], highest_first=False) == [1, 2, 3, 4, 5]


@given(some_values, numbers)
def test_of_what_is_turned_round_the_lowest_are_what_the_highest_were(values, number):
    turned = [None if value is None else -value for value in values]

    same(quantiles(turned, number, highest_first=False), quantiles(values, number))


@given(some_values, numbers, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_an_added_missing_one_change_nothing(values, number, random):
    column = pd.Series([*values, None], dtype=float)
    order = list(column.index)
    random.shuffle(order)

    found = phe_quantiles(column.loc[order], number)

    assert list(found.index) == order
    pd.testing.assert_frame_equal(
        found.loc[column.index[:-1]], phe_quantiles(column[:-1], number), check_index_type=False
    )


@given(some_values, numbers)
def test_a_higher_value_is_never_in_a_later_quantile(values, number):
    told = [(v, q) for v, q in zip(values, quantiles(values, number), strict=True) if not math.isnan(q)]

    in_order = [q for _, q in sorted(told)]
    assert in_order == sorted(in_order, reverse=True)
    assert all(1 <= q <= number for q in in_order)


def test_values_all_equal_are_all_in_the_first():
    assert quantiles([95.0] * 10) == [1] * 10


@pytest.mark.parametrize(
    ("values", "reasons"),
    [
        ([1, 2, 3, 4], ["5 figures are needed and there are 4"] * 4),
        (
            [1, None, 3],
            ["5 figures are needed and there are 2", NOT_GIVEN, "5 figures are needed and there are 2"],
        ),
        ([None, None], [NOT_GIVEN] * 2),
        ([1, 2, 3, 4, 5, None], [""] * 5 + [NOT_GIVEN]),
        ([7], ["5 figures are needed and there are 1"]),
        ([], []),
    ],
)
def test_values_that_are_not_enough_have_a_reason(values, reasons):
    found = phe_quantiles(values)

    assert found["reason"].tolist() == reasons
    assert (found["quantile"].isna() == (found["reason"] != "")).all()


def test_a_group_too_small_leaves_the_others_alone():
    groups = pd.Series(["a", "b", "a", "a", "b", "a", "a"])

    found = phe_quantiles([1, 9, 2, 3, 8, 4, 5], groups=groups)

    same(found["quantile"].tolist(), [5, None, 4, 3, None, 2, 1])
    assert found["reason"][1] == "5 figures are needed and there are 2"


@pytest.mark.parametrize("number", [0, 1, 2.5, -5, 101])
def test_quantiles_are_a_whole_number_of_parts(number):
    with pytest.raises(ValueError, match="a whole number of parts from 2 to 100"):
        phe_quantiles([1, 2, 3], number)


@pytest.mark.parametrize("groups", [pd.Series(["a", None]), pd.Series(["a", "b"], [5, 6]), pd.Series(["a"])])
def test_every_value_needs_its_group(groups):
    with pytest.raises(ValueError, match="every value needs its group"):
        phe_quantiles([1, 2], groups=groups)


def test_an_infinite_value_is_a_mistake():
    with pytest.raises(ValueError, match="a figure can't be infinite"):
        phe_quantiles([1, math.inf])
