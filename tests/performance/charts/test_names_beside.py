"""Which names fit beside their points."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.charts.names_beside import (
    HEIGHT,
    LINE,
    MARK,
    POSITIONS,
    WIDTH,
    Spot,
    _mark,
    _name,
    names_beside,
)

spots = st.builds(Spot, st.floats(0, 1), st.floats(0, 1))


def test_a_name_stands_to_the_right_of_its_point_where_there_is_room():
    assert names_beside([Spot(0.5, 0.5)], [(0, "Essex")]) == {0: "middle right"}


def test_at_the_right_edge_it_stands_to_the_left():
    assert names_beside([Spot(0.99, 0.5)], [(0, "Essex")]) == {0: "middle left"}


def test_it_gives_way_to_another_point():
    beside = Spot(0.5 + (2 * MARK + 1) / WIDTH, 0.5)

    assert names_beside([Spot(0.5, 0.5), beside], [(0, "Essex")]) == {0: "middle left"}


def test_it_gives_way_to_a_name_that_chose_before():
    """Each would stand to the right of its own point, where they lie less than a line apart."""
    near = [Spot(0.5, 0.5), Spot(0.5, 0.5 + (LINE - 1) / HEIGHT)]

    assert names_beside(near, [(0, "Essex"), (1, "Kent")]) == {0: "middle right", 1: "middle left"}
    assert names_beside(near, [(1, "Kent"), (0, "Essex")]) == {1: "middle right", 0: "middle left"}


def test_only_names_that_are_wanted_are_found_a_place():
    assert names_beside([Spot(0.2, 0.5), Spot(0.7, 0.5)], [(1, "Kent")]) == {1: "middle right"}
    assert names_beside([Spot(0.2, 0.5)], []) == {}
    assert names_beside([], []) == {}


@pytest.mark.parametrize("spot", [Spot(0, 0), Spot(0, 1), Spot(1, 0), Spot(1, 1)])
def test_no_name_stands_in_a_corner_where_the_name_of_the_quarter_is(spot):
    assert names_beside([spot], [(0, "Essex")]) == {}


def test_whoever_finds_no_place_takes_none_from_the_next():
    spots = [Spot(0, 0), Spot(0.5, 0.5)]

    assert names_beside(spots, [(0, "Essex"), (1, "Kent")]) == {1: "middle right"}


def test_where_nothing_is_free_there_is_no_name():
    crowd = [Spot(x / 50, y / 30) for x in range(51) for y in range(31)]

    assert names_beside(crowd, [(700, "Cambridgeshire and Peterborough")]) == {}


@given(st.lists(spots, min_size=1, max_size=35), st.data())
def test_no_name_covers_a_point_or_another_name_or_leaves_the_plot(places, data):
    wanted = [(number, "x" * data.draw(st.integers(3, 31))) for number in range(len(places))]
    found = names_beside(places, wanted)
    boxes = [_name(places[number], dict(wanted)[number], position) for number, position in found.items()]

    assert set(found.values()) <= set(POSITIONS)
    assert all(box.is_inside for box in boxes)
    assert not any(one.meets(other) for one, other in itertools.combinations(boxes, 2))
    assert not any(box.meets(_mark(spot)) for box in boxes for spot in places)
