"""What pages of organisations and measures say beyond their figures, and which figures they show."""

import csv
import io

from performance.releases.results import SHOWN
from tests.factories import (
    make_indicator_result,
    make_observation,
    make_published_table,
    make_release,
)
from tests.performance.pages.reading import Element, rows_of
from tests.performance.pages.simulated_figures import between, months
from tests.performance.pages.test_divergence import table_called
from tests.performance.pages.test_series import SERIES, opened, published

LONDON = f"{SERIES}trusts/london/"


def figure_rows(page: Element) -> list[dict]:
    return [row for table in page.all("table") for row in rows_of(table) if {"Result", "Source"} <= set(row)]


def test_a_peer_group_says_how_its_members_are_found(client, simulated_one):
    page = opened(client, f"{SERIES}trusts/peers-large/")

    assert "the largest third of the trusts" in page.text
    assert all(row["Source"].note == "Added up from 11 trusts." for row in figure_rows(page))


def test_pages_show_years_and_files_months_too(client, simulated_one):
    shown = figure_rows(opened(client, LONDON))
    response = client.get(f"{SERIES}trusts/london.csv")
    text = b"".join(response.streaming_content).decode().removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    own = simulated_one.indicator_results.filter(organisation__slug="london")

    assert {row["Period"].text for row in shown} == {"2010-11", "2011-12", "2012-13"}
    assert len(shown) == own.filter(SHOWN).count() == 42
    assert len(rows) == own.count() == 42 + 12 * 36
    assert {row["is_part"] for row in rows} == {"True", "False"}
    assert {row["structure"] for row in rows} == {"then"}


def test_a_figure_that_was_added_up_says_so_and_one_from_a_return_too(client, simulated_one):
    rows = figure_rows(opened(client, LONDON))
    sources = {row["Measure"].text: row["Source"] for row in rows}

    assert sources["Offenders for each offender manager"].text == "In a return"
    assert {source.text for source in sources.values()} == {"In a return", "Added up here"}
    assert "worked out from what a source prints" not in opened(client, LONDON).text.lower()


def test_a_published_part_of_a_year_stays_in_the_tables(client, release_one):
    """Somebody printed it, so a reader must find it."""
    release = make_release(series=release_one.series, number=2)
    observation = make_observation(published_table=make_published_table(series=release.series))
    place = {"release": release, "observation": observation}
    make_indicator_result(**place, value=11.5, is_part=True, **between(months(2010)[0]))
    make_indicator_result(**place, value=12.5)
    published(release)

    rows = figure_rows(opened(client, f"/measures/{observation.measure.code}/"))

    assert {row["Period"].text for row in rows} == {"April 2010", "2010-11"}


def test_today_s_regions_say_that_they_are_today_s(client, simulated_one):
    page = opened(client, f"{SERIES}trusts/north-west-probation-region/")

    assert page.one(id="todays-structure").text.startswith("These follow today’s structure")
    assert "Figures of the organisations it took over from" in page.text
    assert not opened(client, LONDON).all(id="todays-structure")


def test_a_measure_keeps_today_s_regions_apart(client, simulated_one):
    address = f"{SERIES}measures/oasys-15-days/"
    then = table_called(opened(client, address), "OASys assessments completed within 15 days Simulated")
    by_todays_map = opened(client, f"{address}?structure=today")
    today = table_called(by_todays_map, "OASys assessments completed within 15 days, by today’s regions")

    assert {row["Organisation"].note for row in today} == {"probation region"}
    assert "probation region" not in {row["Organisation"].note for row in then}
    assert {row["Organisation"].note for row in then} == {"", "NOMS region"}


def test_the_trend_of_a_measure_is_of_months_where_there_are_any(client, simulated_one):
    page = opened(client, f"{SERIES}measures/oasys-15-days/")
    rows = rows_of(page.one("figure", id="chart-trend-oasys-15-days").one("table"))

    assert len(rows) == 36
    assert {row["Organisation"].text for row in rows} == {"England and Wales"}
    assert rows[0]["Period"].text == "April 2010"


def test_the_funnel_of_a_measure_is_of_the_trusts_in_the_latest_year(client, simulated_one):
    page = opened(client, f"{SERIES}measures/oasys-15-days/")
    caption = page.one("figure", id="chart-funnel-oasys-15-days").one("figcaption").text

    assert "2012-13. 35 trusts;" in caption
