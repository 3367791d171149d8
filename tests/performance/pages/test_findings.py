"""What pages of organisations and measures say beyond their figures, and which figures they show."""

import csv
import io

import pytest

from performance.models import RatingResult
from performance.releases.divergence_rows import BRIEFLY
from performance.releases.results import SHOWN
from tests.factories import (
    make_indicator_result,
    make_observation,
    make_organisation,
    make_prediction_result,
    make_published_table,
    make_rating_result,
    make_release,
    make_series,
)
from tests.performance.pages.reading import Element, rows_of
from tests.performance.pages.simulated_figures import between, financial_year, months
from tests.performance.pages.test_divergence import table_called
from tests.performance.pages.test_series import SERIES, opened, published

LONDON = f"{SERIES}trusts/london/"
NAME = "London Probation Trust"


def figure_rows(page: Element) -> list[dict]:
    return [row for table in page.all("table") for row in rows_of(table) if row and "Result" in row]


def rating_of(release, year: int) -> RatingResult:
    period = financial_year(year)
    return release.rating_results.get(
        organisation__slug="london", domain__isnull=True, period_start=period.start
    )


def test_a_trust_s_page_begins_with_its_band_in_words_and_how_sure_it_is(client, simulated_one):
    page = opened(client, LONDON)
    rating = rating_of(simulated_one, 2012)
    chance = round(100 * rating.band_probabilities[str(rating.band)])

    assert page.one(id="rating").text == f"Good performance ({chance}% likely), 2012-13"


def test_a_trust_s_ratings_are_listed_by_year_with_the_scores_they_come_from(client, simulated_one):
    rows = table_called(opened(client, LONDON), f"{NAME}, rated")

    assert [row["Year"].text for row in rows] == ["2012-13", "2011-12", "2010-11"]
    for row, year in zip(rows, (2012, 2011, 2010), strict=True):
        assert row["Score"].text == f"{rating_of(simulated_one, year).score:.2f}"
        assert row["Weight with figures"].text == "92%"
        assert row["Scores of its domains"].text.startswith("Public protection: ")
        assert row["Likely to belong there"].note.startswith(("Good", "Exceptional", "Requiring"))


def test_a_trust_s_sentences_are_shown_the_latest_year_first_and_the_others_behind_a_door(
    client, simulated_one
):
    page = opened(client, LONDON)
    (earlier,) = [d for d in page.all("details") if "earlier years" in d.text]

    assert page.one(id="process-2012-13").text == f"In 2012-13 {NAME} met 9 of its 12 process targets."
    assert "in 2012-13" not in earlier.text
    assert "In 2011-12" in earlier.text
    assert "In 2010-11" in earlier.text


def test_a_trust_s_reoffending_is_set_against_prediction_by_year(client, simulated_one):
    rows = table_called(opened(client, LONDON), f"{NAME}, reoffending")
    results = simulated_one.prediction_results.filter(organisation__slug="london").order_by("-period_start")

    assert [row["Year"].text for row in rows] == ["2012-13", "2011-12", "2010-11"]
    for row, result in zip(rows, results, strict=True):
        assert row["Reoffended"].text == f"{result.observed:,} of {result.cases:,}"
        assert row["Predicted"].text == f"{result.expected:,.0f}"
        assert row["Against prediction"].text.lower() == result.verdict
        assert " to " in row["Difference and its 95% interval"].note


def test_a_trust_without_a_prediction_says_why(client, simulated_one):
    rows = table_called(opened(client, f"{SERIES}trusts/dorset/"), "Dorset Probation Trust, reoffending")

    for row in rows:
        assert row["Against prediction"].text == "Not compared"
        assert row["Against prediction"].note == "No quarterly cohort has a predicted rate."


