"""What is made of each cell, type and line of an extract, and of columns that tell of a person."""

import datetime
import itertools
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from performance.extracts.count import Count
from performance.extracts.reading.identifiers import named_after
from performance.frameworks.case_events import CaseEvent
from performance.returns.found import CannotRead
from tests.performance.extracts.counting import RULES, counted, odd, sums

HEADER = "case,trust,unit,tier,event,date"
# Every case of it counts once, in the month in which it happened.
OBP = "obp-completions"


def written(path: Path, *rows: str, header: str = HEADER) -> Path:
    path.write_bytes("\n".join([header, *rows, ""]).encode())
    return path


def table(path: Path, columns: dict[str, str], rows: int = 1) -> Path:
    """A Parquet file of equal rows. columns: what SQL is to put into those that aren't as always."""
    cells = {
        "case": "'1'",
        "trust": "'london'",
        "tier": "''",
        "event": f"'{CaseEvent.PROGRAMME_COMPLETED}'",
        "date": "DATE '2010-06-01'",
    }
    select = ", ".join(f'{cell} AS "{name}"' for name, cell in (cells | columns).items())
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT {select} FROM range({rows})) TO '{path}' (FORMAT parquet)")  # noqa: S608
    return path


def programmes(*files: Path) -> Count:
    """By one rule alone, as it is of what is read that these tests are."""
    return counted(files, {OBP: RULES[OBP]})


def months(found: Count) -> list[str]:
    return [f"{month:%Y-%m}" for _, month, _ in sums(found, OBP)]


def refused(file: Path) -> list[str]:
    with pytest.raises(CannotRead) as raised:
        programmes(file)
    return [found.sentence for found in raised.value.found]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "events.csv"


@pytest.mark.parametrize(
    ("date", "month"),
    [
        ("2011-04-01", "2011-04"),
        ("01/04/2011", "2011-04"),
        ("1/4/2011", "2011-04"),
        # The day comes first in the United Kingdom.
        ("12/04/2011", "2011-04"),
        ("29/02/2012", "2012-02"),
        ("01/04/2011 23:59", "2011-04"),
        (" 2011-04-01 ", "2011-04"),
        ("2011-04-30T23:59:59.999", "2011-04"),
        ("2011-05-01 00:00", "2011-05"),
        # An hour before midnight in Greenwich is the next day in summer, and isn't in winter.
        ("2010-06-30T22:59:59Z", "2010-06"),
        ("2010-06-30T23:00:00Z", "2010-07"),
        ("2010-06-30T23:30:00+0000", "2010-07"),
        ("2010-06-30 23:30:00+01", "2010-06"),
        ("2010-07-01T00:30:00+02:00", "2010-06"),
        ("2010-06-30T18:30:00-05:00", "2010-07"),
        ("2010-12-31T23:30:00Z", "2010-12"),
        ("2011-01-01T00:30:00+01:00", "2010-12"),
        # The hour that doesn't exist in March, and that which is there twice in October.
        ("2012-03-25T01:30:00", "2012-03"),
        ("2010-10-31T01:30:00Z", "2010-10"),
        ("2010-10-31T00:30:00Z", "2010-10"),
    ],
)
def test_a_date_is_of_the_month_by_the_clock_of_england_and_wales(file, date, month):
    found = programmes(written(file, f"1,london,1,,programme-completed,{date}"))

    assert months(found) == [month]
    assert not odd(found)


@pytest.mark.parametrize(
    ("request_at", "done_at", "met"),
    [
        # 1 June in Greenwich at 23:30 is 2 June here: the fifteenth day is the 17th.
        ("2010-06-01T23:30:00Z", "2010-06-17T22:59:00Z", True),
        ("2010-06-01T23:30:00Z", "2010-06-17T23:00:00Z", False),
        # Over the night in which summer time begins.
        ("2012-03-20T12:00:00Z", "2012-04-04T22:30:00Z", True),
        ("2012-03-20T12:00:00Z", "2012-04-04T23:30:00Z", False),
    ],
)
def test_a_limit_ends_at_midnight_of_the_clock_of_england_and_wales(file, request_at, done_at, met):
    rows = [f"1,london,1,,report-requested,{request_at}", f"1,london,1,,report-completed,{done_at}"]

    (count,) = sums(counted([written(file, *rows)]), "court-reports-on-time").values()

    assert count == (int(met), 1)


