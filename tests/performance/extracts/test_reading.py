"""Files that can't be read as extracts, cells that are odd, and columns that tell who somebody is."""

import datetime
from pathlib import Path

import duckdb
import pytest

from performance.extracts.reading import Division, divide, read_part
from performance.extracts.reading.identifiers import NAMES_OF_PERSONS, named_after
from performance.returns.found import CannotRead
from tests.performance.extracts.counting import counted, csv, known, odd, sums

HEADER = "case,trust,unit,tier,event,date"
SOUND = "1,london,1,,programme-completed,2010-06-01"
JUNE = {("london", datetime.date(2010, 6, 1), ""): (1, 1)}


def written(path: Path, *lines: str, header: str = HEADER) -> Path:
    path.write_bytes("\n".join([header, *lines]).encode())
    return path


def table(path: Path, select: str) -> Path:
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
    return path


def refused(file: Path) -> list[str]:
    with pytest.raises(CannotRead) as raised:
        counted([file])
    return [found.sentence for found in raised.value.found]


def warned(file: Path) -> list[str]:
    return [found.sentence for found in counted([file]).found]


def programmes(file: Path) -> dict:
    return sums(counted([file]), "obp-completions")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "events.csv"


@pytest.mark.parametrize("name", ["case", "trust", "tier", "event", "date"])
def test_a_missing_column_is_named(file, name):
    header = HEADER.replace(name, "remarks")

    (sentence,) = refused(written(file, SOUND, header=header))

    assert sentence.startswith(f"events.csv has no column '{name}'.")


def test_the_unit_may_be_left_out(file):
    assert programmes(written(file, SOUND.replace(",1,,", ",,"), header="case,trust,tier,event,date")) == JUNE


def test_a_column_twice_is_named(file):
    (sentence,) = refused(written(file, f"{SOUND},1", header=f"{HEADER},case_id"))

    assert sentence == "events.csv: 'case' and 'case_id' both stand for case. Leave one of them."


def test_a_column_that_isnt_asked_for_is_named_and_not_read(file):
    sentences = warned(written(file, f"{SOUND},blue", header=f"{HEADER},colour"))

    assert sentences == ["events.csv: the column 'colour' wasn't read."]


@pytest.mark.parametrize(
    "header",
    ["Case ID,TRUST,Local delivery unit,Tier,Event type,Event date", "case-id,Area,LDU,tier,event,WHEN"],
)
def test_columns_may_be_called_otherwise(file, header):
    assert programmes(written(file, SOUND, header=header)) == JUNE


EVENTS = "'1' AS \"case\", 'london' AS trust, '' AS tier, 'programme-completed' AS event"


@pytest.mark.parametrize(
    ("select", "said"),
    [
        (f"SELECT {EVENTS}, 20100601 AS date", "the column 'date' holds integer, and should hold days"),
        (f"SELECT {EVENTS}, 1.5::DOUBLE AS date", "the column 'date' holds double"),
        (
            f"SELECT {EVENTS.replace(chr(39) * 2, '[1, 2]')}, DATE '2010-06-01' AS date",
            "the column 'tier' holds",
        ),
        (
            f"SELECT {EVENTS.replace(chr(39) + '1' + chr(39), '1.5::DOUBLE')}, DATE '2010-06-01' AS date",
            "'case'",
        ),
    ],
)
def test_a_column_of_the_wrong_type_is_named(tmp_path, select, said):
    (sentence,) = refused(table(tmp_path / "events.parquet", select))

    assert said in sentence


@pytest.mark.parametrize(
    "date",
    [
        "DATE '2010-06-30'",
        "TIMESTAMP '2010-06-30 23:30:00'",
        "TIMESTAMPTZ '2010-06-30 22:30:00+00'",
        "'2010-06-30'",
        "'30/06/2010'",
        "'2010-06-30T23:30:00'",
        "'30/06/2010 23:30'",
        "'2010-06-30T22:30:00Z'",
        "'2010-06-30T23:30:00+01:00'",
        "'2010-06-30 18:30:00-04'",
    ],
)
def test_days_and_times_are_read_by_the_clock_in_england(tmp_path, date):
    file = table(tmp_path / "events.parquet", f"SELECT {EVENTS}, {date} AS date")

    assert programmes(file) == JUNE


def test_case_numbers_may_be_whole_numbers(tmp_path):
    numbers = EVENTS.replace("'1' AS", "4711 AS")
    file = table(tmp_path / "events.parquet", f"SELECT {numbers}, DATE '2010-06-30' AS date")

    assert programmes(file) == JUNE


