"""On which days of the month cases were done."""

from typing import Any

import plotly.graph_objects
import pytest

from performance.charts.days_of_month import DaysOf, days_of_month
from performance.charts.figure import Figure

# Of a year: every month has 28 days, 11 have 29 and 30, and 7 have 31.
A_YEAR = dict.fromkeys(range(1, 29), 12) | {29: 11, 30: 11, 31: 7}


def days(times: dict[int, int], **cases: int | None) -> list[dict[str, Any]]:
    return [{"day": day, "cases": cases.get(f"d{day}", 0), "times": times[day]} for day in times]


def by_day(times: dict[int, int] = A_YEAR, **cases: int | None) -> Figure | None:
    figure = days_of_month(
        DaysOf("Court reports on time", "London", "2010-11", "30 April 2011", days(times, **cases))
    )
    if figure:
        plotly.graph_objects.Figure(figure.plot)
    return figure


def test_the_end_of_the_month_is_set_against_days_that_are_alike():
    figure = by_day(d1=30, d15=40, d31=30)

    assert figure.title == (
        "On the 29th to the 31st 30% (30 of 100) were done; it would be 8% if every day were alike"
    )
    others, last = figure.data
    assert (others["x"], others["y"], last["x"], last["y"]) == ([1, 15], [30, 40], [31], [30])
    assert others["marker"]["pattern"]["shape"] != last["marker"]["pattern"]["shape"]


def test_each_day_has_a_row_with_how_often_it_comes():
    table = by_day(d1=30, d31=7).table.shown

    assert [cell.text for cell in table[0]] == ["1", "30", "12", "2.5"]
    assert [cell.text for cell in table[30]] == ["31", "7", "7", "1.0"]


def test_days_that_may_not_be_shown_are_told():
    figure = by_day(d1=30, d2=None, d3=None)

    assert "of the cases that can be shown were done" in figure.title
    assert figure.caption.endswith(
        "Of 2 days the numbers can’t be shown (c in the table), as they or others are of fewer than 5 cases."
    )
    assert [cell.text for cell in figure.table.shown[1]] == ["2", "c", "12", "c"]


def test_where_nothing_was_done_there_is_no_figure():
    assert by_day() is None
    assert by_day(d1=None) is None


def test_a_single_day_that_may_not_be_shown_is_one_day():
    assert "Of 1 day the number can’t be shown" in by_day(d1=30, d2=None).caption


def test_the_end_is_set_against_the_days_that_can_be_shown():
    hidden = {f"d{day}": None for day in range(1, 15)}

    assert by_day(d15=70, d31=30, **hidden).title == (
        "On the 29th to the 31st 30% (30 of 100) of the cases that can be shown were done; it would be 15% "
        "if every day that can be shown were alike"
    )


@pytest.mark.parametrize("hidden", ["d29", "d30", "d31"])
def test_where_a_last_day_may_not_be_shown_no_share_is_told(hidden):
    assert (
        by_day(d1=100, **{hidden: None}).title == "How many were done on the 29th to the 31st can’t be shown"
    )


@pytest.mark.parametrize(
    ("longest", "title"),
    [
        (29, "On the 29th 10% (10 of 100) were done; it would be 3% if every day were alike"),
        (30, "On the 29th and 30th 10% (10 of 100) were done; it would be 7% if every day were alike"),
        (31, "On the 29th to the 31st 10% (10 of 100) were done; it would be 10% if every day were alike"),
    ],
)
def test_of_one_month_the_days_that_it_has_are_named(longest, title):
    figure = by_day(dict.fromkeys(range(1, longest + 1), 1), d1=90, d29=10)

    assert figure.title == title
    assert len(figure.table.rows) == longest


def test_a_february_of_28_days_has_no_end_to_set_apart():
    figure = by_day(dict.fromkeys(range(1, 29), 1), d1=90, d28=1)

    assert figure.title == "91 cases done in a month without a 29th"
    assert [trace["name"] for trace in figure.data] == ["Other days"]
    assert not figure.layout["showlegend"]


def test_none_and_all_on_the_last_days_are_written_so():
    assert "0% (0 of 5)" in by_day(d1=5).title
    assert "100% (1,204 of 1,204)" in by_day(d31=1204).title
    assert by_day(d31=1204).table.shown[30][1].text == "1,204"
