"""The chart of whether better process comes before better outcome."""

import plotly.graph_objects
import pytest

from performance.charts.lag import lag_chart
from performance.vocabulary import Method
from tests.performance.charts.findings import make_national_figure


def slope(method: Method, estimate: float | None, lower: float | None, upper: float | None):
    return make_national_figure(method=method, estimate=estimate, lower=lower, upper=upper, n=70)


LAG = slope(Method.LAG, 0.04, -0.1, 0.19)
SAME = slope(Method.SAME_YEAR, 0.2, 0.1, 0.3)
BEFORE = slope(Method.PLACEBO_LEAD, 0.05, -0.2, 0.3)
BETWEEN = slope(Method.BETWEEN_TRUSTS, -0.1, -0.2, -0.05)


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
        ([LAG, SAME], "less reoffending in the same year; the rest can’t be told from chance"),
        ([LAG, BETWEEN], "had more reoffending against prediction; within one trust nothing can be told"),
        ([SAME], "A trust that did more of what targets ask for had less reoffending in the same year ("),
    ],
)
def test_the_title_says_what_can_be_told_from_chance(figures, said):
    assert said in lag_chart(figures).title


def test_a_tie_that_is_not_told_is_in_the_table_alone_and_without_any_there_is_no_chart():
    untold = slope(Method.BETWEEN_TRUSTS, None, None, None)
    figure = lag_chart([LAG, untold])

    assert points(figure)["x"] == [0.04]
    assert len(figure.table.rows) == 2
    assert lag_chart([untold]) is None
    assert lag_chart([]) is None
