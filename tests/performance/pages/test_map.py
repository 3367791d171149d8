"""The tile map: who stands where, coloured by what, and the figures behind it."""

from collections import Counter

import pytest

from performance.models import IndicatorResult
from performance.vocabulary import Status
from performance.wording import short_name, written_number
from tests.factories import (
    make_indicator_result,
    make_measure,
    make_release,
    make_series,
)
from tests.performance.pages.reading import Element, rows_of
from tests.performance.pages.simulated_figures import financial_year
from tests.performance.pages.test_series import SERIES, opened, published
from tests.performance.pages.test_trusts import file_of, ratings_in
from trusts.models import Organisation
from trusts.tiles import tiles

MAP = f"{SERIES}map/"
MEASURE = "oasys-15-days"


def tiles_of(page: Element) -> dict[str, Element]:
    """The tiles by the slug of whose page they lead to."""
    (drawn,) = [one for one in page.all("ol") if "app-tiles" in one.classes]
    return {link.attributes["href"].split("/")[-2]: link for link in drawn.all("a")}


def part(tile: Element, name: str) -> str:
    (found,) = [one for one in tile.all("span") if f"app-tiles__{name}" in one.classes]
    return found.text


def look(tile: Element) -> str:
    (found,) = [name for name in tile.classes if name.startswith("app-tiles__tile--")]
    return found.removeprefix("app-tiles__tile--")


def legend(page: Element) -> list[str]:
    (found,) = [one for one in page.all("ul") if "app-tile-legend" in one.classes]
    return [item.text for item in found.all("li")]


def results_of(release, code: str, kind: str, **given) -> dict[str, IndicatorResult]:
    results = release.indicator_results.filter(measure__code=code, organisation__kind=kind, **given)
    return {result.organisation.slug: result for result in results.select_related("organisation")}


def test_without_a_choice_the_map_shows_the_latest_ratings_of_all_trusts(client, simulated_one):
    ratings = ratings_in(simulated_one, 2012)
    page = opened(client, MAP)
    number = Counter(rating.band for rating in ratings.values())

    assert {part(tile, "name"): part(tile, "value") for tile in tiles_of(page).values()} == {
        name: rating.framework.rating["bands"][str(rating.band)] for name, rating in ratings.items()
    }
    assert page.one(id="map").text.startswith("Rating, 2012-13: ")
    assert legend(page)[:3] == [
        f"Exceptional performance ({number[4]})",
        f"Good performance ({number[3]})",
        f"Requiring improvement ({number[2]})",
    ]


def test_every_tile_stands_at_its_place_from_north_to_south(client, simulated_one):
    page = opened(client, MAP)
    (drawn,) = [one for one in page.all("ol") if "app-tiles" in one.classes]
    places = {item.one("a").attributes["href"].split("/")[-2]: item.classes for item in drawn.all("li")}

    assert list(places) == [slug for slug in tiles() if slug in places]
    assert len(places) == 35
    for slug, classes in places.items():
        tile = tiles()[slug]
        assert f"app-tiles__place--column-{tile.column}" in classes
        assert f"app-tiles__place--row-{tile.row}" in classes


def test_a_rating_stands_with_how_likely_it_is(client, simulated_one):
    rating = ratings_in(simulated_one, 2012)["London"]
    tile = tiles_of(opened(client, MAP))["london"]

    chance = round(100 * rating.band_probabilities[str(rating.band)])
    assert part(tile, "counts") == f"{chance}% likely"


def test_a_measure_is_coloured_in_fifths_and_each_tile_has_its_value_and_counts(client, simulated_one):
    period = financial_year(2012)
    results = results_of(simulated_one, MEASURE, "trust", period_start=period.start, period_end=period.end)
    found = tiles_of(opened(client, f"{MAP}?show={MEASURE}"))

    assert set(found) == set(results)
    for slug, result in results.items():
        assert part(found[slug], "value") == f"{written_number(result.value)}%"
        assert part(found[slug], "counts") == f"{result.numerator:,} of {result.denominator:,}"
    by_value = sorted(results, key=lambda slug: results[slug].value)
    assert [look(found[slug]) for slug in by_value] == [f"step-{1 + n // 7}" for n in range(35)]


