"""Every page that can be come to from the first page, in both series, as the site serves it."""

import json
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

import pytest

from performance.exports.formats import CSV, FORMATS
from tests.performance.pages.reading import NEVER_WRITTEN, Element, read

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STARTS = ("/", "/series/simulated/")
# Whoever isn't signed in is led to the sign-in, whose pages have tests of their own.
NOT_FOLLOWED = ("/returns/", "/account/", "/people/")
# Every format of every table is read by tests/performance/exports/test_every_table.py; CSV is followed.
OTHER_FORMATS = tuple(f".{ending}" for ending in FORMATS if ending != CSV)
# Pages of a numbered release are those of the current one at other addresses.
NOT_FOLLOWED_ON = "/releases/"
AT_ONCE = 4


@dataclass(frozen=True)
class Fetched:
    """`links` lead on; `slips` is what a template or a number let slip; `empty` names charts in which
    nothing is drawn."""

    status: int
    links: list[str]
    slips: list[str]
    empty: list[str]


def fetch(site: str, address: str) -> Fetched:
    try:
        with urlopen(site + address) as answer:  # noqa: S310 - our own site
            status, kind, body = answer.status, answer.headers.get_content_type(), answer.read()
    except HTTPError as refused:
        return Fetched(refused.code, [], [], [])
    if kind != "text/html":
        return Fetched(status, [], [], [] if body else ["the file"])
    page = read(body.decode())
    return Fetched(
        status, list(links_of(page, address)), re.findall(NEVER_WRITTEN, page.text), list(empty_charts(page))
    )


def links_of(page: Element, address: str) -> Iterator[str]:
    """A page of choices leads to more choices without end, so what is chosen leads on to no others."""
    for link in page.all("a"):
        found = urljoin(address, link.attributes.get("href", "")).partition("#")[0]
        is_ours = found.startswith("/") and not found.startswith(NOT_FOLLOWED)
        is_ours &= not urlsplit(found).path.endswith(OTHER_FORMATS)
        if is_ours and not (urlsplit(found).query and urlsplit(address).query):
            yield found


def empty_charts(page: Element) -> Iterable[str]:
    for figure in page.all("figure"):
        if "data-chart" in figure.attributes:
            plots = [json.loads(script.source) for script in figure.all("script", type="application/json")]
            if not any(trace.get("x") or trace.get("y") for plot in plots for trace in plot["data"]):
                yield figure.attributes["data-chart"]


@pytest.fixture(scope="module")
def crawled(site) -> dict[str, Fetched]:
    found: dict[str, Fetched] = {}
    ahead = set(STARTS)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        while ahead:
            addresses = sorted(ahead)
            found |= zip(addresses, threads.map(lambda one: fetch(site, one), addresses), strict=True)
            onward = [address for address in addresses if NOT_FOLLOWED_ON not in address.rstrip("/")]
            ahead = {link for address in onward for link in found[address].links} - found.keys()
    return found


def test_every_link_leads_to_a_page_or_a_file(crawled):
    assert {address: page.status for address, page in crawled.items() if page.status != 200} == {}
    # Of two series 133 organisations, 73 measures and 9 frameworks, with their choices and files.
    assert len(crawled) > 1_500


def test_no_page_shows_what_a_template_or_a_number_lets_slip(crawled):
    assert {address: page.slips for address, page in crawled.items() if page.slips} == {}


def test_no_chart_and_no_file_is_empty(crawled):
    assert {address: page.empty for address, page in crawled.items() if page.empty} == {}
