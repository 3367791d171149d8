"""Charts of comparisons: which one suits, what it says, and that plotly can draw it."""

import json
from dataclasses import replace

import plotly.graph_objects
import pytest

from performance.charts.chosen import MOST_DOTTED, MOST_PANELS, chosen_figure
from performance.charts.chosen_table import caption_of, chosen_table, file_rows, names_of
from performance.pages.template_tags import plot_json
from performance.releases.chosen_rows import OWN_GROUP
from performance.vocabulary import Standing, TargetStatus
from tests.performance.charts.rows import make_row, quarter, year

MEASURES = {"reports": "Reports on time", "breach": "Breach on time", "cost": "Cost of a case"}


def row(name, measure="reports", period=None, x=90, n=100, **given):
    """A share of one trust on one measure."""
    values = {
        "organisation": name.lower(),
        "organisation_name": f"{name} Probation Trust",
        "organisation_kind": "trust",
        "measure": measure,
        "measure_title": MEASURES[measure],
        "measure_short_title": MEASURES[measure],
        "period": period or year(2012),
        "numerator": x,
        "denominator": n,
        "value": 100 * x / n,
        "lower": 100 * x / n - 4,
        "upper": min(100, 100 * x / n + 3),
        "is_published": False,
        "is_added_up": True,
        "source": "",
    }
    return make_row(**values | given)


def money(name, value, **given):
    nothing = dict.fromkeys(("numerator", "denominator", "lower", "upper"))
    return row(name, "cost", unit="pounds", **nothing | {"value": value} | given)


def group(name, **given):
    return row(
        name, organisation=f"group:{name}", organisation_name=name, organisation_kind=OWN_GROUP, **given
    )


def table_of(rows):
    return chosen_table(rows, lambda slug: f"/trusts/{slug}/")


def drawn(rows, gist=""):
    """The chart of a comparison, if it has one, as plotly and as a page take it."""
    figure = chosen_figure(rows, table_of(rows), gist)
    if figure:
        plotly.graph_objects.Figure(json.loads(plot_json(figure.plot)))
    return figure


def marks(figure, name):
    return [trace for trace in figure.data if trace["name"] == name]


TRUSTS = [row(name, x=x) for name, x in {"London": 84, "Wales": 91, "Kent": 88}.items()]


def test_a_single_figure_and_figures_without_a_number_have_no_chart():
    assert drawn(TRUSTS[:1]) is None
    assert drawn([replace(one, value=None) for one in TRUSTS]) is None


def test_many_on_one_measure_are_dots_in_order_with_intervals():
    figure = drawn(TRUSTS)
    (dots,) = figure.data

    assert figure.title == (
        "Reports on time: from 84% (84 of 100) in London Probation Trust to 91% (91 of 100) in Wales "
        "Probation Trust (2012-13)"
    )
    assert figure.layout["yaxis"]["ticktext"] == ["London", "Kent", "Wales"]
    assert dict(zip(dots["y"], dots["x"], strict=True)) == {0: 84, 1: 88, 2: 91}
    assert (dots["error_x"]["array"], dots["error_x"]["arrayminus"]) == ([3, 3, 3], [4, 4, 4])


def test_two_on_one_measure_are_both_told_with_their_counts():
    assert drawn(TRUSTS[:2]).title == (
        "Reports on time: Wales Probation Trust 91% (91 of 100), London Probation Trust 84% (84 of 100) "
        "(2012-13)"
    )


def test_targets_are_marked():
    aimed = [replace(one, target=90.0, target_status=TargetStatus.MISSED) for one in TRUSTS]

    assert marks(drawn(aimed), "Target")[0]["x"] == [90, 90, 90]
    assert marks(drawn(TRUSTS), "Target") == []


def test_groups_and_wholes_look_otherwise_than_organisations():
    nation = row("All", organisation_kind="nation", organisation_name="England and Wales")
    figure = drawn([*TRUSTS, nation, group("North")])
    looks = {trace["name"]: (trace["marker"]["symbol"], trace["marker"]["color"]) for trace in figure.data}

    assert set(looks) == {"Organisations", "Several together", "Own groups"}
    assert len(set(looks.values())) == len({symbol for symbol, _ in looks.values()}) == 3
    assert figure.layout["showlegend"]


