"""Every page that a reader can come to from the first, in the current release and in a numbered one,
in the public record and in the simulated series."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import resolve

from performance.models import Framework, Measure
from tests.performance.pages.reading import NEVER_WRITTEN, Element, headings, read
from trusts.models import Organisation

RECORD, SIMULATED = "/", "/series/simulated/"
IN_RELEASE = "releases/1/"
# Each stands by itself: readers who follow links stay in one until they choose another.
STARTS = [start + inside for start in (RECORD, SIMULATED) for inside in ("", IN_RELEASE)]
# About no series, so that pages of every series lead there.
ALL_SERIES, METHODS = "/series/", "/methods/"
OF_NO_SERIES = (ALL_SERIES, METHODS, "/glossary/", "/about/", "/api/")
FOR_PEOPLE_WHO_SIGN_IN = ("/returns/", "/account/tokens/")
FOR_PROGRAMS = "/api/v1/"
# As the standing of a series is told at the head of its pages.
STANDINGS = {RECORD: "Public record", SIMULATED: "Simulated figures"}
# In a numbered release so many pages of a kind, as they come of the same views; each of them is read once by
# tests/browser/test_crawl.py.
FEW = 10
# Of these a page is linked only where there are figures of them.
ONLY_WITH_FIGURES = "peer-group"


@dataclass(frozen=True)
class Facts:
    """What is kept of a page: the trees of all pages together would fill the memory."""

    status: int
    links: list[str]
    assets: list[str]
    ids: list[str]
    headings: list[int]
    titles: list[str]
    text: str
    data: list[str]
    unlabelled: list[str]


def facts(address: str, status: int, html: str) -> Facts:
    page = read(html)
    return Facts(
        status=status,
        links=[link for link in _addresses(page, address, "a", "href") if link.startswith("/")],
        assets=[*_addresses(page, address, "link", "href"), *_addresses(page, address, "script", "src")],
        ids=[element.attributes["id"] for element in page.all() if "id" in element.attributes],
        headings=headings(page),
        titles=[title.source for title in page.all("title")],
        text=page.text,
        data=[script.source for script in page.all("script", type="application/json")],
        unlabelled=[link.attributes["href"] for link in page.all("a") if not link.text],
    )


def _addresses(page: Element, address: str, tag: str, attribute: str) -> list[str]:
    # A comparison leads to those with one thing less, and each of them to more: a crawler is told to
    # leave these, and their own tests follow them.
    elements = [one for one in page.all(tag) if one.attributes.get("rel") != "nofollow"]
    found = (element.attributes.get(attribute, "") for element in elements)
    links = (urljoin(address, one).partition("#")[0] for one in found if one and not one.startswith("#"))
    return [
        link for link in links if link not in FOR_PEOPLE_WHO_SIGN_IN and not link.startswith(FOR_PROGRAMS)
    ]


def crawl(client: Client, start: str) -> dict[str, Facts]:
    """The pages that can be come to from one, by address, without going into another series, into
    the release or out of it. Downloads have tests of their own."""
    found: dict[str, Facts] = {}
    kinds: Counter[str] = Counter()
    ahead = [start]
    while ahead:
        address = ahead.pop()
        if address not in found and where(address) == where(start) and not is_file(address):
            kind = resolve(urlsplit(address).path).view_name
            if where(start)[1] and kinds[kind] == FEW:
                continue
            kinds[kind] += 1
            response = client.get(address)
            found[address] = facts(address, response.status_code, response.content.decode())
            ahead += [link for link in found[address].links if is_ahead(link, address)]
    return found


def is_ahead(link: str, address: str) -> bool:
    """Choices of a page are followed from the page itself, once: any two could be combined without
    end. tests/browser/test_crawl.py follows those that other pages lead to."""
    return not urlsplit(link).query or urlsplit(link).path == address


def is_file(address: str) -> bool:
    return "." in urlsplit(address).path


def is_of_no_series(address: str) -> bool:
    return address in OF_NO_SERIES or address.startswith(METHODS)


def where(address: str) -> tuple[str, bool]:
    """In which series, and whether in its release 1."""
    series = SIMULATED if address.startswith(SIMULATED) else RECORD
    return series, address.startswith(series + IN_RELEASE)


@dataclass(frozen=True)
class Crawl:
    """`series` is where its addresses begin."""

    series: str
    is_inside: bool
    found: dict[str, Facts]

    @property
    def within(self) -> str:
        """Where the addresses of its pages begin."""
        return self.series + (IN_RELEASE if self.is_inside else "")

    @property
    def linked(self) -> set[str]:
        """Its pages, without their choices, to which others of them lead."""
        links = {link for page in self.of_series.values() for link in page.links}
        pages = {link for link in links if where(link) == (self.series, self.is_inside)}
        return {page for page in pages if not urlsplit(page).query and not is_file(page)}

    @property
    def of_series(self) -> dict[str, Facts]:
        """Without the pages that are about none."""
        return {address: page for address, page in self.found.items() if not is_of_no_series(address)}


@pytest.fixture(scope="module")
def crawls() -> dict[str, Crawl]:
    """By start, as tests aren't run start by start: those that use the database come first."""
    return {}


@pytest.fixture(scope="module", params=STARTS)
def crawled(request, crawls, _simulated_once_a_module, django_db_blocker) -> Crawl:
    start = request.param
    if start not in crawls:
        with django_db_blocker.unblock():
            crawls[start] = Crawl(*where(start), crawl(Client(), start))
    return crawls[start]


