"""CSV files that are wrong: each is told of with its place."""

from pathlib import Path

import pytest

from performance.returns.files import read_sheet
from performance.returns.files.limits import LONGEST_CELL, LONGEST_LINE, MOST_LINES
from performance.returns.files.places import MOST_NAMED
from tests.performance.returns.files.making import cells_of, csv_of, places, refused, saved, the_only


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "return.csv"


def told(path: Path, content: bytes | str) -> list:
    """What is said of a file that can be read."""
    return read_sheet(saved(path, content), "return.csv").found


@pytest.mark.parametrize("content", ["", "\n\n", " , \n,\n", "\ufeff", "\ufeff\n"])
def test_an_empty_file(path, content):
    found = the_only(refused(saved(path, content)))

    assert (found.code, found.row, found.column) == ("empty-file", None, "")
    assert found.sentence.startswith("'return.csv' is empty")


@pytest.mark.parametrize(("content", "row"), [("a,b\n", 1), ("\na,b\n\n , \n", 2)])
def test_a_header_alone(path, content, row):
    found = the_only(refused(saved(path, content)))

    assert (found.code, found.row, found.column) == ("header-alone", None, "")
    assert f"a header in row {row}, and nothing below it" in found.sentence


@pytest.mark.parametrize(("delimiter", "what"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_another_delimiter(path, delimiter, what):
    content = f'"measure, as named"{delimiter}value\noasys{delimiter}12,5\n'

    found = the_only(refused(saved(path, content)))

    assert (found.code, found.row, found.column) == ("wrong-delimiter", 1, "")
    assert f"between {what}, where commas are expected" in found.sentence


def test_other_delimiters_within_cells_are_no_delimiters(path):
    assert told(path, '"rate; actual|sent","rate; predicted|sent"\n1,2\n') == []


def test_a_million_columns(path):
    found = the_only(refused(saved(path, csv_of([range(1_000_000), range(1_000_000)]))))

    assert (found.code, found.row, found.column) == ("too-many-columns", None, "")
    assert "has 1,000,000 columns, and may have 500 at most" in found.sentence


def test_nul_bytes(path):
    found = the_only(refused(saved(path, 'a,b\n1,"2\n3"\n\n1,\0\n\0,1\n')))

    assert (found.code, found.row, found.column) == ("nul-byte", 4, "")
    assert "row 4 is the first with a NUL byte" in found.sentence


def test_mixed_encodings(path):
    content = "a,b\n1,£\n".encode() + "\n2,£\n3,£\n".encode("cp1252")

    found = the_only(refused(saved(path, content)))

    assert (found.code, found.row, found.column) == ("mixed-encodings", 4, "")
    assert "row 4 is the first that isn't" in found.sentence
    assert "'CSV UTF-8'" in found.sentence


def test_a_mark_of_utf_8_before_what_is_not(path):
    content = "\ufeffa,b\n".encode() + "1,£\n".encode("cp1252")

    assert places(refused(saved(path, content))) == [("mixed-encodings", 2, "")]


def test_bytes_of_no_encoding(path):
    found = the_only(refused(saved(path, b"a,b\n1,\xa3\n1,\x81\n")))

    assert (found.code, found.row, found.column) == ("unknown-encoding", 3, "")
    assert "neither UTF-8 nor Windows-1252" in found.sentence


def test_a_character_across_two_chunks_is_utf_8(path):
    content = "a\n" + "x" * ((1 << 20) - 3) + "£\n"

    assert places(refused(saved(path, content))) == [("cell-too-long", 2, "")]


def test_all_that_is_wrong_with_the_bytes_is_told_at_once(path):
    content = "a,£\n1,2\n".encode() + b"\xa3,1\n\0,1\n"

    assert places(refused(saved(path, content))) == [("nul-byte", 4, ""), ("mixed-encodings", 3, "")]


@pytest.mark.parametrize("rest", ["2", "2,3\n4,5\n", '2,3\n4,"5"\n', "2,3\n" * LONGEST_CELL])
def test_an_open_quotation(path, rest):
    found = the_only(refused(saved(path, f'a,b\n1,2\n1,"{rest}')))

    assert (found.code, found.row, found.column) == ("open-quotation", 3, "")
    assert "opens a cell in this row, and isn't closed" in found.sentence


def test_an_open_quotation_in_the_header(path):
    assert places(refused(saved(path, '\na,"b\n1,2\n'))) == [("open-quotation", 2, "")]


def test_text_after_a_quotation(path):
    found = the_only(refused(saved(path, 'a,b\n1,2\n1,"so" said\n')))

    assert (found.code, found.row, found.column) == ("quotation-mark-astray", 3, "")
    assert 'written twice ("")' in found.sentence


def test_quotation_marks_within_cells_may_stand(path):
    assert cells_of(saved(path, 'a,b\n5" pipe,"so ""said"""\n')) == {2: ['5" pipe', 'so "said"']}


def test_a_cell_that_is_too_long(path):
    found = the_only(refused(saved(path, f"a,b\n1,2\n1,{'x' * (LONGEST_CELL + 1)}\n")))

    assert (found.code, found.row, found.column) == ("cell-too-long", 3, "")
    assert "more than 131,072 characters" in found.sentence


def test_bytes_without_a_line_end(path):
    found = the_only(refused(saved(path, "a," * LONGEST_LINE)))

    assert (found.code, found.row, found.column) == ("line-too-long", None, "")
    assert "16,000,000 bytes without a line end" in found.sentence


def test_rows_of_another_width(path):
    content = 'a,b,c\n1,2,3\n1,2\n\n1,"2\n2",3\n1,2,3,4\n1,2,3,,\n1,2,3\n'

    found = told(path, content)

    assert places(found) == [("row-of-another-width", 3, ""), ("row-of-another-width", 6, "")]
    assert [finding.sentence[:38] for finding in found] == [
        "The row has 2 cells, and the header 3.",
        "The row has 4 cells, and the header 3.",
    ]
    assert cells_of(path) == {
        2: ["1", "2", "3"],
        5: ["1", "2\n2", "3"],
        7: ["1", "2", "3"],
        8: ["1", "2", "3"],
    }


def test_a_file_whose_rows_are_all_of_another_width_has_rows(path):
    assert places(told(path, "a,b,c\n1,2\n")) == [("row-of-another-width", 2, "")]


def test_of_many_rows_the_first_are_named_and_the_others_counted(path):
    found = told(path, csv_of([["a", "b"], *[["1"]] * (MOST_NAMED + 234)]))

    assert places(found[:MOST_NAMED]) == [("row-of-another-width", n, "") for n in range(2, MOST_NAMED + 2)]
    assert places(found[MOST_NAMED:]) == [("row-of-another-width", None, "")]
    assert found[-1].sentence == "234 more of the kind row-of-another-width aren't listed."


def test_too_many_lines(path):
    found = the_only(refused(saved(path, "a\n" + "1\n" * (MOST_LINES + 1))))

    assert (found.code, found.row, found.column) == ("too-many-lines", None, "")
    assert "more than 2,000,000 lines" in found.sentence


def test_two_columns_of_one_name(path):
    found = refused(saved(path, "Num,b,num ,B, NUM\n1,2,3,4,5\n"))

    assert places(found) == [
        ("column-twice", 1, "num"),
        ("column-twice", 1, "B"),
        ("column-twice", 1, "NUM"),
    ]
    assert found[0].sentence.startswith("Two columns are named 'num'.")


def test_columns_without_a_name(path):
    found = told(path, "\na,,c,,\n1,,3,,\n1,2,3,,\n\n1,,3,,5\n")

    assert places(found) == [("column-without-a-name", 2, ""), ("column-without-a-name", 2, "")]
    assert found[0].sentence.startswith("Column B has no name in row 2, and is filled in row 4.")
    assert found[1].sentence.startswith("Column E has no name in row 2, and is filled in row 6.")


def test_empty_columns_need_no_name(path):
    assert told(path, "a,,c,,\n1,,3,,\n") == []
    assert cells_of(path) == {2: ["1", "", "3"]}


def test_cells_that_are_errors(path):
    found = told(path, "a,b\n1,#5\n#REF!, #N/A\n")

    assert places(found) == [("cell-is-an-error", 3, "a"), ("cell-is-an-error", 3, "b")]
    assert found[1].sentence.startswith("The cell shows the error #N/A.")
    assert cells_of(path) == {2: ["1", "#5"], 3: ["#REF!", "#N/A"]}
