import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from performance.statistics.suppression import suppressed
from tests.oracles.suppression import values_possible

# So small that every table can be tried.
LIMIT = 3


@st.composite
def small_tables(draw) -> np.ndarray:
    rows, columns = draw(st.sampled_from([(1, 3), (2, 2), (2, 3), (3, 2)]))
    cells = draw(st.lists(st.integers(0, 4), min_size=rows * columns, max_size=rows * columns))
    return np.array(cells).reshape(rows, columns)


@pytest.mark.oracle(of=suppressed)
@settings(deadline=None, max_examples=60)
@given(small_tables())
def test_a_reader_who_tries_everything_can_tell_no_small_cell(table):
    hidden = suppressed(table, LIMIT)
    # With more there are too many tables to try, and so much the less is known.
    assume(hidden[:-1, :-1].sum() <= 5)
    for cell, values in values_possible(table, hidden, LIMIT).items():
        assert len(values) > 1, (table, hidden, cell)
        assert max(values) >= LIMIT, (table, hidden, cell)


def test_that_reader_can_tell_a_cell_that_alone_is_left_out():
    table = np.array([[1, 4, 5], [4, 4, 4]])
    alone = np.zeros((3, 4), dtype=bool)
    alone[0, 0] = True

    assert values_possible(table, alone, LIMIT) == {(0, 0): {1}}


@pytest.mark.worked_example(of=suppressed)
@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # Nothing is small.
        ([[5, 0], [7, 9]], [[0, 0, 0], [0, 0, 0], [0, 0, 0]]),
        ([[0, 0], [0, 0]], [[0, 0, 0], [0, 0, 0], [0, 0, 0]]),
        # One small cell: one more in its row, one in its column, and one where those two cross.
        (
            [[2, 10, 50], [20, 30, 60], [70, 80, 90]],
            [[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]],
        ),
        # In a single row a total of each column says the same as its cell.
        ([[1, 8, 20]], [[1, 1, 0, 0], [1, 1, 0, 0]]),
        # Everything is small, and so are its totals.
        ([[1, 0], [0, 2]], [[1, 0, 1], [0, 1, 1], [1, 1, 1]]),
    ],
)
def test_by_hand(table, expected):
    assert suppressed(table).astype(int).tolist() == expected


def test_small_ones_that_together_are_too_few_have_a_larger_one_beside_them():
    table = np.array([[1, 1, 20], [1, 1, 20], [30, 30, 30]])

    hidden = suppressed(table)

    # By themselves the four would be told to be 0, 1 or 2 each, and 4 together.
    assert hidden[:2, :2].all()
    assert hidden[2, 2] or hidden[3, 2] or hidden[2, 3] or hidden[3, 3]


def test_a_zero_is_shown_unless_nothing_else_is_left():
    table = np.array([[2, 0, 30], [0, 9, 40], [10, 20, 50]])

    hidden = suppressed(table)

    assert hidden[0, 0]
    assert not hidden[:-1, :-1][table == 0].any()


def test_the_limit_is_what_may_be_shown():
    table = [[9, 50, 60], [50, 60, 70]]

    assert not suppressed(table).any()
    assert suppressed(table, limit=10).any()
    assert not suppressed(table, limit=9).any()


def test_a_table_as_large_as_those_of_a_page_comes_out_the_same_each_time():
    table = np.random.default_rng(3).poisson(6, (40, 5))

    first, second = suppressed(table), suppressed(table)

    assert (first == second).all()
    assert first[:-1, :-1][(table > 0) & (table < 5)].all()


@pytest.mark.parametrize("counts", [[1, 2], [[-1, 2]], [[1.5, 2]], [[float("nan"), 2]]])
def test_what_isnt_a_table_of_counts_is_refused(counts):
    with pytest.raises(ValueError, match="rows and columns|whole numbers"):
        suppressed(counts)