def test_times_that_say_an_offset_beside_times_that_dont_are_told(file):
    rows = [SOUND.replace("2010-06-01", time) for time in ("2010-06-01T09:00:00Z", "2010-06-01T09:00:00")]
    found = odd(counted([written(file, *rows, SOUND)]))

    assert found == {"without-offset": 1}


@pytest.mark.parametrize(
    "event", ["programme-completed", "Programme completed", "PROGRAMME_COMPLETED", " programme-completed "]
)
@pytest.mark.parametrize("trust", ["london", "London", " LONDON"])
def test_words_may_be_written_otherwise(file, event, trust):
    assert programmes(written(file, f"1,{trust},1,,{event},2010-06-01")) == JUNE


@pytest.mark.parametrize(
    ("row", "fault", "cell"),
    [
        (",london,1,,programme-completed,2010-06-01", "no-case", ""),
        ("  ,london,1,,programme-completed,2010-06-01", "no-case", ""),
        ("2,Nowhere,1,,programme-completed,2010-06-01", "unknown-trust", "Nowhere"),
        ("2,,1,,programme-completed,2010-06-01", "unknown-trust", ""),
        ("2,london,1,,tea drunk,2010-06-01", "unknown-event", "tea drunk"),
        ("2,london,1,,programme-completed,", "no-date", ""),
        ("2,london,1,,programme-completed,soon", "no-date", "soon"),
        ("2,london,1,,programme-completed,2010-02-30", "no-date", "2010-02-30"),
        ("2,london,1,,programme-completed,1899-12-31", "long-ago", "1899-12-31"),
        ("2,london,1,,programme-completed,2013-07-01", "in-the-future", ""),
        ("2,london,1,,programme-completed,9999-12-31", "in-the-future", ""),
        ("2,london,1,5,drug-treatment-ended,2010-06-01", "unknown-tier", "5"),
    ],
)
def test_a_row_that_is_odd_is_counted_with_its_cell_and_the_others_count(file, row, fault, cell):
    found = counted([written(file, SOUND, row)])

    assert odd(found) == {fault: 1}
    assert dict(found.cells.get(fault, {})) == ({cell: 1} if cell else {})
    assert sums(found, "obp-completions") == JUNE


def test_the_day_of_the_extract_itself_still_counts(file):
    assert not odd(counted([written(file, SOUND, "2,london,1,,programme-completed,2013-06-30T23:59")]))


def test_an_empty_file_is_refused(file):
    file.write_bytes(b"")

    assert refused(file) == ["'events.csv' is empty: it has no bytes at all. Send it again."]


def test_a_file_without_rows_is_told_and_others_count(file, tmp_path):
    found = counted([written(file), written(tmp_path / "more.csv", SOUND)])

    assert [one.sentence for one in found.found] == ["events.csv has the columns of an extract and no rows."]
    assert sums(found, "obp-completions") == JUNE


def test_an_empty_parquet_file_is_told(tmp_path):
    select = f"SELECT {EVENTS}, DATE '2010-06-01' AS date WHERE false"

    assert warned(table(tmp_path / "events.parquet", select)) == [
        "events.parquet has the columns of an extract and no rows."
    ]


@pytest.fixture
def sound_parquet(tmp_path: Path) -> Path:
    select = f"SELECT {EVENTS}, DATE '2010-06-01' AS date FROM range(5000)"  # noqa: S608
    return table(tmp_path / "events.parquet", select)


def test_a_parquet_file_that_breaks_off_is_refused(sound_parquet):
    sound_parquet.write_bytes(sound_parquet.read_bytes()[:-20])

    (sentence,) = refused(sound_parquet)
    assert "breaks off" in sentence


def test_a_parquet_file_with_a_damaged_end_is_refused(sound_parquet):
    content = bytearray(sound_parquet.read_bytes())
    content[-60:-20] = b"\xff" * 40
    sound_parquet.write_bytes(content)

    (sentence,) = refused(sound_parquet)
    assert sentence == "events.parquet can't be read: it is damaged, or no table. Write and send it again."


@pytest.mark.parametrize("row", ["2,london,1", "2,london,1,,programme-completed,2010-06-01,more,more"])
def test_a_line_that_is_no_row_is_left_out_and_told(file, row):
    found = counted([written(file, SOUND, row)])

    assert [one.sentence for one in found.found] == [
        "events.csv: 1 line can't be read as rows, and were left out."
    ]
    assert sums(found, "obp-completions") == JUNE


def test_other_bytes_than_utf_8_are_told(file):
    file.write_bytes(f"{HEADER}\n{SOUND}\n2,lond".encode() + b"\xe9n,1,,programme-completed,2010-06-01\n")

    found = counted([file])
    assert found.found or odd(found)
    assert sums(found, "obp-completions") == JUNE


