"""The page where process and outcome part company."""

import csv
import io
import json

import pytest

from performance.models import DivergenceResult, NationalResult, Sentence
from performance.vocabulary import ProcessKind, Quadrant
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
    return release.divergence_results.filter(period_start=period.start, kind=ProcessKind.ALL)


def chosen(page: Element, name: str) -> str:
    """What a choice of the page stands at."""
    options = page.one("select", id=name).all("option")
    return next((one.text for one in options if "selected" in one.attributes), options[0].text)


@pytest.mark.parametrize("address", [DIVERGENCE, f"{DIVERGENCE}?year=2012-13"])
def test_the_latest_year_is_shown_unless_another_is_asked_for(client, simulated_one, address):
    page = opened(client, address)

    assert chosen(page, "year") == "2012-13"
    assert "2012-13" in page.one("p", id="finding").text


@pytest.mark.parametrize("year", NAMES)
def test_each_year_can_be_chosen_and_has_its_own_sentences_figure_and_tables(client, simulated_one, year):
    years = [one.text for one in opened(client, DIVERGENCE).one("select", id="year").all("option")]
    assert years == NAMES[::-1]

    page = opened(client, f"{DIVERGENCE}?year={year}")
    main = page.one("main")
    assert chosen(page, "year") == year
    assert year in page.one("p", id="finding").text
    assert f"({year})" in main.one("figure", id="chart-divergence").one("h2").text
    for other in set(NAMES) - {year}:
        assert f"in {other}" not in main.text


@pytest.mark.parametrize("year", ["", "1066-67", "2012", "2012-13'\"><script>", "\0"])
def test_an_unknown_year_shows_the_latest(client, simulated_one, year):
    response = client.get(DIVERGENCE, {"year": year})

    assert response.status_code == 200
    assert chosen(read(response.content.decode()), "year") == "2012-13"
    assert "<script>'" not in response.content.decode()


@pytest.mark.parametrize("name", ["framework", "kind", "region", "trust"])
@pytest.mark.parametrize("value", ["nothing", "'\"><script>", "\0"])
def test_what_is_not_there_is_passed_over(client, simulated_one, name, value):
    response = client.get(DIVERGENCE, {name: value})

    assert response.status_code == 200
    assert read(response.content.decode()).one("main").text == opened(client, DIVERGENCE).one("main").text


def test_a_region_stands_out_and_the_others_stay_faint_behind(client, simulated_one):
    page = opened(client, f"{DIVERGENCE}?region=london-region")
    main = page.one("main")
    faint = [trace for trace in traces_of(page) if trace.get("name") == "Other regions"]
    rows = rows_of(main.one("figure", id="chart-divergence").one("table"))

    assert chosen(page, "region") == "London"
    assert [row["Trust"].text for row in rows] == ["London Probation Trust"]
    assert len(faint[0]["x"]) == 33
    assert "These sentences are of all 35 trusts" in main.one("p", id="of-all").text
    addresses = [link.attributes["href"] for link in main.all("a")]
    assert f"{DIVERGENCE}divergence.csv?year=2012-13&region=london-region" in addresses


def test_a_trust_is_marked_by_a_ring_with_its_name_and_told_in_a_sentence(client, simulated_one):
    page = opened(client, f"{DIVERGENCE}?trust=london")
    rings = [trace for trace in traces_of(page) if "London" in trace.get("text", [])]

    assert chosen(page, "trust") == "London Probation Trust"
    assert [(ring["marker"]["symbol"], ring["text"]) for ring in rings] == [("circle-open", ["London"])]
    assert f"{SERIES}trusts/london/?year=2012-13" in [a.attributes["href"] for a in page.all("a")]


@pytest.mark.parametrize("kind", ["timeliness", "compliance"])
def test_one_kind_of_process_can_be_looked_at_alone(client, simulated_one, kind):
    page = opened(client, f"{DIVERGENCE}?kind={kind}")
    figure = page.one("figure", id="chart-divergence")

    assert chosen(page, "kind") == f"{kind.capitalize()} alone"
    assert f"{kind.capitalize()} alone" in figure.one("figcaption").text
    rows = file_of(client, f"{DIVERGENCE}divergence.csv?kind={kind}")
    assert {row["process_kind"] for row in rows} == {kind}
    assert len(rows) == 35


