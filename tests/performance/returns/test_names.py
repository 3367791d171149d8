"""Names as people write them, and what they stand for."""

import pytest

from performance.frameworks.loader import load_frameworks
from performance.frameworks.names import Names
from performance.models import Framework, FrameworkMeasure, Measure
from performance.returns.names import KnownNames
from trusts.loader import load_organisations
from trusts.models import Organisation, OrganisationKind


def organisation(slug: str, code: str, name: str, kind: OrganisationKind) -> Organisation:
    return Organisation(slug=slug, code=code, name=name, kind=kind)


ORGANISATIONS = [
    organisation("a-kent-area", "KNT", "Kent", OrganisationKind.AREA),
    organisation("kent", "KNT", "Kent Probation", OrganisationKind.TRUST),
    organisation("london", "LDN", "London Probation Trust", OrganisationKind.TRUST),
    organisation("a-london-region", "R-LN", "London", OrganisationKind.REGION),
    organisation("avon", "ASP", "Avon and Somerset Probation Trust", OrganisationKind.TRUST),
    organisation("england-and-wales", "EW", "England and Wales", OrganisationKind.NATION),
    organisation("yorkshire-and-the-humber", "N55", "Yorkshire", OrganisationKind.PROBATION_REGION),
]
MEASURES = [
    Measure(code="sl001", title="Plans on time", short_title="Plans"),
    Measure(code="sl002", title="Reports on time", short_title="On time"),
    Measure(code="sl003", title="Orders on time", short_title="On time"),
]


@pytest.fixture(scope="module")
def names() -> KnownNames:
    ptrs, ippf = (
        Framework(slug=slug, title=f"The {short}", short_title=short)
        for slug, short in (("ptrs-2010-11", "PTRS"), ("ippf", "IPPF"))
    )
    return KnownNames.from_names(
        Names(
            organisations={found.slug: found for found in ORGANISATIONS},
            frameworks={ptrs.slug: ptrs, ippf.slug: ippf},
            measures={found.code: found for found in MEASURES},
            framework_measures={
                ("ptrs-2010-11", "sl001"): FrameworkMeasure(local_code="M 1"),
                ("ptrs-2010-11", "sl002"): FrameworkMeasure(local_code=""),
                ("ippf", "sl003"): FrameworkMeasure(local_code="M 1"),
            },
        )
    )


@pytest.mark.parametrize(
    "text, slug",
    [
        ("london", "london"),
        ("LONDON  Probation Trust", "london"),
        ("London", "london"),
        ("ldn", "london"),
        ("Kent", "kent"),
        ("Kent Probation", "kent"),
        ("Kent Probation Trust", "kent"),
        ("KNT", "kent"),
        ("A-Kent-Area", "a-kent-area"),
        ("Avon & Somerset", "avon"),
        ("Avon&Somerset Probation Trust", "avon"),
        ("England and Wales", "england-and-wales"),
    ],
)
def test_an_organisation_is_found_by_slug_code_and_name_a_trust_first(names, text, slug):
    assert names.organisation(text) == slug


@pytest.mark.parametrize("text", ["Londn", "Probation Trust", "", "England and Wales Probation Trust"])
def test_a_name_that_is_not_known_stays_as_it_is(names, text):
    assert names.organisation(text) == text
    assert names.framework(text) == text
    assert names.measure(text, "ptrs-2010-11") == text


def test_the_nation_and_regions_are_totals(names):
    assert names.totals == {"england-and-wales", "a-london-region", "yorkshire-and-the-humber"}


@pytest.mark.parametrize("text", ["ptrs-2010-11", "PTRS-2010-11", "ptrs", "The  PTRS"])
def test_a_framework_is_found_by_slug_and_title(names, text):
    assert names.framework(text) == "ptrs-2010-11"


@pytest.mark.parametrize("text", ["SL001", "plans on time", "Plans", "m 1"])
def test_a_measure_is_found_by_code_title_and_the_code_of_its_framework(names, text):
    assert names.measure(text, "ptrs-2010-11") == "sl001"


def test_the_code_of_a_framework_stands_for_nothing_elsewhere(names):
    assert names.measure("M 1", "ippf") == "sl003"
    assert names.measure("M 1", "") == "M 1"


def test_a_title_of_two_measures_stands_for_neither(names):
    assert names.measure("On time", "ptrs-2010-11") == "On time"


@pytest.mark.django_db
def test_every_trust_framework_and_measure_that_we_hold_is_found_by_each_of_its_names():
    load_organisations()
    load_frameworks()
    held = Names.from_database()
    names = KnownNames.from_names(held)

    for trust in Organisation.objects.of_kind(OrganisationKind.TRUST):
        place = trust.name.removesuffix(" Trust").removesuffix(" Probation")
        for text in (trust.slug, trust.code, trust.name, place, f"{place} Probation Trust"):
            assert names.organisation(text) == trust.slug, text
    for framework in held.frameworks.values():
        for text in (framework.slug, framework.title, framework.short_title):
            assert names.framework(text) == framework.slug, text
    for (framework_slug, code), entry in held.framework_measures.items():
        measure = held.measures[code]
        for text in (code, measure.title, measure.short_title, entry.local_code or code):
            assert names.measure(text, framework_slug) == code, text
