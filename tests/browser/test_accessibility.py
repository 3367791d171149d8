"""Pages under axe-core, where no list of every page leads."""

from urllib.parse import urljoin

import pytest

from tests.browser.accessibility import open_doors, violations
from tests.browser.addresses import NOT_FOUND
from tests.browser.conftest import ALL_DRAWN

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_where_there_is_no_page(visit, width):
    page = visit("/about/", width).page
    found = {}
    for address in NOT_FOUND:
        assert page.goto(urljoin(page.url, address)).status == 404
        page.wait_for_function(ALL_DRAWN)
        found[address] = violations(page)

    assert {address: faults for address, faults in found.items() if faults} == {}


def test_axe_finds_nothing_with_tables_menu_and_details_open(visit):
    page = visit("/", 390).page
    page.get_by_role("button", name="Menu").click()
    open_doors(page)

    assert violations(page) == []