@pytest.fixture
def pages(crawled) -> dict[str, Facts]:
    return crawled.found


def test_every_link_leads_to_a_page(pages):
    assert {address: page.status for address, page in pages.items() if page.status != 200} == {}


def test_every_organisation_measure_and_framework_is_linked(crawled, simulated_one):
    kinds = Counter(address.removeprefix(crawled.within).split("/")[0] for address in crawled.linked)
    without_figures = Organisation.objects.filter(kind=ONLY_WITH_FIGURES) if crawled.series == RECORD else []

    # Each kind has a list too.
    assert kinds["trusts"] == Organisation.objects.count() - len(without_figures) + 1
    assert kinds["measures"] == Measure.objects.count() + 1
    assert kinds["frameworks"] == Framework.objects.count() + 1
    assert kinds["divergence"] == kinds["map"] == kinds["compare"] == 1


def test_links_within_a_numbered_release_stay_in_it_and_others_stay_out(crawled, pages):
    doors = {crawled.series + "releases/", crawled.series + IN_RELEASE}
    strays = {
        (address, link)
        for address, page in crawled.of_series.items()
        for link in page.links
        if where(link)[1] != where(address)[1] and where(link)[0] == crawled.series
        if link not in doors and not is_of_no_series(link)
    }

    assert strays == set()


def test_a_page_of_one_series_leads_to_no_other_but_by_the_door_that_says_so(crawled):
    """Simulated pages have a way back to the record; the record's only way out is the list of series.
    What is about no series (methods, glossary) leads to none of simulated figures."""
    others = {
        (address, link)
        for address, page in crawled.of_series.items()
        for link in page.links
        if where(link)[0] != crawled.series and not is_of_no_series(link)
    }

    if crawled.series == RECORD:
        assert others == set()
    else:
        by_page = Counter(address for address, _ in others)
        assert set(by_page) == set(crawled.of_series)
        assert set(by_page.values()) == {1}


def test_the_way_back_from_a_simulated_page_leads_to_the_same_page_of_the_record(crawled, simulated_one):
    for address, page in crawled.of_series.items():
        others = [link for link in page.links if where(link)[0] != crawled.series]
        backs = [link for link in others if not is_of_no_series(link)]
        same = urlsplit(address).path.removeprefix(crawled.within).removeprefix(crawled.series)
        if crawled.series == SIMULATED and same not in ("releases/1/", "summary/"):
            assert backs == [f"/{same}"], address


def test_no_page_shows_what_a_template_or_a_number_lets_slip(pages):
    slips = {address: re.search(NEVER_WRITTEN, page.text) for address, page in pages.items()}

    assert {address: slip for address, slip in slips.items() if slip} == {}


def test_every_page_says_its_standing_its_release_and_how_to_cite_it(crawled):
    standing = STANDINGS[crawled.series]
    series = "(Public record|Simulated returns)"
    cite = rf"To cite this page: Probation performance, {series}, release 1, figures as at \d"
    for address, page in crawled.of_series.items():
        assert f"{standing} Release 1, figures as at" in page.text, address
        assert re.search(cite, page.text), address


def test_only_simulated_pages_say_so_and_all_of_them_do_in_words_and_in_their_title(crawled):
    is_simulated = crawled.series == SIMULATED
    for address, page in crawled.of_series.items():
        assert ("Simulated figures: none is real." in page.text) == is_simulated, address
        assert page.titles[0].startswith("Simulated: ") == is_simulated, address
        assert ("(simulated: none is real)" in page.text) == is_simulated, address


def test_only_pages_of_a_numbered_release_say_that_their_figures_stay(crawled):
    for address, page in crawled.of_series.items():
        says_so = "You are reading a numbered release" in page.text
        assert says_so == crawled.is_inside, address


def test_no_id_stands_twice_on_a_page(pages):
    for address, page in pages.items():
        assert sorted(page.ids) == sorted(set(page.ids)), address


def test_every_page_has_one_main_heading_and_skips_no_level(pages):
    for address, page in pages.items():
        assert (page.headings[0], page.headings.count(1)) == (1, 1), address
        steps = zip(page.headings, page.headings[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), (address, page.headings)


def test_every_page_has_a_title_that_no_other_page_has(pages):
    # The latest year has an address that names it, and one that doesn't.
    pages = {address: page for address, page in pages.items() if not address.endswith("/divergence/")}
    by_title = {page.titles[0]: address for address, page in pages.items()}

    assert all(len(page.titles) == 1 for page in pages.values())
    assert len(by_title) == len(pages), set(pages) - set(by_title.values())


def test_every_link_has_a_text(pages):
    assert {address: page.unlabelled for address, page in pages.items() if page.unlabelled} == {}


def test_the_data_of_every_chart_is_json_without_nan_or_infinity(pages):
    data = [text for page in pages.values() for text in page.data]

    assert len(data) > FEW
    for text in data:
        json.loads(text, parse_constant=pytest.fail)


def test_every_style_sheet_and_script_comes_from_this_site(pages):
    assets = {asset for page in pages.values() for asset in page.assets}

    assert assets
    assert all(not urlsplit(asset).netloc and asset.startswith("/assets/") for asset in assets)
