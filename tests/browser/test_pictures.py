"""The pictures of the guides show pages as they are."""

import pytest

from tests.browser.pictures import PICTURES, PUBLIC, RETURNS, assert_shows

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("picture", PUBLIC, ids=lambda picture: picture.name)
def test_a_picture_of_the_guides_shows_the_page_as_it_is(visit, picture):
    assert_shows(visit(picture.address, picture.width).page, picture)


def test_every_picture_is_kept_and_stands_in_a_guide():
    guides = "\n".join(
        path.read_text() for path in [PICTURES.parents[1] / "README.md", *PICTURES.parent.glob("*.md")]
    )
    names = {picture.name for picture in [*PUBLIC, RETURNS]}

    assert {path.stem for path in PICTURES.glob("*.png")} == names
    assert [name for name in names if f"pictures/{name}.png" not in guides] == []
