import datetime

import pytest

from trusts.certainty import Certainty
from trusts.history import became, consists_of, standing_on, what_each_consists_of
from trusts.models import Organisation, OrganisationKind, Succession

AREA, TRUST, CRC = OrganisationKind.AREA, OrganisationKind.TRUST, OrganisationKind.CRC
DIVISION, TODAY = OrganisationKind.NPS_DIVISION, OrganisationKind.PROBATION_REGION
LOCAL = (AREA, TRUST, CRC, DIVISION, TODAY)


def get(slug: str) -> Organisation:
    return Organisation.objects.get(slug=slug)


def slugs(organisations: list[Organisation]) -> set[str]:
    return {organisation.slug for organisation in organisations}


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        ("2001-03-31", {}),
        ("2001-04-01", {AREA: 42}),
        ("2009-07-31", {AREA: 42}),
        ("2010-03-31", {AREA: 42}),
        ("2010-04-01", {TRUST: 35}),
        ("2012-01-01", {TRUST: 35}),
        ("2014-05-31", {TRUST: 35}),
        ("2014-06-01", {CRC: 21, DIVISION: 7}),
        ("2016-01-01", {CRC: 21, DIVISION: 7}),
        ("2021-06-25", {CRC: 21, DIVISION: 7}),
        ("2021-06-26", {TODAY: 12}),
        ("2022-01-01", {TODAY: 12}),
    ],
)
def test_so_many_organisations_stood_on_a_day(organisations, day, counts):
    day = datetime.date.fromisoformat(day)

    assert {kind: len(standing_on(day, kind)) for kind in LOCAL} == dict.fromkeys(LOCAL, 0) | counts


def test_who_stood_is_told_by_name_and_of_all_kinds_where_none_is_asked_for(organisations):
    standing = standing_on(datetime.date(2009, 7, 31))

    assert [o.name for o in standing] == sorted(o.name for o in standing)
    assert {o.kind for o in standing} == {"nation", "region", "area"}


