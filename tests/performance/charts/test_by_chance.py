"""The chart of how many trusts to expect in each quarter, beside chance alone."""

from dataclasses import replace

import plotly.graph_objects
import pytest

from performance.calculation.divergence import MARGIN
from performance.charts.by_chance import by_chance_chart
from performance.charts.quarters import LOOKS
from performance.vocabulary import Method, ProcessKind, Quadrant, Subject
from tests.performance.charts.findings import make_national_figure


def expected(method: Method, estimate: float | None = 8.0, **given):
    return make_national_figure(method=method, **{"estimate": estimate, "lower": 6.0, "upper": 11.0} | given)


CHANCE = expected(Method.AGAINST_CHANCE, 6.4, by_chance=4.3, lower=2.3, upper=6.5, p=0.026)
QUARTERS = [
    expected(Method.EXPECTED_MET_WORSE, 6.4),
    expected(Method.EXPECTED_MET_BETTER, 9.1),
    expected(Method.EXPECTED_MISSED_WORSE, 4.5),
    expected(Method.EXPECTED_MISSED_BETTER, 15.0),
]


def traces(figure) -> list[dict]:
    plotly.graph_objects.Figure(figure.plot)
    return figure.data


def test_each_quarter_has_its_number_its_interval_and_its_own_look():
    *_, points = traces(by_chance_chart([CHANCE, *reversed(QUARTERS)]))

    assert points["x"] == [6.4, 9.1, 4.5, 15.0]
    assert points["error_x"]["arrayminus"][0] == pytest.approx(0.4)
    assert points["error_x"]["array"][0] == pytest.approx(4.6)
    assert points["marker"]["symbol"] == [
        LOOKS[quarter][0]
        for quarter in (
            Quadrant.MET_WORSE,
            Quadrant.MET_BETTER,
            Quadrant.MISSED_WORSE,
            Quadrant.MISSED_BETTER,
        )
    ]
    assert len(set(points["marker"]["symbol"])) == len(set(points["marker"]["color"])) == 4
    assert points["hovertext"][0] == "Target met, outcome worse<br>6.4 (6 to 11) trusts"


def test_what_chance_alone_would_give_lies_behind_the_first_row():
    bar, stroke, _ = traces(by_chance_chart([CHANCE, *QUARTERS]))

    assert (bar["x"], bar["y"]) == ([2.3, 6.5], [1, 1])
    assert (stroke["x"], stroke["y"]) == ([4.3], [1])
    assert stroke["hovertext"] == ["By chance alone<br>4.3 trusts"]


def test_where_the_limits_of_chance_are_not_known_only_its_middle_is_marked():
    bar, stroke, _ = traces(by_chance_chart([replace(CHANCE, lower=None, upper=None), *QUARTERS]))

    assert (bar["x"], bar["y"]) == ([], [])
    assert stroke["x"] == [4.3]


def test_a_quarter_that_is_not_told_has_no_row_and_stands_in_the_table():
    untold = replace(QUARTERS[3], estimate=None, lower=None, upper=None, reason="too few trusts")
    figure = by_chance_chart([CHANCE, *QUARTERS[:3], untold])
    *_, points = traces(figure)
    heads = [column.label for column in figure.table.columns]
    last = dict(zip(heads, figure.table.shown[-1], strict=True))

    assert len(points["x"]) == len(figure.layout["yaxis"]["ticktext"]) == 3
    assert len(figure.table.rows) == 5
    assert (last["Estimate"].text, last["Why not told"].text) == ("Not told", "Too few trusts")


def test_a_number_without_an_interval_has_no_bar_and_says_none():
    figure = by_chance_chart([CHANCE, replace(QUARTERS[0], lower=None, upper=None)])
    *_, points = traces(figure)

    assert (points["error_x"]["array"], points["error_x"]["arrayminus"]) == ([0.0], [0.0])
    assert figure.layout["yaxis"]["ticktext"] == ["Met, worse<br>6.4"]


@pytest.mark.parametrize(
    "figures",
    [
        [CHANCE, *QUARTERS],
        [replace(CHANCE, upper=30.0), *QUARTERS],
        [CHANCE, replace(QUARTERS[0], upper=None)],
    ],
)
def test_the_axis_begins_at_none_and_holds_every_number_interval_and_limit(figures):
    figure = by_chance_chart(figures)
    traces(figure)
    low, high = figure.layout["xaxis"]["range"]

    assert low == 0
    assert high > max(end for one in figures for end in (one.estimate, one.upper) if end is not None)


def test_the_caption_says_what_worse_is_and_what_chance_is():
    caption = by_chance_chart([CHANCE, *QUARTERS]).caption

    assert caption.startswith("All 35 trusts, 2010-11, PTRS 2010-11.")
    assert f"worse being over {MARGIN:g} points above prediction" in caption
    assert caption.endswith("that have nothing to do with each other (p = 0.026).")
    assert by_chance_chart([replace(CHANCE, p=None), *QUARTERS]).caption.endswith("with each other.")


def test_the_title_says_which_targets_and_which_year():
    title = by_chance_chart([replace(CHANCE, kind=ProcessKind.TIMELINESS), *QUARTERS]).title

    assert title.startswith("6.4 of 35 trusts meet timeliness targets with a worse outcome,")
    assert title.endswith("(2010-11)")


@pytest.mark.parametrize(
    ("p", "said"),
    [
        (0.026, ", significantly more than the 4.3 that chance alone would give"),
        (0.05, ", significantly more than the 4.3 that chance alone would give"),
        (0.051, ", not significantly more than the 4.3 that chance alone would give"),
        (0.4, ", not significantly more than the 4.3 that chance alone would give"),
        (None, ", beside the 4.3 that chance alone would give"),
    ],
)
def test_the_title_sets_the_number_beside_chance(p, said):
    chance = expected(Method.AGAINST_CHANCE, 6.4, by_chance=4.3, lower=2.3, upper=6.5, p=p)
    title = by_chance_chart([chance, *QUARTERS]).title

    assert title.startswith("6.4 of ")
    assert said in title


@pytest.mark.parametrize(
    "figures",
    [
        [],
        QUARTERS,
        [CHANCE],
        [expected(Method.AGAINST_CHANCE, None, by_chance=None), *QUARTERS],
        [replace(CHANCE, by_chance=None), *QUARTERS],
        [CHANCE, *(expected(one.method, None) for one in QUARTERS)],
        [replace(one, subject=Subject.BANDS) for one in (CHANCE, *QUARTERS)],
    ],
)
def test_without_chance_or_without_quarters_there_is_no_chart(figures):
    assert by_chance_chart(figures) is None
