"""An address says a comparison in one way only, and is read whatever stands in it."""

import pytest
from django.http import QueryDict

from performance.pages.comparison_address import (
    is_half_made,
    pairs_of,
    query_of,
    read_choice,
    without,
)
from performance.releases.choices import Choice, OwnGroup
from performance.vocabulary import Structure

ALL = (
    "?organisation=london&organisation=wales&each=north-west-region"
    "&group=North:durham-tees-valley,northumbria&measure=court-reports-on-time&measure=oasys-15-days"
    "&year=2011-12&year=2012-13&by=month&structure=today"
)


def read(query: str) -> Choice:
    return read_choice(QueryDict(query.removeprefix("?")))


def test_an_address_is_read_and_written():
    assert read(ALL) == Choice(
        organisations=("london", "wales"),
        each=("north-west-region",),
        groups=(OwnGroup("North", ("durham-tees-valley", "northumbria")),),
        measures=("court-reports-on-time", "oasys-15-days"),
        years=("2011-12", "2012-13"),
        by_month=True,
        structure=Structure.TODAY,
    )
    assert query_of(read(ALL)) == ALL


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("", ""),
        ("organisation=&measure=&year=", ""),
        ("structure=then&by=year", ""),
        ("structure=nonsense&by=nonsense&page=2", ""),
        (
            "organisation=wales&organisation=london&organisation=wales",
            "?organisation=london&organisation=wales",
        ),
        ("year=2012-13&organisation=london&year=2010-11", "?organisation=london&year=2010-11&year=2012-13"),
        ("organisation=%20london%20", "?organisation=london"),
        ("organisation=each:wales-region&each=wales-region", "?each=wales-region"),
        ("group=B:wales,london,wales&group=A:kent,essex", "?group=A:essex,kent&group=B:london,wales"),
        ("group=A:essex,kent&group=A:london,wales", "?group=A:london,wales"),
        ("group=%20Big%20%20ones:kent,essex", "?group=Big+ones:essex,kent"),
        ("group=%3Cb%3EBold%3C/b%3E:kent,essex", "?group=b+Bold+%2Fb:essex,kent"),
        ("group=%3D1%2B1:kent,essex", "?group=1+1:essex,kent"),
        ("group-name=&organisation=london", "?organisation=london"),
        ("group-name=Two&group-member=wales&group-member=london", "?group=Two:london,wales"),
        (
            "organisation=london&organisation=kent&group-name=Two&group-member=wales&group-member=london"
            "&group-instead=yes",
            "?organisation=kent&group=Two:london,wales",
        ),
        ("organisation=london&group-name=One&group-member=london", "?organisation=london"),
    ],
)
def test_one_comparison_has_one_address(asked, canonical):
    assert query_of(read(asked)) == canonical
    assert query_of(read(canonical)) == canonical


@pytest.mark.parametrize(
    ("query", "is_half"),
    [
        ("group-name=Two&group-member=wales&group-member=london", False),
        ("group-name=One&group-member=wales", True),
        ("group-name=Nobody", True),
        ("group-name=%3C%3E&group-member=wales&group-member=london", True),
        ("group-member=wales&group-member=london", True),
        ("group-name=%20", False),
        ("organisation=london", False),
    ],
)
def test_a_group_that_a_form_only_begins_is_none(query, is_half):
    assert is_half_made(QueryDict(query)) is is_half


@pytest.mark.parametrize(
    ("name", "value", "left"),
    [
        ("organisations", "london", "organisation=wales"),
        ("each", "north-west-region", "&group="),
        ("groups", OwnGroup("North", ("durham-tees-valley", "northumbria")), "&measure="),
        ("measures", "oasys-15-days", "measure=court-reports-on-time&year"),
        ("years", "2011-12", "year=2012-13&by"),
    ],
)
def test_what_is_taken_away_is_gone_and_nothing_else(name, value, left):
    choice = read(ALL)
    less = without(choice, name, value)

    assert left in query_of(less)
    assert len(pairs_of(less)) == len(pairs_of(choice)) - 1
    assert without(less, name, value) == less


def test_a_name_is_no_longer_than_a_label_can_be():
    (group,) = read(f"group={'long ' * 20}:kent,essex").groups

    assert len(group.name) <= 40
