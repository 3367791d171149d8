"""Pages under axe-core, in a context of their own: axe's script needs the policy lifted."""

from pathlib import Path
from urllib.parse import urljoin

import pytest

from tests.browser.addresses import ACCOUNT, NOT_FOUND, PAGES
from tests.browser.conftest import ALL_DRAWN

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => {
  const { violations } = await axe.run(document, {
    resultTypes: ["violations"],
    runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
  });
  const places = (nodes) => nodes.map((node) => node.target).join(", ");
  return violations.map(({ id, help, nodes }) => `${id} (${help}): ${places(nodes)}`);
}"""
OPEN_DOORS = "() => document.querySelectorAll('details').forEach((details) => { details.open = true; })"


def violations(page) -> list[str]:
    page.evaluate(AXE.read_text())
    return page.evaluate(RUN)


def go_to(page, address: str) -> int:
    """Also where there is no page, which has to be as readable."""
    status = page.goto(urljoin(page.url, address)).status
    page.wait_for_function(ALL_DRAWN)
    return status


@pytest.mark.parametrize(
    ("width", "with_doors_open"), [(1280, False), (390, True)], ids=["wide", "narrow-with-doors-open"]
)
def test_axe_finds_nothing_against_the_guidelines(visit, width, with_doors_open):
    page = visit("/about/", width, bypass_csp=True).page
    found = {}
    for address in PAGES + ACCOUNT + NOT_FOUND:
        status = go_to(page, address)
        assert status == (404 if address in NOT_FOUND else 200), address
        if with_doors_open:
            page.evaluate(OPEN_DOORS)
        found[address] = violations(page)

    assert {address: faults for address, faults in found.items() if faults} == {}


def test_axe_finds_nothing_with_tables_menu_and_details_open(visit):
    page = visit("/", 390, bypass_csp=True).page
    page.get_by_role("button", name="Menu").click()
    page.evaluate(OPEN_DOORS)

    assert violations(page) == []
