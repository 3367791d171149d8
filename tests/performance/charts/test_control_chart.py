"""A control chart says what its last point shows, and marks what is more than chance."""

import datetime
from typing import Any

import plotly.graph_objects
import pytest

from performance.charts.control_chart import control_chart
from performance.charts.figure import Figure
from performance.pages.figures import measure_figures
from performance.releases.change_rows import ChangeRow
from performance.vocabulary import Assurance, ControlChart, Polarity, Variation
from tests.performance.charts.rows import make_row, quarter, year

QUARTERS = [quarter(2010, 4), quarter(2010, 7), quarter(2010, 10), quarter(2011, 1)]
POINTS = {
    "period_start": [str(one.start) for one in QUARTERS],
    "period_end": [str(one.end) for one in QUARTERS],
    "value": [80.0, 81.0, None, 90.04],
    "centre": [82.0] * 4,
    "lower": [78.0] * 4,
    "upper": [86.0] * 4,
    "signal": ["", "", "", "outside-limits"],
}


def make_change(**given: Any) -> ChangeRow:
    values = {
        "organisation": "london",
        "organisation_name": "London Probation Trust",
        "measure": "breach-10-days",
        "measure_title": "Breach action taken on time",
        "measure_short_title": "Enforcement",
        "unit": "share",
        "decimals": 0,
        "polarity": Polarity.HIGHER,
        "period": year(2010),
        "chart": ControlChart.P,
        "points": POINTS,
        "variation": Variation.IMPROVEMENT,
        "assurance": Assurance.HITS_AND_MISSES,
        "reason": "",
        "change": 1.0,
        "lower": 0.2,
        "upper": 1.8,
        "change_reason": "",
    }
    return ChangeRow(**values | given)


def drawn(*rows: Any, **given: Any) -> Figure:
    figure = control_chart(make_change(**given), rows)
    assert figure
    plotly.graph_objects.Figure(figure.plot)
    return figure


def trace(figure: Figure, name: str) -> dict[str, Any]:
    (found,) = [one for one in figure.data if one["name"] == name]
    return found


@pytest.mark.parametrize(
    ("variation", "said"),
    [
        (Variation.IMPROVEMENT, "better by more than its usual ups and downs"),
        (Variation.CONCERN, "worse by more than its usual ups and downs"),
        (Variation.HIGH, "higher by more than its usual ups and downs"),
        (Variation.LOW, "lower by more than its usual ups and downs"),
        (Variation.COMMON_CAUSE, "within its usual ups and downs"),
        (Variation.CANNOT_TELL, "whether that is more than chance can’t be told"),
    ],
)
def test_the_title_says_what_the_last_point_shows(variation, said):
    figure = drawn(variation=variation, assurance=Assurance.CANNOT_TELL)

    assert figure.title == f"London Probation Trust: 90% in January to March 2011, {said}"


@pytest.mark.parametrize(
    ("assurance", "said"),
    [
        (Assurance.PASSES, "; it can be expected to meet its target"),
        (Assurance.FAILS, "; it can be expected to miss its target"),
        (Assurance.HITS_AND_MISSES, "; whether it meets its target is left to chance"),
    ],
)
def test_the_title_says_where_the_target_lies(assurance, said):
    assert drawn(assurance=assurance).title.endswith(f"its usual ups and downs{said}")


def test_what_is_more_than_chance_is_marked_by_shape_colour_and_words():
    figure = drawn()
    usual, special = trace(figure, "Figure"), trace(figure, "More than chance")

    assert usual["y"] == [80.0, 81.0, None]
    assert special["y"] == [90.04]
    assert usual["marker"]["symbol"] != special["marker"]["symbol"]
    assert usual["marker"]["color"] != special["marker"]["color"]
    assert special["hovertext"] == ["January to March 2011: 90%<br>Outside the limits"]
    assert [cells[-1].text for cells in figure.table.shown] == ["", "", "", "Outside the limits"]


def test_without_a_special_cause_none_is_drawn():
    figure = drawn(points=POINTS | {"signal": [""] * 4})

    assert "More than chance" not in {one["name"] for one in figure.data}


def test_a_period_without_a_figure_says_so_in_the_table():
    row = drawn().table.shown[2]

    assert [cell.text for cell in row[:2]] == ["October to December 2010", "No figure"]


def test_limits_are_written_with_one_more_decimal_than_the_figures():
    (period, result, *lines, _), *_ = drawn().table.shown

    assert (period.text, result.text) == ("April to June 2010", "80%")
    assert [cell.text for cell in lines] == ["82.0%", "78.0%", "86.0%"]


def test_each_year_s_target_is_a_level_over_that_year():
    own = [make_row(period=year(2010), target=85.0), make_row(period=year(2011), target=None)]
    line = trace(drawn(*own), "Target")

    assert line["x"] == ["2010-04-01", "2011-03-31", None]
    assert line["y"] == [85.0, 85.0, None]
    assert "Target" not in {one["name"] for one in drawn().data}


def test_a_figure_that_was_published_has_its_source_in_the_table():
    own = make_row(period=QUARTERS[0], is_part=True, source="https://example.org/hansard")

    assert drawn(own).table.publishers == ["example.org"]
    assert drawn().table.publishers == []


def test_where_there_is_no_chart_none_is_drawn():
    assert control_chart(make_change(chart=ControlChart.NONE, points={})) is None


def test_a_measure_shows_its_control_chart_and_without_one_a_trend():
    rows = [
        make_row(organisation="london", organisation_name="London", period=year(first))
        for first in (2009, 2010)
    ]

    (chart,) = measure_figures(rows, make_change())
    (trend,) = measure_figures(rows, make_change(chart=ControlChart.NONE), "london")
    assert chart.slug == "control-chart-breach-10-days"
    assert trend.title == "London: 78% throughout, 2009-10 to 2010-11"


def test_a_month_is_written_as_a_month():
    start, end = datetime.date(2011, 3, 1), datetime.date(2011, 3, 31)
    one = {name: column[-1:] for name, column in POINTS.items()}
    figure = drawn(points=one | {"period_start": [str(start)], "period_end": [str(end)]})

    assert figure.title.startswith("London Probation Trust: 90% in March 2011,")
