"""Files that a spreadsheet opens without harm, and that say what they are."""

import csv
import io
from collections.abc import Iterator
from types import GeneratorType

import pandas as pd
import pytest

from performance.exports.csv_file import BROKE_OFF, ROWS_IN_A_PIECE, csv_file, csv_lines
from performance.exports.formats import answer
from performance.formulas import as_meant, safe
from tests.factories import make_release, make_series
from tests.performance.exports.making import SITE, file_of

FORMULAS = ["=1+1", "+44 20", "-2+3", "@SUM(A1)", "\tTab", "\rReturn", '=HYPERLINK("http://a.example","b")']


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert safe(text) == f"'{text}"
    assert read("".join(csv_lines(["a", "b"], [("plain", text)]))) == [{"a": "plain", "b": f"'{text}"}]


@pytest.mark.parametrize("text", FORMULAS)
def test_every_column_of_texts_in_a_file_is_looked_at(db, text):
    file = file_of(["value", "note", "reason"], [(-5.4, "plain", text), (-5.4, text, "")])

    assert [(row["value"], row["note"], row["reason"]) for row in read("".join(csv_file(file)))] == [
        ("-5.4", "plain", f"'{text}"),
        ("-5.4", f"'{text}", ""),
    ]


@pytest.mark.parametrize("value", [-5.4, -1, 0, 0.0, 24110, 69.21965317919075])
def test_a_number_stays_a_number_also_below_zero(value):
    assert safe(value) == value
    assert type(safe(value)) is type(value)


@pytest.mark.parametrize("text", ["", "Hertfordshire", "\N{MINUS SIGN}5.4", "a=b", "5-10", "'quoted'", "£1"])
def test_any_other_text_stays_as_it_is(text):
    assert safe(text) == text


def test_none_is_an_empty_cell():
    assert "".join(csv_lines(["a", "b"], [(None, 0)])).endswith("\r\n,0\r\n")


def test_a_file_begins_with_a_byte_order_mark_and_its_heads():
    assert "".join(csv_lines(["a", "b"], [])) == "\ufeffa,b\r\n"


@pytest.mark.parametrize("number", [1, ROWS_IN_A_PIECE - 1, ROWS_IN_A_PIECE, ROWS_IN_A_PIECE + 1, 1_234])
def test_every_row_is_in_the_file_once(number):
    rows = read("".join(csv_lines(["a"], ((n,) for n in range(number)))))

    assert [row["a"] for row in rows] == [str(n) for n in range(number)]


def test_a_file_is_written_piece_by_piece_as_its_rows_come():
    def rows() -> Iterator[tuple[int]]:
        for n in range(ROWS_IN_A_PIECE):
            yield (n,)
        pytest.fail("More than the first piece was asked for.")

    lines = csv_lines(["a"], rows())

    assert isinstance(lines, GeneratorType)
    assert next(lines).startswith("\ufeffa\r\n0\r\n1\r\n")


def test_a_file_that_breaks_off_says_so_in_its_last_line_and_ends_with_the_error(caplog):
    def rows() -> Iterator[tuple[int]]:
        yield from ((n,) for n in range(ROWS_IN_A_PIECE + 3))
        raise ConnectionError("The database went away.")

    received = io.StringIO()
    with pytest.raises(ConnectionError):
        received.writelines(csv_lines(["a"], rows()))

    assert received.getvalue().splitlines()[-1] == BROKE_OFF
    assert "A CSV file broke off." in caplog.text


def test_commas_quotes_and_line_breaks_come_back_as_they_were():
    text = 'Devon, "Cornwall"\nand\r\nScilly, <script>'

    assert read("".join(csv_lines(["a"], [(text,)]))) == [{"a": text}]


def test_every_row_names_its_series_standing_release_date_and_lasting_address(db):
    file = file_of(["area"], [("Essex",), ("Kent",)])
    rows = read("".join(csv_file(file)))

    assert [row.pop("area") for row in rows] == ["Essex", "Kent"]
    for row in rows:
        assert row == {
            "series": file.release.series.title,
            "standing": "Public record",
            "release": "12",
            "figures_as_at": "2012-01-01",
            "address": f"{SITE}/releases/12/areas.csv?region=wales",
        }


def test_a_file_is_a_download_that_leads_to_what_describes_it(db):
    response = answer(file_of(["area"], []), "csv")

    assert response.streaming
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Link"] == (
        f"<{SITE}/releases/12/areas.csv-metadata.json?region=wales>; "
        'rel="describedby"; type="application/csvm+json"'
    )


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

    response = answer(file_of(["area"], [], release), "csv")

    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


def test_pandas_reads_negative_numbers_and_empty_cells_as_such():
    text = "".join(csv_lines(["a", "b"], [(-5.4, None), (3, 2)]))
    frame = pd.read_csv(io.StringIO(text.removeprefix("\ufeff")))

    assert frame["a"].tolist() == [-5.4, 3.0]
    assert frame["b"].isna().tolist() == [True, False]


@pytest.mark.parametrize("text", ["", "plain", "=1", "'=1", "''=1", "'tis", "\t=1", "'", "''", "-5", "'-5"])
def test_what_was_made_safe_comes_back_as_it_was(text):
    assert as_meant(safe(text)) == text
