"""The page of process and outcome in a reader's hands: points, choices, the own trust."""

from itertools import combinations
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open, Visit

pytestmark = pytest.mark.browser

DIVERGENCE = "/series/simulated/divergence/"
# How many points of each chart speak: of a row of ranks, whose two marks say the same, one does.
SPEAKING = {"divergence": 35, "by-chance": 5, "ranks": 35, "lag": 4}
CHOICES = {
    "Year": ("year", "2010-11", "2010-11"),
    "Process measures": ("kind", "Timeliness alone", "timeliness"),
    "NOMS region": ("region", "North West", "north-west-region"),
    "Mark a trust": ("trust", "Cheshire Probation Trust", "cheshire"),
}
# Each mark with what it says, its quarter, its symbol, and whether its inside is empty.
MARKS = """() => [...document.querySelectorAll("#chart-divergence .scatterlayer .trace")].flatMap((group) => {
  const { trace } = group.__data__[0];
  return [...group.querySelectorAll("path.point[role='img']")].map((mark) => ({
    text: mark.getAttribute("aria-label"),
    quarter: trace.name,
    symbol: trace.marker.symbol,
    isEmpty: getComputedStyle(mark).fill === "none",
  }));
})"""
# Where the names on the chart lie, the marks, and the words in its corners.
BOXES = """() => Object.fromEntries(Object.entries({
  names: ".textpoint text",
  marks: "path.point",
  corners: ".annotation:not(:has([data-unformatted*='SIMULATED']))",
}).map(([name, selector]) => [name, [...document.querySelectorAll(`#chart-divergence ${selector}`)]
  .map((one) => one.getBoundingClientRect())
  .filter(({ width }) => width)
  .map(({ left, right, top, bottom }) => [left, right, top, bottom])]))"""
FOCUSED = "() => document.activeElement.getAttribute('aria-label')"


def chart(page: Page, name: str = "divergence") -> Locator:
    return page.locator(f"#chart-{name}")


def hover_label(page: Page, name: str = "divergence") -> Locator:
    return chart(page, name).locator(".hovertext")


def entry(page: Page, name: str = "divergence") -> Locator:
    """The point that Tab comes to."""
    return chart(page, name).locator("path.point[tabindex='0']")


def table_of(page: Page, name: str = "divergence") -> Locator:
    """Open, as it is where there are no scripts."""
    table = chart(page, name).locator("table")
    if not table.is_visible():
        chart(page, name).get_by_text("The figures behind this chart").click()
    return table


def choose(page: Page, **choices: str) -> None:
    for label, option in choices.items():
        page.get_by_label(label.replace("_", " "), exact=True).select_option(label=option)
    with page.expect_navigation():
        page.get_by_role("button", name="Show").click()


