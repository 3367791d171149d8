"""The glossary: short, in order, and every fact with how sure it is."""

import re

import pytest

from performance.help.glossary import Term, terms
from performance.help.methods import BY_SLUG
from tests.performance.pages.reading import read
from trusts.certainty import Certainty

NEEDED = (
    "oasys",
    "ptrs",
    "ippf",
    "offender-manager",
    "tier",
    "cohort",
    "attainment",
    "predicted-rate",
    "band",
    "release",
    "figures-as-at",
    "numerator",
)
LONGEST = 60  # words


@pytest.fixture
def page(client, db):
    response = client.get("/glossary/")
    assert response.status_code == 200
    return read(response.content.decode())


def test_the_words_of_the_field_are_there_in_the_order_of_the_alphabet():
    slugs = [term.slug for term in terms()]

    assert set(NEEDED) <= set(slugs)
    assert len(set(slugs)) == len(slugs)
    assert [term.term.lower() for term in terms()] == sorted(term.term.lower() for term in terms())


@pytest.mark.parametrize("term", terms(), ids=lambda term: term.slug)
def test_a_meaning_is_short_and_ends_as_a_sentence(term: Term):
    assert len(term.meaning.split()) <= LONGEST
    assert term.meaning.endswith(".")
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", term.slug)


@pytest.mark.parametrize("term", terms(), ids=lambda term: term.slug)
def test_a_term_names_only_what_there_is(term: Term):
    assert term.method in {"", *BY_SLUG}
    assert term.certainty in {"", *Certainty.values()}
    # A source says how sure it is of the fact; an address is that of a source.
    assert not term.source or term.certainty
    assert not term.address or term.source
    assert not term.address or term.address.startswith("http")


def test_a_fact_that_is_not_read_in_its_source_says_so(page):
    text = page.one(id="tier").text

    assert text.endswith("from memory, not verified.")


def test_every_term_has_a_place_of_its_own_with_its_source(page):
    for term in terms():
        entry = page.one(id=term.slug)
        assert entry.one("dt").text == term.term
        assert term.meaning in entry.text
        links = [link.attributes["href"] for link in entry.all("a")]
        if term.address:
            assert term.address in links
        if term.method:
            assert f"/methods/{term.method}/" in links
