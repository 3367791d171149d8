"""The figure and the tables of movement between bands."""

import plotly.graph_objects
import pytest

from performance.charts.figure import Figure
from performance.charts.movement import LOOKS, movement_chart
from performance.charts.movement_tables import movers_table, raw_move, transition_table
from performance.releases.movement import Direction, year_pairs
from tests.performance.releases.test_movement import rated

THREE_YEARS = [
    *rated(2010, a=2, b=2, c=4, d=3),
    *rated(2011, a=3, b=2, c=3, d=3),
    *rated(2012, a=3, b=2, c=3, d=None),
]


@pytest.fixture
def pairs():
    return year_pairs(THREE_YEARS, [])


def valid(figure: Figure) -> Figure:
    plotly.graph_objects.Figure(figure.plot)
    return figure


def lines(figure: Figure) -> list[dict]:
    return [trace for trace in figure.data if trace["mode"] == "lines"]


def test_the_title_says_how_many_kept_their_band(pairs):
    assert valid(movement_chart(pairs)).title == (
        "Who kept their band: 2 of 4 trusts from 2010-11 to 2011-12 and 3 of 3 trusts from 2011-12 to 2012-13"
    )


def test_each_way_is_one_line_between_its_bands_with_its_number(pairs):
    figure = movement_chart(pairs)
    ways = [(*line["x"], *line["y"]) for line in lines(figure)]
    numbers = [trace["text"] for trace in figure.data if trace["mode"] == "text"]

    assert ways == [(0, 1, 2, 2), (0, 1, 2, 3), (0, 1, 3, 3), (0, 1, 4, 3), (1, 2, 2, 2), (1, 2, 3, 3)]
    assert numbers == [["1"], ["1"], ["1"], ["1"], ["1"], ["2"]]


def test_ways_up_and_down_differ_in_colour_and_in_dash_and_stand_once_in_the_legend(pairs):
    looks = {
        line["name"]: (line["line"]["color"], line["line"]["dash"]) for line in lines(movement_chart(pairs))
    }
    named = [line["name"] for line in lines(movement_chart(pairs)) if line["showlegend"]]

    assert (
        len({colour for colour, _, _ in LOOKS.values()}) == len({dash for _, dash, _ in LOOKS.values()}) == 3
    )
    assert sorted(looks) == sorted(named) == ["Down", "Same band", "Up"]


def test_squares_count_every_band_of_every_year_and_each_trust_once(pairs):
    (squares,) = [trace for trace in movement_chart(pairs).data if trace["mode"] == "markers+text"]
    held = dict(zip(zip(squares["x"], squares["y"], strict=True), squares["text"], strict=True))

    assert held == {
        (0, 2): "2",
        (0, 3): "1",
        (0, 4): "1",
        (1, 2): "1",
        (1, 3): "3",
        (1, 4): "0",
        (2, 2): "1",
        (2, 3): "2",
        (2, 4): "0",
    }


def test_the_table_behind_the_figure_holds_every_way(pairs):
    table = movement_chart(pairs).table

    assert [[cell.text for cell in row] for row in table.shown][:2] == [
        ["2010-11 to 2011-12", "Exceptional performance", "Good performance", "1"],
        ["2010-11 to 2011-12", "Good performance", "Good performance", "1"],
    ]
    assert sum(row["trusts"] for row in table.rows) == 7


def test_the_transition_table_adds_up_and_has_who_stayed_on_its_diagonal(pairs):
    table = transition_table(pairs[0])

    assert [column.label for column in table.columns] == [
        "2010-11, down; 2011-12, across",
        "Exceptional performance",
        "Good performance",
        "Requiring improvement",
        "All",
    ]
    assert [[cell.text for cell in row] for row in table.shown] == [
        ["Exceptional performance", "0", "1", "0", "1"],
        ["Good performance", "0", "1", "0", "1"],
        ["Requiring improvement", "0", "1", "1", "2"],
    ]


def test_who_moved_is_listed_the_latest_years_first_with_both_certainties():
    rows = [*rated(2010, a=2), *rated(2011, a=3, b=3), *rated(2012, a=3, b=4)]
    table = movers_table(year_pairs(rows, []), lambda slug: f"/trusts/{slug}/")
    heads = [column.label for column in table.columns]
    cells = [dict(zip(heads, row, strict=True)) for row in table.shown]

    assert [(row["Trust"].text, row["Movement"].text) for row in cells] == [("B", "Up"), ("A", "Up")]
    assert cells[0]["Trust"].link == "/trusts/b/"
    assert (cells[0]["From"].text, cells[0]["From"].note) == ("Good performance", "83% likely")
    assert (cells[0]["To"].text, cells[0]["To"].note) == ("Exceptional performance", "12% likely")
    assert cells[0]["Change of score"].text == "0.00"


def test_a_file_has_those_who_stayed_or_cannot_be_told_too(pairs):
    rows = [raw_move(move, pair) for pair in pairs for move in pair.moves]

    assert [row["movement"] for row in rows] == [
        "up",
        "same",
        "down",
        "same",
        "same",
        "same",
        "same",
        "cannot-tell",
    ]
    assert rows[-1]["band"] is None
    assert rows[-1]["movement"] == Direction.CANNOT_TELL