def test_the_title_names_the_ends_with_their_counts(client, simulated_one):
    period = financial_year(2012)
    results = results_of(simulated_one, MEASURE, "trust", period_start=period.start, period_end=period.end)
    low, high = (end(results.values(), key=lambda result: result.value) for end in (min, max))
    low, high = (
        f"{written_number(one.value)}% in {short_name(one.organisation.name)} "
        f"({one.numerator:,} of {one.denominator:,})"
        for one in (low, high)
    )

    title = opened(client, f"{MAP}?show={MEASURE}").one(id="map").text
    assert title.endswith(f", 2012-13: from {low} to {high}, of 35 trusts Simulated figures")


def test_the_table_and_the_file_hold_every_figure_on_the_map(client, simulated_one):
    address = f"{MAP}?show={MEASURE}&year=2011-12"
    page = opened(client, address)
    rows = {row["Name"].link.split("/")[-2]: row for row in rows_of(page.one("table"))}
    file = {row["organisation"]: row for row in file_of(client, address.replace("map/", "map.csv"))}

    assert page.one("a", href=address.replace("map/", "map.csv"))
    assert set(rows) == set(file) == set(tiles_of(page))
    for slug, tile in tiles_of(page).items():
        assert rows[slug]["Figure"].text == part(tile, "value") == file[slug]["written"]
        assert rows[slug]["Counts"].text == part(tile, "counts") == file[slug]["counts"]
    assert {row["period_start"] for row in file.values()} == {"2011-04-01"}


@pytest.mark.parametrize(("show", "field"), [("attainment", "attainment"), ("outcome", "outcome")])
def test_process_and_outcome_have_maps_and_who_is_not_compared_is_hatched(client, simulated_one, show, field):
    period = financial_year(2012)
    results = simulated_one.divergence_results.filter(kind="all", period_start=period.start)
    known = dict(results.filter(outcome__isnull=False).values_list("organisation__slug", field))
    page = opened(client, f"{MAP}?show={show}")
    found = tiles_of(page)

    (without,) = set(found) - set(known)
    assert (look(found[without]), part(found[without], "value")) == ("missing", "Not compared")
    assert "Not compared (1)" in legend(page)
    assert {look(found[slug]) for slug in known} == {f"step-{step}" for step in range(1, 6)}
    best = max(known, key=lambda slug: known[slug])
    assert look(found[best]) == "step-5"


def test_regions_of_today_have_a_map_and_those_without_a_figure_say_so(client, simulated_one):
    page = opened(client, f"{MAP}?of=probation-region&show={MEASURE}")
    results = results_of(simulated_one, MEASURE, "probation-region", is_part=False)
    found = tiles_of(page)

    assert len(found) == 12
    for slug, tile in found.items():
        if slug not in results:
            assert (look(tile), part(tile, "value")) == ("missing", "No figure held")


def test_areas_of_the_record_have_a_map(client, release_one):
    page = opened(client, "/map/?of=area&show=accommodation-at-termination")
    found = tiles_of(page)

    assert len(found) == 42
    assert part(found["avon-and-somerset-area"], "counts") == "479 of 692"
    assert page.one("h2", id="map").text.startswith("Offenders")
    assert "of 42 areas" in page.one(id="map").text


def test_the_record_begins_with_what_most_is_known_of(client, release_one):
    page = opened(client, "/map/")

    assert len(tiles_of(page)) == 42
    assert not [tile for tile in tiles_of(page).values() if look(tile) == "missing"]
    kinds = page.one("nav", **{"aria-label": "Kind of organisation"})
    assert [one.text for one in kinds.all("li")] == [
        "Probation trusts",
        "Probation areas",
        "Probation regions",
    ]
    assert kinds.one("strong", **{"aria-current": "true"}).text == "Probation areas"


