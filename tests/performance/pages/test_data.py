"""All of a release to take away: whole tables, one file of all of them, and what can't be had."""

import csv
import io
import json
import zipfile

import pytest
from frictionless import validate

from performance.charts.divergence_tables import raw_divergence
from performance.charts.national_tables import raw_national
from performance.charts.ratings_tables import raw_prediction, raw_rating
from performance.charts.results_table import RESULT_FILE_COLUMNS
from performance.exports import sheets
from performance.exports.dictionary import dictionary
from performance.exports.formats import FORMATS
from performance.models import Measure
from performance.releases.divergence import divergence_in, years_of_divergence
from performance.releases.national import national_figures
from performance.releases.predictions import predictions_of
from performance.releases.ratings import ratings_of
from performance.releases.whole_tables import INDICATORS, WHOLE_TABLES
from performance.vocabulary import ProcessKind
from tests.performance.pages.reading import read, rows_of
from tests.performance.pages.simulated import SLUG
from tests.performance.pages.test_answers import release_two, withdraw
from trusts.models import Organisation

RECORD, SIMULATED = "/", f"/series/{SLUG}/"
BOTH = pytest.mark.parametrize("start", [RECORD, SIMULATED])


def lines(client, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200, address
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def without_address(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """A table's own address is the one thing in which two files of the same rows differ."""
    return [{name: value for name, value in row.items() if name != "address"} for row in rows]


@BOTH
def test_the_page_lists_every_table_that_has_rows_with_their_number(client, simulated_one, start):
    page = read(client.get(f"{start}data/").content.decode())
    shown = {row["What it holds"].note: row["Rows"].text for row in rows_of(page.one("main").all("table")[0])}

    assert {"indicators", "ratings", "divergence", "national", "sentences"} <= set(shown)
    for name, number in shown.items():
        assert len(lines(client, f"{start}data/{name}.csv")) == int(number.replace(",", ""))
    for name in WHOLE_TABLES.keys() - shown.keys():
        assert lines(client, f"{start}data/{name}.csv") == []


def test_the_page_explains_every_column(client, release_one):
    page = read(client.get("/data/").content.decode())

    assert [row["Column"].text for row in rows_of(page.one("details", id="columns").one("table"))] == list(
        dictionary()
    )


@BOTH
def test_all_figures_are_those_of_each_measure(client, simulated_one, start):
    whole = without_address(lines(client, f"{start}data/indicators.csv"))
    measures = [
        row for code in Measure.objects.values_list("code", flat=True) for row in _of(client, start, code)
    ]

    assert list(INDICATORS.columns) == RESULT_FILE_COLUMNS
    assert sorted(map(repr, whole)) == sorted(map(repr, measures))


def _of(client, start: str, code: str) -> list[dict[str, str]]:
    return without_address(lines(client, f"{start}measures/{code}.csv"))


def of_each(release, question) -> list:
    slugs = Organisation.objects.values_list("slug", flat=True)
    return [row for slug in slugs for row in question(release, slug)]


def of_each_year(release) -> list:
    years = years_of_divergence(release)
    return [row for year in years for kind in ProcessKind for row in divergence_in(release, year, kind)]


# As pages put them together, by table.
SHOWN = {
    "ratings": lambda release: [raw_rating(row) for row in of_each(release, ratings_of)],
    "divergence": lambda release: [raw_divergence(row) for row in of_each_year(release)],
    "national": lambda release: [raw_national(figure) for figure in national_figures(release)],
    "predictions": lambda release: [raw_prediction(row) for row in of_each(release, predictions_of)],
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_whole_table_has_what_pages_show(client, release_one, simulated_one, name):
    """Whole tables take their rows from the database itself, and pages by way of models."""
    table = WHOLE_TABLES[name]
    for release in (release_one, simulated_one):
        whole = sorted(map(plain, table.rows(table.of(release))))
        shown = sorted(plain(row[column] for column in table.columns) for row in SHOWN[name](release))

        assert len(whole) == table.number(release)
        assert whole == shown


def plain(values) -> str:
    """Words are texts."""
    return repr([str(value) if isinstance(value, str) else value for value in values])


@BOTH
def test_the_zip_of_the_whole_release_is_a_valid_data_package(client, simulated_one, start, tmp_path):
    response = client.get(f"{start}data/release.zip")
    with zipfile.ZipFile(io.BytesIO(response.getvalue())) as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
        archive.extractall(tmp_path)
    report = validate(str(tmp_path / "datapackage.json"))

    assert report.valid, [error.message for task in report.tasks for error in task.errors][:5]
    package = json.loads((tmp_path / "datapackage.json").read_text())
    paths = {resource["path"] for resource in package["resources"]}
    assert {"README.txt", "datapackage.json", "data-dictionary.csv"} <= names
    assert paths <= names
    assert {f"{path}-metadata.json" for path in paths} <= names
    for resource in package["resources"]:
        inside = (tmp_path / resource["path"]).read_bytes()
        assert inside == client.get(f"{start}releases/1/data/{resource['name']}.csv").getvalue()
    text = (tmp_path / "README.txt").read_text()
    assert ("None is real." in text) == (start == SIMULATED)
    assert all(path in text for path in paths)


def test_the_zip_is_the_same_each_time_and_kept_for_good(client, release_one):
    first, again = (client.get("/releases/1/data/release.zip") for _ in range(2))

    assert first.getvalue() == again.getvalue()
    assert first["Cache-Control"] == "public, max-age=31536000, immutable"
    assert first["Content-Disposition"] == 'attachment; filename="data-release-1.zip"'


@BOTH
def test_the_description_for_programs_leads_to_every_table_at_its_lasting_address(
    client, simulated_one, start
):
    package = client.get(f"{start}data/datapackage.json").json()

    assert package["version"] == "1"
    for resource in package["resources"]:
        assert resource["path"].startswith("http://testserver/")
        assert f"{start}releases/1/data/" in resource["path"]
        head = lines(client, resource["path"].removeprefix("http://testserver"))[0]
        assert list(head) == [field["name"] for field in resource["schema"]["fields"]]


def test_a_table_that_there_isnt_is_named_with_those_that_there_are(client, release_one):
    response = client.get("/data/nothing.csv")

    assert response.status_code == 404
    assert (
        "There is no table 'nothing': a release has indicators, ratings"
        in response.content.decode().replace("&#x27;", "'")
    )


@pytest.mark.parametrize(
    "address", ["/data/ratings.pdf", "/measures/binary-rate.doc", "/compare.exe", "/map.xls"]
)
def test_a_format_that_there_isnt_is_named_with_those_that_there_are(client, release_one, address):
    response = client.get(address)
    text = read(response.content.decode()).text

    assert response.status_code == 404
    assert f"There is no format ‘{address.rpartition('.')[2]}’" in text
    assert all(ending in text for ending in FORMATS)


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("query", ["", "?organisation=nowhere&measure=nothing"])
def test_a_comparison_of_nothing_is_a_file_with_heads_alone(client, release_one, ending, query):
    response = client.get(f"/compare.{ending}{query}")

    assert response.status_code == 200
    assert response.getvalue()
    assert list(lines(client, f"/compare.csv{query}")) == []


@pytest.mark.parametrize("ending", FORMATS)
def test_a_choice_that_nobody_fits_is_told_in_words(client, simulated_one, ending):
    response = client.get(f"{SIMULATED}ratings.{ending}?region=london-region&peers=peers-small")

    assert response.status_code == 404
    assert "There is nothing in this table: choose less narrowly." in read(response.content.decode()).text


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_table_too_long_for_a_spreadsheet_says_what_to_take(client, release_one, monkeypatch, ending):
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    response = client.get(f"/data/indicators.{ending}")

    assert response.status_code == 404
    assert "Take it as CSV or Parquet, or choose less of it." in read(response.content.decode()).text


FILES = [
    "data/ratings.csv",
    "data/release.zip",
    "data/datapackage.json",
    "cited.zip",
    "measures/binary-rate.xlsx",
]


@pytest.mark.parametrize("path", FILES)
def test_files_of_a_withdrawn_release_are_gone_and_say_why_and_what_came_after(client, release_one, path):
    release_two(series=release_one.series)
    withdraw(release_one)
    response = client.get(f"/releases/1/{path}")
    page = read(response.content.decode())

    assert response.status_code == 410
    assert "The budgets were in pounds, not thousands." in page.text
    assert page.one("main").one("a", href="/releases/2/").text == "release 2, Public record, release 2"


def test_files_of_a_withdrawn_release_without_a_successor_say_that_nothing_is_left(client, release_one):
    withdraw(release_one)
    response = client.get("/releases/1/data/ratings.csv")

    assert response.status_code == 410
    assert "No release of this series is left" in response.content.decode()


@pytest.mark.parametrize("path", FILES)
def test_nothing_of_a_file_can_be_changed(client, release_one, path):
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(f"/{path}").status_code == 405
