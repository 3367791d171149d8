"""Every cell that can't be read is told of, with its place and what to write instead."""

import math

import pytest

from performance.returns.found import Found, error
from performance.returns.period_words import A_DAY, A_PERIOD
from tests.performance.returns.layouts.tables import GOOD, columns_of, read, sheet_of, tidy

NOT_THERE = "leave the cell empty and say why in status: missing, suppressed or not-applicable"
A_NUMBER = "write a number such as 45 or 12.5"
A_COUNT = "write a whole number, as it is a count"
A_STATUS = "write reported, nil, missing, suppressed or not-applicable"
NO_FIGURE = (
    "Give a figure, or a status that says why there is none: nil, missing, suppressed or not-applicable."
)


def bad(code: str, column: str, text: str, advice: str, row: int = 2) -> Found:
    found = f"'{text}'" if text else "an empty cell"
    return error(code, f"Found {found}: {advice}.", row=row, column=column)


def read_one(**cells: str):
    """A row that is good but for these cells: what the frame has of it, and what was found."""
    figures, found = read(tidy(GOOD | cells))
    return figures.frame.iloc[0], found


@pytest.mark.parametrize("column", ["expected", "value", "target"])
@pytest.mark.parametrize(
    "text, number",
    [
        ("45", 45),
        ("45.0", 45),
        ("-5.4", -5.4),
        ("+3", 3),
        (".5", 0.5),
        ("5.", 5),
        ("1e3", 1000),
        ("0", 0),
        ("0.30000000000000004", 0.30000000000000004),
        ("", math.nan),
    ],
)
def test_a_number_is_read(column, text, number):
    row, found = read_one(**{column: text})
    assert found == []
    assert row["is_whole"]
    assert row[column] == number or (math.isnan(number) and math.isnan(row[column]))


@pytest.mark.parametrize(
    "text, advice",
    [
        ("1,234", "write 1234, without a comma"),
        ("1,234,567.8", "write 1234567.8, without a comma"),
        ("12,5", "write 12.5, with a point"),
        ("12%", "write 12, without a percent sign"),
        ("12,5%", "write 12.5, with a point and without a percent sign"),
        ("12.5 %", "write 12.5, without a percent sign and without spaces"),
        ("£1,200", "write 1200, without a comma and without a pound sign"),
        ("1 234", "write 1234, without spaces"),
        ("1\N{NO-BREAK SPACE}234", "write 1234, without spaces"),
        ("\N{MINUS SIGN}5.4", "write -5.4, with a hyphen for the minus"),
        ("n/a", NOT_THERE),
        ("NA", NOT_THERE),
        ("nan", NOT_THERE),
        ("..", NOT_THERE),
        ("-", NOT_THERE),
        ("*", NOT_THERE),
        ("x", NOT_THERE),
        ("#DIV/0!", NOT_THERE),
        ("#N/A", NOT_THERE),
        ("Not applicable", NOT_THERE),
        ("nil", "write 0, or leave the cell empty and write nil in status"),
        ("inf", A_NUMBER),
        ("1e400", A_NUMBER),
        ("1_000", A_NUMBER),
        ("12.5.1", A_NUMBER),
        ("1-2", A_NUMBER),
        ("1,2,3", A_NUMBER),
        ("e", A_NUMBER),
        ("%", A_NUMBER),
        ("TRUE", A_NUMBER),
        ("0x1F", A_NUMBER),
        ("٤٥", A_NUMBER),
        ("about 45", A_NUMBER),
    ],
)
def test_what_is_no_number_is_told_with_what_to_write(text, advice):
    row, found = read_one(value=text)
    assert found == [bad("not-a-number", "value", text, advice)]
    assert math.isnan(row["value"]) and not row["is_whole"]
    assert (row["numerator"], row["status"]) == (45, "reported")


def test_a_long_cell_is_cut():
    _, found = read_one(value="9" * 500)
    assert found == [bad("not-a-number", "value", "9" * 60 + "…", A_NUMBER)]


@pytest.mark.parametrize("text, count", [("45", 45), ("45.0", 45), ("1e3", 1000), ("1" + 15 * "0", 1e15)])
def test_a_count_is_whole_however_it_is_written(text, count):
    row, found = read_one(numerator=text)
    assert (row["numerator"], found) == (count, [])


@pytest.mark.parametrize(
    "text, code, advice",
    [
        ("45.5", "not-whole", A_COUNT),
        ("1e-3", "not-whole", A_COUNT),
        ("1000000000000001", "too-large", "write a count of at most 1,000,000,000,000,000"),
        ("-2e15", "too-large", "write a count of at most 1,000,000,000,000,000"),
        ("n/a", "not-a-number", NOT_THERE),
    ],
)
@pytest.mark.parametrize("column", ["numerator", "denominator"])
def test_what_is_no_count_is_told(column, text, code, advice):
    row, found = read_one(**{column: text})
    assert found == [bad(code, column, text, advice)]
    assert math.isnan(row[column]) and not row["is_whole"]


