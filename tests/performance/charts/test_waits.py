"""How long clocks ran, with the limit marked."""

from typing import Any

import plotly.graph_objects
import pytest

from performance.charts.figure import Figure
from performance.charts.waits import LOOKS, MANY, WaitsOf, waits
from tests.performance.charts.looks import luminance


def row(took: int, cases: int | None, tier: str = "4") -> dict[str, Any]:
    return {"took": took, "tier": tier, "cases": cases}


def drawn(*rows: dict[str, Any], still_open: tuple[dict[str, Any], ...] = (), **said: Any) -> Figure:
    values = {
        "measure": "OASys within 15 days",
        "trust": "London",
        "period": "2010-11",
        "taken": "30 April 2011",
        "limit": 15,
        "unit": "days",
    }
    figure = waits(WaitsOf(**values | said, rows=rows, still_open=still_open))
    plotly.graph_objects.Figure(figure.plot)
    return figure


def test_a_column_for_each_wait_is_divided_by_tier_the_highest_first():
    figure = drawn(row(3, 10), row(15, 5), row(15, 7, "1"), row(20, 2, ""))

    assert [(bars["name"], bars["x"], bars["y"]) for bars in figure.data] == [
        ("Tier 4", [3, 15], [10, 5]),
        ("Tier 1", [15], [7]),
        ("No tier", [20], [2]),
    ]
    assert figure.layout["barmode"] == "stack"
    assert figure.data[0]["hovertext"][0] == "3<br>Tier 4: 10 cases"


def test_the_title_says_how_many_were_in_time_and_how_many_on_the_last_day():
    assert drawn(row(3, 10), row(15, 5), row(16, 5)).title == (
        "OASys within 15 days: 75% (15 of 20) of those done were in time, 5 of them on the last day"
    )
    assert drawn(row(3, 10)).title.endswith(
        "100% (10 of 10) of those done were in time, none of them on the last day"
    )


def test_what_may_not_be_shown_is_neither_drawn_nor_added_and_is_told():
    figure = drawn(row(3, 10), row(4, None), row(16, 5), row(4, 9, "1"))

    assert figure.data[0]["x"] == [3, 16]
    assert figure.title == (
        "OASys within 15 days: of the cases that can be shown, 79% (19 of 24) were in time"
    )
    assert "1 number of fewer than 5 cases" in figure.caption
    assert figure.caption.endswith("can’t be shown: c in the table.")
    assert [cell.text for cell in figure.table.shown[1]] == ["4", "c", "9", "yes"]


def test_the_table_has_every_wait_and_what_still_runs():
    figure = drawn(row(-1, 2), row(15, 5), row(16, 5, "1"), row(MANY, 1), still_open=(row(MANY + 1, 3, "1"),))

    assert [column.label for column in figure.table.columns] == ["Days", "Tier 4", "Tier 1", "In time"]
    assert [[cell.text for cell in cells] for cells in figure.table.shown] == [
        ["before it began", "2", "0", "yes"],
        ["15", "5", "0", "yes"],
        ["16", "0", "5", "no"],
        ["366 or more", "1", "0", "no"],
        ["still open", "0", "3", "no"],
    ]
    assert figure.caption.endswith("3 cases that counted had not been done by then.")


def test_the_limit_is_a_line_in_words():
    layout = drawn(row(3, 10)).layout

    assert layout["shapes"][0]["x0"] == 15.5
    assert layout["annotations"][0]["text"] == "too late"
    assert 15 in layout["xaxis"]["tickvals"]


def test_of_a_day_that_was_set_the_limit_is_the_day_itself():
    figure = drawn(row(-1, 5), row(0, 5), row(3, 2), limit=0)

    assert figure.title.startswith("OASys within 15 days: 83% (10 of 12)")
    assert figure.layout["shapes"][0]["x0"] == 0.5
    assert figure.layout["xaxis"]["title"]["text"] == "Days after the day that was set"
    assert figure.layout["xaxis"]["ticktext"][0] == "before"
    assert figure.table.shown[0][0].text == "before that day"


def test_the_few_that_took_very_long_share_a_column():
    figure = drawn(row(3, 990), row(31, 5), row(200, 2), row(MANY, 1))

    assert figure.data[0]["x"] == [3, 31]
    assert figure.data[0]["y"] == [990, 8]
    assert figure.layout["xaxis"]["ticktext"][-1] == "more"
    assert figure.data[0]["hovertext"][-1] == "more than 30<br>Tier 4: 8 cases"


def test_366_or_more_is_never_drawn_as_a_number_of_days():
    figure = drawn(row(3, 10), row(365, 5), row(MANY, 5))

    assert figure.data[0]["hovertext"][1:] == ["365<br>Tier 4: 5 cases", "more than 365<br>Tier 4: 5 cases"]
    assert figure.layout["xaxis"]["ticktext"][-1] == "more"


def test_of_open_cases_that_may_not_all_be_shown_the_least_there_can_be_is_told():
    figure = drawn(row(3, 10), still_open=(row(MANY + 1, 9), row(MANY + 1, None, "1")))

    assert "At least 9 cases that counted had not been done by then." in figure.caption
    assert [cell.text for cell in figure.table.shown[-1]] == ["still open", "9", "c", "no"]


def test_numbers_have_thousands_separators():
    figure = drawn(row(15, 1204), row(16, 1))

    assert figure.title.endswith("(1,204 of 1,205) of those done were in time, 1,204 of them on the last day")
    assert figure.table.shown[0][1].text == "1,204"


def test_a_limit_in_hours_has_a_last_hour():
    figure = drawn(row(24, 5), limit=24, unit="hours")

    assert figure.title.endswith("5 of them in the last hour")
    assert figure.layout["xaxis"]["title"]["text"] == "Hours from start to stop"


def test_no_number_on_the_axis_stands_in_a_word_beside_it():
    axis = drawn(row(-1, 5), row(3, 500), row(41, 5), row(200, 1), limit=15).layout["xaxis"]

    assert axis["ticktext"][:2] == ["before", "5"]
    assert axis["ticktext"][-2:] == ["35", "more"]


@pytest.mark.parametrize("longest", [1, 12, 30, 56, 90, 200, 365])
def test_the_axis_has_about_ten_numbers(longest):
    ticks = drawn(row(longest, 100), limit=min(longest, 56)).layout["xaxis"]["tickvals"]

    assert 3 <= len(ticks) <= 16
    assert ticks == sorted(set(ticks))


def test_one_tier_needs_no_legend():
    assert not drawn(row(3, 10)).layout["showlegend"]
    assert drawn(row(3, 10), row(3, 10, "1")).layout["showlegend"]


def test_tiers_are_told_apart_without_colour():
    looks = [(round(luminance(colour), 1), pattern) for colour, pattern in LOOKS.values()]

    assert len(set(looks)) == len(looks)


def test_where_nothing_stopped_or_nothing_may_be_shown_there_is_no_figure():
    for rows in ([], [row(3, None)]):
        assert waits(WaitsOf("M", "T", "P", "D", 15, "days", rows, [])) is None
