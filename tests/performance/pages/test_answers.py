"""How the site answers what isn't a plain visit: headers, copies kept, wrong addresses."""

import datetime
import json
import re

import pytest
from django.test import Client
from django.urls import include, path
from django.utils import timezone

from performance.models import Release, ReleaseState
from performance.pages.errors import fault as handler500  # noqa: F401
from performance.pages.errors import not_found as handler404  # noqa: F401
from tests.factories import make_person, make_release
from tests.performance.pages.addresses import BOTH, DOWNLOADS, PAGES, bare, numbered
from tests.performance.pages.reading import read
from trusts.models import Organisation, Role

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
FOR_GOOD = "public, max-age=31536000, immutable"
CHECKED = "public, no-cache"
KINDS = ["", "trusts/", "trusts/hertfordshire/", "measures/", "measures/binary-rate/", "frameworks/"]
BAD_NAME = '=<script>alert("&")</script>, O\'Hara'


def fails(request):
    raise RuntimeError("A fault.")


# The site's own addresses and one that fails, for tests that ask for these.
urlpatterns = [path("fails/", fails), path("", include("noms_dashboard.urls"))]


def release_two(**given) -> Release:
    values = {
        "number": 2,
        "title": "Public record, release 2",
        "state": ReleaseState.PUBLISHED,
        "published_at": timezone.now(),
        "published_by": make_person(role=Role.NOMS_PUBLISHER),
        "digest": "1" * 64,
    }
    return make_release(**values | given)


def withdraw(release: Release) -> None:
    Release.objects.filter(pk=release.pk).update(
        state=ReleaseState.WITHDRAWN,
        withdrawn_at=timezone.now(),
        withdrawn_by=make_person(role=Role.NOMS_PUBLISHER),
        withdrawal_reason="The budgets were in pounds, not thousands.",
    )


def policy(response) -> set[str]:
    return {
        directive.strip() for directive in response["Content-Security-Policy"].split(";") if directive.strip()
    }


def directives(response) -> dict[str, set[str]]:
    parts = (directive.split() for directive in policy(response))
    return {name: set(values) for name, *values in parts}


def expected_policy() -> dict[str, set[str]]:
    return {name: set(values) for name, *values in (part.split() for part in POLICY.split(";"))}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        *((address, 200) for address in ("/", "/releases/1/summary/", "/releases/", "/releases/1/")),
        *((bare(page), 200) for page in DOWNLOADS),
        ("/nowhere/", 404),
        ("/trusts/nowhere/", 404),
        ("/releases/7/", 404),
        ("/trusts", 301),
    ],
)
def test_every_answer_carries_the_strict_policy(client, release_one, address, status):
    response = client.get(address)

    assert response.status_code == status
    assert directives(response) == expected_policy()


def test_an_unchanged_page_carries_the_strict_policy(client, release_one):
    unchanged = client.get("/", headers={"If-None-Match": client.get("/")["ETag"]})

    assert unchanged.status_code == 304
    assert directives(unchanged) == expected_policy()


@pytest.mark.urls(__name__)
def test_a_fault_says_so_in_a_sentence_under_the_strict_policy(release_one):
    response = Client(raise_request_exception=False).get("/fails/")

    assert response.status_code == 500
    assert "The fault is ours and has been written to the log." in read(response.content.decode()).text
    assert "RuntimeError" not in response.content.decode()
    assert directives(response) == expected_policy()


