"""What stands on each page, without scripts."""

import re
from collections import Counter

import pytest

from performance.models import FrameworkMeasure, IndicatorResult, Measure, Release
from performance.releases.actions import publish_release
from performance.releases.results import SHOWN
from performance.releases.summary import SUMMARY_MEASURES
from performance.vocabulary import Standing
from tests.factories import make_person, make_release
from tests.performance.pages.addresses import EVERY_KIND, bare, numbered
from tests.performance.pages.reading import NEVER_WRITTEN, Cell, Element, read, rows_of
from trusts.history import consists_of
from trusts.models import Organisation, Role

MOST_QUERIES = 12
Row = dict[str, Cell]


@pytest.fixture
def opened(client, release_one):
    def open_page(address: str) -> Element:
        response = client.get(address)
        assert response.status_code == 200
        return read(response.content.decode())

    return open_page


def all_rows(page: Element) -> list[Row]:
    return [row for table in page.all("table") for row in rows_of(table)]


def rows_where(page: Element, **beginnings: str) -> list[Row]:
    """The rows that have these columns, with cells that begin so."""
    return [
        row
        for row in all_rows(page)
        if all(head in row and row[head].text.startswith(text) for head, text in beginnings.items())
    ]


def texts(row: Row, *heads: str) -> list[str]:
    return [row[head].text for head in heads]


@pytest.mark.parametrize("address", EVERY_KIND)
def test_a_page_takes_at_most_12_queries(client, release_one, django_assert_max_num_queries, address):
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("place", [bare, numbered])
def test_hertfordshire_did_14_per_cent_of_high_risk_assessments_on_time_against_90(opened, place):
    measure, area = "measures/oasys-high-risk-5-days/", "trusts/hertfordshire-area/"
    (on_measure,) = rows_where(opened(place(measure)), Organisation="Hertfordshire")
    (on_area,) = rows_where(opened(place(area)), Measure="High risk of harm assessments")

    for row in (on_measure, on_area):
        found = texts(row, "Period", "Result", "Target", "Against target")
        assert found == ["2005-06", "14%", "90%", "Missed"]
    assert (
        "completed 14% of its high risk assessments on time, against a target of 90%; the figure for England "
        "and Wales was 81%"
    ) in opened(place("")).text


@pytest.mark.parametrize("place", [bare, numbered])
@pytest.mark.parametrize(
    "page", ["", "measures/accommodation-at-termination/", "trusts/avon-and-somerset-area/"]
)
def test_avon_and_somerset_had_479_of_692_in_accommodation(opened, place, page):
    row = rows_where(opened(place(page)), Counts="479 of 692")[0]

    assert texts(row, "Result", "Target", "Against target") == ["69%", "71%", "Missed"]


@pytest.mark.parametrize("place", [bare, numbered])
def test_the_national_probation_service_gave_courts_100_per_cent_of_reports_on_time(opened, place):
    page = opened(place("trusts/national-probation-service/"))
    rows = rows_where(page, Measure="Pre-sentence reports completed within the court's timescale (NPS SL001)")

    assert [row["Result"].text for row in rows] == ["100%"] * 8
    assert "gave on time is printed as 100% in every published quarter" in opened(place("")).text


@pytest.mark.parametrize("place", [bare, numbered])
@pytest.mark.parametrize("page", ["", "measures/accommodation-at-termination/"])
def test_the_areas_together_had_24110_of_30997_in_accommodation(opened, place, page):
    assert "(24,110 of 30,997)" in opened(place(page)).text.replace(
        "24,110 of 30,997 orders", "(24,110 of 30,997)"
    )


@pytest.mark.parametrize(
    ("page", "begins", "value", "printed"),
    [
        (
            "measures/planned-budget/",
            {"Organisation": "Avon"},
            "£20,221,000",
            "Printed as '20.221' (thousand pounds)",
        ),
        (
            "trusts/avon-and-somerset-area/",
            {"Result": "£20,221,000"},
            "£20,221,000",
            "Printed as '20.221' (thousand pounds)",
        ),
        (
            "measures/main-service-budget/",
            {"Organisation": "Teesside"},
            "£8,420,000",
            "Teeside",
        ),
        ("trusts/teesside-area/", {"Result": "£8,420,000"}, "£8,420,000", "Teeside"),
    ],
)
def test_a_misprint_stands_as_printed_beside_the_value(opened, page, begins, value, printed):
    row = rows_where(opened(bare(page)), **begins)[-1]

    assert row["Result"].text == value
    assert printed in row["Source"].note


