"""The list of trusts: ratings of a year first, then everyone else."""

import csv
import io
from collections import Counter

import pytest

from performance.models import Framework, RatingResult
from performance.releases.divergence_rows import BRIEFLY
from performance.releases.peers import peer_groups_in
from performance.vocabulary import Quadrant
from performance.wording import short_name, written_number, written_probability
from tests.factories import make_organisation, make_rating_result, make_release, make_series
from tests.performance.pages.reading import Element, rows_of
from tests.performance.pages.simulated_figures import YEARS, financial_year
from tests.performance.pages.test_series import SERIES, opened, published
from trusts.models import Organisation

TRUSTS = f"{SERIES}trusts/"
LATEST = YEARS[-1]
BANDS = {4: "Exceptional performance", 3: "Good performance", 2: "Requiring improvement"}


def name_of(first: int) -> str:
    return str(financial_year(first))


def table_of(page: Element) -> list[dict]:
    return rows_of(page.one("table", id="trusts"))


def ratings_in(release, first: int) -> dict[str, RatingResult]:
    results = release.rating_results.filter(domain=None, period_start=financial_year(first).start)
    return {short_name(result.organisation.name): result for result in results.select_related("organisation")}


def file_of(client, address: str) -> list[dict[str, str]]:
    text = b"".join(client.get(address).streaming_content).decode().removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_page_leads_with_how_many_are_good_and_how_many_could_as_well_be_in_another_band(
    client, simulated_one
):
    ratings = ratings_in(simulated_one, LATEST).values()
    good = sum(rating.band >= 3 for rating in ratings)
    unsure = sum(rating.band_probabilities[str(rating.band)] < 0.8 for rating in ratings)
    page = opened(client, TRUSTS)

    assert page.one("h1").text == "Trusts and their ratings, 2012-13"
    assert page.one(id="finding").text == (
        f"{good} of 35 trusts are rated Good performance or better for 2012-13; for {unsure} of the 35 the "
        "band is less than 80% likely and could as well be another."
    )
    assert 0 < unsure < 35


def test_bands_are_counted_with_a_square_for_each_trust_hollow_where_it_is_unsure(client, simulated_one):
    ratings = ratings_in(simulated_one, LATEST).values()
    number = Counter(rating.band for rating in ratings)
    (bands,) = [one for one in opened(client, TRUSTS).all("ul") if "app-bands" in one.classes]
    squares = Counter(tuple(one.classes) for one in bands.all("span") if "app-bands__trust" in one.classes)

    counted = {item.all("span")[0].text: item.all("span")[1].text for item in bands.all("li")}
    assert counted == {words: str(number[band]) for band, words in BANDS.items()} | {"Serious concerns": "0"}
    unsure = sum(rating.band_probabilities[str(rating.band)] < 0.8 for rating in ratings)
    assert squares["app-bands__trust", "app-bands__trust--unsure"] == unsure
    assert squares.total() == 35


@pytest.mark.parametrize("first", YEARS)
def test_every_trust_has_its_band_with_its_certainty_its_domains_and_its_counts(client, simulated_one, first):
    results = ratings_in(simulated_one, first)
    beside = {
        short_name(result.organisation.name): result
        for result in simulated_one.divergence_results.filter(
            kind="all", period_start=financial_year(first).start
        ).select_related("organisation")
    }
    rows = table_of(opened(client, f"{TRUSTS}?year={name_of(first)}"))

    assert len(rows) == len(results) == 35
    for row in rows:
        name = row["Trust"].text
        rating, divergence = results[name], beside[name]
        likely = {band: chance for band, chance in rating.band_probabilities.items() if chance >= 0.01}
        chance = likely.pop(str(rating.band))
        (other,) = likely
        assert row["Trust"].link == f"{SERIES}trusts/{rating.organisation.slug}/"
        assert row["Rating"].text == BANDS[rating.band]
        assert row["Rating"].note == (
            f"{written_probability(chance)} likely; {BANDS[int(other)]} {written_probability(likely[other])}"
        )
        assert row["Quarter"].text == BRIEFLY[Quadrant(divergence.quadrant)]
        if divergence.outcome is None:
            assert row["Process attainment"].text == "Not judged"
            assert row["Points from predicted"].text == "Not compared"
        else:
            assert row["Process attainment"].text == f"{written_number(divergence.attainment, 1)}%"
            assert row["Process attainment"].note == (
                f"{divergence.counted:,} for {written_number(divergence.required)}"
            )
            side = "below" if divergence.outcome >= 0 else "above"
            assert row["Points from predicted"].text.endswith(f" {side}")
            assert row["Points from predicted"].note == (
                f"{divergence.reoffended:,} of {divergence.cohort:,}; "
                f"{written_number(divergence.expected)} predicted"
            )


