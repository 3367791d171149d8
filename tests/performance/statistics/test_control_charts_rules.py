import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.statistics.control_charts.rules import Rule, signals
from tests.oracles import control_charts as naive
from tests.oracles.control_charts import Segment

NAN = math.nan
OUTSIDE, TREND, TWO_OF_THREE, SHIFT = Rule


jumps = st.lists(
    st.one_of(st.integers(-12, 12), st.integers(1, 3), st.integers(6, 10)), min_size=1, max_size=9
)
ramps = st.builds(
    lambda start, step, length: [start + step * place for place in range(length)],
    st.integers(-9, 3),
    st.sampled_from([-1, 1]),
    st.integers(5, 9),
)
some_values = st.lists(st.one_of(jumps, ramps), max_size=4).map(lambda parts: sum(parts, []))


def marks(*values: float, centre: float = 0, half: float = 9, breaks: tuple[int, ...] = (), is_skewed=None):
    """What marks each point, with + or - for its direction, of points round a mean of 0 with limits at
    9 and near limits at 6. breaks: points before which one is missing."""
    count = len(values)
    starts = np.isin(np.arange(count), [0, *breaks])
    found = signals(
        np.array(values, dtype=float),
        np.full(count, float(centre)),
        np.full(count, float(half)),
        starts,
        np.full(count, 1e-12),
        is_skewed,
    )
    return {rule: "".join("-.+"[sign + 1] for sign in signs) for rule, signs in found.items()}


@pytest.mark.worked_example(of=signals)
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([9.1, -9.1, 0], "+-."),
        # On the limit is inside.
        ([9, -9, 0], "..."),
    ],
)
def test_a_point_beyond_a_limit_is_outside(values, expected):
    assert marks(*values)[OUTSIDE] == expected


@pytest.mark.worked_example(of=signals)
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        # Seven points are six steps: six points are not enough.
        ([1, 2, 3, 4, 5, 6], "......"),
        ([1, 2, 3, 4, 5, 6, 7], "+++++++"),
        ([7, 6, 5, 4, 3, 2, 1, 2], "-------."),
        ([5, 1, 2, 3, 4, 5, 6, 7, 8], ".++++++++"),
        # An equal neighbour breaks it.
        ([1, 2, 3, 4, 4, 5, 6, 7], "........"),
        # The peak belongs to the rise that it ended.
        ([1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1], "+++++++------"),
    ],
)
def test_a_trend_is_six_steps_one_way(values, expected):
    assert marks(*values)[TREND] == expected


@pytest.mark.worked_example(of=signals)
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([7, 1, 7], "+.+"),
        ([7, 7, 1], "++."),
        ([-1, -7, -7], ".--"),
        ([7, 8, 7], "+++"),
        # On the near limit is not near it, and neither is beyond the limit.
        ([7, 1, 6], "..."),
        ([7, 1, 9.1], "..."),
        ([9, 1, 9], "+.+"),
        ([7, 9.1, 7], "+.+"),
        # All three lie on one side of the mean; on the mean is on neither.
        ([7, -1, 7], "..."),
        ([7, 0, 7], "..."),
        ([7, -7, 7, -7], "...."),
        ([7, 7], ".."),
        ([7, 1, 1, 7], "...."),
    ],
)
def test_two_of_three_lie_near_a_limit(values, expected):
    assert marks(*values)[TWO_OF_THREE] == expected


@pytest.mark.worked_example(of=signals)
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2, 1, 2, 1, 2], "......"),
        ([1, 2, 1, 2, 1, 2, 1], "+++++++"),
        ([1, -1, -2, -1, -2, -1, -2, -1, -2], ".--------"),
        # A point on the mean breaks it.
        ([1, 2, 1, 0, 1, 2, 1, 2], "........"),
        ([0, 0, 0, 0, 0, 0, 0], "......."),
    ],
)
def test_a_shift_is_seven_points_on_one_side(values, expected):
    assert marks(*values)[SHIFT] == expected


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        (TREND, [1, 2, 3, 4, 5, 6, 7]),
        (TWO_OF_THREE, [-1, 1, -1, 7, 1, 7, -1]),
        (SHIFT, [1, 2, 1, 2, 1, 2, 1]),
    ],
)
def test_no_run_reaches_across_a_missing_period(rule, values):
    assert set(marks(*values)[rule]) != {"."}
    assert set(marks(*values, breaks=(4,))[rule]) == {"."}


def test_without_limits_only_runs_can_be_told():
    found = marks(10, 8, 8, 8, 8, 8, 8, half=NAN)

    assert found[SHIFT] == "+++++++"
    assert found[OUTSIDE] == found[TWO_OF_THREE] == "......."


def test_where_points_do_not_lie_evenly_the_rules_of_sides_are_not_used():
    values = [10, 8, 8, 1, 2, 3, 4, 5, 6, 7]
    skewed = np.array([True] * 10)

    found = marks(*values, is_skewed=skewed)

    assert found == marks(*values) | {TWO_OF_THREE: "." * 10, SHIFT: "." * 10}
    assert found[TREND] == "...+++++++"


def test_what_rounding_puts_beside_a_line_is_on_it():
    """0.1 + 0.2 is more than 0.3 in floats."""
    assert marks(0.1 + 0.2, 0.3, centre=0, half=0.3)[OUTSIDE] == ".."
    assert marks(*[0.1 + 0.2] * 7, centre=0.3)[SHIFT] == "......."


def test_nothing_in_is_nothing_out():
    assert set(marks().values()) == {""}


@pytest.mark.oracle(of=signals)
@settings(max_examples=300)
@given(
    some_values,
    st.sets(st.integers(1, 24), max_size=2),
    st.booleans(),
)
def test_each_mark_is_what_looking_at_every_window_finds(values, breaks, is_skewed):
    found = marks(*values, breaks=tuple(breaks), is_skewed=np.full(len(values), is_skewed))

    edges = sorted({0, len(values), *(place for place in breaks if place < len(values))})
    points = [{"period": place, "value": value} for place, value in enumerate(values)]
    segment = Segment([points[start:end] for start, end in zip(edges, edges[1:], strict=False)])
    expected = naive.rules(segment, 0, dict.fromkeys(range(len(values)), 9), is_skewed)
    named = [
        next(((rule.value, sign) for rule in found if (sign := found[rule][place]) != "."), ("", ""))
        for place in range(len(values))
    ]
    words = {"high": "+", "low": "-", "": ""}
    assert named == [
        (rule, words[direction])
        for rule, direction in (expected.get(n, ("", "")) for n in range(len(values)))
    ]
