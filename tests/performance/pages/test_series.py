"""Every series has the same pages, and figures of two never stand on one."""

import json
import re

import pytest
from django.utils import timezone

from performance.models import Measure, Release, ReleaseState
from performance.pages.template_tags import WATERMARK
from tests.factories import (
    make_indicator_result,
    make_measure,
    make_observation,
    make_organisation,
    make_person,
    make_release,
    make_series,
    make_trust_return,
)
from tests.performance.pages.reading import Element, read, rows_of
from tests.performance.pages.simulated import SLUG
from trusts.models import Role

SERIES = f"/series/{SLUG}/"
PAGES = [
    "",
    "trusts/",
    "trusts/london/",
    "trusts/london-region/",
    "trusts/north-west-probation-region/",
    "trusts/peers-large/",
    "trusts/england-and-wales/",
    "trusts/hertfordshire-area/",
    "map/",
    "map/?show=oasys-15-days",
    "movement/",
    "divergence/",
    "divergence/?year=2010-11",
    "measures/",
    "measures/oasys-15-days/",
    "measures/local-adult-reoffending/",
    "measures/offenders-per-offender-manager/",
    "measures/binary-rate/",
    "compare/",
    "data/",
    "compare/?each=england-and-wales&measure=oasys-15-days",
    "frameworks/",
    "frameworks/ptrs-2010-11/",
]
DOWNLOADS = [
    "figures/framework-mix.csv",
    "trusts/london.csv",
    "compare.csv?each=england-and-wales&measure=oasys-15-days",
    "measures/oasys-15-days.csv",
    "measures/oasys-15-days/trend-oasys-15-days.csv",
    "ratings.csv",
    "data/ratings.csv",
    "map.csv",
    "movement/movement.csv",
    "movement/trusts.csv",
    "divergence/divergence.csv",
    "data/divergence.csv",
    "data/national.csv",
    "data/predictions.csv",
]
MOST_BYTES = 400_000
MOST_QUERIES = 12
FOR_GOOD, CHECKED = "public, max-age=31536000, immutable", "public, no-cache"


def in_release(page: str) -> str:
    return f"{SERIES}releases/1/{page or 'summary/'}"


BOTH = [address for page in PAGES for address in (SERIES + page, in_release(page))]


def opened(client, address: str) -> Element:
    response = client.get(address)
    assert response.status_code == 200, address
    return read(response.content.decode())


@pytest.mark.parametrize("address", [*BOTH, f"{SERIES}releases/", f"{SERIES}releases/1/", "/series/"])
def test_a_page_takes_at_most_12_queries_and_400_kilobytes(
    client, simulated_one, django_assert_max_num_queries, address
):
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(address)

    assert response.status_code == 200
    assert len(response.content) < MOST_BYTES


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_simulated_figures_says_so_at_its_head_in_its_title_and_at_its_foot(
    client, simulated_one, page
):
    html = opened(client, SERIES + page)

    assert html.one("title").source.startswith("Simulated: ")
    banner = html.one("section", **{"aria-label": "Standing of these figures"})
    assert banner.text.startswith("Simulated figures: none is real. A program made them up")
    assert "Read the public record instead" in banner.text
    assert "(simulated: none is real)" in html.one("footer").text
    # Style sheets give each sheet of paper a line that says so by this class.
    assert "app-is-simulated" in html.one("body").classes


@pytest.mark.parametrize("page", ["", "trusts/", "trusts/london/", "divergence/", "measures/oasys-15-days/"])
def test_no_page_of_the_record_says_that_it_is_simulated(client, simulated_one, page):
    html = client.get(f"/{page}").content.decode()

    assert "simulated" not in html.lower()


@pytest.mark.parametrize(
    "page",
    ["trusts/", "map/", "movement/", "trusts/london/", "divergence/", "measures/", "measures/oasys-15-days/"],
)
def test_every_table_of_simulated_figures_says_so_in_its_caption(client, simulated_one, page):
    captions = [
        table.one("caption").text
        for table in opened(client, SERIES + page).all("table")
        # What frameworks ask for is as real here as elsewhere.
        if table.one("caption").text != "Where it was a target"
    ]

    assert captions
    assert all(caption.endswith("Simulated figures") for caption in captions), captions


