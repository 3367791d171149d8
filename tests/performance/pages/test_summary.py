"""The summary for people who quote it: numbered paragraphs, addresses, citations, charts, releases."""

import re

import pytest
from django.utils import timezone

from performance.models import Release, ReleaseState
from performance.releases.citation import cited_as
from tests.factories import make_person, make_release, make_series
from tests.performance.pages.reading import Element, headings, read
from tests.performance.pages.simulated import SLUG
from trusts.models import Role

RECORD, SIMULATED = "/", f"/series/{SLUG}/"
SUMMARIES = [RECORD, SIMULATED, "/releases/1/summary/", f"{SIMULATED}releases/1/summary/"]
MOST_QUERIES = 12
FIGURES = {
    RECORD: {
        "framework-mix",
        "national-targets",
        "accommodation",
        "timeliness-beside-reoffending",
        "workload",
    },
    SIMULATED: {"divergence", "reoffending-by-trust", "process-and-outcome", "bands", "framework-mix"},
}


@pytest.fixture
def opened(client, simulated_one):
    def open_page(address: str) -> Element:
        response = client.get(address)
        assert response.status_code == 200
        return read(response.content.decode())

    return open_page


def paragraphs(page: Element) -> list[Element]:
    (listed,) = [one for one in page.all("ol") if "app-paragraphs" in one.classes]
    return [item for item in listed.all("li") if "app-paragraphs__item" in item.classes]


def correction_of(release: Release, **given) -> Release:
    values = {
        "series": release.series,
        "number": 2,
        "title": "Public record, release 2",
        "state": ReleaseState.PUBLISHED,
        "published_at": timezone.now(),
        "published_by": make_person(role=Role.NOMS_PUBLISHER),
        "corrects": release,
        "correction_reason": "A figure of Kent was misread.",
        "changes": ["Release 2 differs from release 1: 1 figure.", "binary-rate, kent: value 14, now 15"],
    }
    return make_release(**values | given)


@pytest.mark.parametrize("address", SUMMARIES)
def test_a_summary_takes_at_most_12_queries(client, simulated_one, django_assert_max_num_queries, address):
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", SUMMARIES)
def test_every_paragraph_has_its_number_a_permanent_link_and_a_citation(opened, address):
    page = opened(address)
    in_series = SIMULATED if address.startswith(SIMULATED) else "/"
    found = paragraphs(page)

    assert len(found) >= 5
    for number, item in enumerate(found, start=1):
        slug = item.attributes["id"]
        permanent = f"http://testserver{in_series}releases/1/summary/#{slug}"
        link = next(a for a in item.all("a") if a.text == f"Link to paragraph {number}")
        assert link.attributes["href"] == permanent
        (citation,) = [p.text for p in item.all("p") if "data-copy-text" in p.attributes]
        assert citation.endswith(f", paragraph {number}, {permanent}")


def test_a_citation_is_the_words_that_whoever_quotes_it_needs(opened, release_one):
    (citation,) = [p.text for p in paragraphs(opened("/"))[2].all("p") if "data-copy-text" in p.attributes]
    day = f"{release_one.figures_as_at.day} {release_one.figures_as_at:%B %Y}"

    assert citation == (
        f"Probation performance, Public record, release 1, figures as at {day}, paragraph 3, "
        "http://testserver/releases/1/summary/#targets-met"
    )


def test_the_citation_of_a_simulated_paragraph_says_that_none_is_real(opened):
    for item in paragraphs(opened(SIMULATED)):
        (citation,) = [p.text for p in item.all("p") if "data-copy-text" in p.attributes]
        assert "(simulated: none is real), paragraph" in citation


@pytest.mark.parametrize("address", SUMMARIES)
def test_the_permanent_link_of_a_paragraph_leads_to_it(client, opened, address):
    for item in paragraphs(opened(address)):
        link = next(a for a in item.all("a") if a.text.startswith("Link to paragraph"))
        path, _, slug = link.attributes["href"].removeprefix("http://testserver").partition("#")
        there = opened(path)
        assert there.one(id=slug).all("p")[0].text == item.all("p")[0].text


@pytest.mark.parametrize("address", SUMMARIES)
def test_the_button_that_copies_waits_for_its_script_and_the_text_does_not(opened, address):
    page = opened(address)
    buttons = [b for b in page.all("button") if "data-copy-button" in b.attributes]

    assert len(buttons) == len(paragraphs(page))
    assert all("hidden" in button.attributes for button in buttons)
    assert all(
        span.attributes["role"] == "status"
        for span in page.all("span")
        if "data-copy-done" in span.attributes
    )
    assert any(
        script.attributes.get("src", "").endswith("copy.js") or "copy." in script.attributes.get("src", "")
        for script in page.all("script")
    )