def test_too_few_figures_for_fifths_are_of_one_colour(client, release_one):
    page = opened(client, "/map/?of=trust")
    looks = Counter(look(tile) for tile in tiles_of(page).values())

    assert looks == {"step-3": 2, "missing": 33}
    assert "Too few for fifths" in legend(page)[0]
    assert "of 2 with a figure out of 35 trusts" in page.one(id="map").text


def test_suppressed_missing_and_not_applicable_look_and_read_otherwise(client, simulated_one):
    release = make_release(series=make_series(slug="other", standing="simulated"), number=1)
    measure = make_measure(code="one", title="One measure")
    trusts = list(Organisation.objects.filter(kind="trust").order_by("name"))
    statuses = (Status.SUPPRESSED, Status.MISSING, Status.NOT_APPLICABLE)
    for number, trust in enumerate(trusts[:30]):
        status = statuses[number] if number < 3 else Status.REPORTED
        value = None if number < 3 else 50.0 + number
        place = {"release": release, "measure": measure, "organisation": trust, "observation": None}
        make_indicator_result(status=status, value=value, numerator=None, denominator=None, **place)
    published(release)

    page = opened(client, "/series/other/map/?show=one")
    found = tiles_of(page)
    assert [(look(found[t.slug]), part(found[t.slug], "value")) for t in trusts[:3]] == [
        ("suppressed", "Suppressed"),
        ("missing", "Not published"),
        ("not-applicable", "Not applicable"),
    ]
    assert part(found[trusts[-1].slug], "value") == "No figure held"
    assert sorted(entry for entry in legend(page) if "fifth" not in entry) == [
        "No figure held (5)",
        "Not applicable (1)",
        "Not published (1)",
        "Suppressed (1)",
    ]


@pytest.mark.parametrize(
    "query", ["of=nobody", "show=luck", "year=1066-67", "of=area", "of=crc&show=nothing&year=%00<script>"]
)
def test_what_is_not_there_is_passed_over(client, simulated_one, query):
    page = opened(client, f"{MAP}?{query}")

    assert page.one(id="map").text.startswith("Rating, 2012-13")


def test_a_measure_alone_finds_the_kind_that_has_it(client, release_one):
    page = opened(client, "/map/?show=unpaid-work-hours-outstanding")

    assert len(tiles_of(page)) == 12


def test_one_map_has_one_address(client, simulated_one):
    """However it was asked for, its links and its file name it as briefly as they can."""
    asked = {
        "": "",
        "?of=trust": "",
        "?of=trust&show=band&year=2012-13": "",
        f"?of=trust&show={MEASURE}": f"?show={MEASURE}",
        "?year=2010-11": "?year=2010-11",
    }
    for query, shortest in asked.items():
        page = opened(client, MAP + query)
        assert page.one("a", href=f"{SERIES}map.csv{shortest or '?'}"), query


def test_another_kind_is_shown_by_the_same_measure_where_it_has_it(client, simulated_one):
    page = opened(client, f"{MAP}?show={MEASURE}")
    (other,) = page.one("nav", **{"aria-label": "Kind of organisation"}).all("a")

    assert other.attributes["href"] == f"{MAP}?of=probation-region&show={MEASURE}"
    title = opened(client, other.attributes["href"]).one("title").source
    assert title.startswith("Simulated: Map: Probation regions, ")


def test_a_release_without_figures_has_no_map_and_says_so(client, simulated_one):
    published(make_release(series=make_series(slug="other", standing="simulated"), number=1))
    page = opened(client, "/series/other/map/")

    assert "no figures of trusts, areas or regions" in page.one("main").text
    assert client.get("/series/other/map.csv").status_code == 404


@pytest.mark.parametrize("address", [MAP, f"{MAP}?show={MEASURE}", "/map/", f"{SERIES}map.csv?show=outcome"])
def test_a_map_takes_at_most_12_queries(client, simulated_one, django_assert_max_num_queries, address):
    with django_assert_max_num_queries(12):
        response = client.get(address)
        b"".join(response.streaming_content if response.streaming else [response.content])