@pytest.mark.parametrize("page", ["divergence/", "movement/", "measures/oasys-15-days/", "frameworks/"])
def test_every_chart_of_simulated_figures_says_so_within_the_picture(client, simulated_one, page):
    html = opened(client, SERIES + page)
    plots = [json.loads(script.source) for script in html.all("script", type="application/json")]

    assert plots
    for plot in plots:
        assert WATERMARK in [note["text"] for note in plot["layout"]["annotations"]]
    for figure in html.all("figure"):
        assert figure.attributes["data-image"].startswith("simulated-")
        assert "Simulated figures, release 1." in figure.one("figcaption").text


@pytest.mark.parametrize("page", ["divergence/", "frameworks/", "measures/accommodation-at-termination/"])
def test_no_chart_of_the_record_says_that_it_is_simulated(client, simulated_one, page):
    for script in opened(client, f"/{page}").all("script", type="application/json"):
        assert WATERMARK not in script.source


@pytest.mark.parametrize("page", DOWNLOADS)
@pytest.mark.parametrize("place", [SERIES, f"{SERIES}releases/1/"])
def test_a_file_of_simulated_figures_says_so_in_its_name_and_in_every_row(client, simulated_one, place, page):
    response = client.get(place + page)
    lines = b"".join(response.streaming_content).decode().splitlines()

    assert re.search(r'filename="simulated-[\w-]+-release-1\.csv"', response["Content-Disposition"])
    assert len(lines) > 1
    assert all(",Simulated returns,Simulated figures,1," in line for line in lines[1:])


def test_a_file_of_one_trust_is_named_after_it(client, simulated_one):
    response = client.get(f"{SERIES}trusts/london.csv")

    assert response["Content-Disposition"] == 'attachment; filename="simulated-london-release-1.csv"'


@pytest.mark.parametrize("page", [*PAGES, *DOWNLOADS])
def test_copies_of_pages_keep_as_they_do_in_the_record(client, simulated_one, page):
    assert client.get(SERIES + page)["Cache-Control"] == CHECKED
    assert client.get(in_release(page))["Cache-Control"] == FOR_GOOD


@pytest.mark.parametrize("page", ["", "trusts/london/", "divergence/", "trusts/london.csv"])
def test_an_unchanged_page_is_not_sent_again_and_takes_at_most_two_queries(
    client, simulated_one, django_assert_max_num_queries, page
):
    etag = client.get(SERIES + page)["ETag"]

    with django_assert_max_num_queries(2):
        again = client.get(SERIES + page, headers={"If-None-Match": etag})

    assert again.status_code == 304


@pytest.mark.parametrize("page", ["", "trusts/london/", "divergence/"])
def test_the_copy_of_one_series_is_never_taken_for_that_of_another(client, simulated_one, page):
    assert client.get(f"/{page}")["ETag"] != client.get(SERIES + page)["ETag"]


def test_a_new_release_of_one_series_leaves_the_other_as_it_was(client, simulated_one):
    before = client.get("/trusts/")["ETag"]
    published(make_release(series=simulated_one.series, number=2, title="Simulated returns, release 2"))

    assert "release 2, figures as at" in opened(client, f"{SERIES}trusts/").text
    assert client.get("/trusts/", headers={"If-None-Match": before}).status_code == 304


def published(release: Release, **given) -> Release:
    values = {
        "state": ReleaseState.PUBLISHED,
        "published_at": timezone.now(),
        "published_by": make_person(role=Role.NOMS_PUBLISHER),
    }
    Release.objects.filter(pk=release.pk).update(**values | given)
    return release


def test_a_permanent_address_stays_in_its_series(client, simulated_one):
    for address in (f"{SERIES}trusts/london/", f"{SERIES}releases/1/trusts/london/"):
        permanent = opened(client, address).one("footer").one("span", **{"class": "app-break"}).text
        assert permanent == f"http://testserver{SERIES}releases/1/trusts/london/"

    year = opened(client, f"{SERIES}divergence/?year=2010-11").one("footer").text
    assert f"http://testserver{SERIES}releases/1/divergence/?year=2010-11" in year


@pytest.mark.parametrize(
    ("page", "record"),
    [
        ("trusts/london/", "/trusts/london/"),
        ("releases/1/trusts/london/", "/trusts/london/"),
        ("measures/oasys-15-days/", "/measures/oasys-15-days/"),
        ("divergence/?year=2010-11", "/divergence/"),
        ("releases/", "/releases/"),
        ("releases/1/", "/"),
    ],
)
def test_the_banner_leads_to_the_same_page_of_the_record(client, simulated_one, page, record):
    banner = opened(client, SERIES + page).one("section", **{"aria-label": "Standing of these figures"})

    assert banner.one("a").attributes["href"] == record


