import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.calculation.peers import PEER_GROUPS, peers_of
from tests.oracles.quantiles import quantile
from tests.performance.calculation.frames import financial_year, frame, month, months, row

REOFFENDING = "local-adult-reoffending"


def cohort(slug, cases, **changes):
    period = financial_year(2010)
    shared = {"measure": REOFFENDING, "kind": "outcome", "organisation_kind": "trust", "organisation": slug}
    return row(**shared, numerator=0, denominator=cases) | period | changes


def cohorts(*cases):
    return [cohort(f"trust-{number}", own) for number, own in enumerate(cases)]


def peers(*rows):
    table = peers_of(frame(*rows))
    return dict(zip(table["organisation"], table["peer_group"], strict=True))


@settings(max_examples=60)
@given(st.lists(st.integers(1, 40), min_size=9, max_size=40))
def test_groups_are_thirds_by_the_number_of_cases(cases):
    found = peers(*cohorts(*cases))

    assert found == {
        f"trust-{number}": PEER_GROUPS[quantile(own, cases, 3, True) - 1] for number, own in enumerate(cases)
    }


def test_nine_trusts_make_three_groups_of_three():
    found = peers(*cohorts(100, 900, 500, 200, 800, 600, 300, 700, 400))

    assert [slug for slug, group in found.items() if group == "peers-large"] == [
        "trust-1",
        "trust-4",
        "trust-7",
    ]
    assert [slug for slug, group in found.items() if group == "peers-middle"] == [
        "trust-2",
        "trust-5",
        "trust-8",
    ]
    assert [slug for slug, group in found.items() if group == "peers-small"] == [
        "trust-0",
        "trust-3",
        "trust-6",
    ]


def test_fewer_than_nine_trusts_have_no_peers():
    assert peers(*cohorts(*range(1, 9))) == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"denominator": 0},
        {"denominator": None, "numerator": None, "value": 9},
        {"denominator": None, "numerator": None, "status": "missing"},
        {"organisation_kind": "area"},
        {"measure": "breach-10-days"},
        months(2010, 4, 3),
        month(2011, 3),
    ],
)
def test_a_trust_without_a_cohort_for_the_year_has_no_peers_and_is_none(changes):
    other = cohort("other", 50, **changes)

    assert "other" not in peers(*cohorts(*range(1, 10)), other)
    assert peers(*cohorts(*range(1, 9)), other) == {}


def test_trusts_of_one_size_are_in_one_group():
    found = peers(*cohorts(*[500] * 10))

    assert set(found.values()) == {"peers-large"}


def test_no_figures_have_no_peers():
    assert peers() == {}