def test_several_measures_are_panels_each_with_its_own_axis():
    rows = [
        *TRUSTS,
        *(row(one.organisation.title(), "breach", x=70) for one in TRUSTS),
        money("London", 5_000_000.0),
    ]
    figure = drawn(rows)
    panels = [figure.layout[f"yaxis{suffix}"]["domain"] for suffix in ("", "2", "3")]

    assert panels == sorted(panels, reverse=True)
    assert all(above[0] > below[1] for above, below in zip(panels, panels[1:], strict=False))
    assert [note["text"] for note in figure.layout["annotations"]] == list(MEASURES.values())
    assert figure.layout["xaxis"]["ticksuffix"] == "%"
    assert figure.layout["xaxis3"]["tickprefix"] == "£"
    assert figure.title.startswith("Highest figure of 3 measures: ")


def test_two_measures_of_three_or_more_are_a_scatter():
    costs = [money(one.organisation.title(), 1_000_000.0 * place) for place, one in enumerate(TRUSTS, 1)]
    figure = drawn([*TRUSTS, *costs], "whether the two go together can’t be told")
    (points,) = figure.data

    assert figure.title == "Reports on time beside Cost of a case: whether the two go together can’t be told"
    assert (points["x"], points["y"]) == ([84, 91, 88], [1_000_000, 2_000_000, 3_000_000])
    assert points["text"] == ["London", "Wales", "Kent"]
    assert points["textposition"] == ["top center"] * 3
    assert drawn([*TRUSTS[:2], *costs[:2]]).title.startswith("Highest figure of 2 measures")


def test_names_that_would_lie_on_one_another_are_left_to_pointing():
    near = [
        row(name, x=x)
        for name, x in {"London": 84, "Wales": 91, "Kent": 91, "Essex": 91, "Dorset": 91}.items()
    ]
    costs = [money(one.organisation.title(), 5.0 if one.organisation == "london" else 9.0) for one in near]
    (points,) = drawn([*near, *costs]).data

    assert [text for text in points["text"] if text] == ["London", "Wales", "Kent"]
    assert points["textposition"][1:3] == ["top center", "bottom center"]
    assert len(points["hovertext"]) == 5


def test_a_scatter_is_of_those_that_have_both_figures():
    some = [money(name, 2.0) for name in ("London", "Wales", "Kent", "Essex")]

    assert len(drawn([*TRUSTS, *some]).data[0]["x"]) == 3


def test_a_few_over_time_are_lines():
    rows = [
        row(name, period=year(first), x=80 + first % 10)
        for name in ("London", "Wales")
        for first in (2010, 2011)
    ]
    figure = drawn(rows)

    assert figure.title == (
        "Reports on time: London Probation Trust from 80% (2010-11) to 81% (2011-12) and Wales Probation "
        "Trust from 80% (2010-11) to 81% (2011-12)"
    )
    assert [trace["mode"] for trace in figure.data] == ["lines+markers"] * 2
    assert len({trace["marker"]["symbol"] for trace in figure.data}) == 2
    assert figure.layout["xaxis"]["ticktext"] == ["2010-11", "2011-12"]


def test_a_period_of_another_length_is_not_joined():
    rows = [row("London", period=year(first)) for first in (2010, 2011)]
    figure = drawn([*rows, row("London", period=quarter(2012, 4))])

    assert [trace["mode"] for trace in figure.data] == ["lines+markers", "markers"]
    assert "isn’t joined" in figure.caption


def test_many_over_time_are_dots_with_hollow_marks_for_earlier():
    names = ["London", "Wales", "Kent", "Essex", "Dorset", "Surrey", "Norfolk"]
    figure = drawn([row(name, period=year(first)) for name in names for first in (2010, 2011)])

    assert [trace["name"] for trace in figure.data] == ["2010-11", "2011-12"]
    assert figure.data[0]["marker"]["symbol"].endswith("-open")


def test_of_many_earlier_periods_the_first_is_shown_and_that_is_said():
    names = ["London", "Wales", "Kent", "Essex", "Dorset", "Surrey", "Norfolk"]
    figure = drawn([row(name, period=year(first)) for name in names for first in range(2004, 2012)])

    assert [trace["name"] for trace in figure.data] == ["2004-05", "2011-12"]
    assert "Of the earlier periods only the first is shown." in figure.caption


