"""The page where process and outcome part company."""

import csv
import io
import json

import pytest

from performance.models import DivergenceResult, NationalResult, Sentence
from performance.vocabulary import Quadrant
from tests.factories import make_national_result, make_release, make_sentence, make_series
from tests.performance.pages.reading import Element, read, rows_of
from tests.performance.pages.simulated_figures import YEARS, financial_year
from tests.performance.pages.test_series import SERIES, opened, published

DIVERGENCE = f"{SERIES}divergence/"
NAMES = [f"{first}-{(first + 1) % 100}" for first in YEARS]


def table_called(page: Element, beginning: str) -> list[dict]:
    (table,) = [table for table in page.all("table") if table.one("caption").text.startswith(beginning)]
    return rows_of(table)


def file_of(client, address: str) -> list[dict[str, str]]:
    text = b"".join(client.get(address).streaming_content).decode().removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def results_in(release, year: int):
    period = financial_year(year)
    return release.divergence_results.filter(period_start=period.start)


@pytest.mark.parametrize("address", [DIVERGENCE, f"{DIVERGENCE}?year=2012-13"])
def test_the_latest_year_is_shown_unless_another_is_asked_for(client, simulated_one, address):
    page = opened(client, address)

    assert page.one("a", **{"aria-current": "page", "href": "?year=2012-13"}).text == "2012-13"
    assert "All trusts, 2012-13" in page.text


@pytest.mark.parametrize("year", NAMES)
def test_each_year_has_a_link_and_its_own_sentences_figure_and_tables(client, simulated_one, year):
    links = {
        link.text: link.attributes["href"]
        for link in opened(client, DIVERGENCE).one("nav", **{"aria-label": "Year"}).all("a")
    }
    assert links == {name: f"?year={name}" for name in NAMES}

    page = opened(client, DIVERGENCE + links[year])
    text = page.one("main").text
    assert f"Of 35 trusts in {year}" in text
    assert f"({year});" in page.one("figure").one("h2").text
    assert page.one("a", **{"aria-current": "page", "href": f"?year={year}"})
    for other in set(NAMES) - {year}:
        assert f"in {other}" not in text


@pytest.mark.parametrize("year", ["", "1066-67", "2012", "2012-13'\"><script>", "\0"])
def test_an_unknown_year_shows_the_latest(client, simulated_one, year):
    response = client.get(DIVERGENCE, {"year": year})

    assert response.status_code == 200
    assert "All trusts, 2012-13" in read(response.content.decode()).text
    assert "<script>'" not in response.content.decode()


def test_sentences_about_the_year_and_about_longer_times_stand_in_order(client, simulated_one):
    page = opened(client, f"{DIVERGENCE}?year=2011-12")
    ids = [item.attributes["id"] for item in page.one("main").all("li") if item.attributes.get("id")]

    assert ids == [
        "quarters-2011-12",
        "against-chance-2011-12",
        "rank-correlation-2011-12",
        "lag-2010-04-to-2013-03",
        "bands-2011-12",
        "caveat-2011-12",
    ]


def test_a_sentence_on_a_topic_of_its_own_is_not_lost(client, simulated_one):
    release = make_release(series=make_series(slug="other", standing="simulated"), number=1)
    make_sentence(release=release, topic="something-new", text="Something new is said.", organisation=None)
    make_sentence(
        release=release, topic="quarters-ippf-2009-10", text="A second framework.", organisation=None
    )
    published(release)

    text = opened(client, "/series/other/divergence/").one("main").text

    assert "Something new is said." in text
    assert "A second framework." in text


def test_every_trust_with_both_sides_is_a_point_at_its_figures(client, simulated_one):
    page = opened(client, DIVERGENCE)
    plot = json.loads(page.one("script", type="application/json", id="divergence-data").source)
    drawn = {
        (x, y): text.split("<br>")[0]
        for trace in plot["data"]
        if "hovertext" in trace
        for x, y, text in zip(trace["x"], trace["y"], trace["hovertext"], strict=True)
    }
    placed = results_in(simulated_one, 2012).filter(outcome__isnull=False)

    assert drawn == {
        (round(r.attainment, 2), round(r.outcome, 3)): r.organisation.name
        for r in placed.select_related("organisation")
    }
    assert len(drawn) == 34


