"""Parquet files that are wrong: each is told of."""

from pathlib import Path

import pytest

from performance.returns.files import read_sheet
from performance.returns.files.limits import LONGEST_CELL, MOST_LINES, MOST_METADATA
from tests.performance.returns.files.making import (
    QUERY,
    cells_of,
    parquet_of,
    places,
    refused,
    saved,
    the_only,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "return.parquet"


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_a_file_that_is_cut(path, share):
    content = parquet_of(QUERY, path).read_bytes()

    found = the_only(refused(saved(path, content[: max(4, int(len(content) * share))]), "return.parquet"))

    assert (found.code, found.row, found.column) == ("truncated-parquet", None, "")
    assert found.sentence.startswith("The Parquet file 'return.parquet' breaks off")


@pytest.mark.parametrize("place", [4, 5, 6])
def test_a_file_whose_bytes_have_changed(path, place):
    content = bytearray(parquet_of(QUERY, path).read_bytes())
    content[place] ^= 0xFF

    found = the_only(refused(saved(path, bytes(content))))

    assert (found.code, found.row, found.column) == ("damaged-parquet", None, "")
    assert "bytes of it have changed" in found.sentence


def test_more_metadata_than_bytes(path):
    found = the_only(refused(saved(path, b"PAR1" + bytes(8) + b"\xff\xff\xff\x7fPAR1")))

    assert (found.code, found.row, found.column) == ("damaged-parquet", None, "")


def test_metadata_that_would_take_much_memory(path):
    size = MOST_METADATA + 1
    found = the_only(refused(saved(path, b"PAR1" + bytes(size) + size.to_bytes(4, "little") + b"PAR1")))

    assert (found.code, found.row, found.column) == ("too-many-parts", None, "")
    assert "needs 2,000,001 bytes to tell what is in it" in found.sentence


def test_metadata_that_claim_a_list_of_two_thousand_million(path):
    metadata = b"\x15\x02\x19\xfc\xff\xff\xff\xff\x07" + bytes(100)
    content = b"PAR1" + metadata + len(metadata).to_bytes(4, "little") + b"PAR1"

    assert places(refused(saved(path, content))) == [("damaged-parquet", None, "")]


def test_nested_columns(path):
    query = "SELECT 1 AS a, [1, 2] AS months, {'x': 1, 'y': [2]} AS counts, 2 AS z"

    found = refused(parquet_of(query, path))

    assert places(found) == [("nested-column", None, "months"), ("nested-column", None, "counts")]
    assert found[0].sentence.startswith("The column 'months' holds lists or records")


def test_too_many_lines(path):
    query = f"SELECT 1 AS a FROM range({MOST_LINES + 1})"  # noqa: S608

    found = the_only(refused(parquet_of(query, path)))

    assert (found.code, found.row, found.column) == ("too-many-lines", None, "")


def test_too_many_cells(path):
    query = f"SELECT {', '.join('true' for _ in range(26))} FROM range({MOST_LINES})"  # noqa: S608

    found = the_only(refused(parquet_of(query, path)))

    assert (found.code, found.row, found.column) == ("too-many-cells", None, "")
    assert "has 52,000,000 cells, and may have 50,000,000 at most" in found.sentence


def test_too_many_columns(path):
    columns = ", ".join(f"1 AS c{n}" for n in range(501))

    found = the_only(refused(parquet_of(f"SELECT {columns}", path)))

    assert (found.code, found.row, found.column) == ("too-many-columns", None, "")
    assert "has 501 columns" in found.sentence


def test_a_cell_that_is_too_long(path):
    found = the_only(refused(parquet_of(f"SELECT 1 AS a, repeat('x', {LONGEST_CELL + 1}) AS note", path)))

    assert (found.code, found.row, found.column) == ("cell-too-long", None, "note")


def test_a_long_text_in_many_cells(path):
    query = "SELECT repeat('x', 100_000) AS a FROM range(4_000)"

    assert parquet_of(query, path, ", DICTIONARY_SIZE_LIMIT 10_000").stat().st_size < 50_000
    assert places(refused(path)) == [("unpacks-too-large", None, "")]


def test_a_header_alone(path):
    found = the_only(refused(parquet_of("SELECT 1 AS a WHERE false", path)))

    assert (found.code, found.row, found.column) == ("header-alone", None, "")


def test_a_filled_column_without_a_name(path):
    query = 'SELECT 1 AS a, 2 AS " ", 3 AS c, unnest([NULL, 4]) AS "  "'
    found = read_sheet(parquet_of(query, path), "return").found

    assert places(found) == [("column-without-a-name", 1, ""), ("column-without-a-name", 1, "")]
    assert found[0].sentence.startswith("Column B has no name in row 1, and is filled in row 2.")
    assert found[1].sentence.startswith("Column D has no name in row 1, and is filled in row 3.")
    assert cells_of(path) == {2: ["1", "2", "3"], 3: ["1", "2", "3"]}


def test_two_columns_of_one_name(path):
    assert places(refused(parquet_of('SELECT 1 AS num, 2 AS "num "', path))) == [("column-twice", 1, "num")]