@pytest.mark.parametrize(
    ("date", "fault"),
    [
        ("04/31/2011", "no-date"),
        ("29/02/2011", "no-date"),
        ("2011-02-29", "no-date"),
        ("2011-13-01", "no-date"),
        ("20110401", "no-date"),
        ("40634", "no-date"),
        ("April 2011", "no-date"),
        ("2011-04", "no-date"),
        ("infinity", "no-date"),
        ("2011-04-01T25:00", "no-date"),
        ("1989-12-31", "long-ago"),
        ("31/12/1989 23:59", "long-ago"),
        ("1990-01-01T00:00:00+01:00", "long-ago"),
        ("0011-04-01", "long-ago"),
        ("2013-07-01", "in-the-future"),
        ("2013-06-30T23:00:00Z", "in-the-future"),
        ("2090-01-01", "in-the-future"),
        ("99999-01-01", "in-the-future"),
    ],
)
def test_a_date_that_cant_be_is_told_and_its_row_left_out(file, date, fault):
    found = programmes(written(file, f"1,london,1,,programme-completed,{date}"))

    assert odd(found) == {fault: 1}
    assert months(found) == []
    assert found.odd_rows == {(fault, "london"): 1}


@pytest.mark.parametrize("date", ["1990-01-01", "2013-06-30T22:59:59Z", "2013-06-30T23:59"])
def test_the_first_and_the_last_day_are_read(file, date):
    assert not odd(programmes(written(file, f"1,london,1,,programme-completed,{date}")))


@pytest.mark.parametrize(
    ("date", "month"),
    [
        ("DATE '2010-12-31'", "2010-12"),
        ("TIMESTAMP '2010-12-31 23:59:59.999999'", "2010-12"),
        ("TIMESTAMP_S '2010-12-31 23:59:59'", "2010-12"),
        ("TIMESTAMP_MS '2010-12-31 23:59:59.999'", "2010-12"),
        ("TIMESTAMP_NS '2010-12-31 23:59:59'", "2010-12"),
        ("TIMESTAMPTZ '2010-12-31 23:30:00+00'", "2010-12"),
        ("TIMESTAMPTZ '2011-01-01 00:30:00+01'", "2010-12"),
        ("TIMESTAMPTZ '2010-06-30 23:30:00+00'", "2010-07"),
        ("TIMESTAMPTZ '2010-07-01 00:30:00+02'", "2010-06"),
        ("'31/12/2010'", "2010-12"),
        ("'31/12/2010'::BLOB", "2010-12"),
    ],
)
def test_days_and_times_of_a_parquet_file_are_read_by_their_type(tmp_path, date, month):
    found = programmes(table(tmp_path / "events.parquet", {"date": date}))

    assert months(found) == [month]
    assert not odd(found)


@pytest.mark.parametrize("date", ["NULL::DATE", "'infinity'::TIMESTAMP", "'-infinity'::TIMESTAMPTZ"])
def test_a_day_that_is_none_is_told(tmp_path, date):
    assert odd(programmes(table(tmp_path / "events.parquet", {"date": date}))) == {"no-date": 1}


@pytest.mark.parametrize(
    ("column", "cell", "held"),
    [
        ("date", "20100601", "integer"),
        ("date", "TIME '10:00'", "time"),
        ("date", "[DATE '2010-06-01']", "date[]"),
        ("tier", "['1']", "varchar[]"),
        ("tier", "{'a': 1}", "struct(a integer)"),
        ("tier", "MAP {'a': 1}", "map(varchar, integer)"),
        ("tier", "true", "boolean"),
        ("case", "1.5::DECIMAL(4,1)", "decimal(4,1)"),
        ("case", "DATE '1975-03-02'", "date"),
        ("trust", "['london']", "varchar[]"),
        ("event", "1.0::DOUBLE", "double"),
    ],
)
def test_a_column_of_another_type_is_refused_with_its_name_and_type(tmp_path, column, cell, held):
    (sentence, *_) = refused(table(tmp_path / "events.parquet", {column: cell}))

    assert sentence.startswith(f"events.parquet: the column '{column}' holds {held}, and should hold ")


