"""How a trust's peers lie: range, middle half, and all of them together."""

import pytest

from performance.releases.peer_rows import Peers, YearFigure, spread_of
from tests.performance.charts.rows import quarter, year

TRUSTS = {name: name.title() for name in ("a", "b", "c", "d", "e")}


def figure(organisation: str, value: float | None, **given) -> YearFigure:
    values = {
        "organisation_name": organisation.title(),
        "organisation_kind": "trust",
        "measure": "reports",
        "period": year(2010),
        "numerator": None,
        "denominator": None,
        "target": None,
    }
    return YearFigure(organisation=organisation, value=value, **values | given)


def peers(*figures: YearFigure, members: dict[str, str] = TRUSTS) -> Peers:
    return Peers("peers-large", "trusts with large caseloads", members, figures)


FIVE = [figure(name, value) for name, value in zip(TRUSTS, (10.0, 20.0, 30.0, 40.0, 90.0), strict=True)]


def test_a_spread_goes_from_the_lowest_to_the_highest_with_the_middle_half_between():
    spread = spread_of([90.0, 10.0, None, 30.0, 40.0, 20.0])

    assert (spread.number, spread.lowest, spread.highest) == (5, 10.0, 90.0)
    assert (spread.lower_quarter, spread.middle, spread.upper_quarter) == (20.0, 30.0, 40.0)
    assert spread.centre == 30.0
    assert spread.centre_note == "middle of 5"


def test_fewer_than_four_have_no_middle_half():
    assert spread_of([1.0, 2.0, 3.0, None]) is None
    assert spread_of([1.0, 2.0, 3.0, 4.0]) is not None
    assert spread_of([]) is None


def test_the_figure_of_all_of_them_together_is_the_centre_with_its_counts():
    together = figure("peers-large", 25.0, organisation_kind="peer-group", numerator=250, denominator=1_000)
    spread = peers(*FIVE, together).spread("reports")

    assert (spread.number, spread.middle, spread.centre) == (5, 30.0, 25.0)
    assert spread.centre_note == "250 of 1,000"


def test_where_they_could_not_be_added_up_the_one_in_the_middle_is_the_centre():
    together = figure("peers-large", None, organisation_kind="peer-group")

    assert peers(*FIVE, together).spread("reports").centre == 30.0


def test_only_members_count_and_only_of_that_measure():
    others = [figure("f", 1_000.0), figure("a", 1_000.0, measure="other")]

    assert peers(*FIVE, *others).spread("reports").highest == 90.0
    assert peers(*FIVE, *others).spread("other") is None


def test_of_several_figures_in_a_year_the_last_counts():
    early = figure("e", 1.0, period=quarter(2010, 4))

    assert peers(early, *FIVE).spread("reports").highest == 90.0
    assert peers(*FIVE, early).spread("reports").highest == 90.0


@pytest.mark.parametrize("unit", ["count", "pounds", "fte"])
def test_what_is_added_up_is_compared_by_its_own_target_sums_before_ratios(unit):
    given = [(90.0, 100.0), (50.0, 50.0), (300.0, 200.0), (10.0, 20.0), (7.0, None)]
    figures = [figure(name, v, target=t) for name, (v, t) in zip(TRUSTS, given, strict=True)]
    spread = peers(*figures).comparable_spread("reports", unit)

    assert (spread.number, spread.lowest, spread.highest) == (4, 50.0, 150.0)
    assert spread.pooled == pytest.approx(100 * 450 / 370)
    assert spread.pooled_counts == "450 of 370"


def test_without_targets_what_is_added_up_cannot_be_compared():
    assert peers(*FIVE).comparable_spread("reports", "count") is None
    assert peers(*FIVE).comparable_spread("reports", "share") == peers(*FIVE).spread("reports")


def test_peers_are_described_by_how_many_they_are():
    assert peers().described == "5 trusts with large caseloads"
    assert Peers("england-and-wales", "all trusts", TRUSTS, []).described == "all 5 trusts"
