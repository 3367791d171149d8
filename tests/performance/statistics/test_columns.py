import math

import numpy as np
import pandas as pd
import pytest

from performance.statistics.columns import (
    BLOCK,
    aligned,
    check_counts,
    check_shares,
    check_whole,
    count_reasons,
    floats,
    in_blocks,
    in_words,
    is_missing,
    too_few,
)

NAN = math.nan


@pytest.mark.worked_example(of=floats)
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (3, [3.0]),
        ([1, None, 2.5], [1.0, NAN, 2.5]),
        ([], []),
        (pd.Series([1, pd.NA], dtype="Int64"), [1.0, NAN]),
        (pd.Series([1.5, None]), [1.5, NAN]),
        (np.array([True, False]), [1.0, 0.0]),
    ],
)
def test_whatever_is_not_there_becomes_nan(given, expected):
    np.testing.assert_array_equal(floats(given), expected)


@pytest.mark.parametrize("given", [math.inf, [1, -math.inf]])
def test_an_infinite_figure_is_a_mistake(given):
    with pytest.raises(ValueError, match="infinite"):
        floats(given)


def test_a_table_is_not_a_column():
    with pytest.raises(ValueError, match="one dimension"):
        floats([[1, 2], [3, 4]])


@pytest.mark.worked_example(of=aligned)
def test_a_single_number_is_repeated_and_the_index_is_kept():
    index, (x, n) = aligned(pd.Series([1, 2], index=["london", "wales"]), 10)

    assert list(index) == ["london", "wales"]
    assert (list(x), list(n)) == ([1.0, 2.0], [10.0, 10.0])


def test_columns_without_an_index_are_numbered():
    index, _ = aligned([1, 2, 3])

    assert list(index) == [0, 1, 2]


def test_rows_of_different_units_are_not_put_together():
    with pytest.raises(ValueError, match="indexed alike"):
        aligned(pd.Series([1, 2], index=["london", "wales"]), pd.Series([1, 2], index=["wales", "london"]))


@pytest.mark.worked_example(of=check_counts)
def test_counts_that_fit_or_are_missing_pass():
    assert check_counts(floats([0, 5, NAN, 5]), floats([0, 5, 5, NAN])) is None


@pytest.mark.parametrize(("x", "n"), [(11, 10), (-1, 10), (0, -1), (1, 0), ([1, 11], [10, 10])])
def test_a_count_beyond_its_denominator_is_a_mistake(x, n):
    with pytest.raises(ValueError, match="a count must be from 0 to its denominator"):
        check_counts(floats(x), floats(n))


@pytest.mark.worked_example(of=check_whole)
def test_only_whole_counts_are_whole():
    assert check_whole(floats([0, 3, NAN])) is None
    with pytest.raises(ValueError, match="a whole number"):
        check_whole(floats([1]), floats([2.5]))


@pytest.mark.worked_example(of=check_shares)
@pytest.mark.parametrize("share", [-0.1, 1.5, 78.0])
def test_a_share_beyond_0_to_1_is_a_mistake(share):
    assert check_shares(floats([0, 0.5, 1, NAN])) is None
    with pytest.raises(ValueError, match="a share must be from 0 to 1"):
        check_shares(floats([0.5, share]))


@pytest.mark.worked_example(of=is_missing)
def test_a_row_is_missing_where_any_of_its_figures_is():
    assert list(is_missing(floats([1, NAN, 1]), floats([1, 1, NAN]))) == [False, True, True]


@pytest.mark.worked_example(of=in_words)
def test_the_first_case_that_holds_gives_the_word():
    odd, big = np.array([True, False, True, False]), np.array([True, True, False, False])

    assert list(in_words(4, (odd, "odd"), (big, "big"), otherwise="even")) == ["odd", "big", "odd", "even"]


def test_two_cases_may_share_a_word():
    first, last = np.array([True, False, False]), np.array([False, False, True])

    assert list(in_words(3, (first, "end"), (last, "end"))) == ["end", "", "end"]


@pytest.mark.worked_example(of=count_reasons)
def test_no_cases_and_no_figure_are_told_apart():
    reasons = count_reasons(floats([1, NAN, 0, NAN]), floats([2, 2, 0, 0]))

    assert list(reasons) == ["", "a figure is not given", "there are no cases", "a figure is not given"]


@pytest.mark.worked_example(of=in_blocks)
@pytest.mark.parametrize("rows", [0, 1, BLOCK, BLOCK + 1])
def test_blocks_give_what_the_whole_gives(rows):
    column = np.arange(rows, dtype=float)

    squares, doubles = in_blocks(lambda c: (c**2, 2 * c), column)

    np.testing.assert_array_equal(squares, column**2)
    np.testing.assert_array_equal(doubles, 2 * column)


@pytest.mark.worked_example(of=too_few)
def test_a_reason_says_how_many_are_needed_and_there():
    assert too_few("points", 12, 9) == "12 points are needed and there are 9"
