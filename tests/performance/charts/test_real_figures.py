"""Every figure of the public record, as plotly's own schema sees it and against its own table."""

import json
import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

import plotly.graph_objects
import pytest

from performance.charts.figure import Figure, Trace
from performance.models import Measure, Release
from performance.pages.figures import SUMMARY_FIGURES, measure_figures
from performance.pages.template_tags import plot_json
from performance.releases.changes import change_of
from performance.releases.results import shown_and_parts_of
from performance.releases.summary import NATION
from performance.vocabulary import Kind

# Where a point's value lies in the figure's traces, and the column of the table it comes from.
POINTS = {
    "funnel": ("y", "value"),
    "spread": ("x", "value"),
    "trend": ("y", "value"),
    "control": ("y", "value"),
    "national-targets": ("x", "percent_of_target"),
    "timeliness-beside-reoffending": ("y", "value"),
}


@pytest.fixture
def figures(release_one) -> dict[str, Figure]:
    found = {name: build(release_one) for name, build in SUMMARY_FIGURES.items()}
    for code in Measure.objects.values_list("code", flat=True):
        for figure in figures_of(release_one, code):
            found[figure.slug] = figure
    return found


def figures_of(release: Release, code: str) -> list[Figure]:
    """Those on the page of a measure."""
    rows = shown_and_parts_of(release, code, NATION)
    return measure_figures(rows, change_of(release, code, NATION))


def charts_of_results(figures: dict[str, Figure]) -> list[Figure]:
    return [figure for figure in figures.values() if figure.slug != "framework-mix"]


def kind_of(figure: Figure) -> str:
    return figure.slug if figure.slug in POINTS else figure.slug.split("-")[0]


def marks(figure: Figure) -> list[Trace]:
    """What stands for figures: lines, targets and entries of a legend say nothing on hovering."""
    return [trace for trace in figure.data if "hovertext" in trace and "markers" in trace["mode"]]


def numbers(value: Any) -> Iterator[float]:
    if isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from numbers(part)
    elif isinstance(value, float):
        yield value


def test_plotly_knows_every_property_of_every_figure(figures):
    for figure in figures.values():
        plotly.graph_objects.Figure(figure.plot)
        plotly.graph_objects.Figure(json.loads(plot_json(figure.plot)))


def test_no_figure_holds_what_is_not_a_number(figures):
    for figure in figures.values():
        assert all(map(math.isfinite, numbers(figure.plot))), figure.slug


def test_every_figure_is_of_plain_values_and_comes_whole_out_of_its_page(figures):
    for figure in figures.values():
        assert json.loads(plot_json(figure.plot)) == json.loads(json.dumps(figure.plot)), figure.slug


def test_every_figure_of_a_release_stands_in_a_chart_once_by_its_own_name(release_one):
    names = [
        figure.slug
        for code in Measure.objects.values_list("code", flat=True)
        for figure in figures_of(release_one, code)
    ]

    assert len(names) == len(set(names)) > 35


def test_every_point_of_a_chart_stands_in_its_table(figures):
    for figure in charts_of_results(figures):
        axis, column = POINTS[kind_of(figure)]
        drawn = Counter(round(value, 1) for trace in marks(figure) for value in trace[axis])
        listed = Counter(round(round(row[column], 2), 1) for row in figure.table.rows)

        assert drawn, figure.slug
        assert drawn <= listed, figure.slug


def test_every_row_of_a_table_stands_in_its_chart(figures):
    for figure in charts_of_results(figures):
        drawn = sum(len(trace["x"]) for trace in marks(figure))

        # A spread leaves out organisations without a figure at the latest date.
        assert drawn == len(figure.table.rows) or kind_of(figure) == "spread", figure.slug


def test_every_bar_of_what_frameworks_reward_stands_in_its_table(figures):
    figure = figures["framework-mix"]
    for trace in figure.data:
        kind = next(kind for kind in Kind if kind.label == trace["name"])
        measures, weight = trace["x"][::2], trace["x"][1::2]
        rows = figure.table.rows
        assert measures == [round(100 * row[f"{kind}_measures"] / row["measures"], 2) for row in rows]
        assert weight == [round(row[f"{kind}_weight"], 2) for row in rows]
        assert trace["y"] == [place for row in range(len(rows)) for place in (3 * row + 1, 3 * row + 2)]


def test_the_bars_of_a_framework_stand_below_its_name(figures):
    figure = figures["framework-mix"]
    names = [words for words in figure.layout["annotations"] if words["x"] == 0]
    assert [words["text"] for words in names] == [row["framework"] for row in figure.table.rows]
    assert [words["y"] for words in names] == [3 * row + 0.1 for row in range(len(names))]


def test_the_bars_of_a_framework_add_to_the_whole(figures):
    figure = figures["framework-mix"]
    for row in figure.table.rows:
        assert sum(row[f"{kind}_weight"] for kind in Kind) == pytest.approx(100, abs=0.3)
    for lengths in zip(*(trace["x"] for trace in figure.data), strict=True):
        assert sum(lengths) == pytest.approx(100, abs=0.05)


def test_every_mark_says_its_figure_on_hovering(figures):
    for figure in charts_of_results(figures):
        for trace in marks(figure):
            assert len(trace["hovertext"]) == len(trace["x"]) == len(trace["y"]), figure.slug
            assert all(trace["hovertext"]), figure.slug


def test_every_figure_says_how_many_it_shows_in_words_and_names_its_sources(figures):
    for figure in figures.values():
        assert figure.title[0].isupper() or figure.title[0].isdigit(), figure.slug
        assert any(character.isdigit() for character in figure.caption), figure.slug
        assert figure.description.endswith("."), figure.slug
        assert figure.table.publishers or figure.slug == "framework-mix"


@pytest.mark.parametrize(
    ("name", "finding"),
    [
        ("accommodation", "34 of 42 areas met their own target; 13 areas above and 4 below"),
        ("framework-mix", "In 8 of 9 frameworks, "),
        ("national-targets", "12 of 17 national measures met their target"),
        ("workload", "from 22.7 in Devon and Cornwall to 54.9 in Essex (31 December 2007); nationally 34.1"),
        ("timeliness-beside-reoffending", "93% or more was done on time"),
        ("trend-offenders-per-offender-manager", "from 31.8"),
    ],
)
def test_the_titles_state_what_the_public_record_shows(figures, name, finding):
    assert finding in figures[name].title


def test_a_caption_calls_organisations_what_they_are(figures):
    kinds = {"unpaid-work-hours-outstanding": "12 probation regions", "planned-budget": "24 areas"}
    for code, counted in kinds.items():
        assert counted in figures[f"spread-{code}"].caption


def test_only_a_caption_of_shares_misses_the_counts(figures):
    missing = "The source gives no counts"

    assert missing not in figures["spread-unpaid-work-hours-outstanding"].caption
    assert missing not in figures["spread-main-service-budget"].caption
