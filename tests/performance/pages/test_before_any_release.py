"""The site before the first release: a module of its own, as other modules publish one."""

import pytest

from tests.performance.pages.addresses import DOWNLOADS, PAGES, bare, numbered
from tests.performance.pages.reading import headings, read


@pytest.mark.parametrize("page", [*PAGES[:3], "measures/", "frameworks/", "releases/", *DOWNLOADS])
def test_a_page_says_that_there_is_no_release_yet_and_what_to_do(client, db, page):
    response = client.get(bare(page))
    html = read(response.content.decode())

    assert response.status_code == 503
    assert html.one("h1").text == "There is no release yet"
    assert "make demo builds and publishes the first." in html.text
    assert headings(html)[0] == 1


@pytest.mark.parametrize("page", ["", "trusts/", "measures/binary-rate.csv"])
def test_a_numbered_release_is_not_found(client, db, page):
    assert client.get(numbered(page)).status_code == 404


def test_a_draft_is_not_shown(client, release):
    assert client.get("/").status_code == 503
    assert client.get(f"/releases/{release.number}/").status_code == 404
