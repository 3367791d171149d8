"""On paper: one page of a rated trust, whichever it is; of any other organisation all there is."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import ALL_DRAWN

pytestmark = pytest.mark.browser

TRUSTS = "/series/simulated/trusts/"
# With as much to say as any: most exceptions, and years with most measures.
FULL = [f"{TRUSTS}london/?year=2010-11", f"{TRUSTS}lancashire/?year=2011-12", f"{TRUSTS}kent/"]
UNRATED = [
    "/trusts/hertfordshire-area/",
    "/trusts/england-and-wales/",
    f"{TRUSTS}north-west-probation-region/",
]
ORGANISATIONS = Path(__file__).resolve().parent.parent.parent / "trusts" / "data" / "organisations.csv"
# A page of a PDF, and not the list of its pages.
PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


def rated_trusts() -> list[str]:
    with ORGANISATIONS.open(newline="") as file:
        return sorted(row["slug"] for row in csv.DictReader(file) if row["kind"] == "trust")


def sheets(page: Page) -> int:
    """How many pages of A4 a reader gets who prints it."""
    return len(PAGE.findall(page.pdf(format="A4", print_background=True)))


def on_paper(page: Page) -> Page:
    """As it is on paper, to look at."""
    page.emulate_media(media="print")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    return page


def test_each_of_the_35_trusts_prints_as_one_page(visit):
    page = visit(f"{TRUSTS}london/").page
    found = {}
    for slug in rated_trusts():
        page.goto(page.url.replace(page.url.split("/trusts/")[1], f"{slug}/"))
        page.wait_for_function(ALL_DRAWN)
        found[slug] = sheets(page)

    assert len(found) == 35
    assert {slug: number for slug, number in found.items() if number != 1} == {}


@pytest.mark.parametrize("address", FULL)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_fullest_pages_print_as_one_page_with_scripts_and_without(visit, address, scripts):
    assert sheets(visit(address, java_script_enabled=scripts).page) == 1


@pytest.mark.parametrize("address", UNRATED)
def test_an_organisation_without_a_rating_prints_whole(visit, address):
    """Counted too: a page of more than one sheet has more than one."""
    page = visit(address).page

    assert sheets(page) > 1
    for table in on_paper(page).locator("main table").all():
        assert table.is_visible()
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("main details[data-collapse][open]").count() == 0


def test_the_page_says_what_it_is_about_how_sure_it_is_and_where_it_will_stand(visit):
    page = on_paper(visit(f"{TRUSTS}london/").page)

    for seen in (
        "h1",
        "#rating",
        ".app-facts",
        "#first table",
        "#chart-spine .app-figure__title",
        "#spine-plot svg",
        "#what-moves-the-band",
        ".app-simulated",
        ".app-cite",
        "footer .app-break",
    ):
        assert page.locator(seen).first.is_visible(), seen
    for unseen in ("#chart-divergence", "#over-time", "#figures", "[data-print]", ".app-years", "#audit"):
        assert not page.locator(unseen).first.is_visible(), unseen
    assert page.locator("#first tbody tr:visible").count() <= 5


def test_the_chart_fits_the_sheet_and_is_as_before_after_printing(visit):
    page = visit(f"{TRUSTS}london/").page
    size = """() => {
      const box = document.querySelector("#spine-plot svg").getBoundingClientRect();
      return [box.width, box.height];
    }"""
    before = page.evaluate(size)
    width, height = on_paper(page).evaluate(size)
    page.emulate_media(media="screen")
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")

    assert width <= 703
    assert height <= 300
    assert page.evaluate(size) == before


def test_the_button_prints_and_without_scripts_words_say_how(visit):
    page = visit(f"{TRUSTS}london/").page
    page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    page.get_by_role("button", name="Print one page").click()
    assert page.evaluate("() => window.printed")
    assert not page.get_by_text("Your browser’s print command").is_visible()

    plain = visit(f"{TRUSTS}london/", java_script_enabled=False).page
    assert not plain.get_by_role("button", name="Print one page").is_visible()
    assert plain.get_by_text("Your browser’s print command gives one page of this.").is_visible()