def test_more_than_a_chart_can_show_has_none():
    many = [row(f"Trust{number}", x=number % 100) for number in range(MOST_DOTTED)]
    assert drawn(many)
    assert drawn([*many, row("One more")]) is None

    several = [
        replace(row("London", period=year(first)), measure=f"measure-{number}")
        for number in range(MOST_PANELS + 1)
        for first in (2010, 2011)
    ]
    assert drawn(several) is None


def test_an_axis_that_does_not_begin_at_0_says_so():
    assert "The axis doesn’t begin at 0." in drawn(TRUSTS).caption
    assert "begin at 0" not in drawn([row("London", x=10), row("Wales", x=90)]).caption


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        (TRUSTS, ["Organisation", "Result", "Counts", "95% interval"]),
        ([TRUSTS[0], replace(TRUSTS[0], period=year(2011))], ["Period", "Result", "Counts", "95% interval"]),
        ([TRUSTS[0], row("London", "breach")], ["Measure", "Result", "Counts", "95% interval"]),
        (TRUSTS[:1], ["Organisation", "Result", "Counts", "95% interval"]),
        ([money("London", 1.0), money("Wales", 2.0)], ["Organisation", "Result"]),
    ],
)
def test_a_table_has_only_the_columns_that_say_something(rows, heads):
    assert [column.label for column in table_of(rows).columns] == heads


def test_one_source_stands_beside_the_table_and_several_in_it():
    one, other = (
        replace(TRUSTS[0], source=f"https://example.org/{page}", is_added_up=False) for page in (1, 2)
    )

    assert "Source" not in {column.label for column in table_of([one, one]).columns}
    assert "Source" in {column.label for column in table_of([one, other]).columns}


def test_a_row_says_what_is_to_be_known_of_it_and_a_whole_sum_nothing():
    whole = replace(TRUSTS[0], note="Added up from 12 months.")
    partly = replace(TRUSTS[1], note="Added up from 11 of 12 months; March 2013 is missing.")
    notes = [cells[0].note for cells in table_of([whole, partly]).shown]

    assert notes == ["", "Added up from 11 of 12 months; March 2013 is missing."]


def test_what_is_said_of_every_row_is_said_once():
    assumed = [replace(one, note="The target is assumed.", is_added_up=False) for one in TRUSTS]

    assert {cells[0].note for cells in table_of(assumed).shown} == {""}


def test_a_group_has_no_page_and_says_that_it_is_one():
    cells = table_of([*TRUSTS, group("North", note="Added up from 2 trusts.")]).shown[-1]

    assert (cells[0].text, cells[0].link) == ("North", "")
    assert cells[0].note == "Own group. Added up from 2 trusts."


def test_namesakes_are_told_apart_in_charts():
    area = row("London", organisation="london-area", organisation_name="London", organisation_kind="area")
    region = row(
        "London", organisation="london-region", organisation_name="London", organisation_kind="region"
    )

    assert names_of([area, region]) == {
        "london-area": "London (area)",
        "london-region": "London (NOMS region)",
    }


@pytest.mark.parametrize(
    ("rows", "caption"),
    [
        (TRUSTS, "Reports on time, 2012-13"),
        (TRUSTS[:1], "Reports on time, London Probation Trust, 2012-13"),
        ([TRUSTS[0], row("London", "breach")], "2 measures, London Probation Trust, 2012-13"),
        (
            [row("London", period=year(first)) for first in (2010, 2011)],
            "Reports on time, London Probation Trust, 2010-11 and 2011-12",
        ),
        (
            [row("London", period=year(first)) for first in range(2008, 2012)],
            "Reports on time, London Probation Trust, 2008-09 to 2011-12",
        ),
    ],
)
def test_a_caption_says_what_is_the_same_in_every_row(rows, caption):
    assert caption_of(rows) == caption


def test_a_file_holds_how_the_page_writes_a_figure_and_the_address():
    (line,) = file_rows(TRUSTS[:1], "https://example.org/compare/")

    assert (line["value"], line["shown_as"], line["comparison"]) == (
        84,
        "84%",
        "https://example.org/compare/",
    )
    assert line["definition"] == Standing.DOCUMENTED
