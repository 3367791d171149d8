"""Every table of the site as it leaves: each format has the same cells, and each column is explained."""

import csv
import datetime
import io
import json
import zipfile
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
import pytest
from django.test import Client
from django.urls import resolve
from python_calamine import CalamineWorkbook

from performance.exports.dictionary import dictionary
from performance.exports.sheets import CONFIDENTIAL, NOT_APPLICABLE, NOT_AVAILABLE
from performance.exports.table_file import IN_EVERY_ROW
from performance.models import Measure
from tests.performance.pages.addresses import PAGES
from tests.performance.pages.reading import read
from tests.performance.pages.test_series import PAGES as SIMULATED_PAGES

RECORD, SIMULATED = "/", "/series/simulated/"
WITH_A_CONTROL_CHART = "measures/staff-probation-officers/"
# Pages with a choice of what to show have a file for each: one of each kind of choice.
CHOSEN = [
    "trusts/?year=2011-12&region=london-region",
    "divergence/?year=2011-12&kind=timeliness",
    "map/?show=breach-10-days",
    "compare/?organisation=london&organisation=wales&measure=breach-10-days&year=2012-13&by=month",
    "measures/breach-10-days/?organisation=london",
]
SHORTHAND = (CONFIDENTIAL, NOT_APPLICABLE, NOT_AVAILABLE)
# Workbooks take longer to make, so of each kind of table with the same columns so many.
FEW = 2


def csv_files(client: Client, start: str, pages: list[str]) -> list[str]:
    found = {}
    for page in pages:
        response = client.get(start + page, follow=True)
        assert response.status_code == 200, page
        links = (link.attributes.get("href", "") for link in read(response.content.decode()).all("a"))
        found |= {link: None for link in links if urlsplit(link).path.endswith(".csv")}
    return list(found)


def content(client: Client, csv_address: str, ending: str) -> bytes:
    response = client.get(csv_address.replace(".csv", f".{ending}", 1))
    assert response.status_code == 200, (csv_address, ending)
    assert f'.{ending}"' in response["Content-Disposition"]
    return response.getvalue()


def as_written(value: object) -> str:
    """As CSV writes it."""
    return "" if value is None else str(value)


def same(cell: str, value: object) -> bool:
    """Whether a CSV cell is the value: a text of a formula has an apostrophe in front."""
    return cell in (as_written(value), f"'{value}")


def in_a_sheet(value: object) -> object:
    """As a spreadsheet knows it: one kind of number, of 15 figures or so, and no truth."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int | float):
        return pytest.approx(value, rel=1e-14, abs=0)
    return None if value == "" else value


def csv_rows(client: Client, address: str) -> list[list[str]]:
    text = content(client, address, "csv").decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def columns_of_zip(client: Client, address: str) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(client.get(address).getvalue())) as archive:
        tables = [archive.read(name).decode("utf-8-sig") for name in archive.namelist() if ".csv" in name]
    return {column for table in tables for column in next(csv.reader(io.StringIO(table)))}


def parquet_rows(content: bytes, folder: Path, columns: int) -> list[list[object]]:
    path = folder / "table.parquet"
    path.write_bytes(content)
    with duckdb.connect() as connection:
        found = connection.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    return [list(row[:columns]) for row in found]


def rows_of_sheet(workbook: bytes) -> list[list[object]]:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_name("Table").to_python()
    return [[None if cell in SHORTHAND else cell for cell in row] for row in rows[5:]]


def from_json(fields: list[dict], row: dict) -> list[object]:
    """With dates as dates."""
    types = {field["name"]: field["type"] for field in fields}
    return [
        datetime.date.fromisoformat(value) if value and types[name] == "date" else value
        for name, value in row.items()
    ]


@pytest.mark.slow
def test_every_format_of_every_table_has_the_same_cells(client, release_one, simulated_one, tmp_path):
    seen = set()
    kinds: Counter[tuple[str, ...]] = Counter()
    addresses = [
        *csv_files(client, RECORD, [*PAGES, WITH_A_CONTROL_CHART]),
        *csv_files(client, SIMULATED, [*SIMULATED_PAGES, *CHOSEN]),
    ]
    for address in addresses:
        rows = csv_rows(client, address)
        head = rows.pop(0)
        seen |= set(head)
        told = json.loads(content(client, address, "json"))
        assert head == [*(field["name"] for field in told["fields"]), *IN_EVERY_ROW], address
        assert len(rows) == len(told["rows"]) == told["about"]["rows"]
        for row, values in zip(rows, told["rows"], strict=True):
            pairs = zip(row[: len(values)], values.values(), strict=True)
            assert all(same(cell, value) for cell, value in pairs), (address, row)
        described = json.loads(content(client, address, "csv-metadata.json"))
        assert [column["name"] for column in described["tableSchema"]["columns"]] == head
        kind = (resolve(urlsplit(address).path).url_name, *head)
        kinds[kind] += 1
        if kinds[kind] <= FEW:
            values = [from_json(told["fields"], row) for row in told["rows"]]
            sheet = [[in_a_sheet(value) for value in row] for row in values]
            assert rows_of_sheet(content(client, address, "xlsx")) == sheet, address
            assert rows_of_sheet(content(client, address, "ods")) == sheet, address
            assert parquet_rows(content(client, address, "parquet"), tmp_path, len(told["fields"])) == values
    seen |= {name for start in (RECORD, SIMULATED) for name in columns_of_zip(client, f"{start}cited.zip")}
    assert seen == {*dictionary(), *Measure.objects.filter(code__in=seen).values_list("code", flat=True)}
