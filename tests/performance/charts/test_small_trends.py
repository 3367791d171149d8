"""Small control charts: one below the other, on one axis of time."""

import plotly.graph_objects
import pytest

from performance.charts.small_trends import MOST, small_trends
from performance.vocabulary import ControlChart, Variation
from tests.performance.releases.measures import MONTHS, make_change


def drawn(*changes):
    figure = small_trends(changes)
    plotly.graph_objects.Figure(figure.plot)
    return figure


def changes(number: int) -> list:
    return [
        make_change(measure=f"measure-{n}", measure_short_title=f"Measure {n}") for n in range(1, number + 1)
    ]


@pytest.mark.parametrize("number", [1, 2, MOST])
def test_charts_stand_one_below_the_other_without_touching(number):
    layout = drawn(*changes(number)).layout
    domains = [layout[f"yaxis{n if n > 1 else ''}"]["domain"] for n in range(1, number + 1)]

    assert all(0 <= low < high < 1 for low, high in domains)
    assert all(below[1] < above[0] for above, below in zip(domains, domains[1:], strict=False))
    assert [label["text"] for label in layout["annotations"]] == [
        f"Measure {n}" for n in range(1, number + 1)
    ]
    assert [label["y"] for label in layout["annotations"]] == [high for _, high in domains]
    assert layout["xaxis"]["range"] == [MONTHS[0], MONTHS[-1]]


def test_each_has_its_figures_its_mean_its_limits_and_its_special_causes():
    limits, mean, figures, special = drawn(make_change()).data

    assert (limits["x"], limits["line"]["dash"]) == ([*MONTHS, None, *MONTHS], "dash")
    assert mean["y"] == [89.0] * 4
    assert figures["y"] == [88.0, 90.0, 91.0, 84.0]
    assert (special["x"], special["y"]) == ([MONTHS[-1]], [84.0])
    assert special["hovertext"][0].endswith("July 2010: 84%<br>Outside the limits")


def test_no_more_are_drawn_than_can_be_looked_over_and_none_without_a_chart():
    without = make_change(chart=ControlChart.NONE, points={})

    assert len(drawn(without, *changes(MOST + 3)).layout["annotations"]) == MOST
    assert small_trends([without]) is None
    assert small_trends([]) is None


@pytest.mark.parametrize(
    ("variations", "title"),
    [
        (["common-cause"], "Of 1 measure that stands out, none shows a special cause at its latest point"),
        (
            ["cannot-tell", "common-cause"],
            "Of 2 measures that stand out, none shows a special cause at its latest point",
        ),
        (
            ["concern", "common-cause"],
            "Of 2 measures that stand out, 1 shows a special cause at the latest point: Measure 0",
        ),
        (
            ["low", "improvement"],
            "Of 2 measures that stand out, 2 show a special cause at the latest point: "
            "Measure 0 and Measure 1",
        ),
    ],
)
def test_the_title_names_the_special_causes_of_now(variations, title):
    shown = [
        make_change(measure=str(n), measure_short_title=f"Measure {n}", variation=Variation(word))
        for n, word in enumerate(variations)
    ]

    assert drawn(*shown).title == title


def test_the_table_has_a_row_for_each_period_and_a_column_for_each_measure():
    quarters = {name: values[2:3] for name, values in make_change().points.items()}
    table = drawn(*changes(1), make_change(measure="other", points=quarters)).table

    assert [column.label for column in table.columns] == ["Period", "Measure 1", "Court reports on time"]
    assert [[cell.text for cell in cells] for cells in table.shown] == [
        ["April 2010", "88%", ""],
        ["May 2010", "90%", ""],
        ["June 2010", "91%", "91%"],
        ["July 2010", "84%", ""],
    ]
