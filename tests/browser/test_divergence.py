"""The page of process and outcome in a reader's hands: points, choices, the own trust."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

DIVERGENCE = "/series/simulated/divergence/"
SYMBOLS = """() => JSON.parse(document.querySelector("#chart-divergence script").textContent).data
  .filter((trace) => trace.hovertext).map((trace) => [].concat(trace.marker.symbol))"""
HOVERED = "#chart-divergence .hovertext"


def chart(page: Page):
    return page.locator("#chart-divergence")


def choose(page: Page, **choices: str) -> None:
    for label, option in choices.items():
        page.get_by_label(label.replace("_", " "), exact=True).select_option(label=option)
    page.get_by_role("button", name="Show").click()
    page.wait_for_load_state("networkidle")


def test_tab_comes_to_a_point_which_says_its_name_and_arrows_lead_to_the_next(visit: Open) -> None:
    opened = visit(DIVERGENCE)
    page = opened.page
    first = chart(page).locator("path.point[tabindex='0']").first
    first.focus()
    said = first.get_attribute("aria-label")
    shown = page.locator(HOVERED).first.text_content()
    page.keyboard.press("ArrowRight")
    then = page.evaluate("() => document.activeElement.getAttribute('aria-label')")
    shown_then = page.locator(HOVERED).first.text_content()

    assert said.split(".")[0] in shown
    assert then != said
    assert then.split(".")[0] in shown_then
    page.keyboard.press("Escape")
    expect(page.locator(HOVERED)).to_have_count(0)
    assert (opened.errors, opened.violations, opened.other_hosts) == ([], [], [])


def test_every_trust_can_be_come_to_from_point_to_point(visit: Open) -> None:
    page = visit(DIVERGENCE).page
    chart(page).locator("path.point[tabindex='0']").first.focus()
    page.keyboard.press("Home")
    names = set()
    for _ in range(40):
        names.add(page.evaluate("() => document.activeElement.getAttribute('aria-label')").split(".")[0])
        page.keyboard.press("ArrowRight")

    assert len(names) == 35


def test_pointing_at_a_point_names_it(visit: Open) -> None:
    opened = visit(DIVERGENCE)
    chart(opened.page).locator("path.point").first.hover(force=True)
    text = opened.page.locator(HOVERED).first.text_content()

    assert "Probation" in text
    assert "of the cases asked for" in text
    assert opened.violations == []


def test_each_quarter_has_one_shape_and_whoever_is_not_sure_a_hollow_one(visit: Open) -> None:
    traces = visit(DIVERGENCE).page.evaluate(SYMBOLS)
    shapes = [{symbol.removesuffix("-open") for symbol in trace} for trace in traces]
    used = {symbol for trace in traces for symbol in trace}

    assert {shape for some in shapes for shape in some} >= {"circle", "diamond", "square", "triangle-up"}
    assert any(symbol.endswith("-open") for symbol in used)
    assert any(not symbol.endswith("-open") for symbol in used)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_what_is_chosen_stands_in_the_address_and_is_there_again_when_it_is_opened(
    visit: Open, scripts: bool
) -> None:
    page = visit(DIVERGENCE, java_script_enabled=scripts).page
    choose(page, Year="2010-11", Process_measures="Timeliness alone", Mark_a_trust="London Probation Trust")
    asked = page.url.partition("?")[2].split("&")

    assert {"year=2010-11", "kind=timeliness", "trust=london"} <= set(asked)
    again = visit(page.url.replace(page.url.partition("/series")[0], ""), java_script_enabled=scripts).page
    assert again.get_by_label("Year", exact=True).input_value() == "2010-11"
    assert again.get_by_label("Mark a trust").input_value() == "london"
    expect(again.locator("main")).to_contain_text("2010-11")


def test_the_marked_trust_is_named_on_the_chart(visit: Open) -> None:
    page = visit(f"{DIVERGENCE}?trust=london").page

    expect(chart(page).locator("svg").get_by_text("London", exact=True)).to_be_visible()
    assert not chart(visit(DIVERGENCE).page).locator("svg").get_by_text("London", exact=True).count()


def test_what_the_page_can_not_show_is_in_sight_at_a_click(visit: Open) -> None:
    page = visit(DIVERGENCE).page
    page.get_by_role("link", name="What this can’t show").click()

    expect(page.locator(page.url.partition("#")[2].join(("#", "")))).to_be_in_viewport()
