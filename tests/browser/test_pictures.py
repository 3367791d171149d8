"""The pictures of the guides, taken anew: `make pictures` puts them in the place of the old ones.

What a picture shows is kept beside it in words, so that a guide can't show a screen that has changed.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
REPLACE = os.environ.get("REPLACE_PICTURES") == "true"
SIMULATED = "/series/simulated/"
WORDS = "(part) => part.innerText"


@dataclass(frozen=True)
class Picture:
    """`part`: what of the page is shown, or as much of it as a screen shows at first."""

    name: str
    address: str
    part: str = ""
    width: int = 1280
    height: int = 900


ALL = [
    Picture("summary", "/"),
    Picture("summary-narrow", "/", width=390, height=844),
    Picture("funnel", "/measures/accommodation-at-termination/", "[data-chart^='funnel']"),
    Picture("divergence", f"{SIMULATED}divergence/"),
    Picture("trust", f"{SIMULATED}trusts/london/"),
    Picture("trusts", f"{SIMULATED}trusts/"),
    Picture("map", f"{SIMULATED}map/"),
    Picture("framework", f"{SIMULATED}frameworks/ptrs-2012-13/"),
    Picture("compare", f"{SIMULATED}compare/"),
    Picture("method", "/methods/funnel/"),
]


@pytest.mark.parametrize("picture", ALL, ids=lambda picture: picture.name)
def test_a_picture_of_the_guides_shows_the_page_as_it_is(visit, tmp_path, picture):
    opened = visit(picture.address, picture.width)
    opened.page.set_viewport_size({"width": picture.width, "height": picture.height})
    part = opened.page.locator(picture.part or "body").first
    taken = tmp_path / f"{picture.name}.png"
    if picture.part:
        part.screenshot(path=taken)
    else:
        opened.page.screenshot(path=taken)
    words = shown_words(opened.page, picture)
    if REPLACE:
        (PICTURES / taken.name).write_bytes(taken.read_bytes())
        (PICTURES / f"{picture.name}.txt").write_text(words)

    assert (PICTURES / taken.name).is_file()
    assert (PICTURES / f"{picture.name}.txt").read_text() == words, "Take it again: make pictures"


def shown_words(page, picture: Picture) -> str:
    """The headings in the picture, from the top."""
    within = picture.part or "main"
    heads = page.locator(f"{within} :is(h1, h2, h3)").all()
    seen = [head for head in heads if (box := head.bounding_box()) and box["y"] < picture.height]
    return "\n".join(head.inner_text().strip() for head in seen) + "\n"


def test_every_picture_in_the_guides_is_one_of_these_and_each_is_used():
    guides = "\n".join(
        path.read_text() for path in [PICTURES.parents[1] / "README.md", *PICTURES.parent.glob("*.md")]
    )
    kept = {path.stem for path in PICTURES.glob("*.png")}

    assert kept == {picture.name for picture in ALL} | {"returns"}
    assert [name for name in kept if f"pictures/{name}.png" not in guides] == []
