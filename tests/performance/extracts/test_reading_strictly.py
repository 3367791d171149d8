"""Extracts that are read wrongly without a word, and persons whom neither header nor cell gives away."""

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from performance.extracts.reading.identifiers import named_after
from performance.extracts.simulation import write
from performance.returns.found import CannotRead
from tests.performance.extracts.counting import counted, odd, sums

HEADER = "case,trust,unit,tier,event,date"
ROW = "1,london,1,,programme-completed,2010-06-01"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "events.csv"


def written(path: Path, *rows: str, header: str = HEADER) -> Path:
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return path


def codes(file: Path) -> list[str]:
    with pytest.raises(CannotRead) as raised:
        counted([file])
    return [found.code for found in raised.value.found]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo"])
def test_a_named_zone_is_never_passed_over_in_silence(file, zone):
    """Half past eleven at night there is another month here."""
    time = {"UTC": "2010-06-30 23:30", "Asia/Tokyo": "2010-07-01 07:30"}[zone]

    found = counted([written(file, f"1,london,1,,programme-completed,{time} {zone}")])

    months = [f"{month:%Y-%m}" for _, month, _ in sums(found, "obp-completions")]
    assert odd(found) or months == [{"UTC": "2010-07", "Asia/Tokyo": "2010-06"}[zone]]


@pytest.mark.parametrize("name", ["case", "trust", "tier", "event", "date"])
@pytest.mark.parametrize("again", [str, str.upper])
def test_a_column_that_is_there_twice_by_the_same_name_is_refused(file, name, again):
    row = dict(zip(HEADER.split(","), ROW.split(","), strict=True))

    assert codes(written(file, f"{ROW},{row[name]}", header=f"{HEADER},{again(name)}")) == ["column-twice"]


def parquet(path: Path, case: str = "'1'", tier: str = "''", date: str = "DATE '2010-06-01'") -> Path:
    cells = f"{case} AS \"case\", 'london' AS trust, {tier} AS tier, 'programme-completed' AS event"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT {cells}, {date} AS date) TO '{path}' (FORMAT parquet)")
    return path


def test_a_billionth_of_a_second_before_midnight_is_before_midnight(tmp_path):
    date = "TIMESTAMP_NS '2010-06-30 23:59:59.999999999'"

    found = counted([parquet(tmp_path / "events.parquet", date=date)])

    assert [f"{month:%Y-%m}" for _, month, _ in sums(found, "obp-completions")] == ["2010-06"]


def test_a_column_of_nothing_may_have_no_type(tmp_path):
    """As of reports and victims, which have no tier: what has only empty cells is written so."""
    found = counted([parquet(tmp_path / "events.parquet", tier="NULL")])

    assert list(sums(found, "obp-completions").values()) == [(1, 1)]


def test_a_case_of_blanks_is_none_in_parquet_too(tmp_path):
    assert odd(counted([parquet(tmp_path / "events.parquet", case="'  '")])) == {"no-case": 1}


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_blanks_round_a_case_make_no_other_case_of_it_in_any_kind_of_file(tmp_path, ending):
    dates = pd.to_datetime(["2010-06-01", "2010-06-10"])
    events = ["order-started", "oasys-completed"]
    row = {"trust": "london", "unit": "1", "tier": "", "case": ["4711", "4711 "]}
    rows = pd.DataFrame(row | {"event": events, "date": dates})

    assert counted([write(rows, tmp_path / f"events.{ending}")]).tally.cases == 1


@pytest.mark.parametrize(
    "header",
    [
        *("NI number", "PNCNumber", "NHSNumber", "CRNumber", "emailaddress"),
        *("phonenumber", "Tel no", "birthdate", "homeaddress", "offendername", "givenname", "NOMIS ID"),
        *("Ethnic group", "Disability"),
    ],
)
def test_a_header_tells_of_a_person_in_other_words_too(header):
    assert named_after(header)


OF_PERSONS = (
    # Which is seen.
    "Ann Smith",
    *(
        "SMITH, John",
        "JOHN SMITH",
        "SMITH John",
        "Mary Jane Watson",
        "John van Dyke",
        "Ann-Marie Jones",
        "Zoë Müller",
    ),
    *("O’Brien, Pat", "O'Brien Pat", "J. Smith", "Smith, J"),
    *("ab123456c", "AB-12-34-56-C", "2001/0123456x", "a1234bc", "x123456", "sw1a 1aa", "943-476-5919"),
    *("(020) 7946 0018", "0044 20 7946 0018", "+44 (0)20 7946 0018"),
    *("2/3/1975", "02-03-1975", "02.03.1975", "1975-03-02 00:00:00", "2 March 1975"),
)


def test_a_person_is_seen_however_it_is_written(file):
    """One column is full of each."""
    header = ",".join([HEADER, *(f"remarks {place}" for place in range(len(OF_PERSONS)))])
    row = ",".join([ROW, *(f'"{cell}"' for cell in OF_PERSONS)])

    with pytest.raises(CannotRead) as raised:
        counted([written(file, row, row, header=header)])

    named = {found.column for found in raised.value.found}
    unseen = [cell for place, cell in enumerate(OF_PERSONS) if f"remarks {place}" not in named]
    assert unseen == []


@pytest.mark.parametrize("unit", ["West Kent", "North London", "Greater Manchester"])
def test_a_place_is_no_person(file, unit):
    assert counted([written(file, f"1,london,{unit},,programme-completed,2010-06-01")]).rows == 1


@pytest.mark.parametrize("case", ["1000000002", "00000000001"])
def test_a_number_of_a_trusts_own_is_neither_of_the_nhs_nor_of_a_telephone(file, case):
    assert counted([written(file, f"{case},london,1,,programme-completed,2010-06-01")]).rows == 1
