"""The list of measures, and the page of one."""

import csv
import io
import json

import pytest

from performance.models import Measure
from performance.releases.results import SHOWN
from tests.performance.pages.reading import Element, headings, rows_of
from tests.performance.pages.simulated_figures import financial_year
from tests.performance.pages.test_series import SERIES, opened

OASYS = f"{SERIES}measures/oasys-15-days/"
RECORD = "/measures/accommodation-at-termination/"
ADDRESSES = [OASYS, f"{OASYS}?trust=london", f"{OASYS}?structure=today", f"{SERIES}measures/", RECORD]


def results(release, first: int, code: str = "oasys-15-days", **where: object):
    return release.indicator_results.filter(
        SHOWN, measure__code=code, period_start=financial_year(first).start, **where
    )


def trusts_in(release, first: int):
    return results(release, first, organisation__kind="trust", structure="then")


def figures_table(page: Element) -> list[dict]:
    return rows_of(page.one(id="figures").one("table"))


def plot(page: Element, name: str) -> dict:
    return json.loads(page.one("script", id=f"{name}-data").source)


def choices(page: Element, name: str) -> list[str]:
    return [option.text for option in page.one("select", id=name).all("option")]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_of_measures_takes_at_most_12_queries(
    client, simulated_one, django_assert_max_num_queries, address
):
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_headings_of_a_page_of_measures_are_in_order(client, simulated_one, address):
    levels = headings(opened(client, address).one("main"))

    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_a_measure_begins_with_what_it_says_now(client, simulated_one):
    nation, before = (
        results(simulated_one, first, organisation__slug="england-and-wales").get() for first in (2012, 2011)
    )
    met = trusts_in(simulated_one, 2012).filter(target_status="met").count()

    assert opened(client, OASYS).one(id="finding").text == (
        f"England and Wales: {nation.value:.0f}% ({nation.numerator:,} of {nation.denominator:,}) in 2012-13"
        f"; in 2011-12 it was {before.value:.0f}% ({before.numerator:,} of {before.denominator:,}). "
        f"{met} of 35 trusts met their own target."
    )


def test_a_measure_says_what_must_be_written_down_and_for_how_many_cases(client, simulated_one):
    nation = results(simulated_one, 2012, organisation__slug="england-and-wales").get()
    said = opened(client, OASYS).one(id="definition").text

    assert Measure.objects.get(code="oasys-15-days").recording in said
    assert (
        f"That is for {nation.denominator:,} cases in England and Wales in 2012-13. "
        "How many minutes it takes isn’t known."
    ) in said


def test_a_measure_that_nobody_writes_down_says_nothing_of_it(client, release_one):
    said = opened(client, "/measures/staff-in-post/").one(id="definition").text

    assert "written down" not in said
    assert "Counted from case events" not in said


def test_a_measure_that_a_computer_can_count_has_its_rule(client, simulated_one):
    said = opened(client, OASYS).one(id="definition").text

    assert "Counted from case events" in said
    assert "15 days of the calendar; the day of the start is day 0" in said
    assert "Reconstructed. The source says 15 days." in said


@pytest.mark.parametrize("year", ["2010-11", "2011-12"])
def test_a_year_can_be_asked_for(client, simulated_one, year):
    page = opened(client, f"{OASYS}?year={year}")
    met = trusts_in(simulated_one, int(year[:4])).filter(target_status="met").count()

    assert f" in {year}" in page.one(id="finding").text
    assert f"{year}. 35 trusts;" in page.one("figure", id="chart-funnel-oasys-15-days").text
    assert (
        page.one(id="targets-met")
        .one("h2")
        .text.startswith(f"{met} of 35 trusts met their own target, {year}")
    )
    assert {row["Period"].text for row in figures_table(page)} == {year}
    assert page.one("option", selected="").text == year


def test_a_trust_can_be_marked_and_followed(client, simulated_one):
    page = opened(client, f"{OASYS}?trust=london")
    own = results(simulated_one, 2012, organisation__slug="london").get()
    said = page.one(id="own").text

    assert said.startswith(
        f"London Probation Trust: {own.value:.0f}% ({own.numerator:,} of {own.denominator:,}) in 2012-13;"
    )
    assert f"{own.target_status} its target of 90%" in said
    (ring,) = [trace for trace in plot(page, "funnel-oasys-15-days")["data"] if trace.get("name") == "Chosen"]
    assert (ring["x"], ring["text"]) == ([own.denominator], ["London"])
    chart = page.one("figure", id="chart-control-chart-oasys-15-days")
    assert chart.one("h2").text.startswith("London Probation Trust: ")
    assert len(rows_of(chart.one("table"))) == 36


def test_what_a_control_chart_says_stands_beside_it_in_words(client, simulated_one):
    change = simulated_one.change_results.get(organisation__slug="london", measure__code="oasys-15-days")
    said = opened(client, f"{OASYS}?trust=london").one(id="change").text

    assert f"Is it changing? {change.get_variation_display()}" in said
    assert f"Will it meet its target? {change.get_assurance_display()}" in said
    assert "95% interval" in said


def test_the_file_of_a_figure_is_of_what_the_page_shows(client, simulated_one):
    page = opened(client, f"{OASYS}?year=2010-11&trust=london")
    files = [link.attributes["href"] for link in page.all("a") if link.text.startswith("Download as CSV")]
    read = [
        list(csv.DictReader(io.StringIO(b"".join(client.get(file).streaming_content).decode("utf-8-sig"))))
        for file in files
    ]

    assert [len(rows) for rows in read] == [35, 36]
    assert {row["period_start"] for row in read[0]} == {"2010-04-01"}
    assert {row["organisation_name"] for row in read[1]} == {"London Probation Trust"}