def test_the_table_of_all_trusts_has_everyone_with_counts_or_the_reason(client, simulated_one):
    rows = table_called(opened(client, DIVERGENCE), "Process beside outcome")
    results = {r.organisation.name: r for r in results_in(simulated_one, 2012).select_related("organisation")}

    assert {row["Trust"].text for row in rows} == set(results)
    for row in rows:
        result = results[row["Trust"].text]
        assert row["Trust"].link == f"{SERIES}trusts/{result.organisation.slug}/"
        if result.quadrant == Quadrant.NOT_COMPARED:
            assert (row["Quarter"].text, row["Quarter"].note) == (
                "Not compared",
                "No quarterly cohort has a predicted rate.",
            )
        else:
            assert row["Reoffended"].text == f"{result.reoffended:,} of {result.cohort:,}"
            assert row["Cases as asked"].text == f"{result.counted:,}"
            assert row["Targets met"].text == f"{result.targets_met} of 12"
            assert row["Quarter"].note in ("86%", "likeliest 57%")


def test_the_figure_s_table_has_intervals(client, simulated_one):
    rows = rows_of(opened(client, DIVERGENCE).one("figure").one("table"))

    assert len(rows) == 34
    assert all(row["95% interval"].text.count("%") == 2 for row in rows)
    assert all(" to " in row["Its 95% interval"].text for row in rows)


def test_national_figures_are_shown_with_their_reasons(client, simulated_one):
    page = opened(client, DIVERGENCE)
    year = {
        row["Figure"].text: row
        for row in table_called(page, "Process attainment and reoffending against prediction, 2012-13")
    }
    across = table_called(
        page, "Process attainment and reoffending against prediction, April 2010 to March 2013"
    )
    bands = table_called(page, "Bands, 2012-13")

    assert year["Rank correlation"]["Estimate"].text == "−0.08"
    assert year["Rank correlation"]["95% interval"].text == "−0.41 to 0.27"
    latent = year["Correlation behind the noise of counting"]
    assert (latent["Estimate"].text, latent["Why not told"].text) == (
        "Not told",
        "The outcome is too noisy to look behind",
    )
    assert year["Trusts that hit the target and miss the outcome"]["By chance alone"].text == "8.8"
    assert year["Share of trusts at 99% or above"]["Estimate"].text == "11%"
    assert len(across) == 4
    assert len(bands) == 1


def test_the_page_says_what_it_cannot_show(client, simulated_one):
    for address in ("/divergence/", DIVERGENCE):
        box = opened(client, address).one("section", **{"aria-labelledby": "cannot"})
        assert box.one("h2").text == "What this can’t show"
        assert len(box.all("li")) >= 4


@pytest.mark.parametrize("year", NAMES)
def test_the_file_of_the_scatter_is_of_the_year_that_is_shown(client, simulated_one, year):
    page = opened(client, f"{DIVERGENCE}?year={year}")
    (address,) = [a.attributes["href"] for a in page.one("figure").all("a") if ".csv" in a.attributes["href"]]
    rows = file_of(client, address)

    assert address == f"{DIVERGENCE}divergence.csv?year={year}"
    assert f"simulated-divergence-{year}-release-1.csv" in client.get(address)["Content-Disposition"]
    assert [row["organisation_name"] for row in rows] == [
        row["Trust"].text for row in rows_of(page.one("figure").one("table"))
    ]
    assert {row["period_start"] for row in rows} == {f"{year[:4]}-04-01"}


