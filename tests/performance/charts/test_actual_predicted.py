"""Actual against predicted reoffending, by year and quarter."""

import plotly.graph_objects

from performance.charts.actual_predicted import QUARTER_SIZE, YEAR_SIZE, actual_predicted
from performance.charts.sides import LOOKS
from performance.releases.judgements import Side
from performance.statistics.reoffending.verdicts import AgainstPrediction
from tests.performance.charts.findings import make_prediction_row
from tests.performance.charts.rows import quarter, year

BETTER = {"verdict": str(AgainstPrediction.LOWER_998), "difference": -1.5, "lower": -1.7, "upper": -1.2}
SAME = {"verdict": str(AgainstPrediction.NOT_DIFFERENT), "difference": 0.1, "lower": -0.3, "upper": 0.5}


def drawn(*rows):
    figure = actual_predicted(rows)
    plotly.graph_objects.Figure(figure.plot)
    return figure


def trace(figure, name: str) -> dict:
    (found,) = [one for one in figure.data if one["name"] == name]
    return found


def test_each_verdict_has_a_look_of_its_own_and_every_period_a_stroke_for_its_prediction():
    figure = drawn(
        make_prediction_row(period=year(2010)),
        make_prediction_row(period=year(2011), **BETTER),
        make_prediction_row(period=year(2012), **SAME),
    )

    assert trace(figure, "Predicted")["x"] == [0, 6, 12]
    for name, side, place in (
        ("Worse than predicted", Side.WORSE, 0),
        ("Better than predicted", Side.BETTER, 6),
        ("No different", Side.NO_DIFFERENT, 12),
    ):
        marks = trace(figure, name)
        assert marks["x"] == [place]
        assert (marks["marker"]["symbol"], marks["marker"]["color"]) == LOOKS[side][:2]


def test_the_interval_is_that_of_the_difference_laid_about_the_actual_rate():
    marks = trace(drawn(make_prediction_row()), "Worse than predicted")

    assert marks["y"] == [9.65]
    assert marks["error_y"]["array"] == [0.49]
    assert marks["error_y"]["arrayminus"] == [0.49]


def test_quarters_stand_beside_their_year_and_smaller():
    figure = drawn(
        make_prediction_row(period=year(2010)),
        make_prediction_row(period=quarter(2010, 7)),
        make_prediction_row(period=quarter(2010, 4)),
        make_prediction_row(period=quarter(2012, 4)),
    )
    marks = trace(figure, "Worse than predicted")
    sizes = dict(zip(marks["x"], marks["marker"]["size"], strict=True))

    assert sizes == {0: YEAR_SIZE, 2: QUARTER_SIZE, 1: QUARTER_SIZE}
    assert figure.layout["xaxis"]["ticktext"] == ["2010-11"]


def test_the_title_says_the_verdict_on_the_latest_year_with_its_counts():
    figure = drawn(make_prediction_row(period=year(2010)), make_prediction_row(period=year(2011), **BETTER))

    assert figure.title == (
        "Reoffending in 2011-12 was significantly lower than predicted (99.8%): "
        "1,641 of 17,000 against 1,505 predicted"
    )


def test_the_table_has_years_first_and_says_why_one_is_not_compared():
    reason = "no quarterly cohort has a predicted rate"
    untold = {"difference": None, "lower": None, "upper": None, "verdict": "", "reason": reason}
    figure = drawn(
        make_prediction_row(period=quarter(2010, 4)),
        make_prediction_row(period=year(2010)),
        make_prediction_row(period=year(2011), **untold),
    )
    rows = [[cell.text for cell in cells] for cells in figure.table.shown]
    verdict = [column.label for column in figure.table.columns].index("Against prediction")

    assert [cells[0] for cells in rows] == ["2011-12", "2010-11", "April to June 2010"]
    assert rows[0][verdict] == "Not compared"
    assert figure.table.shown[0][verdict].note == "No quarterly cohort has a predicted rate."
    assert len(trace(figure, "Predicted")["x"]) == 2


def test_without_a_year_that_is_compared_there_is_no_figure():
    assert actual_predicted([]) is None
    assert actual_predicted([make_prediction_row(difference=None)]) is None
    assert actual_predicted([make_prediction_row(period=quarter(2010, 4))]) is None
