"""What each reader comes for, from the first page to it and back, by what can be seen and clicked."""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ALL_DRAWN, Open, Visit
from tests.browser.test_print import sheets

pytestmark = pytest.mark.browser

# Where the focus is: what it is called, whether it is in sight, and whether it looks otherwise than without.
FOCUS = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect();
  const look = () => {
    const { outline, boxShadow, backgroundColor, fill, stroke } = getComputedStyle(at);
    return [outline, boxShadow, backgroundColor, fill, stroke].join();
  };
  const focused = look();
  at.blur();
  const unfocused = look();
  at.focus({ preventScroll: true });
  return {
    tag: at.tagName,
    name: (at.ariaLabel ?? at.labels?.[0]?.textContent ?? at.textContent).trim().replace(/\\s+/g, " "),
    is_in_sight: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    is_marked: focused !== unfocused,
  };
}"""
CHART_WIDTHS = """() => [...document.querySelectorAll(".app-figure__plot .main-svg:first-child")].map(
  (drawing) => drawing.getBoundingClientRect().width)"""


@pytest.fixture
def journey(visit: Open) -> Callable[..., Visit]:
    """Begins at the first page."""

    def begin(**settings: object) -> Visit:
        return visit("/", **settings)

    return begin


def follow(page: Page, name: str, exact: bool = True) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=name, exact=exact).first.click()


def downloaded(page: Page, name: str) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).first.click()
    return waiting.value.path()


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def assert_untroubled(visit: Visit) -> None:
    failures = [failure for failure in visit.failures if not is_of_a_file(failure)]
    assert (visit.errors, visit.violations, visit.other_hosts, failures) == ([], [], [], [])


def is_of_a_file(failure: str) -> bool:
    """To the page that it is taken from, a download is a request that never ends. One that was refused
    begins with its status."""
    return failure.startswith("http") and urlsplit(failure).path.endswith((".csv", ".zip"))


def test_a_chief_executive_reads_why_the_band_is_as_it_is_and_prints_one_page(journey):
    way = journey()
    page = way.page
    follow(page, "All series")
    follow(page, "Simulated trusts")
    expect(page.locator(".app-simulated")).to_be_visible()
    follow(page, "Trusts and areas")
    follow(page, "London")

    # In ten seconds: the band and how sure it is, what to ask about first, what moves the band.
    expect(page.get_by_role("heading", level=1)).to_have_text("London Probation Trust")
    expect(page.locator("#rating")).to_contain_text("likely to be rated")
    assert page.locator("#first tbody tr").count() >= 1
    expect(page.locator("#what-moves-the-band")).to_contain_text("score")
    widths = page.evaluate(CHART_WIDTHS)
    assert sheets(page) == 1
    assert page.evaluate(CHART_WIDTHS) == widths
    page.evaluate("() => addEventListener('beforeprint', () => { window.prints = true; })")
    page.get_by_role("button", name="Print one page").click()
    page.wait_for_function("() => window.prints")

    # Its own point, and how that was worked out.
    follow(page, "All trusts in 2012-13")
    assert page.url.endswith("/divergence/?year=2012-13&trust=london")
    expect(page.locator("#chart-divergence svg").get_by_text("London", exact=True)).to_be_visible()
    figure = page.locator("#chart-divergence")
    figure.get_by_text("How was this worked out?").first.click()
    figure.locator(".app-worked-out").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Formula")).to_be_visible()

    follow(page, "Probation performance")
    assert page.url == f"{way.site}/"
    assert_untroubled(way)


def test_a_committee_quotes_a_paragraph_and_takes_everything_cited(journey):
    way = journey(permissions=["clipboard-read", "clipboard-write"])
    page = way.page
    third = page.locator("main ol > li").nth(2)
    said = third.locator("p").first.inner_text()
    third.get_by_text("Cite this").click()
    third.get_by_role("button", name="Copy").click()
    expect(third.get_by_role("status")).to_have_text("Copied")
    citation = page.evaluate("() => navigator.clipboard.readText()")
    address = third.get_by_role("link", name="Link to paragraph 3").get_attribute("href")

    assert citation.startswith("Probation performance, Public record, release 1, figures as at")
    assert citation.endswith(f"paragraph 3, {address}")
    follow(page, "Link to paragraph 3")
    assert page.url == address
    assert "/releases/1/summary/#" in address
    expect(page.locator(f"#{address.split('#')[1]} p").first).to_have_text(said)

    follow(page, "Releases")
    expect(page.get_by_role("table", name="Releases, newest first")).to_contain_text("it corrects none")
    follow(page, "Summary")
    with zipfile.ZipFile(downloaded(page, "Download everything cited")) as cited:
        assert cited.testzip() is None
        names = cited.namelist()
        words = "".join(cited.read(name).decode() for name in names if name.endswith((".txt", ".csv")))
    assert len([name for name in names if name.endswith(".csv")]) > 10
    assert said in words

    follow(page, "Probation performance")
    assert page.url == f"{way.site}/"
    assert_untroubled(way)


def test_an_analyst_puts_a_comparison_together_exports_it_and_comes_back_to_it(journey):
    way = journey()
    page = way.page
    follow(page, "All series")
    follow(page, "Simulated trusts")
    follow(page, "Compare")
    for label, chosen in (
        ("Add an organisation", "London Probation Trust"),
        ("Add an organisation", "Wales Probation Trust"),
        ("Add a measure", "OASys assessments completed within 15 days"),
        ("Add a year", "2010-11"),
        ("Add a year", "2011-12"),
    ):
        page.get_by_label(label, exact=True).select_option(label=chosen)
        with page.expect_navigation():
            page.get_by_role("button", name=label).click()
    table = page.locator("main table").first
    exported = rows(downloaded(page, "Download this comparison as CSV"))

    assert table.locator("tbody tr").count() == len(exported) == 4
    assert {(row["organisation"], row["standing"]) for row in exported} == {
        ("london", "Simulated figures"),
        ("wales", "Simulated figures"),
    }
    shown = table.inner_text()
    for row in exported:
        assert f"{int(row['numerator']):,} of {int(row['denominator']):,}" in shown

    # The link to keep names the release and shows the same.
    kept = page.locator("main a[href*='/releases/1/compare/']").first
    with page.expect_navigation():
        kept.click()
    assert page.locator("main table").first.inner_text() == shown

    # From a figure to all there is of its measure.
    follow(page, "Measures")
    follow(page, "OASys assessments completed within 15 days")
    expect(page.locator("[data-chart^='funnel'] svg").first).to_be_visible()
    page.locator("#figures > summary").click()
    figures = rows(downloaded(page, "Download these figures as CSV"))
    assert {row["measure"] for row in figures} == {"oasys-15-days"}

    follow(page, "Probation performance")
    follow(page, "Read the public record instead")
    assert page.url == f"{way.site}/"
    assert_untroubled(way)


def focus_goes_to(page: Page, name: str, key: str = "Tab", most: int = 150) -> None:
    """Step by step, and at each it is seen where the focus is."""
    for _ in range(most):
        page.keyboard.press(key)
        focus = page.evaluate(FOCUS)
        assert focus["tag"] != "BODY", f"The focus was lost on the way to {name!r}."
        assert focus["is_in_sight"] and focus["is_marked"], focus
        if focus["name"] == name:
            return
    pytest.fail(f"{name!r} was not come to in {most} steps.")


def press(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_function(ALL_DRAWN)


def follow_by_keyboard(page: Page, name: str, key: str = "Tab") -> None:
    focus_goes_to(page, name, key)
    press(page)


def test_a_reader_without_a_mouse_comes_to_a_trust_its_point_and_a_comparison_and_back(journey):
    way = journey()
    page = way.page
    focus_goes_to(page, "Skip to main content", most=1)
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "main-content"

    follow_by_keyboard(page, "All series")
    follow_by_keyboard(page, "Simulated trusts")
    follow_by_keyboard(page, "Trusts and areas")
    follow_by_keyboard(page, "London")
    expect(page.get_by_role("heading", level=1)).to_have_text("London Probation Trust")

    # Into the chart of all trusts, to whatever point is first, and out of it both ways.
    follow_by_keyboard(page, "All trusts in 2012-13")
    assert page.url.endswith("/divergence/?year=2012-13&trust=london")
    point = page.locator("#chart-divergence path.point[tabindex='0']")
    expect(point).to_have_count(1)
    focus_goes_to(page, point.get_attribute("aria-label"))
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["tag"] not in ("path", "BODY")
    focus_goes_to(page, point.get_attribute("aria-label"), "Shift+Tab")

    # Adding leads back to the list that was chosen from, so that the next can be added at once.
    follow_by_keyboard(page, "Compare", "Shift+Tab")
    for label, letters, chosen in (
        ("Add an organisation", "London Prob", "Remove London Probation Trust"),
        ("Add a measure", "OASys assessments completed", "Remove OASys assessments completed within 15 days"),
    ):
        focus_goes_to(page, label)
        page.keyboard.type(letters)
        page.keyboard.press("Tab")
        press(page)
        expect(page.get_by_role("link", name=chosen)).to_be_visible()
        assert page.evaluate(FOCUS)["name"] == label
    expect(page.locator("#results table").first).to_contain_text("London Probation Trust")

    follow_by_keyboard(page, "Read the public record instead", "Shift+Tab")
    follow_by_keyboard(page, "Probation performance")
    assert page.url == f"{way.site}/"
    assert_untroubled(way)
