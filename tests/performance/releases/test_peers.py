"""Who a trust's peers are: the same thirds whose figures the calculation adds up."""

import pandas as pd
import pytest

from performance.calculation.peers import PEER_GROUPS, peers_of
from performance.releases.peers import peers_in
from tests.factories import make_indicator_result, make_organisation, make_release
from tests.performance.pages.simulated_figures import REOFFENDING, financial_year


def thirds_by_hand(release, year) -> dict[str, str]:
    """From the stored figures of the year, as the calculation reads them."""
    results = release.indicator_results.filter(
        measure__code=REOFFENDING, period_start=year.start, period_end=year.end, organisation__kind="trust"
    )
    names = {"measure__code": "measure", "organisation__slug": "organisation"}
    fields = (*names, "organisation__kind", "period_start", "period_end", "denominator")
    frame = pd.DataFrame(results.values(*fields)).rename(
        columns=names | {"organisation__kind": "organisation_kind"}
    )
    for end in ("period_start", "period_end"):
        frame[end] = pd.to_datetime(frame[end])
    found = peers_of(frame)
    return dict(zip(found["organisation"], found["peer_group"], strict=True))


def test_every_trust_is_set_beside_its_third(simulated_one):
    year = financial_year(2012)
    thirds = thirds_by_hand(simulated_one, year)

    assert set(thirds.values()) == set(PEER_GROUPS)
    for slug, group in thirds.items():
        peers = peers_in(simulated_one, year, slug)
        assert peers.slug == group
        assert set(peers.members) == {trust for trust, its in thirds.items() if its == group}
        assert slug in peers.members
        assert peers.name.startswith("trusts with ")


def test_the_figure_of_all_together_is_that_of_the_peer_group(simulated_one):
    year = financial_year(2012)
    peers = peers_in(simulated_one, year, "london")
    stored = simulated_one.indicator_results.get(
        organisation__slug=peers.slug, measure__code="oasys-15-days", period_start=year.start
    )

    assert peers.spread("oasys-15-days").pooled == stored.value


def test_a_trust_whose_size_is_not_known_is_set_beside_all(simulated_one):
    peers = peers_in(simulated_one, financial_year(2009), "london")

    assert (peers.slug, peers.name, dict(peers.members)) == ("england-and-wales", "all trusts", {})


def test_with_few_trusts_nobody_is_in_a_third(db):
    release = make_release()
    for number in range(4):
        organisation = make_organisation(slug=f"trust-{number}")
        make_indicator_result(release=release, organisation=organisation)

    peers = peers_in(release, financial_year(2010), "trust-0")

    assert (peers.slug, sorted(peers.members)) == (
        "england-and-wales",
        [f"trust-{number}" for number in range(4)],
    )


def test_it_takes_one_query(simulated_one, django_assert_num_queries):
    with django_assert_num_queries(1):
        peers_in(simulated_one, financial_year(2012), "london")


@pytest.mark.parametrize("given", [{"is_part": True}, {"structure": "today"}])
def test_months_and_today_s_regions_are_no_peers(db, given):
    release = make_release()
    make_indicator_result(release=release, organisation=make_organisation(slug="left-out"), **given)
    make_indicator_result(release=release, organisation=make_organisation(slug="a"))

    assert [figure.organisation for figure in peers_in(release, financial_year(2010), "a").figures] == ["a"]
