"""The figures of the first page of a series: what their titles find, at their edges too."""

from dataclasses import replace
from itertools import pairwise

import plotly.graph_objects
import pytest

from performance.charts.bands_by_year import bands_by_year
from performance.charts.figure import Figure, with_watermark
from performance.charts.process_and_outcome import process_and_outcome
from performance.charts.reoffending_by_trust import reoffending_by_trust
from performance.charts.worked_out import worked_out
from performance.releases.finding import finding
from performance.releases.together_rows import Together
from performance.statistics.reoffending.verdicts import AgainstPrediction
from performance.vocabulary import Quadrant
from tests.performance.charts.findings import make_divergence_row, make_prediction_row, make_rating_row
from tests.performance.charts.looks import luminance
from tests.performance.charts.rows import make_area, year


def valid(figure: Figure | None) -> Figure:
    assert figure
    plotly.graph_objects.Figure(figure.plot)
    return figure


def together(first: int = 2010, **given) -> Together:
    values = {
        "period": year(first),
        "framework": f"PTRS {year(first)}",
        "organisations": 35,
        "targets_met": 168,
        "targets_judged": 349,
        "reoffended": 55_219,
        "cohort": 616_258,
        "expected": 56_573.0,
    }
    return Together(**values | given)


def rated(first: int, *bands: int | None) -> list:
    framework = f"PTRS {year(first)}"
    return [make_rating_row(period=year(first), framework=framework, band=band) for band in bands]


# Bands by year


def test_bands_are_counted_by_year_from_the_best_to_the_worst():
    figure = valid(bands_by_year([*rated(2010, 3, 2, 4, None), *rated(2011, 3, 3, 2, 2)]))

    assert [(trace["name"], trace["x"]) for trace in figure.data] == [
        ("Exceptional performance (4)", [1, 0]),
        ("Good performance (3)", [1, 2]),
        ("Requiring improvement (2)", [1, 2]),
    ]
    assert figure.title == (
        "2 of 4 trusts would be rated Good performance or better under PTRS 2011-12; under PTRS 2010-11 it "
        "was 2 of 3"
    )
    assert "Not rated, for want of figures: 1 trust in 2010-11." in figure.caption


def test_the_bands_of_one_year_are_set_against_none():
    figure = valid(bands_by_year(rated(2010, 2, 2)))

    assert figure.title == "None of 2 trusts would be rated Good performance or better under PTRS 2010-11"
    assert "Not rated" not in figure.caption


def test_bands_say_how_many_of_them_are_expected_to_be_right():
    """Each row has Good performance with 83%, and is in it."""
    assert "1.7 of 2 in 2010-11 can be expected to belong" in valid(bands_by_year(rated(2010, 3, 3))).caption
    without = [replace(row, probabilities={}) for row in rated(2010, 3)]
    assert "expected to belong" not in valid(bands_by_year(without)).caption


@pytest.mark.parametrize("bands", [(), (None, None)])
def test_without_ratings_there_are_no_bands_to_draw(bands):
    assert bands_by_year(rated(2010, *bands)) is None


def test_a_framework_of_several_years_is_named_with_the_year():
    rows = [replace(row, framework="IPPF") for row in rated(2010, 3)]

    assert valid(bands_by_year(rows)).data[0]["y"] == ["IPPF, 2010-11"]


def test_bands_are_told_apart_without_colour():
    """Neighbours in a bar differ in how dark they are, or one of them is hatched."""
    figure = valid(bands_by_year(rated(2010, 3, 2, 4)))

    for one, next_one in pairwise(figure.data):
        patterns = {trace["marker"]["pattern"]["shape"] for trace in (one, next_one)}
        darkness = [luminance(trace["marker"]["color"]) for trace in (one, next_one)]
        assert len(patterns) == 2 or abs(darkness[0] - darkness[1]) > 0.1


# Process and outcome together


def test_process_and_outcome_are_told_with_their_counts_for_the_first_and_the_last_year():
    later = together(2011, targets_met=92, targets_judged=207, reoffended=57_000)
    figure = valid(process_and_outcome([together(), later]))

    assert figure.title == (
        "Trusts met 44% of their targets in 2011-12 (92 of 207) and 48% in 2010-11 (168 of 349); "
        "reoffending was 0.07 points above prediction, and 0.22 points below it in 2010-11"
    )
    assert figure.data[0]["y"] == pytest.approx([48.14, 44.44], abs=0.005)


@pytest.mark.parametrize(
    "years",
    [[], [together()], [together(), together(2011, expected=None)], [together(), together(2011, cohort=0)]],
    ids=["none", "one", "one with a prediction", "one with a cohort"],
)
def test_a_single_year_is_not_drawn(years):
    assert process_and_outcome(years) is None


def test_years_alike_are_drawn_too():
    assert valid(process_and_outcome([together(), together(2011)])).layout["yaxis2"]["range"][0] < 8.96


# Reoffending by trust


def trusts(*verdicts: AgainstPrediction) -> list:
    return [
        make_prediction_row(
            organisation_name=f"Trust {number}", verdict=str(verdict), difference=float(number - 1)
        )
        for number, verdict in enumerate(verdicts)
    ]