@pytest.mark.parametrize(
    "text, code, advice",
    [
        ("31/02/2011", "not-a-date", "there is no such day"),
        ("01/04/10", "not-a-date", "give the year in four digits, as in 30/04/2010"),
        ("20100401", "not-a-date", "write it with hyphens, as in 2010-04-30"),
        ("soon", "not-a-date", f"write {A_DAY}"),
        ("", "no-period", f"give {A_DAY}"),
    ],
)
@pytest.mark.parametrize("column", ["period_start", "period_end"])
def test_what_is_no_day_is_told(column, text, code, advice):
    row, found = read_one(**{column: text})
    assert found == [bad(code, column, text, advice)]
    assert not row["is_whole"]
    assert row.isna()[["period_start", "period_end"]].to_dict() == {
        "period_start": column == "period_start",
        "period_end": column == "period_end",
    }


def test_days_are_read_in_the_order_of_this_country():
    row, found = read_one(period_start="1/4/2010", period_end="30 Apr 2010")
    assert found == []
    assert (f"{row['period_start']:%d %m %Y}", f"{row['period_end']:%d %m %Y}") == (
        "01 04 2010",
        "30 04 2010",
    )


@pytest.mark.parametrize(
    "text, code, advice",
    [
        ("2010-11", "not-a-period", "write November 2010 for the month, or 2010/11 for the year"),
        ("the spring", "not-a-period", f"write {A_PERIOD}"),
        ("", "no-period", f"give {A_PERIOD}"),
    ],
)
def test_what_is_no_period_is_told(text, code, advice):
    header = ["organisation", "framework", "measure", "Month", "value"]
    figures, found = read(sheet_of(header, ["london", "ptrs", "reports", text, "90"]))
    assert found == [bad(code, "Month", text, advice)]
    assert columns_of(figures, "period_start", "period_end", "is_whole") == [(None, None, False)]


@pytest.mark.parametrize(
    "text, status",
    [
        ("reported", "reported"),
        ("Reported", "reported"),
        ("NIL RETURN", "nil"),
        ("Not published", "missing"),
        ("missing", "missing"),
        ("Suppressed", "suppressed"),
        ("not applicable", "not-applicable"),
        ("Not_Applicable", "not-applicable"),
    ],
)
def test_a_status_is_read_by_its_word_or_its_label(text, status):
    row, found = read_one(status=text)
    assert (row["status"], found) == (status, [])


def test_what_is_no_status_is_told_and_is_not_taken_for_reported():
    row, found = read_one(status="Done")
    assert found == [bad("not-a-status", "status", "Done", A_STATUS)]
    assert (row["status"], row["is_whole"]) == ("", False)


@pytest.mark.parametrize("column", ["numerator", "denominator", "expected", "value"])
def test_an_empty_status_beside_a_number_is_reported(column):
    row, found = read_one(**{"status": "", "numerator": "", "denominator": ""} | {column: "0"})
    assert (row["status"], row["is_whole"], found) == ("reported", True, [])


@pytest.mark.parametrize("others", [{}, {"target": "90"}, {"note": "To come"}])
def test_an_empty_status_without_a_figure_is_told(others):
    row, found = read_one(status="", numerator="", denominator="", **others)
    assert found == [error("no-figure", NO_FIGURE, row=2, column="value")]
    assert (row["status"], row["is_whole"]) == ("", False)


def test_of_a_figure_that_cannot_be_read_nothing_more_is_told():
    row, found = read_one(status="", numerator="", denominator="", value="n/a")
    assert found == [bad("not-a-number", "value", "n/a", NOT_THERE)]
    assert (row["status"], row["is_whole"]) == ("", False)


def test_every_bad_cell_of_a_file_is_told_at_once_by_row():
    rows = [
        GOOD,
        GOOD | {"numerator": "1,234", "period_end": "31/02/2011"},
        *[GOOD] * 3,
        GOOD | {"status": "?", "value": ".."},
    ]
    figures, found = read(tidy(*rows))
    assert found == [
        bad("not-a-number", "numerator", "1,234", "write 1234, without a comma", row=3),
        bad("not-a-date", "period_end", "31/02/2011", "there is no such day", row=3),
        bad("not-a-status", "status", "?", A_STATUS, row=7),
        bad("not-a-number", "value", "..", NOT_THERE, row=7),
    ]
    assert figures.frame["is_whole"].tolist() == [True, False, True, True, True, False]
    assert figures.frame["row"].tolist() == [2, 3, 4, 5, 6, 7]