def test_choices_can_be_put_together_and_stay_in_the_address_of_every_file(client, simulated_one):
    query = "?year=2011-12&kind=timeliness&region=london-region&trust=london"
    page = opened(client, DIVERGENCE + query)
    files = [a.attributes["href"] for a in page.one("main").all("a") if ".csv?" in a.attributes["href"]]

    assert files
    assert all(address.endswith(query) for address in files)
    name = client.get(f"{DIVERGENCE}divergence.csv{query}")["Content-Disposition"]
    assert "divergence-2011-12-timeliness-london-region-release-1.csv" in name


def test_sentences_about_the_year_and_about_longer_times_stand_in_order(client, simulated_one):
    """First what a hurried reader needs, then, behind a door, all else."""
    page = opened(client, f"{DIVERGENCE}?year=2011-12")
    ids = [item.attributes["id"] for item in page.one("main").all("li") if item.attributes.get("id")]
    more = [item.attributes["id"] for item in page.one("details", id="more").all("li")]

    assert ids == ["rank-correlation-2011-12", *more]
    assert more == [
        "quarters-2011-12",
        "against-chance-2011-12",
        "bands-2011-12",
        "caveat-2011-12",
        "lag-2010-04-to-2013-03",
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


def traces_of(page: Element) -> list[dict]:
    return json.loads(page.one("script", type="application/json", id="divergence-data").source)["data"]


def test_every_trust_with_both_sides_is_a_point_at_its_figures(client, simulated_one):
    drawn = {
        (x, y): text.split("<br>")[0]
        for trace in traces_of(opened(client, DIVERGENCE))
        if "hovertext" in trace
        for x, y, text in zip(trace["x"], trace["y"], trace["hovertext"], strict=True)
    }
    placed = results_in(simulated_one, 2012).filter(outcome__isnull=False)

    assert drawn == {
        (round(r.attainment, 2), round(r.outcome, 3)): r.organisation.name
        for r in placed.select_related("organisation")
    }
    assert len(drawn) == 34


def test_the_table_of_all_trusts_has_everyone_with_counts_and_intervals_or_the_reason(client, simulated_one):
    rows = rows_of(opened(client, DIVERGENCE).one("figure", id="chart-divergence").one("table"))
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
            assert row["Attainment and its 95% interval"].note.count("%") == 2
            assert " to " in row["Points below predicted and their 95% interval"].note


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
    figure = opened(client, f"{DIVERGENCE}?year={year}").one("figure", id="chart-divergence")
    (address,) = [a.attributes["href"] for a in figure.all("a") if ".csv?" in a.attributes["href"]]
    rows = file_of(client, address)

    assert address == f"{DIVERGENCE}divergence.csv?year={year}"
    assert f"simulated-divergence-{year}-release-1.csv" in client.get(address)["Content-Disposition"]
    assert [row["organisation_name"] for row in rows] == [
        row["Trust"].text for row in rows_of(figure.one("table"))
    ]
    assert {row["period_start"] for row in rows} == {f"{year[:4]}-04-01"}


@pytest.mark.parametrize("name", ["by-chance", "ranks", "lag", "together"])
def test_every_other_figure_has_a_file_too(client, simulated_one, name):
    rows = file_of(client, f"{DIVERGENCE}{name}.csv?year=2011-12")

    assert rows
    assert {row["release"] for row in rows} == {"1"}


def test_the_files_hold_every_year_and_column(client, simulated_one):
    trusts, national, ratings, predictions = (
        file_of(client, f"{SERIES}data/{name}.csv")
        for name in ("divergence", "national", "ratings", "predictions")
    )

    assert len(trusts) == DivergenceResult.objects.filter(release=simulated_one).count() == 420
    assert {"meets", "worse", "attainment_standard_error", "fact", "reason"} <= set(trusts[0])
    assert len(national) == NationalResult.objects.filter(release=simulated_one).count()
    assert {row["reason"] for row in national} == {
        "",
        "the outcome is too noisy to look behind",
        "10 trusts with both figures are needed and there are 4",
    }
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
    paragraphs = opened(client, SERIES).one("ol", **{"class": "app-paragraphs"}).all("li")
    said = " ".join(paragraph.all("p")[0].text for paragraph in paragraphs)

    assert "Of 35 trusts in 2012-13" in said
    assert "A trust’s better process in one year" in said
    assert "2010-11" not in said