def test_quarters_of_a_year_are_left_to_the_file(client, release_one):
    release = make_release(series=make_series(slug="other"), number=1)
    organisation = make_organisation(slug="somewhere")
    quarter = months(2010)[0].start, months(2010)[2].end
    made = make_prediction_result(release=release, organisation=organisation)
    make_prediction_result(
        release=release,
        organisation=organisation,
        measure=made.measure,
        period_start=quarter[0],
        period_end=quarter[1],
    )
    published(release)

    rows = table_called(opened(client, "/series/other/trusts/somewhere/"), organisation.name)
    file = client.get("/series/other/divergence/predictions.csv")

    assert [row["Year"].text for row in rows] == ["2010-11"]
    assert len(b"".join(file.streaming_content).splitlines()) == 3


def test_a_year_in_which_a_trust_could_not_be_rated_says_why(client, release_one):
    release = make_release(series=make_series(slug="other"), number=1)
    place = {"release": release, "organisation": make_organisation(slug="somewhere")}
    make_rating_result(**place)
    reason = "how PTRS 2010-11 turned results into bands isn't known"
    untold = {"score": None, "band": None, "band_probabilities": {}, "reason": reason}
    make_rating_result(**place, **untold, **between(financial_year(2011)))
    published(release)

    page = opened(client, "/series/other/trusts/somewhere/")
    (row,) = [row for row in table_called(page, place["organisation"].name) if row["Year"].text == "2011-12"]

    assert page.one(id="rating").text == "Not rated, 2011-12"
    assert (row["Rating"].text, row["Rating"].note) == ("Not rated", f"{reason[0].upper()}{reason[1:]}.")


def test_an_area_of_the_record_that_could_not_be_rated_says_why_in_a_sentence(client, release_one):
    page = opened(client, "/trusts/hertfordshire-area/")

    assert "no rating under Weighted scorecard 2005-06, because how" in page.one("main").text
    assert not page.all(id="ratings")


@pytest.mark.parametrize("slug", ["london", "hertfordshire-area", "england-and-wales"])
def test_in_the_record_nobody_is_said_to_be_rated(client, release_one, slug):
    page = opened(client, f"/trusts/{slug}/")

    assert not page.all(id="rating")
    assert "reoffending against" not in page.text


def test_a_trust_s_page_leads_to_its_place_among_all(client, simulated_one):
    page = opened(client, LONDON)

    assert page.one("a", href=f"{SERIES}divergence/?year=2012-13").text == "All trusts in 2012-13"


def test_the_list_of_trusts_has_band_and_quarter_where_there_are_ratings(client, simulated_one):
    rows = table_called(opened(client, f"{SERIES}trusts/"), "Probation trusts (35)")
    rating = rating_of(simulated_one, 2012)
    (london,) = [row for row in rows if row["Name"].text == NAME]

    assert london["Rating, 2012-13"].text == "Good performance"
    assert london["Rating, 2012-13"].note == f"{round(100 * rating.band_probabilities['3'])}% likely"
    results = simulated_one.divergence_results.filter(period_start=financial_year(2012).start)
    quarters = dict(results.values_list("organisation__name", "quadrant"))
    assert {row["Name"].text: row["Process and outcome, 2012-13"].text for row in rows} == {
        name: BRIEFLY[quarter] for name, quarter in quarters.items()
    }
    assert set(quarters.values()) >= {"not-compared", "not-determined", "met-worse"}


def test_the_list_of_the_record_has_neither(client, release_one):
    assert "Rating" not in opened(client, "/trusts/").one("main").text


def test_peer_groups_are_listed_only_where_there_are_figures_of_them(client, simulated_one):
    rows = table_called(opened(client, f"{SERIES}trusts/"), "Trusts by size (3)")

    assert {row["Name"].text for row in rows} == {
        f"Trusts with {size} caseloads" for size in ("large", "middle-sized", "small")
    }
    assert "Trusts by size" not in opened(client, "/trusts/").text


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
    page = opened(client, f"{SERIES}measures/oasys-15-days/")
    then = table_called(page, "OASys assessments completed within 15 days Simulated")
    today = table_called(page, "OASys assessments completed within 15 days, by today’s regions")

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