def test_who_stood_is_asked_in_one_query(organisations, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len([o.region.name for o in standing_on(datetime.date(2012, 1, 1), TRUST)]) == 35


@pytest.mark.parametrize(
    ("slug", "successors"),
    [
        (
            "durham-area",
            ["durham-tees-valley", "durham-tees-valley-crc", "nps-north-east", "north-east-probation-region"],
        ),
        (
            "lincolnshire-area",
            [
                "lincolnshire",
                "humberside-lincolnshire-and-north-yorkshire-crc",
                "nps-midlands",
                "east-midlands-probation-region",
            ],
        ),
        ("gwent-area", ["wales", "nps-wales", "wales-crc", "wales-probation-region"]),
        ("london", ["london-crc", "nps-london", "london-probation-region"]),
        ("wales-probation-region", []),
    ],
)
def test_what_became_of_an_organisation(organisations, slug, successors):
    assert [o.slug for o in became(get(slug)).organisations] == successors


def test_what_became_of_a_part_is_told_but_not_followed(organisations):
    """The CRC that Lincolnshire joined was divided, and Lincolnshire didn't go to Yorkshire."""
    lineage = became(get("lincolnshire"))

    assert "yorkshire-and-the-humber-probation-region" not in slugs(lineage.organisations)
    assert all(s.territory == "whole" for s in lineage.successions)


def test_a_divided_organisation_tells_all_its_parts(organisations):
    lineage = became(get("humberside-lincolnshire-and-north-yorkshire-crc"))

    assert slugs([s.successor for s in lineage.successions]) == {
        "east-midlands-probation-region",
        "yorkshire-and-the-humber-probation-region",
    }
    assert lineage.organisations == []


@pytest.mark.parametrize(
    ("slug", "areas", "trusts", "crcs", "divisions"),
    [
        (
            "north-east-probation-region",
            {"durham-area", "teesside-area", "northumbria-area"},
            {"durham-tees-valley", "northumbria"},
            {"durham-tees-valley-crc", "northumbria-crc"},
            set(),
        ),
        (
            "yorkshire-and-the-humber-probation-region",
            {"humberside-area", "north-yorkshire-area", "south-yorkshire-area", "west-yorkshire-area"},
            {"humberside", "york-and-north-yorkshire", "south-yorkshire", "west-yorkshire"},
            {"south-yorkshire-crc", "west-yorkshire-crc"},
            set(),
        ),
        (
            "wales-probation-region",
            {"dyfed-powys-area", "gwent-area", "north-wales-area", "south-wales-area"},
            {"wales"},
            {"wales-crc"},
            {"nps-wales"},
        ),
    ],
)
def test_what_a_region_of_today_consists_of(organisations, slug, areas, trusts, crcs, divisions):
    lineage = consists_of(get(slug))

    assert slugs(lineage.of_kind(AREA)) == areas
    assert slugs(lineage.of_kind(TRUST)) == trusts
    assert slugs(lineage.of_kind(CRC)) == crcs
    assert slugs(lineage.of_kind(DIVISION)) == divisions


def test_the_parts_that_a_region_of_today_took_over_are_told(organisations):
    lineage = consists_of(get("yorkshire-and-the-humber-probation-region"))

    parts = [s.predecessor for s in lineage.successions if s.territory == "part"]
    assert slugs(parts) == {"humberside-lincolnshire-and-north-yorkshire-crc", "nps-north-east"}


def test_every_area_and_trust_belongs_to_one_region_of_today(organisations):
    members = [
        (organisation.slug, region.slug)
        for region in Organisation.objects.of_kind(TODAY)
        for organisation in consists_of(region).of_kind(AREA, TRUST)
    ]

    assert len(members) == len(dict(members)) == 42 + 35


def test_a_lineage_takes_one_query(organisations, django_assert_num_queries):
    area = get("durham-area")

    with django_assert_num_queries(1):
        assert [o.name for o in became(area).organisations]


def test_what_many_consist_of_takes_one_query_too(organisations, django_assert_num_queries):
    regions = list(Organisation.objects.of_kind(TODAY))

    with django_assert_num_queries(1):
        lineages = what_each_consists_of(regions)

    assert lineages == {region: consists_of(region) for region in regions}


def test_a_circle_of_successions_comes_to_an_end(organisations):
    Succession.objects.create(
        predecessor=get("wales-probation-region"),
        successor=get("gwent-area"),
        date="2030-01-01",
        territory="whole",
        certainty="unverified",
    )

    assert "wales-probation-region" in slugs(became(get("gwent-area")).organisations)


def test_which_trust_went_to_which_of_the_twelve_regions_is_marked_as_unverified(organisations):
    into_regions = Succession.objects.filter(successor__kind=TODAY)

    assert {s.certainty for s in into_regions.filter(predecessor__kind=TRUST)} == {Certainty.UNVERIFIED}
    assert {s.certainty for s in into_regions.filter(predecessor__kind=CRC)} == {Certainty.UNVERIFIED}


def test_only_london_and_wales_which_kept_their_codes_are_surer(organisations):
    surer = Succession.objects.filter(successor__kind=TODAY).exclude(certainty=Certainty.UNVERIFIED)

    assert slugs([s.predecessor for s in surer]) == {"nps-london", "nps-wales"}


def test_the_last_day_of_the_areas_is_marked_as_unverified(organisations):
    for area in Organisation.objects.of_kind(AREA):
        assert area.certainty == Certainty.UNVERIFIED
        assert "from memory, unverified" in area.note


def test_which_nps_division_took_over_is_unverified_where_more_than_names_says_so(organisations):
    into_divisions = Succession.objects.filter(successor__kind=DIVISION)
    by_name = into_divisions.exclude(certainty=Certainty.UNVERIFIED)

    assert slugs([s.successor for s in by_name]) == {"nps-london", "nps-wales"}