def test_the_list_of_series_tells_their_standing_and_leads_to_each(client, simulated_one):
    html = opened(client, "/series/")
    links = {link.text: link.attributes["href"] for link in html.one("main").all("a")}

    assert links == {"Public record": "/", "Simulated returns": SERIES}
    assert "Simulated figures: none is real." in html.one("main").text


def test_releases_are_listed_by_series(client, simulated_one):
    record, series = opened(client, "/releases/"), opened(client, f"{SERIES}releases/")

    assert [row["Release"].text for row in rows_of(record.one("table"))] == ["Public record, release 1"]
    assert [(row["Release"].text, row["Release"].link) for row in rows_of(series.one("table"))] == [
        ("Simulated returns, release 1", f"{SERIES}releases/1/")
    ]


def test_a_release_tells_of_its_returns_and_how_to_prove_it(client, simulated_one):
    text = opened(client, f"{SERIES}releases/1/").one("main").text

    assert "from 1 return, and " in text
    assert "verify_release 1 --series simulated" in text


@pytest.mark.parametrize(
    "page", ["", "trusts/", "trusts/london/", "releases/", "releases/1/", "trusts/london.csv"]
)
def test_an_unknown_series_is_not_found_and_a_sentence_says_which(client, simulated_one, page):
    response = client.get(f"/series/atlantis/{page}")
    main = read(response.content.decode()).one("main")

    assert response.status_code == 404
    assert "There is no series 'atlantis'." in main.text
    assert "simulated" not in response.content.decode().lower()
    assert {link.attributes["href"] for link in main.all("a")} == {"/", "/trusts/", "/measures/"}


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("trusts/nowhere/", "There is no organisation 'nowhere'."),
        ("measures/nothing.csv", "There is no measure 'nothing'."),
        ("divergence/nothing.csv", "There is no figure 'nothing'."),
        ("releases/7/", "There is no published release 7."),
        ("releases/7/trusts/", "There is no published release 7."),
        ("nowhere/", ""),
        ("releases/one/", ""),
    ],
)
def test_what_is_not_found_in_a_series_leads_on_within_it(client, simulated_one, page, sentence):
    response = client.get(SERIES + page)
    html = read(response.content.decode())

    assert response.status_code == 404
    assert sentence in html.one("main").text
    assert html.one("title").source.startswith("Simulated: ")
    assert all(link.attributes["href"].startswith(SERIES) for link in html.one("main").all("a"))
    assert (
        html.one("section", **{"aria-label": "Standing of these figures"}).one("a").attributes["href"] == "/"
    )


def test_what_is_not_found_in_a_numbered_release_of_a_series_leads_on_within_it(client, simulated_one):
    main = read(client.get(f"{SERIES}releases/1/trusts/nowhere/").content.decode()).one("main")

    assert all(link.attributes["href"].startswith(f"{SERIES}releases/1/") for link in main.all("a"))


@pytest.mark.parametrize("figure", ["national-targets", "accommodation", "workload"])
def test_figures_about_what_was_published_are_of_the_record_alone(client, simulated_one, figure):
    assert client.get(f"/figures/{figure}.csv").status_code == 200
    assert client.get(f"{SERIES}figures/{figure}.csv").status_code == 404


@pytest.mark.parametrize(
    ("page", "bare"),
    [
        ("", "/"),
        ("trusts/", "/trusts/"),
        ("trusts/?region=south-west-region", "/trusts/?region=south-west-region"),
        ("trusts/wales.csv", "/trusts/wales.csv"),
        ("measures/binary-rate/trend-binary-rate.csv", "/measures/binary-rate/trend-binary-rate.csv"),
        ("releases/", "/releases/"),
        ("releases/1/", "/releases/1/"),
        ("releases/1/summary/", "/releases/1/summary/"),
        ("releases/1/trusts/wales/", "/releases/1/trusts/wales/"),
    ],
)
def test_the_record_has_one_address_for_each_page(client, release_one, page, bare):
    response = client.get(f"/series/public-record/{page}")

    assert (response.status_code, response["Location"]) == (301, bare)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_page_of_a_series_is_only_for_reading(client, simulated_one, method):
    for address in (SERIES, "/series/", "/series/public-record/trusts/"):
        assert getattr(client, method)(address).status_code == 405


@pytest.fixture
def draft(release_one) -> Release:
    return make_release(number=1, series=make_series(slug="trust-returns", standing="management-information"))


@pytest.mark.parametrize("page", ["", "trusts/", "divergence/", "releases/", "trusts/wales.csv"])
def test_a_series_of_drafts_alone_says_that_there_is_no_release_yet(client, draft, page):
    response = client.get(f"/series/trust-returns/{page}")

    assert response.status_code == 503
    assert read(response.content.decode()).one("h1").text == "There is no release yet"


