"""Ranks on process and outcome: exact as far as they are facts, and their intervals within what as many
draws of one's own can tell."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.calculation.divergence_ranks import RANKS, ranks
from tests.oracles import divergence_ranks as naive
from tests.performance.calculation.year_frames import rows_of

NAN = float("nan")

# Few levels, so that there are ties; some known exactly, some not told.
sides = st.tuples(st.sampled_from([98.0, 99.5, 100.0, 101.25, NAN]), st.sampled_from([0.0, 0.4, 2.0]))


def table(process, outcome, kind="all") -> pd.DataFrame:
    """process, outcome: a level and its standard error for each trust."""
    columns = [pd.DataFrame(side, columns=["level", "error"], dtype=float) for side in (process, outcome)]
    return pd.DataFrame(
        {
            "kind": kind,
            "attainment": columns[0]["level"],
            "attainment_standard_error": columns[0]["error"],
            "outcome": columns[1]["level"],
            "outcome_standard_error": columns[1]["error"],
        }
    )


def exactly(levels) -> list[tuple[float, float]]:
    return [(level, 0.0) for level in levels]


@settings(max_examples=30)
@given(st.lists(st.tuples(sides, sides), min_size=1, max_size=9))
def test_any_ranks_come_out_as_in_the_plain_calculation(trusts):
    found = rows_of(ranks(table(*zip(*trusts, strict=True))))

    wanted = naive.ranks([(*process, *outcome) for process, outcome in trusts])

    for own, expected in zip(found, wanted, strict=True):
        for name, value in expected.items():
            assert value(own[name]) if callable(value) else own[name] == value, (name, own)


def test_the_best_is_first_and_equals_share_the_better_rank():
    found = ranks(table(exactly([99, 103, 99, 95, 99]), exactly([1, 2, 3, 4, 5])))

    assert found["process_rank"].to_list() == [2, 1, 2, 5, 2]
    assert found["outcome_rank"].to_list() == [5, 4, 3, 2, 1]
    assert found["ranked"].to_list() == [5] * 5


def test_an_interval_is_as_wide_as_its_noise_and_holds_the_rank():
    """Two that can't be told apart beside two that stand where they are."""
    found = ranks(table([(104, 0.1), (100, 3), (100.1, 3), (96, 0.1)], exactly([1, 2, 3, 4])))

    assert found["process_rank"].to_list() == [1, 3, 2, 4]
    assert found["process_rank_lower"].to_list() == [1, 1, 1, 3]
    assert found["process_rank_upper"].to_list() == [2, 4, 4, 4]
    assert found["outcome_rank_lower"].to_list() == found["outcome_rank"].to_list()


def test_who_lacks_a_side_has_no_rank_and_takes_no_place():
    trusts = exactly([99, NAN, 98, 97, 96, 95]), exactly([1, 2, NAN, 3, 4, 5])

    found = ranks(table(*trusts))

    assert found["ranked"].to_list() == [4] * 6
    assert found["process_rank"].fillna(0).to_list() == [1, 0, 0, 2, 3, 4]
    assert found.loc[[1, 2], RANKS].isna().all(axis=None)


def test_fewer_than_4_have_no_rank_as_it_would_have_no_interval():
    found = ranks(table(exactly([99, 98, 97]), exactly([1, 2, 3])))

    assert found["ranked"].to_list() == [3] * 3
    assert found[RANKS].isna().all(axis=None)


def test_each_kind_is_ranked_by_itself():
    one, other = table(exactly([4, 3, 2, 1]), exactly([1, 2, 3, 4])), exactly([10, 20, 30, 40, 50])
    both = pd.concat([one, table(other, other, kind="volume")], ignore_index=True)

    found = ranks(both)

    assert found["ranked"].to_list() == [4] * 4 + [5] * 5
    assert found["process_rank"].to_list() == [1, 2, 3, 4, 5, 4, 3, 2, 1]


def test_rounding_makes_nobody_better():
    found = ranks(table(exactly([0.3, 0.1 + 0.2, 0.2, 0.1]), exactly([1, 2, 3, 4])))

    assert found["process_rank"].to_list() == [1, 1, 3, 4]


def test_ranks_and_their_ends_are_whole_whatever_is_drawn_alike():
    found = ranks(table(exactly([100, 100, 100, 99, 98]), exactly([1, 1, 1, 1, 1])))

    assert (found[RANKS] % 1 == 0).all(axis=None)
    assert found["process_rank_lower"].to_list() == [1, 1, 1, 4, 5]


def test_the_order_of_rows_changes_nothing():
    rng = np.random.default_rng(1)
    rows = table(*(list(zip(rng.normal(100, 2, 12), rng.uniform(0.2, 2, 12), strict=True)) for _ in range(2)))

    found = ranks(rows)

    pd.testing.assert_frame_equal(ranks(rows[::-1]).sort_index(), found)


@pytest.mark.parametrize("rows", [0, 2])
def test_nobody_to_rank_is_a_table_of_the_same_columns(rows):
    empty = table(exactly([NAN] * rows), exactly([NAN] * rows))

    found = ranks(empty)

    assert set(found) == {"ranked", *RANKS}
    assert len(found) == rows