def test_a_figure_that_the_source_leaves_out_says_so_in_words(opened):
    page = opened(bare("measures/court-orders-per-officer/"))
    row = rows_where(page, Organisation="Avon and Somerset", Period="1997")[0]

    assert row["Result"].text == "Not published"
    assert "The source leaves this cell blank." in row["Source"].note


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("measures/binary-rate/", "Worked out: 34.2 + 3.3 = 37.5"),
        ("measures/crcs-reoffending-reduced/", "Reported by a second source."),
    ],
)
def test_a_figure_that_is_not_from_the_source_itself_says_so(opened, page, says):
    assert any(row["Source"].note.startswith(says) for row in all_rows(opened(bare(page))) if "Source" in row)


def test_every_figure_of_a_measure_names_its_source_with_an_address(opened):
    rows = [row for row in all_rows(opened(bare("measures/binary-rate/"))) if "Source" in row]

    assert len(rows) >= 7
    assert all(row["Source"].text and row["Source"].link.startswith("http") for row in rows)


@pytest.mark.parametrize("organisation", ["hertfordshire-area", "west-yorkshire", "south-west-region"])
def test_an_organisation_whose_dates_are_from_memory_says_that_they_are_unverified(opened, organisation):
    page = opened(bare(f"trusts/{organisation}/"))

    assert page.one("dl").text.startswith("Stood 1 April 20")
    assert "Unverified" in page.one("dl").text


def test_a_succession_that_is_derived_or_unverified_says_so(opened):
    steps = [
        item.text
        for item in opened(bare("trusts/hertfordshire/")).all("li")
        if ": Hertfordshire" in item.text
    ]

    assert any("Hertfordshire to Hertfordshire Probation Trust Derived" in step for step in steps)
    assert any("Probation Trust to NPS South East and Eastern Unverified" in step for step in steps)


@pytest.mark.parametrize("place", [bare, numbered])
def test_an_organisation_with_nothing_published_says_so(opened, place):
    page = opened(place("trusts/london-region/"))

    assert page.one(id="nothing-published").text.startswith("Nothing is published about London in the part")
    assert not page.all("table")


def test_an_organisation_with_figures_does_not_say_that_nothing_is_published(opened):
    assert "Nothing is published" not in opened(bare("trusts/hertfordshire-area/")).one("main").text


@pytest.mark.parametrize("slug", ["hertfordshire", "wales", "essex-crc", "nps-london"])
def test_a_trust_with_only_its_predecessors_figures_says_that_it_has_none_of_its_own(opened, slug):
    name = Organisation.objects.get(slug=slug).name
    main = opened(bare(f"trusts/{slug}/")).one("main").text

    assert "Figures of the organisations it took over from" in main
    assert re.search(
        f"(nothing is|no figures? (is|are)) published (about|of|for) {name} itself", main, re.IGNORECASE
    )


@pytest.mark.parametrize("slug", ["hertfordshire", "wales", "cumbria-and-lancashire-crc"])
def test_every_figure_that_a_successor_shows_is_under_the_name_of_whose_it_is(opened, release_one, slug):
    before = consists_of(Organisation.objects.get(slug=slug)).organisations
    results = release_one.indicator_results.filter(SHOWN, organisation__in=before)
    whose = Counter(results.values_list("organisation__name", flat=True))
    page = opened(bare(f"trusts/{slug}/"))

    assert whose
    assert whose <= Counter(row["Organisation"].text for row in all_rows(page) if "Organisation" in row)


def test_a_measure_without_figures_says_so(opened):
    main = opened(bare("measures/oasys-15-days/")).one("main").text

    assert "No figure for this measure is held here." in main


@pytest.mark.parametrize("place", [bare, numbered])
def test_whatever_is_reconstructed_in_a_framework_says_so(opened, place):
    reconstructed = FrameworkMeasure.objects.filter(standing=Standing.RECONSTRUCTED).select_related(
        "measure", "domain__framework"
    )
    entry = reconstructed.first()
    framework = opened(place(f"frameworks/{entry.domain.framework.slug}/"))
    measure = opened(place(f"measures/{entry.measure.code}/"))

    assert "Weights Reconstructed" in framework.text
    assert rows_where(framework, Measure=entry.measure.title)[0]["How we know"].text.startswith(
        "Reconstructed"
    )
    assert rows_where(measure, Framework=entry.domain.framework.short_title)[0][
        "How we know"
    ].text.startswith("Reconstructed")