@pytest.mark.parametrize("address", ["/", "/releases/1/trusts/", "/releases/", "/measures/binary-rate.csv"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_a_page_is_only_for_reading(client, release_one, method, address):
    response = getattr(client, method)(address)

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("address", ["/", "/releases/1/trusts/hertfordshire/", "/releases/1/"])
def test_head_answers_as_get_does_without_the_page(client, release_one, address):
    head, get = client.head(address), client.get(address)

    assert (head.status_code, head.content) == (200, b"")
    assert (head["ETag"], head["Cache-Control"]) == (get["ETag"], get["Cache-Control"])


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("trusts/nowhere/", "There is no organisation 'nowhere'."),
        ("trusts/nowhere.csv", "There is no organisation 'nowhere'."),
        ("measures/nothing/", "There is no measure 'nothing'."),
        ("measures/nothing.csv", "There is no measure 'nothing'."),
        ("measures/binary-rate/nothing.csv", "There is no figure 'nothing'."),
        ("measures/nothing/nothing.csv", "There is no "),
        ("frameworks/nothing/", "There is no framework 'nothing'."),
        ("figures/nothing.csv", "There is no figure 'nothing'."),
    ],
)
@pytest.mark.parametrize("place", [bare, numbered])
def test_an_unknown_name_is_not_found_and_a_sentence_says_what(client, release_one, place, page, sentence):
    response = client.get(place(page))

    assert response.status_code == 404
    assert sentence in read(response.content.decode()).one("main").text


@pytest.mark.parametrize("page", ["", "trusts/", "summary/", "measures/binary-rate.csv"])
@pytest.mark.parametrize("number", ["2", "7"])
def test_an_unknown_release_is_not_found_and_a_sentence_says_which(client, release_one, number, page):
    response = client.get(f"/releases/{number}/{page}")

    assert response.status_code == 404
    assert f"There is no published release {number}." in read(response.content.decode()).one("main").text


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere/",
        "/trusts/a/b/",
        "/releases/one/",
        "/releases/0/",
        "/releases/01/",
        "/releases/99999999999999999999/trusts/",
        "/trusts/%00/",
        "/trusts/é/",
    ],
)
def test_an_address_that_means_nothing_is_not_found_and_the_page_says_where_to_start(
    client, release_one, address
):
    response = client.get(address)

    assert response.status_code == 404
    assert "Check the address, or start from the summary" in read(response.content.decode()).one("main").text


def test_a_page_that_is_not_found_in_a_release_links_within_it(client, release_one):
    page = read(client.get("/releases/1/trusts/nowhere/").content.decode())
    about_no_release = {
        "#main-content",
        *("/returns/", "/about/", "/api/", "/methods/", "/glossary/", "/series/"),
    }
    links = {link.attributes["href"] for link in page.all("a")} - about_no_release

    assert all(link.startswith("/releases/") for link in links), links


@pytest.mark.parametrize("page", ["", "summary/", "trusts/", "trusts/hertfordshire.csv"])
def test_a_draft_is_not_for_readers(client, release_one, page):
    release_two(series=release_one.series, state=ReleaseState.DRAFT, published_at=None, published_by=None)

    assert client.get(f"/releases/2/{page}").status_code == 404
    assert "release 2" not in client.get("/releases/").content.decode()
    assert "release 1, figures as at" in read(client.get("/").content.decode()).text


def test_the_bare_address_shows_the_newest_published_release(client, release_one):
    release_two(series=release_one.series, figures_as_at=datetime.date(2030, 1, 2))

    assert "release 2, figures as at 2 January 2030" in read(client.get("/trusts/").content.decode()).text
    assert "release 1, figures as at" in read(client.get("/releases/1/trusts/").content.decode()).text


def test_a_correction_says_what_it_corrects(client, release_one):
    release_two(series=release_one.series, corrects=release_one, correction_reason="A slip.")

    assert "Corrects release 1: A slip." in read(client.get("/releases/").content.decode()).text
    page = read(client.get("/releases/2/").content.decode())
    assert page.one("dl").one("a", href="/releases/1/").text == release_one.title


@pytest.mark.parametrize("page", ["", "summary/", "trusts/hertfordshire/", "measures/binary-rate/"])
def test_a_withdrawn_release_says_so_and_why_on_its_pages(client, release_one, page):
    release_two(series=release_one.series)
    withdraw(release_one)

    response = client.get(f"/releases/1/{page}")
    text = read(response.content.decode()).text

    assert "This release was withdrawn: The budgets were in pounds, not thousands." in text
    assert response["Cache-Control"] == CHECKED


