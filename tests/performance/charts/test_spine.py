"""The spine: better always to the right, each row on a scale of its own."""

import json

import plotly.graph_objects
import pytest

from performance.charts.figure import Figure
from performance.charts.sides import LOOKS, NAMES
from performance.charts.spine import spine
from performance.pages.template_tags import plot_json
from performance.releases.judgements import Side
from performance.releases.peer_rows import Peers
from performance.vocabulary import Flag, Kind, Polarity, TargetStatus
from tests.performance.charts.rows import year
from tests.performance.releases.measures import make_measure, make_spread

PEERS = Peers("peers-large", "trusts with large caseloads", {str(n): str(n) for n in range(12)}, [])


def drawn(*measures) -> Figure:
    figure = spine(measures, PEERS, year(2010), lambda code: f"/measures/{code}/")
    plotly.graph_objects.Figure(figure.plot)
    assert json.loads(plot_json(figure.plot)) == json.loads(json.dumps(figure.plot))
    return figure


def trace(figure: Figure, name: str) -> dict:
    (found,) = [one for one in figure.data if one["name"] == name]
    return found


def named(title: str, value: float = 84.0, **given):
    result = {"measure": title, "measure_title": title, "measure_short_title": title, "value": value}
    return make_measure(result=result | given)


@pytest.mark.parametrize(
    ("polarity", "own", "target", "low", "high"),
    [
        # Of lowest 80, centre 88, highest 94, own 84 and target 90, 80 lies furthest from the centre.
        (Polarity.HIGHER, -0.5, 0.25, -1.0, 0.75),
        (Polarity.NONE, -0.5, 0.25, -1.0, 0.75),
        (Polarity.LOWER, 0.5, -0.25, 1.0, -0.75),
    ],
)
def test_better_lies_to_the_right_and_the_furthest_mark_of_a_row_at_1(polarity, own, target, low, high):
    figure = drawn(make_measure(result={"polarity": polarity, "flag": Flag.INSIDE}))
    side = Side.NO_JUDGEMENT if polarity == Polarity.NONE else Side.NO_DIFFERENT

    assert trace(figure, NAMES[side])["x"] == [own]
    assert trace(figure, "Own target")["x"] == [target]
    assert trace(figure, "Lowest to highest")["x"] == [low, high, None]


def test_a_target_beyond_all_peers_is_in_the_picture():
    figure = drawn(named("a", target=104.0))

    assert trace(figure, "Own target")["x"] == [1.0]
    assert trace(figure, "Lowest to highest")["x"] == [-0.5, 0.375, None]


def test_each_side_has_a_shape_and_a_colour_and_what_chance_might_do_is_empty():
    flags = {"a": Flag.LOW_95, "b": Flag.HIGH_95, "c": Flag.INSIDE, "d": Flag.NOT_COMPARED}
    figure = drawn(*(named(name, flag=flag) for name, flag in flags.items()))
    sides = (Side.WORSE, Side.BETTER, Side.NO_DIFFERENT, Side.NOT_COMPARED)

    for side in sides:
        marker = trace(figure, NAMES[side])["marker"]
        assert (marker["symbol"], marker["color"], marker["line"]["color"]) == LOOKS[side]
    assert len({LOOKS[side] for side in sides}) == 4


def test_process_comes_before_outcome_and_in_each_the_worst_first():
    figure = drawn(
        named("good outcome", 93.0, kind=Kind.OUTCOME),
        named("good process", 93.0),
        named("bad outcome", 80.0, kind=Kind.OUTCOME),
        named("bad process", 80.0, kind=Kind.COMPLIANCE),
        named("sickness", 93.0, kind=Kind.RESOURCE),
    )
    axis = figure.layout["yaxis"]
    parts = {one["text"]: one["y"] for one in figure.layout["annotations"]}

    assert dict(zip(axis["ticktext"], axis["tickvals"], strict=True)) == {
        "bad process": 1,
        "good process": 2,
        "bad outcome": 4,
        "good outcome": 5,
        "sickness": 7,
    }
    assert parts == {"Process": 0, "Outcome": 3, "Cost and workload": 6}
    assert axis["range"][0] > 7


@pytest.mark.parametrize(
    ("flags", "finding"),
    [
        (
            (Flag.LOW_95, Flag.LOW_998, Flag.HIGH_95, Flag.INSIDE),
            "Of 4 measures compared with all trusts, 2 are worse and 1 better",
        ),
        ((Flag.LOW_95,), "Of 1 measure compared with all trusts, 1 is worse and none better"),
        (
            (Flag.INSIDE, Flag.NOT_COMPARED),
            "Of 1 measure compared with all trusts, none is worse and none better",
        ),
        ((Flag.NOT_COMPARED,), "No measure of 2010-11 can be compared with all trusts"),
    ],
)
def test_the_title_counts_what_is_worse_and_what_is_better(flags, finding):
    figure = drawn(*(named(str(number), flag=flag) for number, flag in enumerate(flags)))

    assert figure.title.startswith(finding)
    assert "2010-11" in figure.title


def test_the_caption_says_who_the_peers_are_and_what_chance_would_fill():
    caption = drawn(*(named(str(number)) for number in range(10))).caption

    assert caption.startswith("10 measures, each on a scale of its own. Bar: 12 trusts with large caseloads")
    assert "chance alone would fill about 0.5" in caption


def test_the_table_has_the_values_with_their_counts_and_leads_to_each_measure():
    count = {"unit": "count", "value": 2_283.0, "numerator": None, "denominator": None, "target": 2_532.0}
    share = make_measure()
    volume = make_measure(
        result={"measure": "volume", "kind": Kind.VOLUME, "attainment": 90.2, "flag": Flag.NOT_COMPARED}
        | count,
        peers=make_spread(lowest=85.0, highest=102.0, pooled=93.4, pooled_counts="8,919 of 9,552"),
    )
    rows = {
        cells[0].link: [(cell.text, cell.note) for cell in cells[1:]]
        for cells in drawn(share, volume).table.shown
    }

    assert rows["/measures/court-reports/"] == [
        ("84%", "840 of 1,000"),
        ("88%", "28,009 of 31,834"),
        ("80% to 94%", ""),
        ("86% to 91%", ""),
        ("90%", ""),
        (TargetStatus.MISSED.label, ""),
        ("Worse", ""),
    ]
    assert rows["/measures/volume/"][:3] == [
        ("2,283", "90% of target"),
        ("93% of target", "8,919 of 9,552"),
        ("85% of target to 102% of target", ""),
    ]


def test_what_has_no_peers_no_value_or_no_range_is_left_out():
    left_out = [
        make_measure(peers=None),
        make_measure(result={"value": None}),
        make_measure(peers=make_spread(lowest=88.0, highest=88.0)),
        make_measure(result={"unit": "pounds", "attainment": None}),
    ]

    assert spine(left_out, PEERS, year(2010), str) is None
    assert len(drawn(*left_out, make_measure()).table.rows) == 1