@pytest.mark.parametrize(
    "query",
    [
        "trust=nobody",
        "trust=england-and-wales",
        "trust=%00",
        "year=1066-67",
        "year='>",
        "structure=never",
    ],
)
def test_what_is_not_there_is_passed_over(client, simulated_one, query):
    page = opened(client, f"{OASYS}?{query}")

    assert page.one(id="finding").text == opened(client, OASYS).one(id="finding").text
    assert not page.all(id="own")
    assert not page.all("option", selected="")


def test_the_choices_are_of_what_there_are_figures_of(client, simulated_one):
    page = opened(client, OASYS)

    assert choices(page, "year") == ["Latest", "2012-13", "2011-12", "2010-11"]
    assert "London Probation Trust" in choices(page, "trust")
    assert "London (NOMS region)" not in choices(page, "trust")
    assert "North West (NOMS region)" in choices(page, "trust")


def test_who_met_it_is_counted_named_and_near_ones_are_said_to_be(client, simulated_one):
    section = opened(client, OASYS).one(id="targets-met")
    rows = trusts_in(simulated_one, 2012)
    near = sum(row.lower <= row.target <= row.upper for row in rows)
    counts = [number.text for number in section.one("dl").all("dd")]
    by_status = [rows.filter(target_status=status) for status in ("met", "missed")]

    assert counts == [*(str(some.count()) for some in by_status), "0", "0"]
    assert near
    assert f"{near} lie so near their targets" in section.text
    named = [[item.one("a").text for item in some.all("li")] for some in section.all("ul")]
    assert named == [sorted(row.organisation.name for row in some) for some in by_status if some]


def test_figures_follow_the_structure_that_is_asked_for(client, simulated_one):
    then = opened(client, f"{OASYS}?trust=london")
    today = opened(client, f"{OASYS}?trust=london&structure=today")
    (switch,) = then.one(id="history").one("nav").all("a")
    (back,) = today.one(id="history").one("nav").all("a")

    assert switch.attributes["href"] == "?trust=london&structure=today#history"
    assert back.attributes["href"] == "?trust=london#history"
    regions = results(simulated_one, 2012, structure="today")
    assert {row["Organisation"].text for row in figures_table(today)} == {
        row.organisation.name for row in regions
    }
    assert today.one("input", type="hidden").attributes == {
        "type": "hidden",
        "name": "structure",
        "value": "today",
    }


def test_each_time_that_probation_was_organised_anew_says_what_is_held(client, simulated_one):
    held = {
        row["Who answered for it"].text: row["What is held"].text
        for row in rows_of(opened(client, OASYS).one(id="history").all("table")[0])
    }

    assert held == {
        "Probation areas, 2001 to 2010": "no figure",
        "Probation trusts, 2010 to 2014": "105 figures of 35 trusts, between 2010-11 and 2012-13",
        "CRCs and NPS divisions, 2014 to 2021": "no figure",
        "Probation regions, since 2021": "no figure",
        "England and Wales, and national providers": (
            "3 figures of England and Wales, between 2010-11 and 2012-13"
        ),
    }


def test_a_year_s_figures_are_listed_and_those_of_every_year_one_step_away(client, simulated_one):
    page = opened(client, f"{OASYS}?trust=london")
    (every,) = [link.attributes["href"] for link in page.all("a") if link.text == "Figures of every year"]

    assert every == "?year=all&trust=london#figures"
    assert {row["Period"].text for row in figures_table(page)} == {"2012-13"}
    rows = figures_table(opened(client, OASYS + every.partition("#")[0]))
    assert {row["Period"].text for row in rows} == {"2010-11", "2011-12", "2012-13"}
    years = (results(simulated_one, first, structure="then") for first in (2010, 2011, 2012))
    assert len(rows) == sum(year.count() for year in years)


def test_of_the_public_record_every_figure_is_listed(client, release_one):
    rows = figures_table(opened(client, RECORD))
    held = release_one.indicator_results.filter(
        SHOWN, measure__code="accommodation-at-termination", structure="then"
    )

    assert len(rows) == held.count() > 50


def test_a_measure_leads_on_to_a_map_and_a_comparison(client, simulated_one):
    links = [link.attributes["href"] for link in opened(client, f"{OASYS}?trust=london").all("a")]

    assert f"{SERIES}map/?show=oasys-15-days" in links
    assert f"{SERIES}compare/?organisation=london&measure=oasys-15-days" in links
    for address in (f"{SERIES}map/?show=oasys-15-days", f"{SERIES}compare/?measure=oasys-15-days"):
        assert client.get(address).status_code == 200


def test_the_list_has_the_latest_figure_and_how_many_there_are(client, simulated_one):
    rows = {
        row["Measure"].text: row
        for table in opened(client, f"{SERIES}measures/").all("table")
        for row in rows_of(table)
    }
    row = rows["OASys assessments completed within 15 days"]
    nation = results(simulated_one, 2012, organisation__slug="england-and-wales").get()

    assert row["Latest for England and Wales"].text == (
        f"{nation.value:.0f}% ({nation.numerator:,} of {nation.denominator:,}), 2012-13"
    )
    held = simulated_one.indicator_results.filter(SHOWN, measure__code="oasys-15-days").count()
    assert row["Figures"].text == str(held)
    assert rows["Offenders for each offender manager"]["Latest for England and Wales"].text == "none"


def test_every_measure_is_in_the_list_once(client, simulated_one):
    page = opened(client, f"{SERIES}measures/").one("main")
    addresses = (link.attributes["href"] for link in page.all("a"))
    links = [address for address in addresses if address.startswith(f"{SERIES}measures/")]

    codes = Measure.objects.values_list("code", flat=True)
    assert sorted(links) == sorted(f"{SERIES}measures/{code}/" for code in codes)
