"""Every download of the site, row by row against the table on its page."""

import csv
import datetime
import io
import re
from collections import Counter
from urllib.parse import urlsplit

import pandas as pd
import pytest
from django.test import Client

from performance.models import Framework, Measure
from performance.pages.figures import SUMMARY_FIGURES
from performance.periods import Period
from performance.vocabulary import Flag, Kind, Status, TargetStatus
from tests.performance.pages.reading import Element, read, rows_of
from trusts.models import Organisation

ABOUT = ["series", "standing", "release", "figures_as_at"]


def download(client: Client, address: str) -> tuple[str, list[dict[str, str]]]:
    response = client.get(address)
    assert response.status_code == 200, address
    assert response.streaming, address
    text = b"".join(response.streaming_content).decode("utf-8")
    assert text.startswith("\ufeff"), address
    assert text.count("\ufeff") == 1, address
    return text[1:], list(csv.DictReader(io.StringIO(text[1:], newline="")))


def opened(client: Client, address: str) -> Element:
    return read(client.get(address).content.decode())


def number(text: str) -> float | None:
    """The number in a cell: 78%, £13,613,000, −5.4 points; none where the cell says why."""
    found = re.fullmatch(r"£?(−?)£?([\d,]+(?:\.\d+)?)(%| points| days)?", text)
    return float(found[1].replace("−", "-") + found[2].replace(",", "")) if found else None


def decimals(text: str) -> int:
    return len(text.partition(".")[2].rstrip("%abcdefghijklmnopqrstuvwxyz "))


def assert_is(text: str, value: str) -> None:
    """A cell's number is the file's, as far as the cell writes it."""
    if value == "":
        assert number(text) is None, (text, value)
    else:
        assert number(text) is not None, (text, value)
        assert abs(number(text) - float(value)) <= 0.5000001 * 10 ** -decimals(text), (text, value)


def period(row: dict[str, str]) -> str:
    return str(Period(*(datetime.date.fromisoformat(row[end]) for end in ("period_start", "period_end"))))


def assert_is_result(text: str, row: dict[str, str]) -> None:
    """A number, two counts, or in words why there is none."""
    if row["value"] == "":
        assert text == Status(row["status"]).label
    elif " of " in text:
        assert text.replace(",", "") == f"{row['numerator']} of {row['denominator']}"
    else:
        assert_is(text, row["value"])


def assert_same(shown: dict, row: dict[str, str]) -> None:
    """One row of a page's table of results against one of the file."""
    text = {head: cell.text for head, cell in shown.items()}
    note = shown["Source"].note
    assert text.get("Organisation", row["organisation_name"]) == row["organisation_name"]
    assert text.get("Measure", row["measure_title"]) == row["measure_title"]
    assert text.get("Period", period(row)) == period(row)
    assert_is_result(text["Result"], row)
    if "Counts" in text:
        assert text["Counts"].replace(",", "") == " of ".join(
            filter(None, (row["numerator"], row["denominator"]))
        )
    if "95% interval" in text:
        low, _, high = text["95% interval"].partition(" to ")
        assert_is(low, row["lower_95"])
        assert_is(high, row["upper_95"])
    if "Target" in text:
        assert_is(text["Target"], row["target"])
    if "Against target" in text:
        assert text["Against target"] == TargetStatus(row["target_status"]).label
    if "Against all" in text:
        assert text["Against all"] == Flag(row["flag"]).label
    if "Per cent of target" in text:
        assert_is(text["Per cent of target"], row["percent_of_target"])
    assert shown["Source"].link in row["source"]
    assert text["Source"] == source_of(row)
    assert row["note"].strip() in note
    assert row["as_printed"] in note or row["note"].startswith("Printed as")


def source_of(row: dict[str, str]) -> str:
    """As a table has it: the host of its page, or how it came about."""
    if not row["source"]:
        return "Added up here"
    return urlsplit(row["source"].split()[0]).hostname.removeprefix("www.")


