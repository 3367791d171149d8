import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.statistics.suppression import suppressed
from tests.oracles.suppression import as_shown, bounds, left_out, values_left, with_totals

# A limit so low that all tables can be tried, and a table that is small enough for it.
LOW = 3
SHAPES = st.sampled_from([(1, 2), (1, 4), (2, 2), (2, 3), (3, 2)])
FEW = st.integers(0, 4)
some = settings(deadline=None, max_examples=50)


@st.composite
def tables(draw, shapes=SHAPES, counts=FEW) -> np.ndarray:
    rows, columns = draw(shapes)
    cells = draw(st.lists(counts, min_size=rows * columns, max_size=rows * columns))
    return np.array(cells, dtype=int).reshape(rows, columns)


@st.composite
def tables_of_a_page(draw) -> np.ndarray:
    """Some with many small counts and zeros, some with few."""
    shape = draw(st.tuples(st.integers(1, 6), st.integers(1, 12)))
    counts = draw(st.sampled_from([st.integers(0, 6), st.integers(0, 30), st.sampled_from([0, 0, 1, 40])]))
    return draw(tables(st.just(shape), counts))


def small_places(numbers: np.ndarray, limit: int) -> list[tuple[int, int]]:
    return [place for place in np.ndindex(numbers.shape) if 0 < numbers[place] < limit]


def check_by_trying_all(table: np.ndarray, hidden: np.ndarray, limit: int) -> None:
    """The rule, for a reader who tries everything."""
    numbers = with_totals(table)
    left = values_left(as_shown(numbers, hidden), int(table.max()) + limit)
    for place in small_places(numbers, limit):
        assert len(left[place]) > 1, (table, hidden, place)
        assert max(left[place]) >= limit, (table, hidden, place)


def check_by_programming(table: np.ndarray, hidden: np.ndarray, limit: int) -> None:
    """The rule, for a reader who solves for the least and the most."""
    numbers = with_totals(table)
    for place in small_places(numbers, limit):
        least, most = bounds(as_shown(numbers, hidden), place, int(table.max()) + limit)
        assert least < most, (table, hidden, place)
        assert most >= limit, (table, hidden, place)


def of_cells(hidden: np.ndarray) -> np.ndarray:
    """With totals that are all shown."""
    return np.pad(hidden, (0, 1))


@pytest.mark.oracle(of=suppressed)
@settings(deadline=None, max_examples=120)
@given(tables())
def test_a_reader_who_tries_everything_can_tell_no_small_number(table):
    check_by_trying_all(table, suppressed(table, LOW), LOW)


@pytest.mark.oracle(of=suppressed)
@settings(deadline=None, max_examples=20)
@given(tables_of_a_page())
def test_a_reader_who_solves_for_each_number_can_tell_no_small_one(table):
    check_by_programming(table, suppressed(table), 5)


@pytest.mark.oracle(of=suppressed)
@pytest.mark.parametrize(("shape", "mean"), [((6, 40), 7), ((12, 6), 3)])
def test_a_table_as_large_as_those_of_a_page_is_protected(shape, mean):
    table = np.random.default_rng(1).poisson(mean, shape)
    hidden = suppressed(table)

    assert hidden[:-1, :-1][(table > 0) & (table < 5)].all()
    check_by_programming(table, hidden, 5)


@some
@given(tables(), st.data())
def test_readers_of_both_kinds_find_the_same(table, data):
    hidden = data.draw(tables(st.just((table.shape[0] + 1, table.shape[1] + 1)), st.integers(0, 1))) > 0
    shown, most = as_shown(with_totals(table), hidden), 6

    left = values_left(shown, most)

    assert left.keys() == set(left_out(shown))
    for place, values in left.items():
        assert bounds(shown, place, most) == (min(values), max(values))


def test_readers_work_out_what_alone_is_left_out():
    table = np.array([[3, 8, 9], [8, 8, 8]])
    primary = (table > 0) & (table < 5)
    shown = as_shown(with_totals(table), of_cells(primary))

    assert values_left(shown, 9) == {(0, 0): {3}}
    assert bounds(shown, (0, 0), 9) == (3, 3)
    with pytest.raises(AssertionError):
        check_by_trying_all(table, of_cells(primary), 5)
    with pytest.raises(AssertionError):
        check_by_programming(table, of_cells(primary), 5)


def test_readers_tell_that_two_small_cells_are_small_together():
    """1 and 2 in a row come to 3: neither is told, but neither can be 5."""
    table = np.array([[1, 2, 20], [30, 30, 30]])
    hidden = np.zeros((3, 4), dtype=bool)
    hidden[:2, :2] = True

    assert bounds(as_shown(with_totals(table), hidden), (0, 0), 40) == (0, 3)
    with pytest.raises(AssertionError):
        check_by_programming(table, hidden, 5)


