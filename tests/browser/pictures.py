"""The pictures of the guides. What one shows is kept beside it in words, so that no guide shows a page that
has changed; `make pictures` puts new ones in the place of the old."""

import os
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
REPLACE = os.environ.get("REPLACE_PICTURES") == "true"
SIMULATED = "/series/simulated/"


@dataclass(frozen=True)
class Picture:
    """`part`: what of the page is shown, or as much of it as a screen shows at first."""

    name: str
    address: str
    part: str = ""
    width: int = 1280
    height: int = 900

    @property
    def image(self) -> Path:
        return PICTURES / f"{self.name}.png"

    @property
    def words(self) -> Path:
        return PICTURES / f"{self.name}.txt"


PUBLIC = [
    Picture("summary", "/"),
    Picture("summary-narrow", "/", width=390, height=844),
    Picture("funnel", "/measures/accommodation-at-termination/", "[data-chart^='funnel']"),
    Picture("divergence", f"{SIMULATED}divergence/", height=1100),
    Picture("trust", f"{SIMULATED}trusts/london/", height=1300),
    Picture("trusts", f"{SIMULATED}trusts/", height=1300),
    Picture("map", f"{SIMULATED}map/", height=1200),
    Picture("framework", f"{SIMULATED}frameworks/ptrs-2012-13/", ".app-what-if"),
    Picture("compare", f"{SIMULATED}compare/?organisation=london&organisation=wales&measure=oasys-15-days"),
    Picture("method", "/methods/funnel/"),
]
# On the way of a return, as only an officer who has sent a file with errors sees it.
RETURNS = Picture("returns", "/returns/uploads/")


def assert_shows(page: Page, picture: Picture) -> None:
    """The kept picture, as far as words tell, shows the page as it is."""
    page.set_viewport_size({"width": picture.width, "height": picture.height})
    taken = page.locator(picture.part).first.screenshot() if picture.part else page.screenshot()
    words = headings(page, picture)
    if REPLACE:
        picture.image.write_bytes(taken)
        picture.words.write_text(words)

    assert picture.image.is_file()
    assert picture.words.read_text() == words, "Take it again: make pictures"


def headings(page: Page, picture: Picture) -> str:
    """Those in the picture, from the top."""
    heads = page.locator(f"{picture.part or 'main'} :is(h1, h2, h3, .app-figure__title)").all()
    boxes = [(head, head.bounding_box()) for head in heads]
    seen = [head for head, box in boxes if box and (picture.part or box["y"] < picture.height)]
    return "\n".join(dict.fromkeys(head.inner_text().strip() for head in seen)) + "\n"
