"""Style sheets and scripts as the server hands them out, without a browser."""

import json
import re

import pytest
from django.conf import settings
from django.test import Client

PAGES = ["/", "/trusts/", "/measures/accommodation-at-termination/", "/frameworks/"]
HASHED = re.compile(r"/assets/[\w./-]+\.[0-9a-f]{12}\.\w+")


@pytest.fixture
def asked_for(site) -> set[str]:
    """What the pages ask for, and what their style sheets ask for in turn."""
    client = Client()
    pages = "".join(client.get(page).content.decode() for page in PAGES)
    return set(re.findall(r"""["'](/assets/[^"']+)["']""", pages))


@pytest.fixture
def manifest() -> dict[str, str]:
    return json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text())["paths"]


def test_every_file_that_a_page_asks_for_is_in_the_manifest_of_collected_files(asked_for, manifest):
    names = {address.removeprefix("/assets/") for address in asked_for}

    assert {"favicon.svg", "build/dashboard.css", "build/plotly-basic.min.js", "js/charts.js"} <= set(
        manifest
    )
    assert len(names) >= 9
    assert names <= set(manifest.values())
    assert all(HASHED.fullmatch(address) for address in asked_for)


def test_every_file_that_a_page_asks_for_is_served_compressed_and_kept_for_good(asked_for):
    for address in asked_for:
        response = Client().get(address, headers={"Accept-Encoding": "gzip, br"})

        assert response.status_code == 200, address
        assert response["Content-Encoding"] == "br", address
        assert "immutable" in response["Cache-Control"], address
        response.close()


def test_every_file_that_a_style_sheet_asks_for_is_served(asked_for):
    style_sheets = [address for address in asked_for if address.endswith(".css")]
    assert len(style_sheets) == 2
    for style_sheet in style_sheets:
        text = b"".join(Client().get(style_sheet).streaming_content).decode()
        for address in re.findall(r"""url\\(["']?([^"')]+)""", text):
            assert not address.startswith(("http:", "https:", "//")), address


def test_the_sources_of_the_style_sheets_are_not_served(manifest):
    assert not any(name.startswith("src/") or name.endswith(".scss") for name in manifest)
    assert Client().get("/assets/src/dashboard.scss").status_code == 404


def test_no_file_asks_for_the_crown_or_for_the_fonts_of_government(manifest):
    assert not any(re.search(r"crown|GDS|light-94a07e06a1|bold-b542beb274", name) for name in manifest)