@pytest.mark.parametrize("address", [RECORD, SIMULATED])
def test_the_charts_of_a_summary_are_four_or_five_each_with_a_table_and_a_file(client, opened, address):
    page = opened(address)
    figures = {figure.attributes["data-chart"]: figure for figure in page.all("figure")}

    assert set(figures) == FIGURES[address]
    for name, figure in figures.items():
        assert figure.all("table"), name
        (file,) = [a.attributes["href"] for a in figure.all("a") if a.attributes["href"].endswith(".csv")]
        response = client.get(file)
        assert response.status_code == 200
        assert b"".join(response.streaming_content).count(b"\n") > 1, name


@pytest.mark.parametrize("address", [RECORD, SIMULATED])
def test_every_chart_says_how_it_was_worked_out(opened, address):
    for figure in opened(address).all("figure"):
        name = figure.attributes["data-chart"]
        (worked,) = [one for one in figure.all("details") if "app-worked-out" in one.classes]
        assert worked.text.startswith("How was this worked out?"), name
        links = [a.attributes["href"] for a in worked.all("a")]
        assert any(link.startswith("/methods/") for link in links), name
        assert any(link.endswith("releases/1/") for link in links), name
        assert re.search(r"\d+ rows? of the table", worked.text), name
        assert re.search(r"Release 1, figures as at \d+ \w+ \d{4}, code \w+", worked.text), name


def test_the_way_a_figure_was_worked_out_has_the_numbers_of_one_row(opened):
    page = opened("/")
    funnel = page.one("figure", id="chart-accommodation")
    (worked,) = [one for one in funnel.all("details") if "app-worked-out" in one.classes]

    assert "Avon and Somerset, April to July 2009: 479 of 692 is 69.2%" in worked.text


def test_simulated_figures_say_in_their_working_out_that_they_were_made_up(opened):
    for figure in opened(SIMULATED).all("figure"):
        assert "They were made up: The simulated series" in figure.text
    assert "made up" not in opened("/").one("main").text


def test_the_first_line_of_a_series_is_what_its_figures_find(opened):
    title = opened(SIMULATED).one("h1").text

    assert re.match(r"(\d+|None) of \d+ trusts (met (its|their) targets in 2012-13 with|can be named)", title)
    assert "80% likely or more" in title


def test_a_series_that_places_nobody_is_headed_by_its_name(client, release_one):
    series = make_series(slug="empty", standing="simulated", title="Nothing yet")
    make_release(
        series=series,
        number=1,
        state=ReleaseState.PUBLISHED,
        published_at=timezone.now(),
        published_by=make_person(role=Role.NOMS_PUBLISHER),
    )
    page = read(client.get("/series/empty/").content.decode())

    assert page.one("h1").text == "Nothing yet"
    assert "says nothing of all organisations together" in page.text


@pytest.mark.parametrize("address", SUMMARIES)
def test_a_summary_lists_the_release_that_is_read(opened, address):
    text = opened(address).one("main").text

    assert re.search(
        r"Release 1, which you are reading: published \d+ \w+ \d{4}, figures as at \d+ \w+ \d{4}\. "
        "New figures",
        text,
    )


def test_a_correction_is_listed_with_what_changed_newest_first(client, release_one):
    correction_of(release_one)
    (listed,) = [
        one for one in read(client.get("/").content.decode()).all("ol") if "app-releases" in one.classes
    ]
    newest, oldest = (item.text for item in listed.all("li"))

    assert newest.startswith("Release 2, which you are reading:")
    assert (
        "Corrects release 1: A figure of Kent was misread. Release 2 differs from release 1: 1 figure."
        in newest
    )
    assert oldest.startswith("Release 1: published")


def test_a_numbered_summary_never_speaks_of_later_releases(client, release_one):
    """It is kept for good, so it may only say what was so when it came out."""
    before = read(client.get("/releases/1/summary/").content.decode()).one("main").text
    correction_of(release_one, corrects=None, correction_reason="", changes=[])
    after = read(client.get("/releases/1/summary/").content.decode()).one("main").text

    assert after == before


@pytest.mark.parametrize("address", SUMMARIES)
def test_a_summary_skips_no_level_of_heading(opened, address):
    levels = headings(opened(address))

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_the_foot_of_a_page_cites_it_in_the_same_words(opened, simulated_one):
    assert f"{cited_as(simulated_one)}." in opened(SIMULATED).one("footer").text
    assert "(simulated: none is real)" in cited_as(simulated_one)
