"""What each reader comes for, from the first page to it and back, by what can be seen and clicked."""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Visit

pytestmark = pytest.mark.browser


@pytest.fixture
def journey(visit: Open) -> Callable[..., Visit]:
    """Begins at the first page."""

    def begin(**settings: object) -> Visit:
        return visit("/", **settings)

    return begin


def follow(page: Page, name: str, exact: bool = True) -> None:
    page.get_by_role("link", name=name, exact=exact).first.click()
    page.wait_for_load_state("networkidle")


def downloaded(page: Page, name: str) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).first.click()
    return waiting.value.path()


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def assert_untroubled(visit: Visit) -> None:
    assert (visit.errors, visit.violations, visit.other_hosts) == ([], [], [])


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
    page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    page.get_by_role("button", name="Print one page").click()
    assert page.evaluate("() => window.printed")

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
    ):
        page.get_by_label(label, exact=True).select_option(label=chosen)
        page.get_by_role("button", name=label).click()
        page.wait_for_load_state("networkidle")
    table = page.locator("main table").first
    exported = rows(downloaded(page, "Download this comparison as CSV"))

    assert table.locator("tbody tr").count() == len(exported) == 2
    assert {(row["organisation"], row["standing"]) for row in exported} == {
        ("london", "Simulated figures"),
        ("wales", "Simulated figures"),
    }
    shown = table.inner_text()
    for row in exported:
        assert f"{int(row['numerator']):,} of {int(row['denominator']):,}" in shown

    # The link to keep names the release and shows the same.
    kept = page.locator("main a[href*='/releases/1/compare/']").first
    kept.click()
    page.wait_for_load_state("networkidle")
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
