"""Every page that a reader can come to from the first, in the current release and in a numbered one."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from performance.models import Framework, Measure
from tests.performance.pages.reading import NEVER_WRITTEN, Element, headings, read
from trusts.models import Organisation

IN_RELEASE = "/releases/1/"


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
    found = (element.attributes.get(attribute, "") for element in page.all(tag))
    return [urljoin(address, one).partition("#")[0] for one in found if one and not one.startswith("#")]


def crawl(client: Client, start: str) -> dict[str, Facts]:
    """The pages that can be come to from one, by address, without going into the release or out of
    it. Downloads have tests of their own."""
    found: dict[str, Facts] = {}
    ahead = [start]
    while ahead:
        address = ahead.pop()
        if address not in found and is_inside(address) == is_inside(start) and not address.endswith(".csv"):
            response = client.get(address)
            found[address] = facts(address, response.status_code, response.content.decode())
            ahead += found[address].links
    return found


def is_inside(address: str) -> bool:
    return address.startswith(IN_RELEASE)


@pytest.fixture(scope="module", params=["/", IN_RELEASE])
def pages(request, _published_once_a_module, django_db_blocker) -> dict[str, Facts]:
    with django_db_blocker.unblock():
        return crawl(Client(), request.param)


def test_every_link_leads_to_a_page(pages):
    assert {address: page.status for address, page in pages.items() if page.status != 200} == {}


def test_every_organisation_measure_and_framework_is_linked(pages, release_one):
    kinds = Counter(re.sub("^/releases/1/", "/", address).split("/")[1] for address in pages)

    # Each kind has a list too.
    assert kinds["trusts"] == Organisation.objects.count() + 1
    assert kinds["measures"] == Measure.objects.count() + 1
    assert kinds["frameworks"] == Framework.objects.count() + 1


def test_links_within_a_numbered_release_stay_in_it_and_others_stay_out(pages):
    strays = {
        (address, link)
        for address, page in pages.items()
        for link in page.links
        if is_inside(link) != is_inside(address) and link not in ("/releases/", IN_RELEASE)
    }

    assert strays == set()


def test_no_page_shows_what_a_template_or_a_number_lets_slip(pages):
    slips = {address: re.search(NEVER_WRITTEN, page.text) for address, page in pages.items()}

    assert {address: slip for address, slip in slips.items() if slip} == {}


def test_every_page_says_its_standing_its_release_and_how_to_cite_it(pages):
    cite = r"To cite this page: Probation performance, Public record, release 1, figures as at \d"
    for address, page in pages.items():
        assert "Public record Release 1, figures as at" in page.text, address
        assert re.search(cite, page.text), address


def test_only_pages_of_a_numbered_release_say_that_their_figures_stay(pages):
    for address, page in pages.items():
        assert ("You are reading a numbered release" in page.text) == address.startswith(IN_RELEASE), address


def test_no_id_stands_twice_on_a_page(pages):
    for address, page in pages.items():
        assert sorted(page.ids) == sorted(set(page.ids)), address


def test_every_page_has_one_main_heading_and_skips_no_level(pages):
    for address, page in pages.items():
        assert (page.headings[0], page.headings.count(1)) == (1, 1), address
        steps = zip(page.headings, page.headings[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), (address, page.headings)


def test_every_page_has_a_title_that_no_other_page_has(pages):
    by_title = {page.titles[0]: address for address, page in pages.items()}

    assert all(len(page.titles) == 1 for page in pages.values())
    assert len(by_title) == len(pages), set(pages) - set(by_title.values())


def test_every_link_has_a_text(pages):
    assert {address: page.unlabelled for address, page in pages.items() if page.unlabelled} == {}


def test_the_data_of_every_chart_is_json_without_nan_or_infinity(pages):
    data = [text for page in pages.values() for text in page.data]

    assert len(data) > 40
    for text in data:
        json.loads(text, parse_constant=pytest.fail)


def test_every_style_sheet_and_script_comes_from_this_site(pages):
    assets = {asset for page in pages.values() for asset in page.assets}

    assert assets
    assert all(not urlsplit(asset).netloc and asset.startswith("/assets/") for asset in assets)
