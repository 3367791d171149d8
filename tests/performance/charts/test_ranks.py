"""The chart of ranks on process beside ranks on outcome."""

import plotly.graph_objects

from performance.charts.ranks import rank_chart
from tests.performance.charts.findings import make_divergence_row


def ranked(name: str, process: tuple[int, int, int], outcome: tuple[int, int, int], **given):
    """Each rank with the ends of its interval: lower, rank, upper."""
    ranks = {
        f"{side}_rank{end}": value
        for side, three in (("process", process), ("outcome", outcome))
        for end, value in zip(("_lower", "", "_upper"), three, strict=True)
    }
    return make_divergence_row(organisation=name, organisation_name=name, **ranks, **given)


ROWS = [
    ranked("Kent", (20, 21, 22), (1, 2, 3)),
    ranked("Essex", (1, 1, 1), (30, 34, 35)),
    ranked("London", (5, 8, 12), (7, 9, 11)),
]


def marks(figure) -> dict[str, dict]:
    plotly.graph_objects.Figure(figure.plot)
    return {trace["name"]: trace for trace in figure.data if "hovertext" in trace}


def test_a_row_holds_a_mark_at_each_rank_the_furthest_apart_first():
    traces = marks(rank_chart(ROWS))

    assert traces["Process"]["x"] == [1, 8, 21]
    assert traces["Outcome"]["x"] == [34, 9, 2]
    assert traces["Process"]["y"] == traces["Outcome"]["y"] == [1, 2, 3]
    assert traces["Process"]["marker"]["symbol"] != traces["Outcome"]["marker"]["symbol"]
    assert traces["Process"]["hovertext"][0] == "Essex<br>Process: rank 1, sure<br>Outcome: rank 34, 30 to 35"


def test_the_title_counts_those_whose_intervals_lie_apart_and_the_ranks_that_are_sure():
    title = rank_chart(ROWS).title

    assert title.startswith(
        "1 of 3 trusts ranks clearly better on process than on outcome and 1 clearly worse"
    )
    assert title.endswith("1 of 6 ranks is sure")
    assert rank_chart(ROWS[2:]).title.startswith("None of 1 trust ranks clearly better")


def test_intervals_that_touch_are_not_apart():
    touching = ranked("Dorset", (1, 2, 3), (3, 4, 5))

    assert rank_chart([touching]).title.startswith("None of")


def test_a_line_joins_the_two_ranks_of_each_and_faint_bars_reach_over_their_intervals():
    lines = [trace for trace in rank_chart(ROWS).data if trace["mode"] == "lines"]
    process, outcome, joins = (trace["x"] for trace in lines)

    assert joins == [1, 34, None, 8, 9, None, 21, 2, None]
    assert process == [1, 1, None, 5, 12, None, 20, 22, None]
    assert outcome == [30, 35, None, 7, 11, None, 1, 3, None]


def test_the_own_trust_is_marked_by_a_sign_and_a_band_and_no_other_is():
    layout = rank_chart(ROWS, own="London").layout
    names = layout["yaxis"]["ticktext"]

    assert [name.startswith("▶") for name in names] == [False, True, False]
    assert len(layout["shapes"]) == 1
    assert rank_chart(ROWS).layout["shapes"] == []


def test_whoever_has_no_rank_is_left_out_and_nobody_at_all_is_no_chart():
    unranked = make_divergence_row(organisation="wales", process_rank=None)

    assert len(rank_chart([*ROWS, unranked]).table.rows) == 3
    assert rank_chart([unranked]) is None
    assert rank_chart([]) is None
