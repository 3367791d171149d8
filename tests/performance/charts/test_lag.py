"""The chart of whether better process comes before better outcome."""

from dataclasses import replace

import plotly.graph_objects
import pytest

from performance.charts.lag import lag_chart
from performance.vocabulary import Method, Subject
from tests.performance.charts.findings import make_national_figure


def slope(method: Method, estimate: float | None, lower: float | None, upper: float | None):
    return make_national_figure(method=method, estimate=estimate, lower=lower, upper=upper, n=70)


LAG = slope(Method.LAG, 0.04, -0.1, 0.19)
SAME = slope(Method.SAME_YEAR, 0.2, 0.1, 0.3)
BEFORE = slope(Method.PLACEBO_LEAD, 0.05, -0.2, 0.3)
BETWEEN = slope(Method.BETWEEN_TRUSTS, -0.1, -0.2, -0.05)
LIKEWISE = slope(Method.BETWEEN_TRUSTS, 0.1, 0.05, 0.2)
UNTOLD = replace(
    slope(Method.BETWEEN_TRUSTS, None, None, None), p=None, n=4, reason="fewer than 10 trusts have both sides"
)


def points(figure) -> dict:
    plotly.graph_objects.Figure(figure.plot)
    (trace,) = figure.data
    return trace


def test_each_tie_is_a_point_with_its_interval_hollow_where_that_holds_0():
    trace = points(lag_chart([BETWEEN, BEFORE, SAME, LAG]))

    assert trace["x"] == [0.04, 0.2, 0.05, -0.1]
    assert trace["error_x"]["array"] == pytest.approx([0.15, 0.1, 0.25, 0.05])
    assert trace["error_x"]["arrayminus"] == pytest.approx([0.14, 0.1, 0.25, 0.1])
    assert trace["marker"]["symbol"] == ["circle-open", "circle", "circle-open", "circle"]
    assert "The year before, as a check" in trace["hovertext"][2]


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ([LAG, BEFORE], "None of 2 ties of process to outcome can be told from chance"),
        ([LAG], "None of 1 tie of process to outcome can be told from chance (2010-11)"),
        ([LAG, SAME], "less reoffending in the same year; the rest can’t be told from chance"),
        ([LAG, BETWEEN], "had more reoffending against prediction; within one trust nothing can be told"),
        ([SAME], "A trust that did more of what targets ask for had less reoffending in the same year ("),
        (
            [replace(LAG, lower=0.01), replace(BEFORE, estimate=-0.4, upper=-0.1), LIKEWISE],
            "Trusts that did more of what targets ask for had less reoffending against prediction; a trust "
            "that did more of what targets ask for had less reoffending in the year after and more "
            "reoffending in the year before (2010-11)",
        ),
    ],
)
def test_the_title_says_what_can_be_told_from_chance(figures, said):
    assert said in lag_chart(figures).title


@pytest.mark.parametrize(("lower", "upper"), [(None, 0.3), (0.1, None), (0.0, 0.3), (-0.2, 0.0)])
def test_a_tie_is_hollow_and_nothing_is_said_of_it_where_its_interval_ends_at_0_or_is_not_known(lower, upper):
    figure = lag_chart([replace(SAME, lower=lower, upper=upper)])

    assert points(figure)["marker"]["symbol"] == ["circle-open"]
    assert figure.title.startswith("None of 1 tie")


def test_a_tie_without_an_interval_has_no_bar_and_says_none():
    trace = points(lag_chart([replace(SAME, lower=None, upper=None, p=None)]))

    assert (trace["error_x"]["array"], trace["error_x"]["arrayminus"]) == ([0.0], [0.0])
    assert trace["hovertext"] == ["The same year<br>0.200 points"]


def test_pointing_at_a_tie_tells_its_slope_interval_and_p():
    assert points(lag_chart([LAG]))["hovertext"] == [
        "The year after<br>0.040 points (95% interval −0.100 to 0.190)<br>p = 0.65"
    ]


@pytest.mark.parametrize(
    "figures", [[LAG, SAME, BEFORE, BETWEEN], [SAME], [BETWEEN], [slope(Method.LAG, *3 * [0.0])]]
)
def test_the_axis_holds_every_interval_and_the_line_at_no_difference(figures):
    layout = lag_chart(figures).layout
    points(lag_chart(figures))
    low, high = layout["xaxis"]["range"]

    assert low < min([0.0, *(one.lower for one in figures)])
    assert high > max([0.0, *(one.upper for one in figures)])
    assert (layout["shapes"][0]["x0"], layout["shapes"][0]["x1"]) == (0, 0)
    assert len(layout["yaxis"]["ticktext"]) == len(figures)


def test_the_check_against_the_year_before_is_explained_and_every_tie_says_on_what_it_rests():
    caption = lag_chart([replace(LAG, n=70), replace(BEFORE, n=71), replace(BETWEEN, n=35)]).caption

    assert "Process can’t change the year before" in caption
    assert "the year after 70; the year before, as a check 71; between trusts, over all years 35." in caption


def test_figures_of_another_subject_or_method_are_passed_over():
    others = [replace(LAG, subject=Subject.BANDS), make_national_figure(method=Method.SPEARMAN)]

    assert points(lag_chart([LAG, *others]))["x"] == [0.04]
    assert lag_chart(others) is None


def test_a_tie_that_is_not_told_is_in_the_table_alone_with_its_reason_and_the_caption_counts_it():
    figure = lag_chart([LAG, UNTOLD])
    heads = [column.label for column in figure.table.columns]
    told, untold = (dict(zip(heads, row, strict=True)) for row in figure.table.shown)

    assert points(figure)["x"] == [0.04]
    assert figure.caption.endswith("1 tie can’t be told; the table says why.")
    assert (told["Estimate"].text, told["Why not told"].text) == ("0.040", "")
    assert (untold["Estimate"].text, untold["Why not told"].text) == (
        "Not told",
        "Fewer than 10 trusts have both sides",
    )
    assert "be told; the table" not in lag_chart([LAG]).caption


def test_without_any_tie_that_is_told_there_is_no_chart():
    assert lag_chart([UNTOLD]) is None
    assert lag_chart([]) is None
