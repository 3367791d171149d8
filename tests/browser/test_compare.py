"""A comparison put together by keyboard, with and without scripts, and taken apart again."""

import pytest

from tests.browser.addresses import COMPARISONS, REPORTS

pytestmark = pytest.mark.browser

COMPARE = "/series/simulated/compare/"
LONDON = f"organisation=london&{REPORTS}"
FOCUSED = "() => document.activeElement.id"


def tab_until(page, is_there: str, most: int = 40) -> None:
    """Tab on until a function of the focused element says so."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"() => ({is_there})(document.activeElement)"):
            return
    pytest.fail(f"Nothing for which {is_there} holds was come to in {most} steps.")


def add(page, slug: str, letters: str) -> None:
    """With the keyboard alone: the list, the first letters of what is wanted, the button beside it."""
    if page.evaluate(FOCUSED) != f"add-{slug}":
        tab_until(page, f"(element) => element.id === 'add-{slug}'")
    page.keyboard.type(letters)
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_comparison_is_built_by_keyboard_and_each_step_leads_back_to_where_it_was_taken(visit):
    page = visit(COMPARE).page

    add(page, "organisation", "London Prob")
    assert page.url.endswith("?organisation=london#add-organisation")
    assert page.evaluate(FOCUSED) == "add-organisation"
    add(page, "organisation", "Wales Prob")
    add(page, "measure", "Court reports")
    assert page.evaluate(FOCUSED) == "add-measure"

    assert page.url.endswith(
        "?organisation=london&organisation=wales&measure=court-reports-on-time#add-measure"
    )
    assert page.locator("#results tbody tr").count() == 2
    assert page.locator("#finding").inner_text().startswith("Wales Probation Trust had ")


def test_the_list_that_a_reader_is_led_back_to_is_in_sight_with_its_label(visit):
    page = visit(f"{COMPARE}?{LONDON}").page
    add(page, "organisation", "Wales Prob")

    for place in ("#add-organisation", "label[for=add-organisation]"):
        box = page.locator(place).bounding_box()
        assert 0 <= box["y"] <= 900 - box["height"], place


def test_what_is_chosen_is_taken_away_by_keyboard_without_losing_the_place(visit):
    page = visit(f"{COMPARE}?organisation=london&organisation=wales&{REPORTS}").page
    tab_until(page, "(element) => element.ariaLabel === 'Remove London Probation Trust'")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url.endswith(f"?organisation=wales&{REPORTS}#chosen")
    assert page.evaluate(FOCUSED) == "chosen"
    tab_until(page, "(element) => element.ariaLabel === 'Remove Wales Probation Trust'", most=1)
    page.go_back()
    assert page.get_by_label("Remove London Probation Trust").is_visible()


@pytest.mark.parametrize("has_scripts", [True, False])
def test_organisations_are_added_up_as_a_group_of_ones_own(visit, has_scripts):
    trusts = "organisation=durham-tees-valley&organisation=london&organisation=northumbria"
    page = visit(f"{COMPARE}?{trusts}&{REPORTS}", java_script_enabled=has_scripts).page
    page.get_by_text("Add some of them up as a group of your own").click()
    page.get_by_label("Name of the group").fill("North East")
    for name in ("Durham Tees Valley Probation Trust", "Northumbria Probation Trust"):
        page.get_by_label(name, exact=True).check()
    page.get_by_label("Show the group in place of its members").check()
    page.get_by_role("button", name="Add up").click()

    page.wait_for_url(
        f"**/compare/?organisation=london&group=North+East:durham-tees-valley,northumbria&{REPORTS}#chosen"
    )
    rows = [" ".join(text.split()) for text in page.locator("#results tbody th").all_inner_texts()]
    assert rows == ["London Probation Trust", "North East Own group. Added up from 2 trusts."]


def test_without_scripts_a_comparison_is_built_and_read(visit):
    page = visit(COMPARE, java_script_enabled=False).page
    for slug, label, value in (
        ("organisation", "Add an organisation", "each:england-and-wales"),
        ("measure", "Add a measure", "court-reports-on-time"),
        ("year", "Add a year", "2011-12"),
    ):
        page.get_by_label(label, exact=True).select_option(value)
        page.locator(f"#add-{slug} + button").click()

    assert page.url.endswith("?each=england-and-wales&measure=court-reports-on-time&year=2011-12#add-year")
    assert page.locator("#results tbody tr").count() == 35
    assert page.locator("#finding").is_visible()
    assert not page.get_by_role("button", name="Copy the link").is_visible()


def test_everything_that_can_be_pressed_is_large_enough(visit):
    page = visit(f"{COMPARE}?{COMPARISONS[4]}", 390).page

    for place in page.locator("#chosen .moj-filter__tag, #chosen button:visible, #chosen select").all():
        box = place.bounding_box()
        assert min(box["width"], box["height"]) >= 24


def test_the_link_can_be_copied(visit):
    opened = visit(f"{COMPARE}?{LONDON}", permissions=["clipboard-read", "clipboard-write"])
    opened.page.get_by_role("button", name="Copy the link").click()

    opened.page.get_by_text("Copied").wait_for()
    copied = opened.page.evaluate("() => navigator.clipboard.readText()")
    assert copied.endswith(f"/series/simulated/releases/1/compare/?{LONDON}")