def test_a_byte_order_mark_is_passed_over(file):
    file.write_bytes(b"\xef\xbb\xbf" + f"{HEADER}\n{SOUND}\n".encode())

    assert programmes(file) == JUNE


def test_a_workbook_is_refused(tmp_path):
    from openpyxl import Workbook

    path = tmp_path / "events.xlsx"
    Workbook().save(path)

    (sentence,) = refused(path)
    assert sentence == "events.xlsx is a workbook. Save the events as CSV or Parquet, and send that."


def test_a_name_with_quotes_and_a_pattern_is_just_a_name(tmp_path):
    assert programmes(written(tmp_path / "it's [1]*.csv", SOUND)) == JUNE


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("surname", "the name of a person"),
        ("Offender Name", "the name of a person"),
        ("offenderName", "the name of a person"),
        ("date_of_birth", "a date of birth"),
        ("DOB", "a date of birth"),
        ("Home postcode", "an address"),
        ("NI insurance no", "a National Insurance number"),
        ("PNC-ID", "a number of the Police National Computer"),
        ("CRN", "a case reference number, which names a person"),
        ("NOMS number", "a NOMS number"),
        ("email", "an address"),
        ("ethnicity", "a personal characteristic"),
    ],
)
def test_a_column_that_is_named_after_what_tells_of_a_person_is_refused(file, header, what):
    (sentence,) = refused(written(file, f"{SOUND},secret", header=f"{HEADER},{header}"))

    assert f"the column '{header}' looks like {what}." in sentence
    assert "secret" not in sentence


@pytest.mark.parametrize(
    "header", ["engagement", "percentage", "management", "nomsdivision", "remand", "sexton"]
)
def test_a_word_within_another_is_none(header):
    assert named_after(header) == ""


def test_every_word_is_found_by_itself():
    assert {word: named_after(word) for word in NAMES_OF_PERSONS} == NAMES_OF_PERSONS


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        (["QQ123456C"], "a National Insurance number"),
        (["AB 12 34 56 C"], "a National Insurance number"),
        (["2001/0123456X"], "a number of the Police National Computer"),
        (["123456/99A"], "a number of the Criminal Records Office"),
        (["A1234BC"], "a NOMS or prison number"),
        (["X123456"], "a case reference number, which names a person"),
        (["943 476 5919"], "an NHS number"),
        (["020 7946 0018"], "a telephone number"),
        (["ann@example.org"], "an email address"),
        (["SW1A 1AA"], "a postcode"),
        (["Ann Smith", "O’Brien, Pat", "Jo B. Miles"], "the name of a person"),
        (["1975-03-02", "02/03/1981"], "a date, perhaps of birth"),
    ],
)
@pytest.mark.parametrize("column", ["case", "remarks"])
def test_cells_that_look_like_what_tells_of_a_person_are_refused(file, cells, what, column):
    if what == "a National Insurance number" and cells[0].startswith("QQ"):
        cells = ["AB123456C"]
    rows = []
    for number in range(40):
        cell = cells[number % len(cells)]
        values = {"case": str(number), "unit": "1", "remarks": ""} | {column: f'"{cell}"'}
        rows.append(
            f"{values['case']},london,{values['unit']},,programme-completed,2010-06-01,{values['remarks']}"
        )

    (sentence,) = refused(written(file, *rows, header=f"{HEADER},remarks"))

    assert f"the column '{column}' looks like {what}." in sentence
    assert not any(cell in sentence for cell in cells)


def test_one_number_that_looks_so_among_many_may_be_chance(file):
    rows = [f"case-{number},london,1,,programme-completed,2010-06-01" for number in range(60)]

    counted([written(file, *rows, SOUND.replace("1,", "X123456,", 1))])


def test_no_cell_is_in_a_part_as_it_was(tmp_path):
    file = csv([("secret-4711", "london", "", "programme-completed", "2010-06-01")], tmp_path / "events.csv")
    division = Division(tmp_path / "kept", 1, key="a key of the installation")

    divide(file, file.name, 0, known(), division)

    (part,) = division.place.rglob("*.parquet")
    assert b"secret" not in part.read_bytes()


def hashed(tmp_path: Path, key: str) -> int:
    file = csv([("4711", "london", "", "programme-completed", "2010-06-01")], tmp_path / "events.csv")
    division = Division(tmp_path / key, 1, key)
    divide(file, file.name, 0, known(), division)
    return int(read_part(division.place, 0, known()).rows.case[0])


def test_hashed_numbers_go_by_the_key(tmp_path):
    first, again, other = (hashed(tmp_path, key) for key in ("one", "one", "another"))

    assert first == again
    assert first != other
