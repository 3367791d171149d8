"""A trust's own point among all: named, with its intervals, and as sure as it is."""

import plotly.graph_objects
import pytest

from performance.charts.own_divergence import own_divergence, together
from performance.charts.quarters import LOOKS
from performance.releases.divergence_rows import Z95
from performance.vocabulary import Quadrant
from tests.performance.charts.findings import make_divergence_row

OWN = make_divergence_row(organisation_name="London Probation Trust")
OTHERS = [
    make_divergence_row(
        organisation=f"trust-{n}", organisation_name=f"Trust {n}", attainment=95.0 + n, outcome=n - 2.0
    )
    for n in range(5)
]
NOWHERE = make_divergence_row(
    organisation="nowhere", outcome=None, fact=Quadrant.NOT_COMPARED, quadrant=Quadrant.NOT_COMPARED
)


def drawn(*rows, slug: str = "london"):
    figure = own_divergence(rows, slug, lambda trust: f"/trusts/{trust}/")
    plotly.graph_objects.Figure(figure.plot)
    return figure


def test_the_own_point_is_named_and_has_the_look_of_its_quarter_and_its_intervals():
    figure = drawn(OWN, *OTHERS, NOWHERE)
    others, own = figure.data

    assert (others["x"], len(others["hovertext"])) == ([95.0, 96.0, 97.0, 98.0, 99.0], 5)
    assert own["text"] == ["London"]
    assert (own["x"], own["y"]) == ([101.97], [-0.8])
    assert own["marker"]["symbol"] == LOOKS[Quadrant.MET_WORSE][0]
    assert own["error_x"]["array"] == [round(Z95 * 0.3, 3)]
    assert own["error_y"]["array"] == [round(Z95 * 0.25, 3)]


def test_the_whole_of_the_interval_is_in_the_picture():
    wide = make_divergence_row(outcome=0.0, outcome_standard_error=4.0, attainment_standard_error=10.0)
    layout = drawn(wide, *OTHERS).layout

    assert layout["yaxis"]["range"][0] < -4 * Z95
    assert layout["yaxis"]["range"][1] > 4 * Z95
    assert layout["xaxis"]["range"][0] < 101.97 - 10 * Z95


def test_a_point_without_errors_has_no_bars():
    own = drawn(
        make_divergence_row(outcome_standard_error=None, attainment_standard_error=None), *OTHERS
    ).data[1]

    assert own["error_x"] == own["error_y"] == {"visible": False}


def test_who_is_sure_of_its_quarter_is_said_to_be_in_it():
    assert together(OWN) == "London meets the target, outcome worse than predicted: 87% likely"
    assert drawn(OWN, *OTHERS).title == f"{together(OWN)} (2010-11)"


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (Quadrant.MET_BETTER, "met its targets with no more reoffending than predicted"),
        (Quadrant.MET_WORSE, "met its targets with more reoffending than predicted"),
        (Quadrant.MISSED_BETTER, "missed its targets with no more reoffending than predicted"),
        (Quadrant.MISSED_WORSE, "missed its targets with more reoffending than predicted"),
    ],
)
def test_who_is_not_is_said_as_counted_and_drawn_hollow(fact, said):
    row = make_divergence_row(fact=fact, quadrant=Quadrant.NOT_DETERMINED, probability=0.57)

    untold = "Which quarter London belongs in can’t be told (the likeliest is 57% likely)"
    assert together(row) == f"{untold}; as counted it {said}"
    assert drawn(row, *OTHERS).data[1]["marker"]["symbol"] == f"{LOOKS[fact][0]}-open"


def test_whoever_has_no_point_has_no_figure():
    assert own_divergence([OWN, NOWHERE], "nowhere", str) is None
    assert own_divergence([OWN], "elsewhere", str) is None


def test_the_table_holds_every_point_with_its_counts():
    rows = {cells[0].link: cells for cells in drawn(OWN, *OTHERS, NOWHERE).table.shown}

    assert len(rows) == 6
    _, attainment, outcome, quarter = rows["/trusts/london/"]
    assert (attainment.text, attainment.note) == ("102.0%", "9,300 for 9,120")
    assert (outcome.text, outcome.note) == ("−0.80", "1,641 of 17,000, 1,505 predicted")
    assert (quarter.text, quarter.note) == ("Met, worse", "87%")
