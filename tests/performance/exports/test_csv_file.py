"""Files that a spreadsheet opens without harm, and that say what they are."""

import csv
import io
from collections.abc import Iterator
from types import GeneratorType

import pandas as pd
import pytest

from performance.exports.csv_file import csv_lines, csv_response, safe
from tests.factories import make_release, make_series

FORMULAS = ["=1+1", "+44 20", "-2+3", "@SUM(A1)", "\tTab", "\rReturn", '=HYPERLINK("http://a.example","b")']


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("value", [-5.4, -1, 0, 0.0, 24110, 69.21965317919075])
def test_a_number_stays_a_number_also_below_zero(value):
    assert safe(value) == value
    assert type(safe(value)) is type(value)


@pytest.mark.parametrize("text", ["", "Hertfordshire", "\N{MINUS SIGN}5.4", "a=b", "5-10", "'quoted'", "£1"])
def test_any_other_text_stays_as_it_is(text):
    assert safe(text) == text


def test_none_is_an_empty_cell():
    assert safe(None) == ""
    assert list(csv_lines(["a", "b"], [{"a": None, "b": 0}]))[1] == ",0\r\n"


def test_a_file_begins_with_a_byte_order_mark_and_its_heads():
    assert next(csv_lines(["a", "b"], [])) == "\ufeffa,b\r\n"


def test_a_file_is_written_line_by_line_as_its_rows_come():
    def rows() -> Iterator[dict[str, int]]:
        yield {"a": 1}
        pytest.fail("The second row was asked for too early.")

    lines = csv_lines(["a"], rows())

    assert isinstance(lines, GeneratorType)
    assert (next(lines), next(lines)) == ("\ufeffa\r\n", "1\r\n")


def test_commas_quotes_and_line_breaks_come_back_as_they_were():
    text = 'Devon, "Cornwall"\nand\r\nScilly, <script>'

    assert read("".join(csv_lines(["a"], [{"a": text}]))) == [{"a": text}]


def test_a_column_that_was_not_asked_for_is_left_out():
    assert "".join(csv_lines(["a"], [{"a": 1, "secret": 2}])) == "\ufeffa\r\n1\r\n"


def test_every_row_names_its_series_standing_release_and_date(db):
    release = make_release(number=12, series=make_series(standing="published-record"))
    response = csv_response("areas", release, ["area"], [{"area": "Essex"}, {"area": "Kent"}])
    rows = read(b"".join(response.streaming_content).decode())

    assert [row.pop("area") for row in rows] == ["Essex", "Kent"]
    for row in rows:
        assert row == {
            "series": release.series.title,
            "standing": "Public record",
            "release": "12",
            "figures_as_at": "2012-01-01",
        }


def test_a_file_is_a_download(db):
    response = csv_response("areas", make_release(number=12), ["area"], [])

    assert response.streaming
    assert response["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    ("slug", "standing", "name"),
    [
        ("public-record", "published-record", "areas-release-12.csv"),
        ("simulated", "simulated", "simulated-areas-release-12.csv"),
        ("seed-7", "simulated", "simulated-seed-7-areas-release-12.csv"),
        ("trust-returns", "management-information", "trust-returns-areas-release-12.csv"),
    ],
)
def test_a_file_is_named_after_its_series_what_it_holds_and_its_release(db, slug, standing, name):
    release = make_release(number=12, series=make_series(slug=slug, standing=standing))

    response = csv_response("areas", release, ["area"], [])

    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


def test_pandas_reads_negative_numbers_and_empty_cells_as_such():
    text = "".join(csv_lines(["a", "b"], [{"a": -5.4, "b": None}, {"a": 3, "b": 2}]))
    frame = pd.read_csv(io.StringIO(text.removeprefix("\ufeff")))

    assert frame["a"].tolist() == [-5.4, 3.0]
    assert frame["b"].isna().tolist() == [True, False]
