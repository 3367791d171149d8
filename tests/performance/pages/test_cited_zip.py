"""Everything that a summary cites in one file: what is in it, and the same bytes each time."""

import csv
import io
import zipfile

import pytest
from django.core.cache import cache

from performance.releases.summary import SUMMARY_MEASURES
from tests.performance.pages.reading import read
from tests.performance.pages.simulated import SLUG
from tests.performance.pages.test_summary import FIGURES, RECORD, SIMULATED, correction_of, paragraphs

BOTH = [RECORD, SIMULATED]
MOST_QUERIES = 16
FOR_GOOD, CHECKED = "public, max-age=31536000, immutable", "public, no-cache"


def archive(client, address: str) -> zipfile.ZipFile:
    response = client.get(f"{address}cited.zip")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(response.content))


def text(files: zipfile.ZipFile, name: str) -> str:
    return files.read(name).decode()


def rows(files: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(files, name).removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))))


@pytest.mark.parametrize("address", BOTH)
def test_the_zip_holds_paragraphs_charts_what_they_rest_on_and_releases(client, simulated_one, address):
    files = archive(client, address)
    names = set(files.namelist())
    behind = (
        {f"measures/{code}.csv" for code in SUMMARY_MEASURES}
        if address == RECORD
        else {f"tables/{name}.csv" for name in ("divergence", "national", "ratings", "predictions")}
    )

    assert {"README.txt", "paragraphs.txt", "paragraphs.csv", "releases.csv"} <= names
    assert {f"charts/{name}.csv" for name in FIGURES[address]} <= names
    assert behind <= names
    assert files.testzip() is None


@pytest.mark.parametrize("address", BOTH)
def test_the_paragraphs_of_the_zip_are_those_of_the_page(client, simulated_one, address):
    page = read(client.get(address).content.decode())
    shown = [item.all("p")[0].text for item in paragraphs(page)]
    files = archive(client, address)
    kept = rows(files, "paragraphs.csv")

    assert [" ".join(row["text"].split()) for row in kept] == shown
    assert [row["paragraph"] for row in kept] == [str(number + 1) for number in range(len(shown))]
    assert all(row["permanent_address"] in row["citation"] for row in kept)
    for row in kept:
        assert f"{row['paragraph']}. {row['text']}\n   {row['permanent_address']}" in text(
            files, "paragraphs.txt"
        )


@pytest.mark.parametrize("address", BOTH)
def test_every_row_of_every_table_says_what_it_is_of(client, simulated_one, address):
    files = archive(client, address)
    standing = "Public record" if address == RECORD else "Simulated figures"

    for name in files.namelist():
        if name.endswith(".csv"):
            found = rows(files, name)
            assert found, name
            assert {(row["standing"], row["release"]) for row in found} == {(standing, "1")}, name


def test_the_readme_says_how_to_cite_it_where_it_stands_and_under_which_terms(client, simulated_one):
    record, simulated = (text(archive(client, address), "README.txt") for address in BOTH)

    assert "http://testserver/releases/1/summary/" in record
    assert "Facts from the public record, under their sources’ own terms" in record
    assert f"http://testserver/series/{SLUG}/releases/1/summary/" in simulated
    assert simulated_one.digest in simulated
    assert "made up by a program: none is real" in simulated
    assert "simulated" not in record.lower()


def test_a_zip_of_simulated_figures_says_so_in_its_name(client, simulated_one):
    assert 'filename="cited-release-1.zip"' in client.get("/cited.zip")["Content-Disposition"]
    assert (
        'filename="simulated-cited-release-1.zip"'
        in (client.get(f"{SIMULATED}cited.zip")["Content-Disposition"])
    )


@pytest.mark.parametrize("address", BOTH)
def test_the_zip_is_the_same_to_the_byte_each_time(client, simulated_one, address):
    first = client.get(f"{address}cited.zip").content
    cache.clear()

    assert client.get(f"{address}cited.zip").content == first


def test_a_zip_that_was_made_before_keeps_its_name_and_takes_one_query(
    client, simulated_one, django_assert_num_queries
):
    first = client.get("/cited.zip")
    with django_assert_num_queries(1):
        again = client.get("/cited.zip")

    assert again.content == first.content
    assert again["Content-Disposition"] == first["Content-Disposition"]


def test_a_numbered_zip_is_kept_for_good_and_a_bare_one_checked(client, simulated_one):
    assert client.get("/releases/1/cited.zip")["Cache-Control"] == FOR_GOOD
    assert client.get("/cited.zip")["Cache-Control"] == CHECKED


@pytest.mark.parametrize("address", BOTH)
def test_a_zip_takes_few_queries(client, simulated_one, django_assert_max_num_queries, address):
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(f"{address}cited.zip")


def test_a_zip_of_a_correction_tells_what_it_corrects(client, release_one):
    correction_of(release_one)
    files = archive(client, "/")
    newest, oldest = rows(files, "releases.csv")

    assert (newest["number"], newest["corrects"]) == ("2", "1")
    assert newest["correction_reason"] == "A figure of Kent was misread."
    assert newest["changes"].splitlines()[1] == "binary-rate, kent: value 14, now 15"
    assert (oldest["number"], oldest["corrects"]) == ("1", "")


@pytest.mark.parametrize("address", ["/releases/7/cited.zip", "/series/atlantis/cited.zip"])
def test_a_zip_of_nothing_is_not_found(client, simulated_one, address):
    assert client.get(address).status_code == 404
