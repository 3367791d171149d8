"""The whole tables of a release: every cell, filter and order, held against the release itself."""

import datetime
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from performance.api.fields import fields_of
from performance.releases.whole_tables import WHOLE_TABLES, WholeTable
from tests.performance.api.asking import RECORD, SIMULATED, answer, ask, csv_rows, rows

each_table = pytest.mark.parametrize("table", WHOLE_TABLES.values(), ids=lambda table: table.slug)
TOLD = [(table, column) for table in WHOLE_TABLES.values() for column in table.told]
each_column = pytest.mark.parametrize(
    ("table", "column"), TOLD, ids=[f"{table.slug}-{column}" for table, column in TOLD]
)
MOVED = ("date", "integer", "number")
MOVING = [(table, column) for table, column in TOLD if fields_of(table)[column].type in MOVED]


def as_json(value: object) -> object:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def in_the_release(table: WholeTable, release) -> list[str]:
    return sorted(repr([as_json(value) for value in row]) for row in table.rows(table.of(release)))


def in_the_api(table: WholeTable, start: str, **query) -> list[str]:
    return sorted(repr(list(row.values())) for row in rows(f"{start}{table.slug}/", query))


@each_table
def test_every_row_is_that_of_the_release(release_one, simulated_one, table):
    """As its whole file has them: tests of files hold those against the pages."""
    for release, start in ((release_one, RECORD), (simulated_one, SIMULATED)):
        assert in_the_api(table, start) == in_the_release(table, release)


@each_table
def test_every_row_comes_once_whatever_the_length_of_a_page(simulated_one, table):
    number = table.number(simulated_one)
    limit = max(1, number // 7)

    assert in_the_api(table, SIMULATED, limit=limit) == in_the_release(table, simulated_one)


@each_table
def test_csv_has_the_same_rows_and_says_in_each_what_it_is(simulated_one, table):
    address = f"{SIMULATED}{table.slug}/"
    in_json = answer(address, {"limit": 50})["rows"]
    lines = csv_rows(ask(address, {"limit": 50, "format": "csv"}))
    all_lines = csv_rows(ask(address, {"format": "csv"}))

    assert len(lines) == len(in_json) > 0
    assert len(all_lines) == table.number(simulated_one)
    assert [without_address(line) for line in all_lines[:50]] == [without_address(line) for line in lines]
    for line, row in zip(lines, in_json, strict=True):
        assert line["standing"] == "Simulated figures"
        assert line["release"] == "1"
        assert {name: line[name].removeprefix("'") for name in row} == {
            name: "" if value is None else str(value).removeprefix("'") for name, value in row.items()
        }


def without_address(line: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in line.items() if name != "address"}


@each_column
def test_each_column_is_a_filter_of_its_own_name(simulated_one, table, column):
    everything = rows(f"{SIMULATED}{table.slug}/")
    values = list(dict.fromkeys(row[column] for row in everything))
    for value in (values[0], values[len(values) // 2], values[-1]):
        asked = "" if value is None else value
        found = rows(f"{SIMULATED}{table.slug}/", {column: asked})

        assert found == [row for row in everything if row[column] == value]


@pytest.mark.parametrize(
    ("table", "column"), MOVING, ids=[f"{table.slug}-{column}" for table, column in MOVING]
)
def test_dates_and_numbers_can_be_asked_for_from_and_to(simulated_one, table, column):
    everything = rows(f"{SIMULATED}{table.slug}/")
    values = sorted({row[column] for row in everything if row[column] is not None})
    if not values:
        assert rows(f"{SIMULATED}{table.slug}/", {f"{column}_from": default_of(table, column)}) == []
        return
    low, high = values[len(values) // 3], values[2 * len(values) // 3]

    found = rows(f"{SIMULATED}{table.slug}/", {f"{column}_from": low, f"{column}_to": high})

    assert found == [row for row in everything if row[column] is not None and low <= row[column] <= high]


def default_of(table: WholeTable, column: str) -> str:
    return "2010-04-01" if fields_of(table)[column].type == "date" else "0"


@each_column
def test_rows_can_be_put_in_order_by_each_column(simulated_one, table, column):
    """Page by page, what has no value last; databases differ in how they order letters."""
    everything = rows(f"{SIMULATED}{table.slug}/")
    limit = max(1, len(everything) // 5)
    for sign in ("", "-"):
        found = rows(f"{SIMULATED}{table.slug}/", {"ordering": f"{sign}{column}", "limit": limit})
        values = [row[column] for row in found]

        assert sorted(map(repr, found)) == sorted(map(repr, everything))
        assert None not in values[: sum(value is not None for value in values)]
        if fields_of(table)[column].type in MOVED:
            told = [value for value in values if value is not None]
            steps = pairwise(reversed(told) if sign else told)
            assert all(before <= after for before, after in steps)
        else:
            runs = [value for value, following in pairwise([*values, object()]) if value != following]
            assert len(runs) == len(set(values))


def test_rows_alike_in_one_column_are_put_in_order_by_the_next(simulated_one):
    found = rows(f"{SIMULATED}indicators/", {"ordering": "period_start,-value", "limit": 100})
    keys = [(row["period_start"], row["value"] is None, -(row["value"] or 0)) for row in found]

    assert keys == sorted(keys)


def test_of_a_column_that_is_named_twice_the_first_counts(simulated_one):
    address = f"{SIMULATED}indicators/"
    once = rows(address, {"ordering": "-value,organisation", "fields": "value,organisation"})
    twice = rows(address, {"ordering": "-value,organisation,value", "fields": "value,organisation,value"})

    assert twice == once


def test_several_values_are_any_of_them_and_several_columns_all(simulated_one):
    everything = rows(f"{SIMULATED}indicators/")
    found = rows(
        f"{SIMULATED}indicators/",
        {"organisation": ["london", "kent"], "status": "reported", "value_to": "50"},
    )

    assert found
    assert found == [
        row
        for row in everything
        if row["organisation"] in ("london", "kent") and row["status"] == "reported" and row["value"] <= 50
    ]


def test_only_the_fields_that_are_asked_for_come_in_the_order_of_the_table(simulated_one):
    for name, asked in (("indicators", "value,organisation"), ("ratings", "domains,organisation")):
        in_json = rows(f"{SIMULATED}{name}/", {"fields": asked})
        in_csv = csv_rows(ask(f"{SIMULATED}{name}/", {"fields": asked, "format": "csv"}))
        assert len(in_csv) == len(in_json)

        columns = [column for column in WHOLE_TABLES[name].columns if column in asked.split(",")]
        assert {tuple(row) for row in in_json} == {tuple(columns)}
        assert list(in_csv[0])[:2] == columns
        assert in_json[0] == {column: rows(f"{SIMULATED}{name}/")[0][column] for column in columns}


def test_a_page_far_on_is_found_by_its_key_alone(simulated_one):
    """Not by reading all rows before it."""
    address = f"{SIMULATED}indicators/"
    following = answer(address, {"limit": 3})["next"]
    with CaptureQueriesContext(connection) as queries:
        answer(following)
    (question,) = [one["sql"] for one in queries if "indicatorresult" in one["sql"]]

    assert '."id" >' in question
    assert '."id" IS NULL' not in question
    assert "OFFSET" not in question


@each_table
def test_a_page_takes_few_queries(client, simulated_one, table, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        answer(f"{SIMULATED}{table.slug}/", {"limit": 1000})