def test_the_files_hold_every_year_and_column(client, simulated_one):
    trusts = file_of(client, f"{DIVERGENCE}trusts.csv")
    national = file_of(client, f"{DIVERGENCE}national.csv")
    ratings = file_of(client, f"{DIVERGENCE}ratings.csv")
    predictions = file_of(client, f"{DIVERGENCE}predictions.csv")

    assert len(trusts) == DivergenceResult.objects.filter(release=simulated_one).count() == 105
    assert {"meets", "worse", "attainment_standard_error", "fact", "reason"} <= set(trusts[0])
    assert len(national) == NationalResult.objects.filter(release=simulated_one).count()
    assert {row["reason"] for row in national} == {"", "the outcome is too noisy to look behind"}
    assert len(ratings) == len(predictions) == 105
    assert {row["rating"] for row in ratings} <= {
        "Requiring improvement",
        "Good performance",
        "Exceptional performance",
    }


def test_in_the_record_no_trust_is_placed_and_the_page_says_why(client, release_one):
    page = opened(client, "/divergence/")

    assert "so no trust can be placed" in page.one("main").text
    assert not page.all("nav", **{"aria-label": "Year"})
    assert [figure.attributes["data-chart"] for figure in page.all("figure")] == [
        "timeliness-beside-reoffending",
        "accommodation-beside-workload",
    ]


def test_in_the_record_42_areas_are_set_beside_their_workload(client, release_one):
    figure = opened(client, "/divergence/").one("figure", id="chart-accommodation-beside-workload")
    rows = {row["Area"].text: row for row in rows_of(figure.one("table"))}

    assert len(rows) == 42
    assert figure.one("h2").text.startswith("34 of 42 areas met their own accommodation target")
    assert rows["Avon and Somerset"]["Counts"].text == "479 of 692"
    assert rows["Essex"]["Offenders for each manager"].text == "54.9"
    assert all(row["Source of workload"].link.startswith("http") for row in rows.values())
    file = file_of(client, "/divergence/accommodation-beside-workload.csv")
    assert [row["area"] for row in file] == list(rows)


def test_in_the_record_its_sentences_and_national_figures_are_shown(client, release_one):
    """As the calculation gives them, in a release made by hand."""
    release = make_release(series=release_one.series, number=2)
    texts = {
        "timeliness-and-reoffending": "Whether the two go together can't be told.",
        "accommodation-and-workload": "The rank correlation of the two is −0.12.",
    }
    for position, (topic, text) in enumerate(texts.items(), 1):
        make_sentence(release=release, topic=topic, text=text, organisation=None, position=position)
        make_national_result(
            release=release,
            subject=topic,
            estimate=None if position == 1 else -0.12,
            lower=None if position == 1 else -0.41,
            upper=None if position == 1 else 0.19,
            n=3 if position == 1 else 42,
            reason="only 3 quarters" if position == 1 else "",
        )
    published(release)

    page = opened(client, "/divergence/")
    text = page.one("main").text

    assert all(said in text for said in texts.values())
    assert "Only 3 quarters" in text
    assert "−0.12" in text
    assert Sentence.objects.filter(release=release).count() == 2


@pytest.mark.parametrize("address", ["/", "/trusts/", "/releases/1/measures/"])
def test_every_page_has_a_way_to_the_divergence(client, release_one, address):
    navigation = opened(client, address).one("nav", **{"aria-label": "Menu"})
    place = "/releases/1/divergence/" if "releases" in address else "/divergence/"

    assert [link.attributes["href"] for link in navigation.all("a") if link.text == "Divergence"] == [place]


def test_the_summaries_lead_to_the_divergence(client, simulated_one):
    for start in ("/", SERIES):
        links = {link.text: link.attributes["href"] for link in opened(client, start).one("main").all("a")}
        assert links["Where process and outcome part company"] == f"{start}divergence/"


def test_the_summary_of_a_series_says_its_latest_year_in_short(client, simulated_one):
    text = opened(client, SERIES).one("main").text

    assert "Of 35 trusts in 2012-13" in text
    assert "A trust’s better process in one year" in text
    assert "2010-11" not in text
