"""A page under axe-core."""

from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text()
RUN = """async () => {
  const { violations } = await axe.run(document, {
    resultTypes: ["violations"],
    runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
  });
  const places = (nodes) => nodes.map((node) => node.target).join(", ");
  return violations.map(({ id, help, nodes }) => `${id} (${help}): ${places(nodes)}`);
}"""
OPEN_DOORS = "() => document.querySelectorAll('details').forEach((details) => { details.open = true; })"


def violations(page: Page) -> list[str]:
    """Of the guidelines at A and AA."""
    page.evaluate(AXE)
    return list(page.evaluate(RUN))


def open_doors(page: Page) -> None:
    """What is behind them is looked at too."""
    page.evaluate(OPEN_DOORS)
