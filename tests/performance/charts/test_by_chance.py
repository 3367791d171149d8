"""The chart of how many trusts to expect in each quarter, beside chance alone."""

import plotly.graph_objects
import pytest

from performance.charts.by_chance import by_chance_chart
from performance.charts.quarters import LOOKS
from performance.vocabulary import Method, Quadrant
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
    assert points["marker"]["symbol"][0] == LOOKS[Quadrant.MET_WORSE][0]
    assert len(set(points["marker"]["symbol"])) == 4


def test_what_chance_alone_would_give_lies_behind_the_first_row():
    bar, stroke, _ = traces(by_chance_chart([CHANCE, *QUARTERS]))

    assert (bar["x"], bar["y"]) == ([2.3, 6.5], [1, 1])
    assert (stroke["x"], stroke["y"]) == ([4.3], [1])


@pytest.mark.parametrize(
    ("p", "said"),
    [
        (0.026, ", significantly more than the 4.3 that chance alone would give"),
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
        [CHANCE, *(expected(one.method, None) for one in QUARTERS)],
    ],
)
def test_without_chance_or_without_quarters_there_is_no_chart(figures):
    assert by_chance_chart(figures) is None
