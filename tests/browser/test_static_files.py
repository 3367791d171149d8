"""Style sheets and scripts as the server hands them out, without a browser."""

import json
import re
import urllib.error
import urllib.request

import pytest

pytestmark = pytest.mark.browser

PAGES = ["/", "/trusts/", "/measures/accommodation-at-termination/", "/frameworks/"]
HASHED = re.compile(r"/assets/[\w./-]+\.[0-9a-f]{12}\.\w+")


@pytest.fixture
def fetch(site):
    def fetch_address(address: str, **headers: str):
        request = urllib.request.Request(f"{site}{address}", headers=headers)  # noqa: S310 - our own server
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            return answer.headers, answer.read()

    return fetch_address


@pytest.fixture
def asked_for(fetch) -> set[str]:
    pages = "".join(fetch(page)[1].decode() for page in PAGES)
    return set(re.findall(r"""["'](/assets/[^"']+)["']""", pages))


@pytest.fixture
def manifest(installation) -> dict[str, str]:
    return json.loads((installation.var / "assets" / "staticfiles.json").read_text())["paths"]


def test_every_file_that_a_page_asks_for_is_in_the_manifest_of_collected_files(asked_for, manifest):
    names = {address.removeprefix("/assets/") for address in asked_for}

    assert {"favicon.svg", "build/dashboard.css", "build/plotly-basic.min.js", "js/charts.js"} <= set(
        manifest
    )
    assert len(names) >= 9
    assert names <= set(manifest.values())
    assert all(HASHED.fullmatch(address) for address in asked_for)


def test_every_file_that_a_page_asks_for_is_served_compressed_and_kept_for_good(asked_for, fetch):
    for address in asked_for:
        headers, _ = fetch(address, **{"Accept-Encoding": "gzip, br"})

        assert headers["Content-Encoding"] == "br", address
        assert "immutable" in headers["Cache-Control"], address


def test_every_file_that_a_style_sheet_asks_for_is_served_by_this_site(asked_for, fetch):
    style_sheets = [address for address in asked_for if address.endswith(".css")]

    assert len(style_sheets) == 2
    for style_sheet in style_sheets:
        wanted = re.findall(r"""url\(["']?([^"')]+)""", fetch(style_sheet)[1].decode())
        for address in wanted:
            folder = style_sheet.rpartition("/")[0]
            full = address if address.startswith(("/", "data:")) else f"{folder}/{address}"
            assert full.startswith(("/assets/", "data:")), address
            assert full.startswith("data:") or fetch(full)[1], address


def test_the_sources_of_the_style_sheets_are_not_served(manifest, fetch):
    assert not any(name.startswith("src/") or name.endswith(".scss") for name in manifest)
    with pytest.raises(urllib.error.HTTPError, match="404"):
        fetch("/assets/src/dashboard.scss")


def test_neither_the_crown_nor_the_fonts_of_government_are_among_the_files(manifest):
    assert not [name for name in manifest if re.search(r"crown|\.woff2?$|gds-transport", name, re.IGNORECASE)]