def test_domains_have_short_heads_that_are_explained_and_each_trust_s_scores(client, simulated_one):
    page = opened(client, TRUSTS)
    scores = simulated_one.rating_results.filter(
        domain__isnull=False, period_start=financial_year(LATEST).start, organisation__slug="london"
    )
    (london,) = [row for row in table_of(page) if row["Trust"].text == "London"]

    assert scores
    for score in scores.select_related("domain"):
        head = score.domain.title.split()[-1].capitalize()
        assert london[head].text == written_number(score.score, 2)
        assert score.domain.title in page.one("main").text


@pytest.mark.parametrize("first", YEARS[1:])
def test_every_trust_says_in_words_how_it_moved_from_the_year_before(client, simulated_one, first):
    before, after = (ratings_in(simulated_one, year) for year in (first - 1, first))
    page = opened(client, f"{TRUSTS}?year={name_of(first)}")
    moved = {row["Trust"].text: row[f"Since {name_of(first - 1)}"].text for row in table_of(page)}
    arrows = [
        one for one in page.all("span", **{"aria-hidden": "true"}) if "app-ratings__arrow" in one.classes
    ]

    for name, words in moved.items():
        was, is_now = before[name].band, after[name].band
        step = "Same" if was == is_now else f"{'Up' if is_now > was else 'Down'} from {BANDS[was]}"
        arrow = "→" if was == is_now else "↑" if is_now > was else "↓"
        assert words == f"{arrow} {step}"
    assert len(arrows) == 35


def test_the_first_year_is_set_against_none(client, simulated_one):
    heads = table_of(opened(client, f"{TRUSTS}?year={name_of(YEARS[0])}"))[0]

    assert not [head for head in heads if head.startswith("Since")]


@pytest.mark.parametrize("region", ["south-west-region", "london-region"])
def test_a_region_leaves_its_own_trusts_and_areas_and_the_finding_is_about_those(
    client, simulated_one, region
):
    own = Organisation.objects.filter(region__slug=region)
    page = opened(client, f"{TRUSTS}?region={region}")
    trusts = {short_name(name) for name in own.filter(kind="trust").values_list("name", flat=True)}

    assert {row["Trust"].text for row in table_of(page)} == trusts
    assert f"of {len(trusts)} trust" in page.one(id="finding").text
    assert page.one("option", selected="", value=region)
    for section in page.all("details"):
        assert section.one("summary").text == f"Probation areas ({own.filter(kind='area').count()})"


@pytest.mark.parametrize("first", YEARS)
@pytest.mark.parametrize("group", ["peers-large", "peers-middle", "peers-small"])
def test_a_size_leaves_the_trusts_of_that_third_in_that_year(client, simulated_one, group, first):
    groups = peer_groups_in(simulated_one, financial_year(first))
    rows = table_of(opened(client, f"{TRUSTS}?peers={group}&year={name_of(first)}"))

    members = {slug for slug, own in groups.items() if own == group}
    assert {row["Trust"].link.split("/")[-2] for row in rows} == members
    assert len(members) in (11, 12)


def test_a_choice_that_nobody_fits_says_so(client, simulated_one):
    groups = peer_groups_in(simulated_one, financial_year(LATEST))
    other = next(group for group in sorted(set(groups.values())) if group != groups["london"])
    page = opened(client, f"{TRUSTS}?region=london-region&peers={other}")

    assert page.one(id="nobody").text == "No trust is both in that region and of that size."
    assert not page.all("table", id="trusts")


