"""The pages of methods: each can be come to, is whole, and leads on."""

import re

import pytest

from performance.help.methods import ALL, BY_SLUG
from tests.performance.pages.reading import NEVER_WRITTEN, Element, headings, read

# What each page of a method is in, by the ids of its parts. The simulation has no formula.
PARTS = ["in-words", "formula", "example", "refused", "traps", "source"]


def opened(client, address: str) -> Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Cache-Control"] == "public, no-cache"
    return read(response.content.decode())


def test_the_list_of_methods_leads_to_each_with_its_question(client, db):
    page = opened(client, "/methods/")
    links = {link.text: link.attributes["href"] for link in page.one("main").all("a")}

    for method in ALL:
        assert links[method.title] == f"/methods/{method.slug}/"
        assert method.question in page.text


@pytest.mark.parametrize("slug", BY_SLUG)
def test_a_method_has_all_of_its_parts_in_order(client, db, slug):
    page = opened(client, f"/methods/{slug}/")
    parts = [section.attributes["id"] for section in page.one("main").all("section")]

    assert parts == [part for part in PARTS if part != "formula" or slug != "simulation"]
    assert all(
        section.all("p")
        for section in page.one("main").all("section")
        if section.attributes["id"] != "formula"
    )
    assert (page.one("h1").text, headings(page)[0]) == (BY_SLUG[slug].title, 1)
    for function in BY_SLUG[slug].functions:
        assert f"performance.{function}" in page.one("section", id="source").text


@pytest.mark.parametrize("slug", [slug for slug in BY_SLUG if slug != "simulation"])
def test_a_formula_can_be_read_aloud_and_each_of_its_signs_is_explained(client, db, slug):
    formula = opened(client, f"/methods/{slug}/").one("section", id="formula")

    assert formula.all("math")
    # Shown as a formula by the browser itself: no picture, no script.
    assert not formula.all("img", "svg", "script")
    (signs,) = formula.all("dl") or [None]
    if slug != "audit-signals":
        assert signs is not None
        assert len(signs.all("dt")) == len(signs.all("dd")) > 0


@pytest.mark.parametrize("slug", BY_SLUG)
def test_no_page_of_a_method_shows_what_a_template_lets_slip(client, db, slug):
    assert not re.search(NEVER_WRITTEN, opened(client, f"/methods/{slug}/").text)


@pytest.mark.parametrize("slug", ["nothing", "ratings2"])
def test_an_unknown_method_is_not_found_and_a_sentence_says_which(client, db, slug):
    response = client.get(f"/methods/{slug}/")

    assert response.status_code == 404
    assert f"There is no method '{slug}'." in read(response.content.decode()).one("main").text


@pytest.mark.parametrize("address", ["/methods/", "/methods/ratings/", "/glossary/", "/about/"])
def test_what_explains_needs_no_release_and_no_query(client, db, django_assert_num_queries, address):
    with django_assert_num_queries(0):
        opened(client, address)


@pytest.mark.parametrize("address", ["/methods/", "/methods/ratings/", "/glossary/", "/about/"])
def test_what_explains_is_not_sent_again_unchanged(client, db, address):
    first = client.get(address)

    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("address", ["/methods/", "/methods/ratings/", "/glossary/", "/about/"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_what_explains_is_only_for_reading(client, db, method, address):
    assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize("address", ["/", "/series/simulated/", "/methods/", "/releases/"])
def test_every_page_leads_to_methods_glossary_and_what_this_is(client, simulated_one, address):
    page = read(client.get(address).content.decode())
    (footer,) = [one for one in page.all("footer") if "app-footer" in one.classes]
    foot = {link.attributes["href"] for link in footer.all("a")}

    assert {"/about/", "/methods/", "/glossary/", "/series/"} <= foot