def test_a_release_that_is_withdrawn_is_no_longer_current(client, release_one):
    withdraw(release_one)

    assert client.get("/").status_code == 503
    assert client.get("/releases/1/").status_code == 200


@pytest.mark.parametrize("page", [*PAGES, *DOWNLOADS])
def test_a_bare_page_is_checked_with_each_visit_and_a_numbered_one_is_kept_for_good(
    client, release_one, page
):
    assert client.get(bare(page))["Cache-Control"] == CHECKED
    assert client.get(numbered(page))["Cache-Control"] == FOR_GOOD


@pytest.mark.parametrize("address", ["/releases/", *BOTH[:8], "/measures/binary-rate.csv"])
def test_an_unchanged_page_is_not_sent_again_and_takes_at_most_two_queries(
    client, release_one, django_assert_max_num_queries, address
):
    first = client.get(address)

    with django_assert_max_num_queries(2):
        again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Cache-Control"] == first["Cache-Control"]


def test_a_compressed_page_is_not_sent_again_either(client, release_one):
    compressed = {"Accept-Encoding": "gzip"}
    first = client.get("/", headers=compressed)
    again = client.get("/", headers=compressed | {"If-None-Match": first["ETag"]})

    assert first["Content-Encoding"] == "gzip"
    assert again.status_code == 304


@pytest.mark.parametrize("page", ["", "trusts/", "measures/binary-rate.csv", "releases/"])
def test_a_new_release_makes_bare_pages_new(client, release_one, page):
    before = client.get(bare(page))["ETag"]
    release_two(series=release_one.series)

    after = client.get(bare(page), headers={"If-None-Match": before})

    assert (after.status_code, after["ETag"] == before) == (200, False)


def test_a_withdrawal_makes_pages_of_that_release_new(client, release_one):
    before = client.get("/releases/1/trusts/")["ETag"]
    withdraw(release_one)

    assert client.get("/releases/1/trusts/", headers={"If-None-Match": before}).status_code == 200


def test_a_withdrawal_makes_the_list_of_releases_new(client, release_one):
    release_two(series=release_one.series)
    before = client.get("/releases/")["ETag"]
    withdraw(release_one)

    response = client.get("/releases/", headers={"If-None-Match": before})

    assert response.status_code == 200
    assert "Withdrawn" in read(response.content.decode()).text


def test_the_data_of_organisations_and_the_code_that_follows_them_count_as_the_version_of_the_site():
    from performance.exports.site_version import DECIDING, ROOT

    deciding = {path for pattern in DECIDING for path in ROOT.glob(pattern)}

    for needed in ("trusts/history.py", "trusts/data/successions.csv", "trusts/data/organisations.csv"):
        assert ROOT / needed in deciding, needed


def test_a_release_lists_its_tables_its_digest_and_how_to_prove_it(client, release_one):
    text = read(client.get("/releases/1/").content.decode()).text

    assert "644 figures from 18 tables" in text
    assert release_one.digest in text
    assert "python manage.py verify_release 1" in text


@pytest.fixture
def badly_named(release_one) -> Organisation:
    Organisation.objects.filter(slug="hertfordshire-area").update(name=BAD_NAME)
    return Organisation.objects.get(slug="hertfordshire-area")


@pytest.mark.parametrize(
    "page",
    [
        "",
        "trusts/",
        "trusts/hertfordshire-area/",
        "trusts/hertfordshire/",
        "measures/accommodation-at-termination/",
    ],
)
def test_a_name_is_never_taken_for_markup(client, badly_named, page):
    html = client.get(bare(page)).content.decode()

    assert "<script>alert" not in html
    assert BAD_NAME in read(html).text


def test_a_name_comes_whole_out_of_the_data_of_a_chart(client, badly_named):
    html = client.get(bare("measures/accommodation-at-termination/")).content.decode()
    (block,) = read(html).all("script", type="application/json")

    assert not re.search(r"[<>&]", block.source)
    assert BAD_NAME in json.dumps(json.loads(block.source), ensure_ascii=False).replace('\\"', '"')
