"""Pages in headless Chromium, under the site's strict policy."""

from xml.etree import ElementTree

import pytest

pytestmark = pytest.mark.browser

SUMMARY, MEASURE = "/", "/measures/accommodation-at-termination/"
FRAMEWORKS, TRUST = "/frameworks/", "/trusts/hertfordshire-area/"
DIVERGENCE = "/divergence/"
SIMULATED = "/series/simulated/"
SIMULATED_DIVERGENCE, SIMULATED_TRUST = f"{SIMULATED}divergence/", f"{SIMULATED}trusts/london/"
SIMULATED_MEASURE = f"{SIMULATED}measures/oasys-15-days/"
SIMULATED_MOVEMENT = f"{SIMULATED}movement/"
FIGURES = "#figures table"
CHARTS = {
    SUMMARY: 5,
    MEASURE: 1,
    FRAMEWORKS: 1,
    TRUST: 0,
    DIVERGENCE: 2,
    SIMULATED: 5,
    SIMULATED_DIVERGENCE: 4,
    SIMULATED_TRUST: 4,
    SIMULATED_MEASURE: 2,
    SIMULATED_MOVEMENT: 1,
}
WIDTHS = [1280, 390]
CHART_MARKS = """() => Object.fromEntries([...document.querySelectorAll("[data-chart]")].map((figure) => [
  figure.dataset.chart,
  [figure.dataset.drawn, figure.querySelectorAll("svg .point, svg .points path").length],
]))"""
PAGE_WIDTH = "() => [document.documentElement.scrollWidth, window.innerWidth]"

each_page = pytest.mark.parametrize("address", CHARTS)
each_width = pytest.mark.parametrize("width", WIDTHS)


@each_page
@each_width
def test_every_chart_of_a_page_is_drawn_with_marks_and_the_page_does_not_scroll_sideways(
    visit, address, width
):
    page = visit(address, width).page
    charts = page.evaluate(CHART_MARKS)

    assert len(charts) == CHARTS[address]
    for name, (drawn, marks) in charts.items():
        assert drawn == "true", name
        assert marks >= 4, name
    scroll_width, inner_width = page.evaluate(PAGE_WIDTH)
    assert scroll_width <= inner_width == width


@pytest.mark.parametrize("address", [MEASURE, "/measures/binary-rate/", "/measures/planned-budget/"])
def test_pointing_at_a_mark_shows_its_figure_without_a_violation(visit, address):
    opened = visit(address)
    opened.page.evaluate(
        "() => Plotly.Fx.hover(document.querySelector('.app-figure__plot'), "
        "[{ curveNumber: document.querySelector('.app-figure__plot').data.length - 1, pointNumber: 0 }])"
    )

    assert opened.page.locator(".hovertext").first.text_content()
    assert opened.violations == []


def test_tables_are_closed_where_charts_are_drawn_and_open_at_a_click(visit):
    page = visit(MEASURE).page
    table = page.locator("[data-chart] table")

    assert not table.is_visible()
    page.get_by_text("The figures behind this chart").click()
    assert table.is_visible()


@each_width
@pytest.mark.parametrize(
    ("address", "figure"),
    [
        (SUMMARY, "479 of 692"),
        (MEASURE, "479 of 692"),
        (FRAMEWORKS, "PTRS 2010-11"),
        (TRUST, "14%"),
        (DIVERGENCE, "479 of 692"),
        (SIMULATED_DIVERGENCE, "38,797"),
    ],
)
def test_without_scripts_tables_are_open_and_no_box_waits_for_a_chart(visit, address, figure, width):
    page = visit(address, width, java_script_enabled=False).page

    assert page.get_by_text(figure).first.is_visible()
    for table in page.locator("main table").all():
        assert table.is_visible()
    for chart in page.locator(".app-figure__plot").all():
        assert chart.evaluate("(box) => box.offsetHeight") == 0
    for button in page.locator("[data-save-image], .govuk-service-navigation__toggle").all():
        assert not button.is_visible()


def test_without_scripts_a_narrow_page_does_not_scroll_sideways_and_shows_its_menu(visit):
    page = visit(SUMMARY, 390, java_script_enabled=False).page
    scroll_width, inner_width = page.evaluate(PAGE_WIDTH)

    assert scroll_width <= inner_width
    assert page.get_by_role("link", name="Trusts and areas").first.is_visible()


def test_the_skip_link_is_first_and_leads_to_the_content(visit):
    page = visit(SUMMARY).page
    page.keyboard.press("Tab")
    skip = page.locator(".govuk-skip-link")

    assert skip.evaluate("(link) => link === document.activeElement")
    assert skip.bounding_box()["width"] > 100
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "main-content"