@pytest.mark.parametrize("tier", ["4", "4::TINYINT", "'4'", "'4'::BLOB", "' 4 '", "4::UBIGINT"])
def test_a_tier_is_read_from_numbers_and_texts(tmp_path, tier):
    (key,) = sums(programmes(table(tmp_path / "events.parquet", {"tier": tier})), OBP)

    assert key == ("london", datetime.date(2010, 6, 1), "4")


def test_bytes_that_are_no_text_are_refused_and_not_shown(tmp_path):
    (sentence,) = refused(table(tmp_path / "events.parquet", {"tier": r"'secret\xFF\xFE'::BLOB"}))

    assert sentence == "events.parquet can't be read: it is damaged, or no table. Write and send it again."


def test_every_event_may_be_written_in_capitals_or_with_blanks_or_underscores(file):
    ways = [
        way
        for event in CaseEvent
        for way in (event, event.upper(), event.replace("-", " ").capitalize(), event.replace("-", "_"))
    ]
    rows = [f"{number},london,1,,{way},2010-06-01" for number, way in enumerate(ways)]

    found = programmes(written(file, *rows))

    assert not odd(found)
    assert found.tally.seen["rows"].tolist() == [4] * len(CaseEvent)


def test_the_commonest_odd_cells_of_each_kind_are_kept_with_how_often_they_are_there(file):
    often = {"Nowhere": 3, "Elsewhere": 2, "A": 1, "B": 1, "C": 1, "D": 1}
    trusts = [trust for trust, number in often.items() for _ in range(number)]
    rows = [f"{number},{trust},1,,programme-completed,2010-06-01" for number, trust in enumerate(trusts)]
    rows += ["90,london,1,,tea drunk,2010-06-01", "91,london,1,five,programme-completed,2010-06-01"]

    found = programmes(written(file, *rows))

    cells = {str(fault): dict(cells) for fault, cells in found.cells.items()}
    assert cells == {
        "unknown-trust": {"Nowhere": 3, "Elsewhere": 2, "A": 1, "B": 1, "C": 1},
        "unknown-event": {"tea drunk": 1},
        "unknown-tier": {"five": 1},
    }
    assert odd(found) == {"unknown-trust": 9, "unknown-event": 1, "unknown-tier": 1}


def test_a_row_with_several_faults_is_told_once(file):
    found = programmes(written(file, ",Nowhere,1,9,tea drunk,soon"))

    assert odd(found) == {"no-case": 1}


ROW = "1,london,1,,programme-completed,2010-06-01"


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\r\n{ROW}\r\n",
        f"{HEADER}\r{ROW}\r",
        f"{HEADER}\n{ROW}",
        f"\n{HEADER}\n\n{ROW}\n\n",
        f"\N{ZERO WIDTH NO-BREAK SPACE}{HEADER}\r\n{ROW}\r\n",
        HEADER.replace(",", " , ") + f"\n{ROW}\n",
        f"{HEADER}\n" + ROW.replace(",", " , ") + "\n",
        f"{HEADER}\n" + ",".join(f'"{cell}"' for cell in ROW.split(",")) + "\n",
    ],
    ids=["windows", "old-mac", "no-last-end", "blank-lines", "mark", "spaced-header", "spaced-row", "quotes"],
)
def test_csv_may_be_written_in_many_ways(file, content):
    file.write_bytes(content.encode())

    found = programmes(file)

    assert months(found) == ["2010-06"]
    assert not odd(found)
    assert found.found == []