def asked(page: Page) -> dict[str, str]:
    """What the address asks for."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def assert_untroubled(opened: Visit) -> None:
    assert (opened.errors, opened.violations, opened.other_hosts, opened.failures) == ([], [], [], [])


def test_tab_comes_to_a_point_which_says_its_name_and_arrows_lead_to_the_next(visit: Open) -> None:
    opened = visit(DIVERGENCE)
    page = opened.page
    page.get_by_role("button", name="Show").focus()
    page.keyboard.press("Tab")
    first = page.evaluate(FOCUSED)
    expect(entry(page)).to_be_focused()
    expect(hover_label(page)).to_contain_text(first.split(".")[0])

    page.keyboard.press("ArrowRight")
    then = page.evaluate(FOCUSED)
    assert then != first
    expect(hover_label(page)).to_contain_text(then.split(".")[0])
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(FOCUSED) == first
    page.keyboard.press("Escape")
    expect(hover_label(page)).to_have_count(0)
    assert_untroubled(opened)


def test_the_page_goes_on_after_one_step_of_tab_and_comes_back_to_the_same_point(visit: Open) -> None:
    page = visit(DIVERGENCE).page
    entry(page).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    left = page.evaluate(FOCUSED)

    page.keyboard.press("Tab")
    assert chart(page).locator("summary").first.evaluate("(door) => door === document.activeElement")
    expect(hover_label(page)).to_have_count(0)
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED) == left


def test_arrows_go_up_and_down_and_keep_to_the_ends(visit: Open) -> None:
    page = visit(DIVERGENCE).page
    height = lambda: page.evaluate("() => document.activeElement.getBoundingClientRect().top")  # noqa: E731
    entry(page).focus()
    across = page.evaluate("() => scrollX")
    before = height()
    page.keyboard.press("ArrowDown")
    assert height() >= before
    page.keyboard.press("Home")
    leftmost = page.evaluate(FOCUSED)
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(FOCUSED) == leftmost
    page.keyboard.press("End")
    rightmost = page.evaluate(FOCUSED)
    page.keyboard.press("ArrowRight")
    assert page.evaluate(FOCUSED) == rightmost != leftmost
    assert page.evaluate("() => scrollX") == across


@pytest.mark.parametrize("name", SPEAKING)
def test_every_point_of_every_chart_can_be_come_to_and_says_something_of_its_own(
    visit: Open, name: str
) -> None:
    page = visit(DIVERGENCE).page
    expect(entry(page, name)).to_have_count(1)
    entry(page, name).focus()
    page.keyboard.press("Home")
    said = []
    for _ in range(SPEAKING[name] + 5):
        said.append(page.evaluate(FOCUSED))
        expect(hover_label(page, name).first).to_contain_text(said[-1].split(".")[0])
        page.keyboard.press("ArrowRight")

    assert len(set(said)) == SPEAKING[name]
    assert "" not in said


def test_pointing_at_a_point_names_it(visit: Open) -> None:
    opened = visit(DIVERGENCE)
    point = entry(opened.page)
    name, attainment, *_ = point.get_attribute("aria-label").split(". ")
    point.hover(force=True)

    expect(hover_label(opened.page)).to_contain_text(name)
    expect(hover_label(opened.page)).to_contain_text(attainment)
    assert "of the cases asked for" in attainment
    opened.page.mouse.move(0, 0)
    expect(hover_label(opened.page)).to_have_count(0)
    assert_untroubled(opened)


def test_each_quarter_has_one_shape_and_whoever_is_not_sure_a_hollow_one(visit: Open) -> None:
    marks = visit(DIVERGENCE).page.evaluate(MARKS)
    shapes = {(mark["quarter"], mark["symbol"].removesuffix("-open")) for mark in marks}
    not_sure = [mark for mark in marks if "not sure enough to be named" in mark["text"]]

    assert len(marks) == 35
    assert len(shapes) == len(dict(shapes)) == len({shape for _, shape in shapes}) == 4
    assert 0 < len(not_sure) < len(marks)
    for mark in marks:
        is_hollow = mark in not_sure
        assert mark["symbol"].endswith("-open") == mark["isEmpty"] == is_hollow, mark


def test_the_table_names_all_whom_the_chart_names(visit: Open) -> None:
    page = visit(DIVERGENCE).page
    drawn = {mark["text"].split(". ")[0] for mark in page.evaluate(MARKS)}
    rows = table_of(page).locator("tbody tr")

    assert {name.strip() for name in rows.locator("th").all_inner_texts()} == drawn
    assert rows.count() == len(drawn) == 35


def test_without_scripts_the_tables_name_everyone(visit: Open) -> None:
    page = visit(DIVERGENCE, java_script_enabled=False).page

    for name in ("divergence", "ranks"):
        expect(chart(page, name).locator("table")).to_be_visible()
        expect(chart(page, name).locator("tbody tr")).to_have_count(35)
    expect(page.get_by_text("arrow keys lead from point to point")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 768])
@pytest.mark.parametrize("query", ["", "?year=2010-11", "?region=south-west-region"])
def test_names_on_the_chart_cover_no_other_name_and_no_mark(visit: Open, query: str, width: int) -> None:
    boxes = visit(DIVERGENCE + query, width).page.evaluate(BOXES)

    assert len(boxes["names"]) > 1
    assert len(boxes["corners"]) == 4
    assert not any(meet(one, other) for one, other in combinations(boxes["names"], 2))
    others = [*boxes["marks"], *boxes["corners"]]
    assert not any(meet(name, other) for name in boxes["names"] for other in others)


def meet(one: list[float], other: list[float]) -> bool:
    """Whether boxes lie over each other by more than the pixel that drawing rounds by."""
    return (
        min(one[1], other[1]) - max(one[0], other[0]) > 1
        and min(one[3], other[3]) - max(one[2], other[2]) > 1
    )


def test_a_narrow_chart_keeps_its_points_and_leaves_the_names_to_whoever_asks(visit: Open) -> None:
    opened = visit(DIVERGENCE, 390)
    boxes = opened.page.evaluate(BOXES)

    assert boxes["names"] == []
    assert len(opened.page.evaluate(MARKS)) == 35
    entry(opened.page).focus()
    expect(hover_label(opened.page)).to_contain_text("Probation")
    assert opened.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    assert_untroubled(opened)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("label", CHOICES)
def test_each_choice_is_in_the_address_alone_with_what_is_so_anyhow(
    visit: Open, label: str, scripts: bool
) -> None:
    name, option, value = CHOICES[label]
    page = visit(DIVERGENCE, java_script_enabled=scripts).page
    before = page.locator("main").inner_text()
    choose(page, **{label.replace(" ", "_"): option})

    assert asked(page)[name] == value
    assert set(asked(page)) <= {"year", "kind", "region", "trust"}
    assert page.get_by_label(label, exact=True).input_value() == value
    assert page.locator("main").inner_text() != before


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_choices_together_stand_in_the_address_and_are_there_again_when_it_is_opened(
    visit: Open, scripts: bool
) -> None:
    opened = visit(DIVERGENCE, java_script_enabled=scripts)
    page = opened.page
    choose(page, **{label.replace(" ", "_"): option for label, (_, option, _) in CHOICES.items()})
    address = page.url.removeprefix(opened.site)
    assert asked(page) == {name: value for name, _, value in CHOICES.values()}

    again = visit(address, java_script_enabled=scripts).page
    for label, (_, _, value) in CHOICES.items():
        assert again.get_by_label(label, exact=True).input_value() == value
    assert again.locator("main").inner_text() == page.locator("main").inner_text()
    figure = chart(again)
    expect(figure.locator(".app-figure__title")).to_contain_text("North West: as counted")
    expect(figure.locator(".app-figure__title")).to_contain_text("(2010-11)")
    expect(figure.locator(".app-figure__caption")).to_contain_text("Timeliness alone")
    expect(figure.locator("tbody tr")).to_have_count(5)
    expect(again.locator("#finding")).to_contain_text("North West")
    href = figure.get_by_role("link", name="Download as CSV").get_attribute("href")
    assert parse_qs(urlsplit(href).query) == parse_qs(urlsplit(address).query)


def test_no_framework_can_be_chosen_where_a_year_has_one(visit: Open) -> None:
    page = visit(DIVERGENCE).page

    expect(page.get_by_label("Framework", exact=True)).to_have_count(0)
    expect(chart(page).locator(".app-figure__caption")).to_contain_text("PTRS 2012-13")


def test_going_back_takes_a_choice_back(visit: Open) -> None:
    page = visit(DIVERGENCE).page
    choose(page, Year="2010-11")
    expect(page.locator("#finding")).to_contain_text("2010-11")
    page.go_back()

    expect(page.locator("#finding")).to_contain_text("2012-13")


def test_the_marked_trust_is_named_on_the_chart(visit: Open) -> None:
    opened = visit(f"{DIVERGENCE}?trust=london")
    page = opened.page

    expect(chart(page).locator("svg").get_by_text("London", exact=True)).to_be_visible()
    expect(chart(page, "ranks").locator(".ytick").get_by_text("▶ London", exact=True)).to_be_visible()
    assert marked_in(page, "divergence") == marked_in(page, "ranks") == ["London Probation Trust"]
    expect(page.locator("#own")).to_contain_text("London Probation Trust")
    page.locator("#own").get_by_role("link", name="All of its figures").click()
    page.wait_for_url("**/trusts/london/?year=2012-13")
    assert_untroubled(opened)


def marked_in(page: Page, name: str) -> list[str]:
    """Whom a table notes as marked."""
    heads = table_of(page, name).locator("tbody th").all_inner_texts()
    return [head.split("\n")[0].strip() for head in heads if "Marked in the chart" in head]


def test_where_no_trust_is_asked_for_none_is_marked(visit: Open) -> None:
    page = visit(DIVERGENCE).page

    expect(chart(page).locator("svg").get_by_text("London", exact=True)).to_have_count(0)
    expect(chart(page, "ranks").locator(".ytick", has_text="▶")).to_have_count(0)
    assert marked_in(page, "divergence") == marked_in(page, "ranks") == []
    expect(page.locator("#own")).to_have_count(0)


def test_a_region_leaves_the_others_faint_behind_but_they_can_be_asked(visit: Open) -> None:
    page = visit(f"{DIVERGENCE}?region=north-west-region").page
    marks = page.evaluate(MARKS)
    faint = [mark for mark in marks if mark["quarter"] == "Other regions"]

    assert (len(marks), len(faint)) == (35, 30)
    assert all(" Trust. " in mark["text"] or "Probation. " in mark["text"] for mark in faint)
    expect(page.locator("#of-all")).to_contain_text("the 5 of North West are too few to tell")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_what_the_page_can_not_show_is_in_sight_at_a_click(visit: Open, scripts: bool) -> None:
    page = visit(DIVERGENCE, java_script_enabled=scripts).page
    box = page.locator(".app-cannot")
    expect(box).to_be_visible()
    expect(box.get_by_role("listitem").first).to_contain_text("That one thing brings about the other.")
    page.get_by_role("link", name="What this can’t show").click()

    assert page.url.endswith("#cannot")
    expect(box.get_by_role("heading", name="What this can’t show")).to_be_in_viewport()