def test_trusts_stand_in_the_order_of_their_difference_with_a_mark_for_each_verdict():
    figure = valid(
        reoffending_by_trust(
            trusts(AgainstPrediction.LOWER_998, AgainstPrediction.NOT_DIFFERENT, AgainstPrediction.HIGHER_95)
        )
    )

    assert figure.layout["yaxis"]["categoryarray"] == ["Trust 0", "Trust 1", "Trust 2"]
    assert {trace["name"]: trace["x"] for trace in figure.data} == {
        "Worse than predicted": [1.0],
        "No different": [0.0],
        "Better than predicted": [-1.0],
    }
    assert len({trace["marker"]["symbol"] for trace in figure.data}) == 2
    assert figure.title == (
        "Reoffending was above prediction by more than chance would often give in 1 of 3 trusts, and below "
        "in 1 (2010-11)"
    )


def test_nobody_above_or_below_is_said_in_words():
    title = valid(reoffending_by_trust(trusts(AgainstPrediction.NOT_DIFFERENT))).title

    assert "in none of 1 trust, and below in none" in title


@pytest.mark.parametrize("rows", [[], [make_prediction_row(difference=None)]], ids=["none", "no prediction"])
def test_without_predictions_nothing_is_drawn(rows):
    assert reoffending_by_trust(rows) is None


def test_a_trust_whose_verdict_was_refused_is_shown_without_one():
    row = make_prediction_row(verdict="", lower=None, upper=None)
    (trace,) = valid(reoffending_by_trust([row])).data

    assert trace["name"] == "Not judged"
    assert trace["error_x"]["array"] == [0.0]


# The finding at the head of the page


def in_quarters(*quarters: Quadrant) -> list:
    return [make_divergence_row(quadrant=quarter) for quarter in quarters]


@pytest.mark.parametrize(
    ("quarters", "said"),
    [
        ((), ""),
        (
            (Quadrant.MET_BETTER, Quadrant.NOT_DETERMINED),
            "None of 2 trusts can be named, 80% likely or more, as meeting its targets in 2010-11 with more "
            "reoffending than predicted",
        ),
        (
            (Quadrant.MET_WORSE, Quadrant.MET_BETTER),
            "1 of 2 trusts met its targets in 2010-11 with more reoffending than predicted, 80% likely or "
            "more",
        ),
        (
            (Quadrant.MET_WORSE, Quadrant.MET_WORSE, Quadrant.MISSED_WORSE),
            "2 of 3 trusts met their targets in 2010-11 with more reoffending than predicted, each 80% "
            "likely or more",
        ),
    ],
    ids=["nobody", "none named", "one", "two"],
)
def test_the_finding_says_how_many_are_named_and_how_sure_that_is(quarters, said):
    assert finding(in_quarters(*quarters)) == said


def test_who_lacks_a_side_is_not_counted_in_the_finding():
    rows = [*in_quarters(Quadrant.MET_WORSE), make_divergence_row(outcome=None)]

    assert finding(rows).startswith("1 of 1 trust ")


# How a figure was worked out


def figure_of(*rows) -> Figure:
    table_rows = [{"measure": row.measure, "measure_title": row.measure_title, "result": row} for row in rows]
    figure = valid(bands_by_year(rated(2010, 3)))
    return replace(figure, table=replace(figure.table, rows=table_rows))


def test_an_example_goes_from_the_counts_to_the_share_and_its_target():
    area = replace(
        make_area(1), numerator=479, denominator=692, value=100 * 479 / 692, lower=65.68, upper=72.54
    )
    area = replace(area, target=71.0, attainment=97.49)

    assert worked_out(figure_of(area)).example == (
        "Area 1, 2009-10: 479 of 692 is 69.2%, which is 97.5% of the target of 71%. Its 95% interval is "
        "65.7% to 72.5%."
    )


def test_the_first_row_that_can_be_worked_through_is_the_example():
    without = replace(make_area(1), numerator=None)
    found = worked_out(figure_of(without, replace(make_area(2), target=None, attainment=None)))

    assert found.example.startswith("Area 2, 2009-10: ")
    assert "target" not in found.example
    assert (found.rows, found.measures) == (
        2,
        [("accommodation-at-termination", "Offenders in accommodation")],
    )


def test_a_row_of_divergence_is_worked_through_on_both_sides():
    row = make_divergence_row()
    figure = valid(bands_by_year(rated(2010, 3)))
    figure = replace(figure, table=replace(figure.table, rows=[{"result": row}]))

    assert worked_out(figure).example == (
        "London, 2010-11: 9,300 of 10,000 cases were done as asked; the targets ask for 9,120, of which that "
        "is 102.0%. 1,641 of 17,000 offenders reoffended, where 1,505.0 were predicted: 0.80 percentage "
        "points more."
    )
    lacking = replace(row, outcome=None)
    assert worked_out(replace(figure, table=replace(figure.table, rows=[{"result": lacking}]))).example == ""


# The words that mark a plot whose figures aren't real


@pytest.mark.parametrize("height", [120, 480, 900, 1_300])
def test_every_quarter_of_a_marked_plot_holds_the_words_and_none_lies_over_another(height):
    plot = with_watermark({"data": [], "layout": {"height": height}}, "SIMULATED")
    marks = [(mark["x"], mark["y"]) for mark in plot["layout"]["annotations"]]
    plotly.graph_objects.Figure(plot)

    for left, low in ((0, 0), (0, 0.5), (0.5, 0), (0.5, 0.5)):
        assert any(left < x < left + 0.5 and low < y < low + 0.5 for x, y in marks)
    assert any(0.25 < x < 0.75 and 0.25 <= y <= 0.75 for x, y in marks)
    assert len({y for _, y in marks}) == len(marks)
