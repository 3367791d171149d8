"""JSON, Parquet and CSV on the Web: what the file is goes with its rows."""

import datetime
import io
import json
import re
import zipfile

import duckdb
import pandas as pd
import pytest

from performance.exports.csv_file import csv_file
from performance.exports.csvw import csv_metadata
from performance.exports.json_file import ROWS_IN_A_PIECE, json_file
from performance.exports.parquet_file import parquet_file
from performance.exports.table_file import IN_EVERY_ROW, ReleaseFile
from performance.exports.zip_file import zip_stream, zipped
from performance.vocabulary import Status
from tests.factories import make_measure, make_release, make_series
from tests.performance.exports.making import SITE, file_of

DAY = datetime.date(2012, 3, 31)
COLUMNS = ["organisation", "measure", "period_end", "is_part", "status", "numerator", "value"]
ROWS = [
    ("essex", "oasys", DAY, False, Status.REPORTED, 479, 69.21965317919075),
    ("kent's", "oasys", DAY, True, Status.SUPPRESSED, None, None),
]


@pytest.fixture
def file(db) -> ReleaseFile:
    make_measure(code="oasys", title="Assessments in time", standing="reconstructed")
    return file_of(COLUMNS, ROWS, measures=["oasys"], filters=(("region", "wales"),))


def test_json_says_what_it_is_then_what_its_columns_are_then_its_rows(file):
    told = json.loads(b"".join(json_file(file)))

    assert list(told) == ["about", "fields", "rows"]
    assert told["about"]["title"] == "Areas: every figure"
    assert told["about"]["standing"] == "Public record"
    assert told["about"]["filters"] == [["region", "wales"]]
    assert told["about"]["address"] == f"{SITE}/releases/12/areas.csv?region=wales"
    assert told["about"]["measures"][0]["standing"] == "Reconstructed"
    assert any("reconstructed" in caveat for caveat in told["about"]["caveats"])
    assert [field["name"] for field in told["fields"]] == COLUMNS
    assert told["rows"][1] == {
        "organisation": "kent's",
        "measure": "oasys",
        "period_end": "2012-03-31",
        "is_part": True,
        "status": "suppressed",
        "numerator": None,
        "value": None,
    }


@pytest.mark.parametrize("number", [0, 1, ROWS_IN_A_PIECE, ROWS_IN_A_PIECE + 1])
def test_json_of_any_length_is_whole(db, number):
    told = json.loads(b"".join(json_file(file_of(["n"], [(n,) for n in range(number)]))))

    assert [row["n"] for row in told["rows"]] == list(range(number))


def test_a_simulated_file_says_that_none_is_real(db):
    release = make_release(series=make_series(slug="simulated", standing="simulated"))
    told = json.loads(b"".join(json_file(file_of(["n"], [], release))))

    assert told["about"]["standing"] == "Simulated figures"
    assert told["about"]["what_standing_means"].startswith("None is real.")


def test_parquet_has_types_gaps_and_what_it_is(file, tmp_path):
    path = tmp_path / "table.parquet"
    with parquet_file(file) as written:
        path.write_bytes(written.read())
    with duckdb.connect() as connection:
        found = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
        types = {column[0]: str(column[1]) for column in found.description}
        rows = [row[: len(COLUMNS)] for row in found.fetchall()]
        said = connection.execute("SELECT key, value FROM parquet_kv_metadata(?)", [str(path)]).fetchall()

    assert rows == [tuple(row) for row in ROWS]
    assert list(types) == [*COLUMNS, *IN_EVERY_ROW]
    assert (types["numerator"], types["value"], types["period_end"]) == ("BIGINT", "DOUBLE", "DATE")
    about = json.loads(dict(said)[b"about"])
    assert about["figures_as_at"] == "1 January 2012"
    assert [field["name"] for field in json.loads(dict(said)[b"fields"])] == [*COLUMNS, *IN_EVERY_ROW]


def test_parquet_without_rows_has_its_columns(db, tmp_path):
    path = tmp_path / "table.parquet"
    with parquet_file(file_of(COLUMNS, [])) as written:
        path.write_bytes(written.read())
    with duckdb.connect() as connection:
        found = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])

        assert [column[0] for column in found.description] == [*COLUMNS, *IN_EVERY_ROW]


def test_csv_on_the_web_describes_the_very_columns_of_the_csv(file):
    told = csv_metadata(file)
    frame = pd.read_csv(io.StringIO("".join(csv_file(file)).removeprefix("\ufeff")))

    assert told["url"] == f"{SITE}/releases/12/areas.csv?region=wales"
    assert told["@context"][0] == "http://www.w3.org/ns/csvw"
    columns = told["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == list(frame)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", column["name"]) for column in columns)
    assert all(column["dc:description"] for column in columns)
    assert json.loads(json.dumps(told)) == json.loads(json.dumps(told, allow_nan=False))


def test_a_zip_that_comes_in_pieces_is_that_which_comes_whole():
    files = {"README.txt": "what\n" * 1_000, "tables/a.csv": "b"}
    pieces = ((path, [text[:10].encode(), text[10:].encode()]) for path, text in files.items())

    with (
        zipfile.ZipFile(io.BytesIO(b"".join(zip_stream(pieces)))) as came,
        zipfile.ZipFile(io.BytesIO(zipped(files))) as whole,
    ):
        assert came.namelist() == whole.namelist()
        assert [came.read(name) for name in files] == [whole.read(name) for name in files]