@pytest.mark.parametrize("page", ["", "summary/", "trusts/", "trusts/wales.csv"])
def test_a_draft_of_a_series_is_not_for_readers(client, draft, page):
    assert client.get(f"/series/trust-returns/releases/1/{page}").status_code == 404


def test_a_series_of_drafts_alone_is_not_listed(client, draft):
    assert draft.series.title not in opened(client, "/series/").text


def test_a_withdrawn_release_of_a_series_says_so_and_leaves_the_list(client, simulated_one):
    Release.objects.filter(pk=simulated_one.pk).update(
        state=ReleaseState.WITHDRAWN,
        withdrawn_at=timezone.now(),
        withdrawn_by=make_person(role=Role.NOMS_PUBLISHER),
        withdrawal_reason="The seed was wrong.",
    )

    assert (
        "This release was withdrawn: The seed was wrong." in opened(client, in_release("trusts/london/")).text
    )
    assert client.get(SERIES).status_code == 503
    assert "Simulated returns" not in opened(client, "/series/").text
    assert "Withdrawn" in opened(client, f"{SERIES}releases/").text


def test_a_correction_within_a_series_links_within_it(client, simulated_one):
    published(
        make_release(
            series=simulated_one.series,
            number=2,
            title="Simulated returns, release 2",
            corrects=simulated_one,
            correction_reason="A slip.",
        )
    )

    banner = opened(client, f"{SERIES}releases/1/trusts/london/")
    assert "This release was corrected by release 2." in banner.text
    assert f"{SERIES}releases/2/" in {link.attributes["href"] for link in banner.all("a")}
    corrects = opened(client, f"{SERIES}releases/2/").one("dl").one("a", href=f"{SERIES}releases/1/")
    assert corrects.text == "Simulated returns, release 1"


def test_a_series_of_real_figures_has_neither_banner_nor_watermark(client, release_one):
    series = make_series(slug="trust-returns", title="Trust returns", standing="management-information")
    release = make_release(series=series, number=1, title="Trust returns, release 1")
    published(release)

    html = opened(client, "/series/trust-returns/")

    assert "Management information Release 1, figures as at" in html.text
    assert "simulated" not in client.get("/series/trust-returns/").content.decode().lower()
    assert "Every figure has its source." not in html.text


def test_figures_of_two_series_never_stand_on_one_page(client, release_one):
    """The same organisation, measure and period in both, with values that give away whose they are."""
    organisation, measure = make_organisation(slug="both"), make_measure(code="in-both")
    whose = {release_one.series: 41.25, make_series(slug="other", standing="simulated"): 83.75}
    for series, value in whose.items():
        release = make_release(series=series, number=9)
        observation = make_observation(
            measure=measure,
            organisation=organisation,
            value=value,
            numerator=None,
            denominator=None,
            trust_return=make_trust_return(series=series, organisation=organisation),
        )
        make_indicator_result(release=release, observation=observation, value=value)
        published(release)
    Measure.objects.filter(pk=measure.pk).update(decimals=2)

    for page in ("trusts/both/", "measures/in-both/", "trusts/both.csv", "measures/in-both.csv"):
        for place, own, other in (("/", "41.25", "83.75"), ("/series/other/", "83.75", "41.25")):
            text = text_of(client.get(place + page))
            assert own in text, (place, page)
            assert other not in text, (place, page)


def text_of(response) -> str:
    assert response.status_code == 200
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode()


def test_a_release_of_a_series_without_results_is_a_page(client, release_one):
    """A release that says nothing says so, and breaks nowhere."""
    release = make_release(series=make_series(slug="empty", standing="simulated"), number=1)
    published(release)

    assert "says nothing of all organisations together" in opened(client, "/series/empty/").text
    assert "This release places no organisation" in opened(client, "/series/empty/divergence/").text
    assert "This series has no figure about London Probation Trust." in (
        opened(client, "/series/empty/trusts/london/").text
    )
    assert "This series has no figure for this measure." in (
        opened(client, "/series/empty/measures/oasys-15-days/").text
    )
    for page in ("trusts/", "measures/", "frameworks/", "releases/", "releases/1/"):
        opened(client, f"/series/empty/{page}")
    for page in ("trusts/hertfordshire-area.csv", "data/national.csv", "measures/binary-rate.csv"):
        assert client.get(f"/series/empty/{page}").status_code == 200, page