@pytest.mark.parametrize(
    ("sort", "field"), [("rating", "score"), ("process", "attainment"), ("outcome", "outcome")]
)
def test_an_order_in_the_address_puts_the_highest_first_and_who_has_none_last(
    client, simulated_one, sort, field
):
    results = (
        ratings_in(simulated_one, LATEST)
        if sort == "rating"
        else {
            short_name(result.organisation.name): result
            for result in simulated_one.divergence_results.filter(
                kind="all", period_start=financial_year(LATEST).start
            ).select_related("organisation")
        }
    )
    page = opened(client, f"{TRUSTS}?sort={sort}")
    values = [getattr(results[row["Trust"].text], field) for row in table_of(page)]
    known = [value for value in values if value is not None]

    assert known == sorted(known, reverse=True)
    assert values == known + [None] * (len(values) - len(known))
    assert [head.text for head in page.all("th", **{"aria-sort": "descending"})] == [
        {"rating": "Rating", "process": "Process attainment", "outcome": "Points from predicted"}[sort]
    ]


def test_by_name_is_the_order_without_another(client, simulated_one):
    names = [row["Trust"].text for row in table_of(opened(client, TRUSTS))]

    assert names == sorted(names)


@pytest.mark.parametrize(
    "query",
    ["year=1066-67", "region=atlantis", "peers=nobody", "sort=luck", "region=london", "year=%00'\"<b>"],
)
def test_what_is_not_there_is_passed_over(client, simulated_one, query):
    page = opened(client, f"{TRUSTS}?{query}")

    assert page.one("h1").text.endswith("2012-13")
    assert len(table_of(page)) == 35


def test_the_choice_stays_in_the_form_and_in_the_address_of_the_file(client, simulated_one):
    query = "year=2011-12&region=north-west-region&peers=peers-large&sort=process"
    page = opened(client, f"{TRUSTS}?{query}")
    chosen = [option.attributes.get("value", option.text) for option in page.all("option", selected="")]
    rows = file_of(client, f"{SERIES}ratings.csv?{query}")

    assert chosen == ["2011-12", "north-west-region", "peers-large", "process"]
    assert page.one("a", href=f"{SERIES}ratings.csv?{query}")
    assert [row["organisation"] for row in rows] == [
        row["Trust"].link.split("/")[-2] for row in table_of(page)
    ]
    assert {(row["region"], row["peer_group"]) for row in rows} == {("north-west-region", "peers-large")}


def test_the_file_has_values_and_counts_of_everyone(client, simulated_one):
    rows = file_of(client, f"{SERIES}ratings.csv?year=2011-12")
    (london,) = [row for row in rows if row["organisation"] == "london"]
    rating = ratings_in(simulated_one, 2011)["London"]

    assert len(rows) == 35
    assert (int(london["band"]), float(london["score"])) == (rating.band, rating.score)
    assert london["movement"] in ("up", "down", "same")
    assert {"counted" not in london, "cases_as_asked" in london, "cohort" in london} == {True}


def test_a_small_map_says_in_words_what_it_shows_and_leads_to_the_map_of_the_year(client, simulated_one):
    page = opened(client, f"{TRUSTS}?year=2011-12")
    drawn = page.one(role="img")

    assert drawn.attributes["aria-label"].startswith("Rating, 2011-12: ")
    assert len(drawn.all("span")) == 35
    assert page.one("a", href=f"{SERIES}map/?year=2011-12")
    assert opened(client, TRUSTS).one("a", href=f"{SERIES}map/")


def test_that_bands_are_reconstructed_is_said(client, simulated_one):
    text = opened(client, TRUSTS).one("main").text

    assert "How results became a band isn’t on record: its steps are ours. Reconstructed" in text


