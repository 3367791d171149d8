"""What the figures are about: tables of no one release, held against what is stored."""

from html import unescape

import pytest

from performance.api.catalogue import CATALOGUE
from performance.api.fields import fields_of, own_fields
from performance.api.private_tables import PRIVATE_TABLES
from performance.exports.dictionary import TYPES, dictionary
from performance.models import Framework, Measure
from tests import factories
from tests.performance.api.asking import START, answer, ask, csv_rows, problem, rows
from tests.performance.api.holding import holds_to_its_filters_and_orders
from tests.performance.pages.test_answers import CHECKED, release_two, withdraw
from trusts.models import Organisation, Succession

each_table = pytest.mark.parametrize(
    ("table", "rows_of"), CATALOGUE, ids=[table.slug for table, _ in CATALOGUE]
)
TABLES = [table for table, _ in CATALOGUE] + [table for table, *_ in PRIVATE_TABLES.values()]


@each_table
def test_every_row_comes_once_as_json_and_as_csv(release_one, table, rows_of):
    found = rows(f"{table.slug}/", {"limit": 40})
    lines = csv_rows(ask(f"{table.slug}/", {"limit": 1000, "format": "csv"}))

    assert len(found) == len(lines) == rows_of().count() > 0
    assert {tuple(row) for row in found} == {tuple(table.columns)}
    in_csv = [tuple(value.removeprefix("'") for value in line.values()) for line in lines]
    in_json = [tuple("" if value is None else str(value) for value in row.values()) for row in found]
    assert in_csv == in_json


@each_table
def test_it_is_filtered_and_put_in_order_by_each_column(release_one, table, rows_of):
    holds_to_its_filters_and_orders(table)


@each_table
def test_it_may_have_changed_so_a_copy_is_checked_by_its_content(release_one, table, rows_of):
    first = ask(f"{table.slug}/")

    assert first["Cache-Control"] == CHECKED
    assert ask(f"{table.slug}/", **{"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.slug)
def test_every_column_is_explained(table):
    for field in fields_of(table).values():
        assert field.title and field.type in TYPES
        assert field.description.endswith((".", "none is real."))


def test_a_column_is_explained_in_one_place_and_every_explanation_is_of_a_column():
    columns = {column for table in TABLES for column in table.columns}

    assert not set(own_fields()) & set(dictionary())
    assert set(own_fields()) <= columns


def test_organisations_have_their_history(release_one):
    kent = answer("organisations/", {"organisation": "kent"})["rows"][0]
    after = answer("successions/", {"predecessor": "kent"})["rows"]
    stored = Organisation.objects.get(slug="kent")

    assert (kent["organisation_name"], kent["organisation_kind"]) == (stored.name, "trust")
    assert (kent["opened"], kent["closed"]) == (stored.opened.isoformat(), stored.closed.isoformat())
    assert {row["successor"] for row in after} == set(
        Succession.objects.filter(predecessor=stored).values_list("successor__slug", flat=True)
    )
    assert "2014-06-01" in {row["date"] for row in after}


def test_measures_and_frameworks_are_as_they_are_defined(release_one):
    measure = answer("measures/", {"measure": "oasys-15-days"})["rows"]
    stored = Measure.objects.get(code="oasys-15-days")
    inside = answer("framework-measures/", {"measure": "oasys-15-days"})["rows"]

    assert (measure[0]["kind"], measure[0]["what_is_counted"]) == (stored.kind, stored.counted)
    assert {row["framework"] for row in inside} == set(
        Framework.objects.filter(domains__framework_measures__measure=stored).values_list(
            "short_title", flat=True
        )
    )


def test_a_series_says_its_current_release_and_releases_what_became_of_them(release_one):
    release_two(series=release_one.series, corrects=release_one, correction_reason="A slip.")
    withdraw(release_one)
    series = answer("series/", {"series_slug": "public-record"})["rows"][0]
    first, second = answer("releases/", {"series_slug": "public-record", "ordering": "release"})["rows"]

    assert series["current_release"] == 2
    assert (first["state"], first["withdrawal_reason"]) == (
        "withdrawn",
        "The budgets were in pounds, not thousands.",
    )
    assert (second["corrects"], second["correction_reason"]) == (1, "A slip.")


def test_a_series_that_has_published_nothing_is_not_told(release_one):
    factories.make_series(slug="secret")

    assert [row["series_slug"] for row in rows("series/")] == ["public-record"]


def test_the_start_leads_everywhere(release_one, simulated_one):
    found = answer("")

    assert set(found["current_releases"]) == {"public-record", "simulated"}
    for address in (*found["current_releases"].values(), *found["tables"].values(), found["description"]):
        assert ask(address).status_code == 200
    for address in found["with_a_token"].values():
        problem(ask(address), 401)


def test_the_page_about_it_names_every_table_and_column(client, release_one):
    response = client.get("/api/")
    html = response.content.decode()

    assert response["Cache-Control"] == CHECKED
    for table in TABLES:
        assert f"{START}{table.slug}/" in html
        assert all(f">{column}<" in html for column in table.columns)
    assert client.get("/api/", headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_the_example_on_the_page_is_a_table_that_pandas_reads(client, release_one):
    html = client.get("/api/").content.decode()
    address = unescape(html).split('read_csv("')[1].split('"')[0]

    assert csv_rows(ask(address))
