"""Pages under axe-core, in a context of their own: axe's script needs the policy lifted."""

from pathlib import Path

import pytest

from tests.browser.addresses import PAGES
from tests.browser.conftest import ALL_DRAWN

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => {
  const { violations } = await axe.run(document, {
    runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
  });
  const places = (nodes) => nodes.map((node) => node.target).join(", ");
  return violations.map(({ id, help, nodes }) => `${id} (${help}): ${places(nodes)}`);
}"""


def violations(page) -> list[str]:
    page.evaluate(AXE.read_text())
    return page.evaluate(RUN)


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_against_the_guidelines(visit, width):
    opened = visit("/about/", width, bypass_csp=True)
    found = {}
    for address in PAGES:
        opened.open(address)
        opened.page.wait_for_function(ALL_DRAWN)
        found[address] = violations(opened.page)

    assert {address: faults for address, faults in found.items() if faults} == {}


def test_axe_finds_nothing_with_tables_menu_and_details_open(visit):
    page = visit("/", 390, bypass_csp=True).page
    page.get_by_role("button", name="Menu").click()
    page.evaluate("() => document.querySelectorAll('details').forEach((details) => { details.open = true; })")

    assert violations(page) == []
