"""The chart of ranks on process beside ranks on outcome."""

from dataclasses import replace

import plotly.graph_objects
import pytest

from performance.charts.ranks import AROUND, ROW, rank_chart
from performance.vocabulary import ProcessKind
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


@pytest.mark.parametrize(
    ("process", "outcome", "said"),
    [
        ((1, 2, 3), (3, 4, 5), "None of 1 trust ranks clearly better on process than on outcome and none"),
        ((3, 4, 5), (1, 2, 3), "None of 1 trust ranks clearly better on process than on outcome and none"),
        ((1, 2, 3), (4, 4, 5), "1 of 1 trust ranks clearly better on process than on outcome and none"),
        ((4, 4, 5), (1, 2, 3), "None of 1 trust ranks clearly better on process than on outcome and 1"),
    ],
)
def test_intervals_that_touch_are_not_apart_and_those_that_do_not_are(process, outcome, said):
    assert rank_chart([ranked("Dorset", process, outcome)]).title.startswith(
        f"{said} clearly worse (2010-11)"
    )


def test_with_several_apart_or_sure_the_title_speaks_of_several():
    sure = [ranked(name, (1, 1, 1), (9, 9, 9)) for name in ("Kent", "Essex")]

    assert rank_chart(sure).title == (
        "2 of 2 trusts rank clearly better on process than on outcome and none clearly worse (2010-11); "
        "4 of 4 ranks are sure"
    )
    assert rank_chart(ROWS[2:]).title.endswith("none of 2 ranks is sure")


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
    assert (layout["shapes"][0]["y0"], layout["shapes"][0]["y1"]) == (1.5, 2.5)
    assert rank_chart(ROWS).layout["shapes"] == []
    assert rank_chart(ROWS, own="Wales").layout["shapes"] == []


def test_rows_that_are_as_far_apart_stand_by_name():
    alike = [ranked(name, (3, 4, 5), (3, 4, 5)) for name in ("Kent", "Essex", "Dorset")]

    assert rank_chart(alike).layout["yaxis"]["ticktext"] == ["Dorset", "Essex", "Kent"]


@pytest.mark.parametrize("rows", [ROWS, ROWS[:1], [replace(ROWS[1], ranked=1)]])
def test_every_rank_interval_and_row_lies_within_the_axes(rows):
    figure = rank_chart(rows)
    marks(figure)
    low, high = figure.layout["xaxis"]["range"]
    bottom, top = figure.layout["yaxis"]["range"]

    assert low < 1
    assert high > rows[0].ranked
    assert top < 0.5
    assert bottom > len(rows) + 0.5
    assert len(figure.layout["yaxis"]["ticktext"]) == len(rows)
    assert figure.height == AROUND + ROW * len(rows)


def test_the_table_tells_ranks_with_their_intervals_and_the_places_between():
    table = rank_chart(ROWS, own="Kent", address=lambda slug: f"/trusts/{slug}/").table
    heads = [column.label for column in table.columns]
    essex, _, kent = (dict(zip(heads, row, strict=True)) for row in table.shown)

    assert (essex["Trust"].text, essex["Trust"].link, essex["Trust"].note) == ("Essex", "/trusts/Essex/", "")
    assert kent["Trust"].note == "Marked in the chart"
    process, outcome = (essex[f"{side} rank and its 95% interval"] for side in ("Process", "Outcome"))
    assert (process.text, process.note) == ("1", "sure")
    assert (outcome.text, outcome.note) == ("34", "30 to 35")
    assert essex["Places lower on outcome"].text == "33"
    assert kent["Places lower on outcome"].text == "−19"


def test_the_caption_says_of_how_many_which_targets_and_how_far_the_usual_interval_reaches():
    of_one_kind = [replace(row, kind=ProcessKind.TIMELINESS) for row in ROWS]

    assert rank_chart(ROWS).caption.startswith("3 of the 35 trusts with both ranks, 2010-11, PTRS 2010-11;")
    everyone = [replace(row, ranked=3) for row in ROWS]
    assert rank_chart(everyone).caption.startswith("3 trusts with both ranks,")
    assert "of those that targets ask for" in rank_chart(ROWS).caption
    assert "of those that timeliness targets ask for" in rank_chart(of_one_kind).caption
    # Spans of 2, 2, 0, 5, 7 and 4 places.
    assert "the usual one reaches over 3 places" in rank_chart(ROWS).caption


@pytest.mark.parametrize("missing", ["process_rank", "outcome_rank", "outcome_rank_upper"])
def test_whoever_has_no_rank_is_left_out_which_the_caption_says(missing):
    unranked = make_divergence_row(organisation="wales", **{missing: None})

    assert len(rank_chart([*ROWS, unranked]).table.rows) == 3
    assert rank_chart([*ROWS, unranked]).caption.endswith("1 trust lacks one side or both, and so ranks.")
    assert rank_chart([*ROWS, unranked, unranked]).caption.endswith(
        "2 trusts lack one side or both, and so ranks."
    )
    assert "lack" not in rank_chart(ROWS).caption


def test_where_nobody_has_a_rank_there_is_no_chart():
    assert rank_chart([make_divergence_row(process_rank=None)]) is None
    assert rank_chart([]) is None