def test_the_list_of_measures_says_which_definitions_are_reconstructed(opened):
    page = opened(bare("measures/"))
    said = {row["Measure"].text: row["Definition"].text for row in all_rows(page)}
    # Those without a figure stand in a list of their own.
    others = [item for part in page.all("details") for item in part.all("li")]
    said |= {item.one("a").text: item.one("strong").text for item in others}

    assert others
    assert said == {m.title: Standing(m.standing).label for m in Measure.objects.all()}


@pytest.mark.parametrize("page", ["", "frameworks/"])
def test_the_chart_of_weights_says_that_weights_are_not_in_the_record(opened, page):
    assert "Weights are not in the public record" in opened(bare(page)).text


def test_a_target_is_never_written_without_saying_where_there_is_none(opened):
    page = opened(bare("frameworks/nps-targets-2002-05/"))

    assert all(row["Target"].text for row in all_rows(page))


def listed(page: Element) -> dict[str, Element]:
    """The items of the directory of organisations, by their addresses."""
    items = [item for part in page.all("details") for item in part.all("li")]
    return {item.one("a").attributes["href"]: item for item in items}


@pytest.mark.parametrize("place", [bare, numbered])
def test_a_region_picks_its_own_organisations(client, release_one, place):
    page = read(client.get(place("trusts/"), {"region": "south-west-region"}).content.decode())
    own = Organisation.objects.filter(region__slug="south-west-region")

    assert {item.one("a").text for item in listed(page).values()} == set(own.values_list("name", flat=True))
    assert page.one("option", selected="").text == "South West"


@pytest.mark.parametrize("region", ["", "atlantis", "hertfordshire-area", "'\"><script>", "\0"])
def test_an_unknown_region_picks_everyone(client, release_one, region):
    response = client.get("/trusts/", {"region": region})
    page = read(response.content.decode())

    assert response.status_code == 200
    # Peer groups are there only where they have figures.
    assert len(listed(page)) == Organisation.objects.exclude(kind="peer-group").count() == 130
    assert not page.all("option", selected="")


@pytest.mark.parametrize("place", [bare, numbered])
@pytest.mark.parametrize(
    "slug", ["north-yorkshire-area", "wales", "cumbria-and-lancashire-crc", "london-region"]
)
def test_the_list_of_organisations_counts_the_figures_on_their_pages(opened, release_one, place, slug):
    """Its own, or, where it has none, those of the organisations before it."""
    address = place(f"trusts/{slug}/")
    said = listed(opened(place("trusts/")))[address].text
    number = re.search(r"(\d+) (figure|before it)", said)
    own = release_one.indicator_results.filter(SHOWN, organisation__slug=slug).count()

    assert bool(own) == ("figure" in said and "no figures" not in said)
    assert int(number[1] if number else 0) == (own or len(all_rows(opened(address))))


@pytest.mark.parametrize("measure", SUMMARY_MEASURES)
def test_the_summary_of_a_release_without_one_of_its_measures_leaves_out_what_needs_it(
    client, release_one, measure
):
    publish_copy_without(release_one, measure__code=measure)

    assert_is_a_page(client.get("/"))


@pytest.mark.parametrize(
    "organisation", ["england-and-wales", "national-probation-service", "hertfordshire-area"]
)
def test_the_summary_of_a_release_without_an_organisation_leaves_out_what_needs_it(
    client, release_one, organisation
):
    publish_copy_without(release_one, organisation__slug=organisation)

    assert_is_a_page(client.get("/"))


def test_the_summary_of_a_release_without_figures_is_a_page(client, release_one):
    publish_copy_without(release_one, release=release_one)

    assert_is_a_page(client.get("/"))


def publish_copy_without(original: Release, **figures: object) -> None:
    """As release 2, which is then the current one."""
    copy = make_release(series=original.series, number=2)
    rows = list(original.indicator_results.exclude(**figures))
    for row in rows:
        row.pk, row.release = None, copy
    IndicatorResult.objects.bulk_create(rows)
    publish_release(release=copy, by=make_person(role=Role.NOMS_PUBLISHER))


def assert_is_a_page(response) -> None:
    assert response.status_code == 200
    assert not re.search(NEVER_WRITTEN, read(response.content.decode()).text)