@pytest.mark.worked_example(of=suppressed)
@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # Nothing is small.
        ([[5, 0], [7, 9]], [[0, 0], [0, 0]]),
        ([[0, 0], [0, 0]], [[0, 0], [0, 0]]),
        # One small cell: the smallest of its row, of its column, and where those two cross that together
        # have the fewest cases, 10 + 20 + 30 of them.
        ([[2, 10, 50], [20, 30, 60], [70, 80, 90]], [[1, 1, 0], [1, 1, 0], [0, 0, 0]]),
        # Two small cells with 3 cases in their row: a third goes, as either may then be 5 or more.
        ([[1, 2, 20], [30, 30, 30]], [[1, 1, 1], [1, 1, 1]]),
        # Small cells that protect each other: each of them can be 6, with 0 beside it and below.
        ([[3, 3], [3, 3]], [[1, 1], [1, 1]]),
        # Here each could be 4 at most: the larger ones of its row and column go too.
        ([[2, 2, 9], [2, 2, 9], [9, 9, 9]], [[1, 1, 1], [1, 1, 1], [1, 1, 1]]),
        # The zero is shown, though the smallest of row and column cross there.
        ([[2, 10, 12], [10, 0, 50], [12, 40, 50]], [[1, 1, 0], [0, 0, 0], [1, 1, 0]]),
        # But for where nothing else is left.
        ([[3, 9], [9, 0]], [[1, 1], [1, 1]]),
    ],
)
def test_cells_by_hand(table, expected):
    assert suppressed(table)[:-1, :-1].astype(int).tolist() == expected


@pytest.mark.worked_example(of=suppressed)
@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ([[5, 0], [7, 9]], [[0, 0, 0], [0, 0, 0], [0, 0, 0]]),
        ([[0, 0, 0]], [[0, 0, 0, 0], [0, 0, 0, 0]]),
        # In a single row a total of each column says the same as its cell.
        ([[2, 8, 20]], [[1, 1, 0, 0], [1, 1, 0, 0]]),
        ([[2], [8], [20]], [[1, 1], [1, 1], [0, 0], [0, 0]]),
        # Only one row has cases: its columns' totals are its cells again.
        ([[2, 8, 20], [0, 0, 0]], [[1, 1, 0, 0], [0, 0, 0, 0], [1, 1, 0, 0]]),
        # One case and no other: all totals it is in are left out, and zeros are shown.
        ([[1, 0], [0, 0]], [[1, 0, 1], [0, 0, 0], [1, 0, 1]]),
        # Everything is small, and so are all totals.
        ([[1, 1], [1, 1]], [[1, 1, 1], [1, 1, 1], [1, 1, 1]]),
        # The total of a row is small, and is told by that of the other and of all: that goes too.
        ([[2, 1], [30, 40]], [[1, 1, 1], [1, 1, 1], [0, 0, 0]]),
        # The total of all is not small, but tells the only one that is.
        ([[2, 1, 8, 9]], [[1, 1, 1, 0, 0], [1, 1, 1, 0, 0]]),
        ([[4]], [[1, 1], [1, 1]]),
        ([[6]], [[0, 0], [0, 0]]),
        ([[]], [[0], [0]]),
    ],
)
def test_cells_and_totals_by_hand(table, expected):
    assert suppressed(table).astype(int).tolist() == expected


@some
@given(tables_of_a_page().map(lambda table: np.where(table > 0, table + 4, 0)))
def test_where_nothing_is_small_everything_is_shown(table):
    assert not suppressed(table).any()


@some
@given(tables_of_a_page(), st.integers(1, 12))
def test_what_is_small_is_left_out_and_a_total_only_where_one_is_small(table, limit):
    numbers = with_totals(table)
    small = (numbers > 0) & (numbers < limit)
    hidden = suppressed(table, limit)

    assert hidden.shape == numbers.shape
    assert hidden[small].all()
    if not (small[-1].any() or small[:, -1].any()):
        assert not (hidden[-1].any() or hidden[:, -1].any())


@some
@given(tables_of_a_page())
def test_the_same_table_gives_the_same_and_stays_as_it_is(table):
    before = table.copy()
    first, second = suppressed(table), suppressed(table.tolist())

    assert (first == second).all()
    assert (table == before).all()


def test_the_limit_is_what_may_be_shown():
    table = [[9, 50, 60], [50, 60, 70]]

    assert not suppressed(table).any()
    assert not suppressed(table, limit=9).any()
    assert suppressed(table, limit=10)[:2, :3].tolist() == [[True, True, False], [True, True, False]]
    assert not suppressed([[1, 2], [3, 4]], limit=1).any()


def test_counts_in_the_millions_are_priced_exactly():
    table = np.array([[3, 10**9 + 1, 10**9], [10**9, 10**9, 10**9]])

    assert suppressed(table)[:2, :3].tolist() == [[True, False, True], [True, False, True]]


@pytest.mark.parametrize("counts", [[1, 2], 3, [[[1]]]])
def test_what_has_no_rows_and_columns_is_refused(counts):
    with pytest.raises(ValueError, match="a table has rows and columns"):
        suppressed(counts)


@pytest.mark.parametrize("count", [-1, 1.5, float("nan"), float("inf"), None])
def test_what_is_no_count_is_refused(count):
    with pytest.raises(ValueError, match="counts are whole numbers of 0 or more"):
        suppressed([[count, 20], [20, 20]])


def test_a_limit_below_1_is_refused():
    with pytest.raises(ValueError, match="a limit is 1 or more"):
        suppressed([[1, 2]], limit=0)