@pytest.mark.parametrize(
    ("broken", "lines"),
    [
        (["2,london,1"], 1),
        (["2,london,1,,programme-completed,2010-06-01,secret"], 1),
        ([f"{number},london" for number in range(30)], 30),
    ],
)
def test_lines_that_are_no_rows_are_told_by_number_without_their_cells(file, broken, lines):
    found = counted([written(file, *broken, *[f"{number}{ROW[1:]}" for number in range(40, 80)])])

    (sentence,) = [one.sentence for one in found.found]
    assert sentence.startswith(f"events.csv: {lines} line")
    assert "secret" not in sentence
    assert sum(denominator for _, denominator in sums(found, OBP).values()) == 40


@pytest.mark.parametrize("cell", [b"lond\xe9n", b"\xff\xfe", b"\xc3\x28"])
def test_a_line_that_isnt_utf_8_is_left_out_and_told(file, cell):
    line = b"2," + cell + b",1,,programme-completed,2010-06-01\n"
    file.write_bytes(f"{HEADER}\n{ROW}\n".encode() + line)

    found = programmes(file)

    assert [one.code for one in found.found] == ["broken-lines"]
    assert found.rows == 1
    assert months(found) == ["2010-06"]


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_another_separator_is_refused(file, separator):
    sentences = refused(written(file, ROW.replace(",", separator), header=HEADER.replace(",", separator)))

    assert [sentence.split("'")[1] for sentence in sentences] == ["case", "trust", "tier", "event", "date"]


def test_without_a_header_no_cell_of_the_first_row_is_shown(file):
    sentences = refused(written(file, "4711,Ann Smith,SW1A 1AA,4,programme-completed,2010-06-01", header=ROW))

    shown = " ".join(sentences)
    assert not any(cell in shown for cell in ("4711", "Smith", "SW1A", "london"))


@pytest.mark.parametrize("kept", [0, 4, 0.5, -1, -8])
def test_a_parquet_file_that_was_cut_anywhere_is_refused(tmp_path, kept):
    path = table(tmp_path / "events.parquet", {}, rows=3_000)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept) if isinstance(kept, float) else kept])

    assert len(refused(path)) == 1


@pytest.mark.parametrize("damaged", [slice(4, 60), slice(-60, -20), slice(-8, -4)])
def test_a_parquet_file_with_other_bytes_in_it_is_refused(tmp_path, damaged):
    path = table(tmp_path / "events.parquet", {"case": "range::VARCHAR || 'secret'"}, rows=3_000)
    content = bytearray(path.read_bytes())
    content[damaged] = b"\x7f" * len(content[damaged])
    path.write_bytes(bytes(content))

    (sentence,) = refused(path)
    assert "secret" not in sentence


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (f"{HEADER}\n{ROW}\n".encode("utf-16"), "UTF-16"),
        (b"\x1f\x8b\x08\x00" + b"\x00" * 60, "gzip"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 60, "picture"),
    ],
)
def test_what_is_no_table_is_refused_by_what_it_is_whatever_its_name(file, content, word):
    file.write_bytes(content)

    (sentence,) = refused(file)
    assert word in sentence


def test_a_file_is_read_by_what_it_is_and_not_by_its_name(tmp_path):
    text = written(tmp_path / "text.parquet", ROW)
    parquet = table(tmp_path / "table.csv", {"case": "'2'"})

    assert list(sums(programmes(text, parquet), OBP).values()) == [(2, 2)]


@pytest.mark.parametrize(
    "header",
    [
        *("Name", "Offender name", "offender_name", "OffenderName", "Full name", "First name", "FORENAME(S)"),
        *("Surname", "Last-name", "lastname", "Initials", "Alias", "Victim name", "Maiden name"),
        *("DOB", "D.O.B.", "Date of birth", "DateOfBirth", "date_of_birth", "BirthDate", "Year of birth"),
        *("Age", "age_band", "AgeGroup", "Home address", "Address1", "Post code", "postcode"),
        *("E-mail", "email address", "EmailAddress", "Phone", "Telephone no", "MobilePhone"),
        *("NINO", "National Insurance number", "PNC", "PNC ID", "pnc_id", "CRO number", "CRN", "case CRN"),
        *("NOMS number", "NomsId", "NOMSNumber", "Prison number", "prison_no", "NHS no", "Passport"),
        *("Gender", "Sex", "Ethnicity", "Religion", "Nationality"),
    ],
)
def test_a_header_tells_of_a_person(header):
    assert named_after(header)


