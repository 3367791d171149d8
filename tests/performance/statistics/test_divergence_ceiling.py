import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.divergence.ceiling import Ceiling, ceiling


@pytest.mark.worked_example(of=ceiling)
@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        # 1 of 5 is a fifth, not more.
        ([0.99, 0.989, 0.9, 0.5, 0.0], Ceiling(5, "", 0.2, True)),
        ([0.99, 1.0, 0.9, 0.5, 0.0], Ceiling(5, "", 0.4, False)),
        ([1.0], Ceiling(1, "", 1.0, False)),
        ([0.0], Ceiling(1, "", 0.0, True)),
        ([1.0, None], Ceiling(1, "", 1.0, False)),
        ([], Ceiling(0, "a figure is not given")),
        ([None], Ceiling(0, "a figure is not given")),
    ],
)
def test_more_than_a_fifth_at_99_per_cent_no_longer_separates(shares, expected):
    assert ceiling(shares) == expected


@given(st.lists(st.integers(95, 100).map(lambda percent: percent / 100), min_size=1, max_size=40))
def test_order_makes_no_difference_and_one_more_at_the_top_never_lowers_it(shares):
    result = ceiling(shares)

    assert ceiling(shares[::-1]) == result
    assert ceiling([*shares, 1.0]).share_at_ceiling >= result.share_at_ceiling


@pytest.mark.parametrize("share", [-0.1, 99.0])
def test_a_share_beyond_0_to_1_is_a_mistake(share):
    with pytest.raises(ValueError, match="from 0 to 1"):
        ceiling([share])