def test_the_menu_of_a_narrow_page_opens_and_closes_by_keyboard(visit):
    page = visit(SUMMARY, 390).page
    link = page.get_by_role("link", name="Trusts and areas").first
    assert not link.is_visible()

    tab_to(page, "button", "Menu")
    page.keyboard.press("Enter")
    assert link.is_visible()
    tab_to(page, "a", "Trusts and areas")
    page.keyboard.press("Enter")
    page.wait_for_url("**/trusts/")

    tab_to(page, "button", "Menu")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert not page.locator("#navigation").is_visible()


def tab_to(page, tag: str, text: str, most: int = 12) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => [document.activeElement.tagName, document.activeElement.textContent.trim()]"
        )
        if focused == [tag.upper(), text]:
            return
    pytest.fail(f"{text!r} was not come to in {most} steps.")


def test_every_wide_table_can_be_scrolled_by_keyboard(visit):
    page = visit(f"{SIMULATED}trusts/", 390).page

    assert (
        page.locator(".app-table").count()
        == page.locator(".app-table[tabindex='0'][role='region']").count()
        > 0
    )


def sorted_column(page, head: str) -> list[str]:
    """A column of the table of a measure's figures, behind its door, after a click on its head."""
    page.locator("#figures").evaluate("(door) => door.setAttribute('open', '')")
    table = page.locator(FIGURES)
    heads = [text.strip() for text in table.locator("thead th").all_inner_texts()]
    table.get_by_role("button", name=head).click()
    cells = table.locator(f"tbody tr > *:nth-child({heads.index(head) + 1})")
    return [text.strip() for text in cells.all_inner_texts()]


def test_a_table_sorts_by_name_up_and_down(visit):
    page = visit(MEASURE).page
    up, down = sorted_column(page, "Organisation"), sorted_column(page, "Organisation")

    assert up == sorted(up)
    assert down == up[::-1]
    assert page.locator(FIGURES).locator("th[aria-sort='descending']").inner_text().strip() == "Organisation"


@pytest.mark.parametrize(
    ("address", "head"),
    [
        ("/measures/main-service-budget/", "Result"),
        (MEASURE, "Result"),
        ("/measures/offenders-per-offender-manager/", "Result"),
        ("/measures/unpaid-work-hours-outstanding/", "Result"),
    ],
)
def test_a_table_sorts_numbers_as_numbers(visit, address, head):
    cells = sorted_column(visit(address).page, head)
    numbers = [float(cell.strip("£%").replace(",", "")) for cell in cells]

    assert numbers == sorted(numbers)


def test_a_table_sorts_periods_by_time(visit):
    periods = sorted_column(visit("/measures/binary-rate/").page, "Period")

    assert periods[0] == "2011"
    assert periods[-1] == "January to March 2020"


def test_a_table_sorts_counts_as_numbers(visit):
    counts = [
        int(cell.split(" of ")[0].replace(",", "")) for cell in sorted_column(visit(MEASURE).page, "Counts")
    ]

    assert counts == sorted(counts)


@each_width
def test_save_as_image_gives_a_picture_named_after_the_figure(visit, width):
    opened = visit(MEASURE, width)
    with opened.page.expect_download() as waiting:
        opened.page.get_by_role("button", name="Save as image").click()
    picture = waiting.value.path().read_bytes()

    assert waiting.value.suggested_filename == "funnel-accommodation-at-termination.png"
    assert picture.startswith(b"\x89PNG\r\n")
    assert int.from_bytes(picture[16:20], "big") == 2400
    assert opened.violations == []
    assert opened.errors == []


@pytest.mark.parametrize(
    ("address", "standing"),
    [(MEASURE, "Public record, release 1."), (SIMULATED_MEASURE, "Simulated figures, release 1.")],
)
def test_an_svg_says_by_itself_what_it_shows_of_what_standing_and_from_where(visit, address, standing):
    opened = visit(address)
    figure = opened.page.locator("figure[data-drawn]").first
    with opened.page.expect_download() as waiting:
        figure.get_by_role("button", name="as SVG").click()
    drawing = ElementTree.parse(waiting.value.path())  # noqa: S314 - our own
    said = " ".join("".join(text.itertext()) for text in drawing.iter("{http://www.w3.org/2000/svg}text"))
    title = figure.locator(".app-figure__title").text_content().split()

    assert waiting.value.suggested_filename.endswith(".svg")
    assert " ".join(title[:8]) in said
    assert standing in said
    assert ("SIMULATED" in said) == ("Simulated" in standing)
    assert "Source:" in said or "Simulated" in standing
    assert opened.violations == opened.errors == []