def test_a_trust_without_a_rating_says_why_and_counts_as_none(client, simulated_one):
    release = make_release(series=make_series(slug="other", standing="simulated"), number=1)
    period = financial_year(2012)
    place = {"release": release, "period_start": period.start, "period_end": period.end}
    framework = ratings_in(simulated_one, 2012)["London"].framework
    sure = {"band": 3, "score": 3.1, "band_probabilities": {"3": 0.97, "4": 0.03}, "framework": framework}
    named = make_organisation(slug="first", name="First Probation Trust")
    make_rating_result(organisation=named, **sure, **place)
    without = make_organisation(slug="second", name="Second Probation Trust")
    make_rating_result(
        organisation=without,
        framework=framework,
        band=None,
        score=None,
        band_probabilities={},
        reason="too few measures had figures",
        **place,
    )
    published(release)

    page = opened(client, "/series/other/trusts/")
    (row,) = [row for row in table_of(page) if row["Trust"].text == "Second"]
    assert (row["Rating"].text, row["Rating"].note) == ("Not rated", "too few measures had figures")
    assert page.one(id="finding").text.startswith("1 of 1 rated trust is rated Good performance or better")


def test_two_frameworks_in_one_year_make_one_row_with_the_rating_that_was_given(client, simulated_one):
    release = make_release(series=make_series(slug="other", standing="simulated"), number=1)
    period = financial_year(2010)
    place = {"release": release, "period_start": period.start, "period_end": period.end}
    trust = make_organisation(slug="twice", name="Twice Probation Trust")
    frameworks = Framework.objects.filter(rating__scheme="bands").order_by("slug")
    make_rating_result(
        organisation=trust, framework=frameworks[0], band=None, score=None, reason="nothing", **place
    )
    make_rating_result(organisation=trust, framework=frameworks[1], band=4, score=3.7, **place)
    published(release)

    (row,) = table_of(opened(client, "/series/other/trusts/"))
    assert row["Rating"].text == "Exceptional performance"


def test_everyone_else_is_listed_by_kind_with_how_many_figures_are_held(client, simulated_one):
    page = opened(client, TRUSTS)
    sections = {section.one("summary").text: section for section in page.all("details")}

    assert list(sections) == [
        "Trusts by size (3)",
        "Probation areas (42)",
        "Community rehabilitation companies (21)",
        "NPS divisions (7)",
        "Probation regions (12)",
        "NOMS regions (10)",
        "England and Wales (1)",
        "National providers (2)",
    ]
    assert {link.text for link in sections["Trusts by size (3)"].all("a")} == {
        f"Trusts with {size} caseloads" for size in ("large", "middle-sized", "small")
    }


def test_the_record_has_no_ratings_says_why_and_stays_a_directory(client, release_one):
    page = opened(client, "/trusts/")
    sections = {section.one("summary").text: section for section in page.all("details")}

    assert page.one("h1").text == "Trusts, areas and what came before and after"
    assert page.one(id="no-ratings").text.startswith(
        "No table of how trusts were rated is in the part of the public record that could be read"
    )
    assert not page.all("table")
    assert "Trusts by size" not in page.text
    assert len(sections["Probation trusts (35)"].all("a")) == 35
    assert all("open" in section.attributes for section in sections.values())
    (area,) = [item for item in sections["Probation areas (42)"].all("li") if item.text.startswith("Hert")]
    (trust,) = [item for item in sections["Probation trusts (35)"].all("li") if item.text.startswith("Hert")]
    assert (area.text, trust.text) == (
        "Hertfordshire 19 figures",
        "Hertfordshire Probation Trust (19 before it)",
    )


def test_the_record_filters_its_directory_by_region(client, release_one):
    page = opened(client, "/trusts/?region=south-west-region")

    assert [section.one("summary").text for section in page.all("details")] == [
        "Probation trusts (5)",
        "Probation areas (5)",
    ]


def test_a_file_of_ratings_is_not_found_where_nobody_is_rated(client, release_one):
    assert client.get("/ratings.csv").status_code == 404


@pytest.mark.parametrize(
    "query", ["", "?year=2011-12&region=north-west-region&peers=peers-large&sort=rating"]
)
def test_the_page_and_its_file_take_at_most_12_queries(
    client, simulated_one, django_assert_max_num_queries, query
):
    for address in (TRUSTS, f"{SERIES}ratings.csv"):
        with django_assert_max_num_queries(12):
            response = client.get(address + query)
            b"".join(response.streaming_content if response.streaming else [response.content])