def shown_of(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Those that tables show: files also hold months of a year that is there."""
    return [row for row in rows if row["is_part"] == "False" or row["source"]]


def is_by_todays_map(row: dict[str, str]) -> bool:
    return row["structure"] == "today"


def assert_same_tables(shown: list[dict], rows: list[dict[str, str]]) -> None:
    assert len(shown) == len(rows)
    for one, row in zip(shown, rows, strict=True):
        assert_same(one, row)


def assert_same_points(shown: list[dict], rows: list[dict[str, str]]) -> None:
    """Of a control chart, whose table has limits where others have sources."""
    assert len(shown) == len(rows)
    for one, row in zip(shown, rows, strict=True):
        text = {head: cell.text for head, cell in one.items()}
        assert text["Period"] == period(row)
        assert text["More than chance"] == row["signal"]
        for head, name in (("Result", "value"), ("Mean", "centre"), ("Lower limit", "lower")):
            assert_is(text[head], row[name])
        assert_is(text["Upper limit"], row["upper"])


def all_figures_of(page: Element) -> list[dict]:
    """The rows of the table of figures, where a page of a measure has one."""
    parts = page.one("main").all(id="figures")
    return [row for part in parts for row in rows_of(part.one("table"))]


def figure_of(page: Element, name: str) -> Element:
    return page.one("figure", id=f"chart-{name}")


def csv_address(element: Element) -> str:
    (address,) = (a.attributes["href"] for a in element.all("a") if a.attributes["href"].endswith(".csv"))
    return address


@pytest.mark.parametrize("page", ["/", "/releases/1/summary/"])
@pytest.mark.parametrize("name", [name for name in SUMMARY_FIGURES if name != "framework-mix"])
def test_the_file_of_a_figure_of_the_summary_is_its_table(client, release_one, page, name):
    figure = figure_of(opened(client, page), name)

    assert_same_tables(rows_of(figure.one("table")), download(client, csv_address(figure))[1])


@pytest.mark.parametrize("page", ["/", "/frameworks/", "/releases/1/summary/", "/releases/1/frameworks/"])
def test_the_file_of_what_frameworks_reward_is_its_table(client, release_one, page):
    figure = figure_of(opened(client, page), "framework-mix")
    shown = rows_of(figure.one("table"))
    _, rows = download(client, csv_address(figure))

    assert len(shown) == len(rows) == Framework.objects.count()
    for one, row in zip(shown, rows, strict=True):
        text = {head: cell.text for head, cell in one.items()}
        assert (text["Framework"], text["Measures"], text["Documented"]) == (
            row["framework"],
            row["measures"],
            row["documented"],
        )
        process = 0.0 if text["Process in all"] == "none" else number(text["Process in all"])
        assert abs(process - float(row["process_weight"])) <= 0.5
        for kind in Kind:
            count = row[f"{kind}_measures"]
            assert one[kind.label].note == (f"{count} of {row['measures']}" if count != "0" else "")
            weight = 0.0 if text[kind.label] == "none" else number(text[kind.label])
            assert abs(weight - float(row[f"{kind}_weight"])) <= 0.5


def test_the_file_of_every_measure_and_of_its_charts_is_its_table(client, release_one):
    found = Counter()
    for code in Measure.objects.values_list("code", flat=True):
        page = opened(client, f"/measures/{code}/")
        figures = page.all("figure")
        for figure in figures:
            same = assert_same_points if "control-chart" in figure.attributes["id"] else assert_same_tables
            same(rows_of(figure.one("table")), download(client, csv_address(figure))[1])
        _, rows = download(client, f"/measures/{code}.csv")
        if rows:
            today = opened(client, f"/measures/{code}/?structure=today")
            shown = [row for each in (page, today) for row in all_figures_of(each)]
            assert_same_tables(shown, sorted(shown_of(rows), key=is_by_todays_map))
        found += Counter(measures=1, figures=len(figures), rows=len(rows))

    assert found["rows"] == release_one.indicator_results.count()
    assert found["figures"] > 35


def test_the_file_of_every_organisation_holds_each_row_of_the_tables_on_its_page(client, release_one):
    """The page sorts its rows under kinds of measure and into own and others'."""
    for slug in Organisation.objects.values_list("slug", flat=True):
        _, rows = download(client, f"/trusts/{slug}.csv")
        shown = [row for table in opened(client, f"/trusts/{slug}/").all("table") for row in rows_of(table)]
        own = [row for row in rows if row["organisation"] == slug]
        others = [row for row in rows if row["organisation"] != slug]
        sorted_as_shown = [
            row for some in (own, others) for kind in Kind for row in shown_of(some) if row["kind"] == kind
        ]

        assert_same_tables(shown, sorted_as_shown)


def test_every_row_of_every_kind_of_file_says_what_it_is(client, release_one):
    for address in ("/figures/framework-mix.csv", "/measures/binary-rate.csv", "/trusts/wales.csv"):
        for row in download(client, f"/releases/1{address}")[1]:
            assert [row[column] for column in ABOUT] == [
                "Public record",
                "Public record",
                "1",
                release_one.figures_as_at.isoformat(),
            ]


def test_a_file_of_a_numbered_release_is_the_one_of_the_current_release(client, release_one):
    for address in ("/figures/accommodation.csv", "/measures/binary-rate.csv", "/trusts/wales.csv"):
        assert download(client, address) == download(client, f"/releases/1{address}")


def test_pandas_reads_the_numbers_and_gaps_of_a_file(client, release_one):
    text, rows = download(client, "/measures/court-orders-per-officer.csv")
    frame = pd.read_csv(io.StringIO(text))

    assert len(frame) == len(rows) == 80
    assert frame["value"].isna().sum() == (frame["status"] == "missing").sum() == 12
    assert frame["value"].dtype == float

    change = pd.read_csv(io.StringIO(download(client, "/measures/binary-rate-change.csv")[0]))
    assert change["value"].tolist() == [-5.4]

    accommodation = pd.read_csv(
        io.StringIO(download(client, "/measures/accommodation-at-termination.csv")[0])
    )
    areas = accommodation[accommodation["organisation_kind"] == "area"]
    assert (areas["numerator"].sum(), areas["denominator"].sum()) == (24110, 30997)


def test_a_measure_without_figures_has_a_file_with_heads_alone(client, release_one):
    text, rows = download(client, "/measures/oasys-15-days.csv")

    assert rows == []
    assert text.startswith("organisation,organisation_name,organisation_kind,structure,measure,")


def test_no_file_holds_what_a_number_lets_slip_or_what_a_spreadsheet_would_run(client, release_one):
    for address in (
        "/trusts/england-and-wales.csv",
        "/figures/national-targets.csv",
        "/measures/planned-budget.csv",
    ):
        for row in download(client, address)[1]:
            assert not {"None", "nan", "NaN", "inf"} & set(row.values())
            assert not any(re.match(r"[=+@\t\r]|-\D", value) for value in row.values())


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless(client, release_one):
    Organisation.objects.filter(slug="hertfordshire-area").update(name='=cmd|"/c calc"!A1,<script>')

    _, rows = download(client, "/trusts/hertfordshire-area.csv")

    assert {row["organisation_name"] for row in rows} == {'\'=cmd|"/c calc"!A1,<script>'}


@pytest.mark.parametrize(
    "address",
    [
        "/figures/accommodation.csv",
        "/measures/binary-rate.csv",
        "/measures/binary-rate/trend-binary-rate.csv",
    ],
)
def test_a_file_takes_at_most_12_queries(client, release_one, django_assert_max_num_queries, address):
    with django_assert_max_num_queries(12):
        download(client, address)
