"""Trusts and the tile map in a browser: choosing, sorting, by keyboard, narrow, and without scripts."""

import pytest

pytestmark = pytest.mark.browser

TRUSTS, MAP = "/series/simulated/trusts/", "/series/simulated/map/"
BANDS = ["Exceptional performance", "Good performance", "Requiring improvement", "Serious concerns"]
# An element's box is wide enough to be hit, by a finger or with a shaking hand.
SIZES = "(tiles) => tiles.map((tile) => [tile.offsetWidth, tile.offsetHeight])"
BACKGROUNDS = """(swatches) => swatches.map((swatch) => getComputedStyle(swatch).backgroundColor
  .match(/\\d+/g).slice(0, 3).map(Number))"""


def column(page, number: int) -> list[str]:
    cells = page.locator(f"#trusts tbody tr > *:nth-child({number})").all_inner_texts()
    return [cell.strip().split("\n")[0] for cell in cells]


def test_a_choice_is_made_in_the_form_stays_in_the_address_and_survives_going_back(visit):
    page = visit(TRUSTS).page
    page.get_by_label("Year").select_option("2011-12")
    page.get_by_label("NOMS region").select_option("North West")
    page.get_by_label("In order of").select_option("Process attainment")
    page.get_by_role("button", name="Show", exact=True).click()

    assert "year=2011-12" in page.url
    assert "region=north-west-region" in page.url
    assert page.locator("h1").inner_text() == "Trusts and their ratings, 2011-12"
    attainment = [float(cell.rstrip("%")) for cell in column(page, 8)]
    assert len(attainment) == 5
    assert attainment == sorted(attainment, reverse=True)
    assert page.get_by_label("NOMS region").input_value() == "north-west-region"
    page.go_back()
    assert page.locator("#trusts tbody tr").count() == 35


def test_the_table_sorts_by_rating_at_a_click_the_best_band_last_and_then_first(visit):
    page = visit(TRUSTS).page
    head = page.locator("#trusts").get_by_role("button", name="Rating")
    places = lambda: [BANDS.index(band) for band in column(page, 2)]  # noqa: E731 - read twice

    head.click()
    assert places() == sorted(places(), reverse=True)
    head.click()
    assert places() == sorted(places())
    assert len(set(places())) > 1


def test_the_table_sorts_by_the_outcome_below_prediction_first(visit):
    page = visit(TRUSTS).page
    head = page.locator("#trusts").get_by_role("button", name="Points from predicted")
    head.click()
    head.click()
    words = [cell.split(" ") for cell in column(page, 8)]
    values = [float(number) * (1 if side == "below" else -1) for number, side in words]

    assert values == sorted(values, reverse=True)
    assert min(values) < 0 < max(values)


def test_without_scripts_the_form_filters_and_the_directory_opens(visit):
    page = visit(TRUSTS, java_script_enabled=False).page
    page.get_by_label("Size").select_option("Trusts with small caseloads")
    page.get_by_role("button", name="Show", exact=True).click()
    assert page.locator("#trusts tbody tr").count() in (11, 12)

    page.get_by_text("Probation areas (42)").click()
    assert page.get_by_role("link", name="Hertfordshire", exact=True).last.is_visible()


def test_a_tile_is_reached_and_followed_by_keyboard_and_its_focus_is_seen(visit):
    page = visit(MAP).page
    page.locator(".app-tiles a").first.focus()
    page.keyboard.press("Tab")
    tile = page.locator(".app-tiles a:focus")

    assert tile.inner_text().startswith("Cumbria")
    assert tile.evaluate("(tile) => getComputedStyle(tile).backgroundColor") == "rgb(255, 221, 0)"
    page.keyboard.press("Enter")
    page.wait_for_url("**/trusts/cumbria/")


def test_a_narrow_map_has_letters_that_can_be_hit_and_the_names_in_the_table(visit):
    page = visit(MAP, 390).page
    tiles = page.locator(".app-tiles a")

    assert tiles.first.locator(".app-tiles__letters").inner_text() == "Nbr"
    assert "Northumbria" in tiles.first.text_content()
    assert min(min(size) for size in tiles.evaluate_all(SIZES)) >= 24
    assert page.get_by_role("link", name="Northumbria Probation Trust").is_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_a_wide_map_has_names_and_figures_on_its_tiles_and_its_table_behind_a_door(visit):
    page = visit(MAP).page
    tile = page.locator(".app-tiles a").first

    assert not tile.locator(".app-tiles__letters").is_visible()
    assert "Northumbria" in tile.inner_text()
    assert not page.locator("main table").is_visible()
    page.get_by_text("The figures on the map").click()
    assert page.locator("main table").is_visible()


def test_no_tile_lies_on_another(visit):
    page = visit(MAP).page
    boxes = page.locator(".app-tiles a").evaluate_all(
        "(tiles) => tiles.map((tile) => tile.getBoundingClientRect()).map(({ x, y }) => [x, y])"
    )

    assert len(boxes) == len({tuple(map(round, box)) for box in boxes}) == 35
    assert len({round(x) for x, _ in boxes}) == 7
    assert len({round(y) for _, y in boxes}) == 9


def test_each_step_is_darker_than_the_one_below_also_in_grey(visit):
    page = visit(f"{MAP}?show=oasys-15-days").page
    colours = page.locator(".app-tile-legend__swatch").evaluate_all(BACKGROUNDS)
    greys = [0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in colours]

    assert len(greys) == 5
    assert all(lighter - darker >= 20 for darker, lighter in zip(greys, greys[1:], strict=False))


def test_without_scripts_the_map_is_a_list_of_links_and_its_table_is_open(visit):
    page = visit(MAP, java_script_enabled=False).page

    assert page.locator(".app-tiles a").count() == 35
    assert page.locator("main table").is_visible()
