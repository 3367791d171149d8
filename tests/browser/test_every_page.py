"""What holds for every page that anybody may read, whatever is on it."""

from collections.abc import Iterator

import pytest
from django.urls import resolve

from performance.pages.urls import urlpatterns
from tests.browser.accessibility import open_doors, violations
from tests.browser.addresses import ACCOUNT, PAGES
from tests.browser.conftest import ALL_DRAWN, Visit

pytestmark = pytest.mark.browser

# In pixels. The first is what is left of a screen that is enlarged four times.
ENLARGED, TELEPHONE, SCREEN = 320, 390, 1280
FILES = (".<ending:ending>", ".zip", ".json")
SIGNED_IN = ("performance.pages.account_urls", "performance.pages.returns.urls")
SIDEWAYS = "() => document.documentElement.scrollWidth - window.innerWidth"
STATE_OF_CHARTS = "() => [...document.querySelectorAll('[data-chart]')].map((chart) => chart.dataset.drawn)"
WITHOUT_A_NAME = """() => [...document.querySelectorAll("main :is(a, button, select, input, summary)")]
  .filter((one) => one.checkVisibility() && !one.textContent.trim() && !one.ariaLabel && !one.labels?.length)
  .map((one) => one.outerHTML)"""
# Where the focus is, and whether it can be seen there.
FOCUS = """() => {
  const at = document.activeElement, look = getComputedStyle(at), box = at.getBoundingClientRect();
  const marked = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0
    || look.boxShadow !== "none";
  return [at.tagName, box.width > 0 && box.height > 0, marked];
}"""


def names(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names(pattern.url_patterns)
        elif not str(pattern.pattern).endswith(FILES):
            yield pattern.name


def test_a_page_of_every_kind_is_among_them():
    public = [one for one in urlpatterns if module_of(one) not in SIGNED_IN]

    shown = {resolve(address.partition("?")[0]).url_name for address in PAGES}
    # The page for programs is the API's own.
    assert shown == {*names(public), "api"}


def module_of(pattern) -> str:
    return getattr(getattr(pattern, "urlconf_module", None), "__name__", "")


def troubles(opened: Visit, width: int) -> Iterator[str]:
    """What is wrong with the page that is open. On a telephone axe looks behind its doors."""
    page = opened.page
    yield from [*opened.errors, *opened.violations, *opened.other_hosts, *opened.failures]
    if page.evaluate(SIDEWAYS) > 0:
        yield "scrolls sideways"
    if set(page.evaluate(STATE_OF_CHARTS)) - {"true"}:
        yield "a chart isn't drawn"
    yield from page.evaluate(WITHOUT_A_NAME)
    if width == TELEPHONE:
        open_doors(page)
    if width != ENLARGED:
        yield from violations(page)


@pytest.mark.parametrize("width", [ENLARGED, TELEPHONE, SCREEN])
def test_no_page_has_an_error_scrolls_sideways_asks_another_host_or_breaks_a_guideline(visit, width):
    opened = visit("/about/", width)
    found = {}
    for address in PAGES + ACCOUNT:
        opened.open(address)
        opened.page.wait_for_function(ALL_DRAWN)
        found[address] = list(troubles(opened, width))
        opened.errors.clear()
        opened.failures.clear()

    assert {address: troubles for address, troubles in found.items() if troubles} == {}


@pytest.mark.parametrize("width", [TELEPHONE, SCREEN])
def test_without_scripts_every_page_is_tables_and_sentences(visit, width):
    opened = visit("/about/", width, java_script_enabled=False)
    found = {}
    for address in PAGES:
        opened.open(address)
        page = opened.page
        found[address] = {
            "no heading": page.locator("h1:visible").count() != 1,
            "a closed table": page.locator("main table").count()
            != page.locator("main table:visible").count(),
            "an empty box": any(
                box.bounding_box() for box in page.locator(".app-figure__plot:visible").all()
            ),
            "a button that does nothing": page.locator("main button[type='button']:visible").count() > 0,
            "no words for a chart": page.locator("[data-chart]:visible").count()
            > page.locator("main table:visible").count(),
        }

    assert {
        address: [trouble for trouble, is_so in troubles.items() if is_so]
        for address, troubles in found.items()
        if any(troubles.values())
    } == {}


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/series/simulated/trusts/london/",
        "/series/simulated/divergence/",
        "/series/simulated/frameworks/ptrs-2012-13/",
        "/series/simulated/compare/?organisation=london&measure=oasys-15-days",
    ],
)
def test_by_keyboard_the_focus_goes_down_the_page_is_seen_and_is_never_caught(visit, address):
    page = visit(address).page
    focusable = page.locator(
        ":is(a[href], button, select, input, summary, [tabindex='0']):visible:not([disabled])"
    ).count()
    steps = 0
    while steps < focusable + 50:
        page.keyboard.press("Tab")
        tag, has_a_place, is_marked = page.evaluate(FOCUS)
        if tag == "BODY":
            break
        assert has_a_place and is_marked, page.evaluate("() => document.activeElement.outerHTML")
        steps += 1

    # It comes out at the end of the page, having been at most of it: radios and points share a step.
    assert tag == "BODY"
    assert steps > 20