def test_the_file_of_a_figure_downloads_under_a_name_that_says_the_release(visit):
    page = visit(SUMMARY).page
    with page.expect_download() as waiting:
        page.locator("[data-chart='accommodation']").get_by_role("link", name="Download as CSV").click()

    assert waiting.value.suggested_filename == "accommodation-release-1.csv"
    assert waiting.value.path().read_bytes().startswith(b"\xef\xbb\xbforganisation,")


def test_a_region_can_be_picked(visit):
    page = visit("/releases/1/trusts/").page
    page.get_by_label("NOMS region", exact=True).select_option("South West")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/releases/1/trusts/?region=south-west-region")

    assert page.get_by_role("link", name="Avon and Somerset", exact=True).first.is_visible()
    assert not page.get_by_role("link", name="Hertfordshire", exact=True).count()


@each_width
@pytest.mark.parametrize("address", [SIMULATED_DIVERGENCE, SIMULATED_MEASURE])
def test_every_simulated_chart_says_so_within_its_picture_and_in_the_image_saved(visit, address, width):
    opened = visit(address, width)
    for plot in opened.page.locator(".app-figure__plot").all():
        mark = plot.locator(".annotation-text").last
        assert mark.text_content() == "SIMULATEDnone is real"
        assert inside(mark.bounding_box(), plot.bounding_box())
    with opened.page.expect_download() as waiting:
        opened.page.get_by_role("button", name="Save as image").first.click()

    assert waiting.value.suggested_filename.startswith("simulated-")
    assert opened.errors == opened.violations == []


def inside(inner: dict, outer: dict) -> bool:
    return (
        outer["x"] <= inner["x"]
        and outer["y"] <= inner["y"]
        and inner["x"] + inner["width"] <= outer["x"] + outer["width"]
        and inner["y"] + inner["height"] <= outer["y"] + outer["height"]
    )


@each_width
@pytest.mark.parametrize(
    "address", [SIMULATED, SIMULATED_TRUST, SIMULATED_DIVERGENCE, f"{SIMULATED}nowhere/"]
)
def test_the_banner_of_simulated_pages_is_seen_at_once_without_scripts_and_on_paper(
    site, contexts, address, width
):
    page = contexts(viewport={"width": width, "height": 900}, java_script_enabled=False).new_page()
    page.goto(f"{site}{address}")
    banner = page.locator(".app-simulated")
    screen = banner.bounding_box()
    page.emulate_media(media="print")

    assert screen["y"] + screen["height"] < 600
    assert screen["width"] > 0.9 * width - 120
    assert banner.is_visible()
    assert banner.inner_text().startswith("Simulated figures: none is real.")


SHEETS = """() => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
  .filter((rule) => rule instanceof CSSPageRule).map((rule) => [rule.selectorText, rule.cssText])"""


def test_every_sheet_of_a_simulated_page_on_paper_says_so_and_none_of_the_record(visit):
    simulated, record = visit(SIMULATED_TRUST).page, visit(TRUST).page
    sheets = dict(simulated.evaluate(SHEETS))
    kind = "() => getComputedStyle(document.body).page"

    assert simulated.evaluate(kind) == "simulated"
    assert record.evaluate(kind) == "auto"
    assert "Simulated figures: none is real" in sheets["simulated"]
    assert set(sheets) == {"simulated"}


def test_the_banner_leads_from_a_simulated_page_to_that_of_the_record_and_a_reader_can_come_back(visit):
    page = visit(SIMULATED_TRUST).page
    page.get_by_role("link", name="Read the public record instead").click()
    page.wait_for_url("**/trusts/london/")
    assert not page.locator(".app-simulated").count()

    page.get_by_role("link", name="All series").first.click()
    page.get_by_role("link", name="Simulated trusts").click()
    page.wait_for_url(f"**{SIMULATED}")
    assert page.locator(".app-simulated").is_visible()


def test_a_simulated_file_says_so_in_its_name(visit):
    page = visit(SIMULATED_TRUST).page
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download these figures as CSV").click()

    assert waiting.value.suggested_filename == "simulated-london-release-1.csv"


@pytest.mark.parametrize("head", ["Cases as asked", "Predicted", "Targets met"])
def test_the_table_of_all_trusts_sorts_numbers_as_numbers(visit, head):
    page = visit(SIMULATED_DIVERGENCE).page
    page.locator("#chart-divergence").get_by_text("The figures behind this chart").click()
    table = page.locator("#chart-divergence table")
    heads = [text.strip() for text in table.locator("thead th").all_inner_texts()]
    table.get_by_role("button", name=head, exact=True).click()
    cells = table.locator(f"tbody tr > *:nth-child({heads.index(head) + 1})").all_inner_texts()
    numbers = [int(cell.split(" of ")[0].replace(",", "")) for cell in cells]

    assert len(numbers) == 35
    assert numbers == sorted(numbers)
