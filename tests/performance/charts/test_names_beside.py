"""Which names fit beside their points."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from performance.charts.names_beside import HEIGHT, MARK, POSITIONS, WIDTH, Spot, _mark, _name, names_beside

spots = st.builds(Spot, st.floats(0, 1), st.floats(0, 1))


def test_a_name_stands_to_the_right_of_its_point_where_there_is_room():
    assert names_beside([Spot(0.5, 0.5)], [(0, "Essex")]) == {0: "middle right"}


def test_at_the_right_edge_it_stands_to_the_left():
    assert names_beside([Spot(0.99, 0.5)], [(0, "Essex")]) == {0: "middle left"}


def test_it_gives_way_to_another_point():
    beside = Spot(0.5 + (2 * MARK + 1) / WIDTH, 0.5)

    assert names_beside([Spot(0.5, 0.5), beside], [(0, "Essex")]) == {0: "middle left"}


def test_it_gives_way_to_a_name_that_chose_before():
    near = [Spot(0.5, 0.5), Spot(0.5, 0.5 + 20 / HEIGHT)]
    found = names_beside(near, [(0, "Essex"), (1, "Kent")])

    assert found[0] == "middle right"
    assert set(found) == {0, 1}


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