@pytest.mark.parametrize(
    "header",
    [
        *(
            "event",
            "unit",
            "percentage",
            "engagement",
            "management",
            "stage",
            "average",
            "language",
            "message",
        ),
        *("remand", "mandate", "update", "essex", "Sussex", "Wessex", "triage", "agency", "imprisoned"),
        *("renamed", "filename", "namespace", "addressed", "phonetic", "sexton", "crown court", "region"),
    ],
)
def test_a_header_with_such_a_word_inside_another_tells_of_nobody(header):
    assert named_after(header) == ""


def test_every_column_that_tells_of_a_person_is_named_and_no_cell_of_it(file):
    row = f"{ROW},secret-1,secret-2,secret-3"

    sentences = refused(written(file, row, header=f"{HEADER},Surname,colour,DOB"))

    assert [sentence.split("'")[1] for sentence in sentences] == ["Surname", "DOB"]
    assert "secret" not in " ".join(sentences)


OF_PERSONS = (
    *("AB123456C", "AB 12 34 56 C", "2001/0123456X", "01/123456X", "123456/99A", "A1234BC", "X123456"),
    *("943 476 5919", "020 7946 0018", "07700 900123", "07700900123", "+44 7700 900123"),
    *("ann@example.org", "ANN.O@EXAMPLE.CO.UK", "SW1A 1AA", "M1 1AE", "M11AE"),
    *("Ann Smith", "Smith, Ann", "Ann B. Smith", "Pat O’Brien", "John SMITH"),
    *("1975-03-02", "02/03/1975"),
)
OF_NOBODY = (
    *("case-000000001", "4711", "12345678", "LDU-7", "C100", "A12", "Unit 1", "Kent", "Leeds 2"),
    *("2010/1234", "b2", "0", "CASE 12", "9f86d081884c7d65"),
)


def with_columns_of(cells: Sequence[str], path: Path) -> Path:
    """A file that has besides the usual columns one that is full of each of the cells."""
    header = ",".join([HEADER, *(f"remarks {place}" for place in range(len(cells)))])
    return written(path, *[",".join([ROW, *(f'"{cell}"' for cell in cells)])] * 3, header=header)


def test_columns_full_of_what_tells_of_a_person_are_refused_without_showing_it(file):
    sentences = refused(with_columns_of(OF_PERSONS, file))

    named = [sentence.split("'")[1] for sentence in sentences]
    assert named == [f"remarks {place}" for place in range(len(OF_PERSONS))]
    assert not [cell for cell in OF_PERSONS if cell in " ".join(sentences)]


def test_numbers_and_codes_of_a_trusts_own_tell_of_nobody(file):
    found = programmes(with_columns_of(OF_NOBODY, file))

    assert {one.code for one in found.found} == {"unknown-column"}
    assert found.rows == 3


@pytest.mark.parametrize("cell", ["A1234BC", "Ann Smith"])
def test_cases_are_looked_through_too(file, cell):
    column = "case"
    row = f"{cell},london,1,,programme-completed,2010-06-01"

    (sentence,) = refused(written(file, row))

    assert f"the column '{column}' looks like " in sentence


def test_a_person_may_be_found_far_down_a_column(file):
    """One in twenty cells is enough, wherever they are among those that are looked through."""
    rows = [f"{ROW},ok"] * 60 + [f"{ROW},Ann Smith"] * 4

    (sentence,) = refused(written(file, *rows, header=f"{HEADER},remarks"))

    assert "'remarks'" in sentence


def test_empty_cells_hide_nobody(file):
    rows = [*itertools.repeat(f"{ROW},", 200), f"{ROW},Ann Smith"]

    (sentence,) = refused(written(file, *rows, header=f"{HEADER},remarks"))

    assert "'remarks'" in sentence
