"""The page of one organisation: what a chief executive meets first, and where everything else stands."""

import csv
import io
import json
import re

import plotly.graph_objects
import pytest

from performance.models import RatingResult
from performance.releases.exceptions import Priority
from performance.vocabulary import Variation
from tests.factories import (
    make_audit_result,
    make_change_result,
    make_indicator_result,
    make_observation,
    make_organisation,
    make_prediction_result,
    make_rating_measure_result,
    make_rating_result,
    make_release,
    make_series,
)
from tests.performance.pages.reading import NEVER_WRITTEN, Element, headings, rows_of
from tests.performance.pages.simulated_figures import YEARS, between, financial_year, months
from tests.performance.pages.test_divergence import table_called
from tests.performance.pages.test_series import SERIES, opened, published
from trusts.models import Organisation

LONDON = f"{SERIES}trusts/london/"
NAME = "London Probation Trust"
SOMEWHERE = "/series/other/trusts/somewhere/"
MOST_QUERIES = 12
YEARS_NAV = {"class": "app-years app-not-on-paper"}


def rating_of(release, year: int) -> RatingResult:
    period = financial_year(year)
    return release.rating_results.get(
        organisation__slug="london", domain__isnull=True, period_start=period.start
    )


def section(page: Element, name: str) -> Element:
    return page.one("section", id=name)


def file_of(client, address: str) -> list[dict[str, str]]:
    text = b"".join(client.get(address).streaming_content).decode().removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture
def somewhere(client, release_one):
    """One trust of a series of its own, rated for a year, to which a test adds what it is about."""
    release = make_release(series=make_series(slug="other"), number=1)
    place = {"release": release, "organisation": make_organisation(slug="somewhere", name="Somewhere")}
    make_rating_result(**place)
    return place


def measured(place: dict, **given) -> dict:
    """A figure of its own on a measure of its own; returns what names both."""
    observation = make_observation(organisation=place["organisation"])
    make_indicator_result(release=place["release"], observation=observation, **given)
    return place | {"measure": observation.measure}


def test_a_trust_s_page_begins_with_its_band_in_words_and_how_sure_it_is(client, simulated_one):
    page = opened(client, LONDON)
    rating = rating_of(simulated_one, 2012)
    words = {4: "Exceptional", 3: "Good", 2: "Requiring improvement"}
    chances = {int(band): round(100 * p) for band, p in rating.band_probabilities.items()}
    own, other = words[rating.band], next(band for band in chances if band != rating.band)

    assert page.one(id="rating").text == (
        f"{own}; {chances[rating.band]}% likely to be rated {own} again, {chances[other]}% {words[other]}"
    )
    assert "PTRS 2012-13" in page.one("main").text
    assert page.one("main").text.count("How results become a band is reconstructed.") == 1


def test_three_facts_stand_beside_the_band_with_what_they_rest_on(client, simulated_one):
    facts = {
        fact.one("dt").text: fact.one("dd").text
        for fact in opened(client, LONDON).one("dl", **{"class": "app-facts"}).all("div")
    }
    year = {"organisation__slug": "london", "period_start": financial_year(2012).start}
    place = simulated_one.divergence_results.get(kind="all", **year)
    prediction = simulated_one.prediction_results.get(**year)
    judged = simulated_one.indicator_results.filter(
        **year, is_part=False, target_status__in=("met", "missed")
    ).values_list("target_status", flat=True)

    assert list(facts) == ["Targets met", "Cases done as asked", "Reoffending against prediction"]
    assert facts["Targets met"].startswith(f"{list(judged).count('met')} of {len(judged)} ")
    assert facts["Cases done as asked"].startswith(
        f"{place.attainment:.1f}% {place.counted:,} done, {place.required:,.0f} asked for"
    )
    side = "above" if prediction.difference > 0 else "below"
    assert facts["Reoffending against prediction"].startswith(
        f"{abs(prediction.difference):.2f} points {side} "
        f"{prediction.observed:,} of {prediction.cases:,} reoffended"
    )
    assert facts["Reoffending against prediction"].lower().endswith(prediction.verdict)


def test_any_year_with_a_rating_can_be_read_and_any_other_is_the_latest(client, simulated_one):
    earlier = opened(client, f"{LONDON}?year=2010-11")

    assert [link.text for link in earlier.one("nav", **YEARS_NAV).all("a")] == [
        "2010-11",
        "2011-12",
        "2012-13",
    ]
    assert earlier.one("a", **{"aria-current": "page", "class": "app-years__here"}).text == "2010-11"
    assert "PTRS 2010-11" in earlier.one("main").text
    for asked in ("2009-10", "", "nonsense", "\0"):
        response = client.get(LONDON, {"year": asked})
        assert response.status_code == 200
        assert "PTRS 2012-13, score" in response.content.decode()


def test_the_latest_year_has_one_address(client, simulated_one):
    """And so one title that no other page has."""
    links = {
        link.text: link.attributes["href"] for link in opened(client, LONDON).one("nav", **YEARS_NAV).all("a")
    }

    assert links == {
        "2010-11": f"{LONDON}?year=2010-11",
        "2011-12": f"{LONDON}?year=2011-12",
        "2012-13": LONDON,
    }
    titles = [opened(client, address).one("title").source for address in links.values()]
    assert len(set(titles)) == 3


def test_what_stands_out_comes_in_order_with_its_counts_its_peers_and_how_it_moved(client, somewhere):
    against = {"baseline": 88.0, "target": 90.0, "numerator": 479, "denominator": 692}
    given = {
        "improving": ({"flag": "inside", "target_status": "met"}, Variation.IMPROVEMENT),
        "steady": ({"flag": "inside", "target_status": "missed"}, Variation.COMMON_CAUSE),
        "worsening": ({"flag": "high-95", "target_status": "met"}, Variation.CONCERN),
        "worse": ({"flag": "low-95", "target_status": "missed"}, Variation.COMMON_CAUSE),
        "both": ({"flag": "low-99.8", "target_status": "missed"}, Variation.CONCERN),
    }
    titles = {}
    for name, (figure, variation) in given.items():
        named = measured(somewhere, **against, **figure)
        make_change_result(**named, variation=variation, change=-1.25, change_lower=-2.5, change_upper=0.1)
        titles[name] = named["measure"].short_title
    published(somewhere["release"])

    page = section(opened(client, SOMEWHERE), "first")
    rows = rows_of(page.one("table"))

    assert [(row["Measure"].text, row["Why"].text) for row in rows] == [
        (titles["both"], Priority.WORSE_AND_WORSENING.label),
        (titles["worse"], "Worse"),
        (titles["worsening"], "Worsening"),
        (titles["improving"], "Improving"),
    ]
    assert rows[0]["Result"].text.startswith("69%")
    assert rows[0]["Result"].note == "479 of 692"
    assert rows[0]["On the year"].text.startswith("−1.3 points")
    assert "−2.5 to 0.1" in rows[0]["On the year"].text + rows[0]["On the year"].note
    assert rows[0]["Target"].text == "90%: missed"
    assert (
        f"Targets missed by measures that don’t stand out: {titles['steady']} (69%, 479 of 692; target 90%)"
        in page.text
    )
    assert (
        "5 measures could be compared: chance alone would call about 0.3 of them better or worse."
        in page.text
    )


def test_more_than_eight_that_stand_out_are_kept_behind_a_door(client, somewhere):
    for _ in range(10):
        measured(somewhere, flag="low-95")
    published(somewhere["release"])

    page = section(opened(client, SOMEWHERE), "first")
    first, rest = page.all("table")

    assert (len(rows_of(first)), len(rows_of(rest))) == (8, 2)
    assert page.one("details").one("summary").text == "2 more that stand out"
    assert page.one("details").all("table") == [rest]


def test_where_nothing_stands_out_the_page_says_so(client, somewhere):
    measured(somewhere, flag="inside")
    published(somewhere["release"])

    assert "No measure stands out" in section(opened(client, SOMEWHERE), "first").text


def test_a_measure_that_stands_out_leads_to_its_page_with_the_trust_marked(client, simulated_one):
    links = section(opened(client, LONDON), "first").all("tbody")[0].all("a")

    assert links
    assert all(re.fullmatch(rf"{SERIES}measures/[\w-]+/\?trust=london", a.attributes["href"]) for a in links)


def test_every_figure_has_its_table_as_a_file_of_the_year_that_is_read(client, simulated_one):
    for year in YEARS:
        query = "" if year == YEARS[-1] else f"?year={financial_year(year)}"
        page = opened(client, f"{LONDON}{query}")
        shown = {figure.attributes["data-chart"]: figure for figure in page.all("figure")}
        assert set(shown) >= {"spine", "divergence", "predictions"}
        for name, figure in shown.items():
            address = f"{LONDON}{name}.csv{query}"
            assert figure.one("a", href=address)
            assert len(file_of(client, address)) == len(rows_of(figure.one("table"))) > 0


def test_plotly_knows_every_property_of_every_figure_and_each_is_marked_as_simulated(client, simulated_one):
    for year in YEARS:
        page = opened(client, f"{LONDON}?year={financial_year(year)}")
        for figure in page.all("figure"):
            plot = json.loads(figure.one("script", type="application/json").source)
            plotly.graph_objects.Figure(plot)
            assert any("SIMULATED" in mark["text"] for mark in plot["layout"]["annotations"])


def test_a_figure_that_isn_t_there_has_no_file(client, simulated_one):
    for address in (f"{LONDON}nothing.csv", f"{SERIES}trusts/nowhere/spine.csv", "/trusts/london/spine.csv"):
        assert client.get(address).status_code == 404


def test_the_peers_are_named_and_lead_to_their_pages(client, simulated_one):
    (door,) = [d for d in opened(client, LONDON).all("details") if "Which trusts are its peers" in d.text]
    names = [item.text for item in door.all("li")]

    assert NAME in names
    assert 11 <= len(names) <= 13
    assert len(door.all("li")) - 1 == sum("/trusts/" in a.attributes["href"] for a in door.one("ul").all("a"))


def test_a_trust_s_page_leads_to_its_place_among_all(client, simulated_one):
    page = section(opened(client, LONDON), "process-and-outcome")

    assert (
        page.one("a", href=f"{SERIES}divergence/?year=2012-13&trust=london").text == "All trusts in 2012-13"
    )
    assert page.one(id="divergence-2012-13").text.startswith(f"Which quarter {NAME} belongs in for 2012-13")


def test_a_trust_that_can_t_be_placed_says_why(client, simulated_one):
    """The eighth trust by name has no prediction."""
    page = opened(client, f"{SERIES}trusts/dorset/")
    reason = "no quarterly cohort has a predicted rate"

    assert f"It can’t be placed among the trusts of 2012-13: {reason}." in page.text
    facts = page.one("dl", **{"class": "app-facts"}).text
    assert "Reoffending against prediction Not compared No quarterly cohort has a predicted rate." in facts
    assert not page.all("figure", id="chart-predictions")


def test_a_trust_s_reoffending_is_set_against_prediction_by_year(client, simulated_one):
    rows = rows_of(opened(client, LONDON).one("figure", id="chart-predictions").one("table"))
    results = simulated_one.prediction_results.filter(organisation__slug="london").order_by("-period_start")

    assert [row["Period"].text for row in rows] == ["2012-13", "2011-12", "2010-11"]
    for row, result in zip(rows, results, strict=True):
        assert row["Reoffended"].text == f"{result.observed:,} of {result.cases:,}"
        assert row["Predicted"].text == f"{result.expected:,.0f}"
        assert row["Against prediction"].text.lower() == result.verdict
        assert " to " in row["Difference and its 95% interval"].note


def test_quarters_come_after_years_in_the_table_and_all_are_in_the_file_of_everyone(client, release_one):
    release = make_release(series=make_series(slug="other"), number=1)
    organisation = make_organisation(slug="somewhere")
    made = make_prediction_result(release=release, organisation=organisation)
    quarter = {"period_start": months(2010)[0].start, "period_end": months(2010)[2].end}
    make_prediction_result(release=release, organisation=organisation, measure=made.measure, **quarter)
    published(release)

    rows = rows_of(opened(client, SOMEWHERE).one("figure", id="chart-predictions").one("table"))
    file = client.get("/series/other/data/predictions.csv")

    assert [row["Period"].text for row in rows] == ["2010-11", "April to June 2010"]
    assert len(b"".join(file.streaming_content).splitlines()) == 3


def test_each_measure_over_time_has_its_icons_in_words(client, simulated_one):
    page = section(opened(client, LONDON), "over-time")
    table = next(table for table in page.all("table") if table.one("caption").text.startswith("Each measure"))
    rows = {row["Measure"].text: row for row in rows_of(table)}
    changes = simulated_one.change_results.filter(organisation__slug="london").select_related("measure")

    assert len(rows) == len(changes) > 10
    for change in changes:
        row = rows[change.measure.short_title]
        assert row["Is it changing?"].text == change.get_variation_display()
        assert row["Will it meet its target?"].text == change.get_assurance_display()
        assert row["On the year"].text[0] in ("+−" if abs(change.change) >= 0.005 else "0")
    assert all(icon.attributes["aria-hidden"] == "true" for icon in table.all("svg"))
    assert len(table.all("svg")) == 2 * len(rows)


def test_how_measures_moved_is_told_of_their_last_year_alone(client, simulated_one):
    page = opened(client, f"{LONDON}?year=2010-11")

    assert not page.all("section", id="over-time")
    assert "How measures moved is kept up to the last year of each" in section(page, "first").text


def test_cost_and_workload_stand_beside_the_outcome(client, simulated_one):
    page = section(opened(client, LONDON), "cost-and-workload")
    rows = rows_of(page.one("table"))
    place = simulated_one.divergence_results.get(
        organisation__slug="london", kind="all", period_start=financial_year(2012).start
    )

    assert [row["Measure"].text for row in rows] == [
        "Offenders for each offender manager",
        "Reoffending below prediction, in percentage points",
    ]
    assert rows[1]["This trust"].text == f"{place.outcome:.2f}".replace("-", "−")
    assert rows[1]["This trust"].note.startswith(f"{place.reoffended:,} of {place.cohort:,}")
    assert "doesn’t say that one brought about the other" in page.text


def test_what_moves_the_band_says_how_many_cases_and_what_would_come_of_them(client, somewhere):
    named = measured(somewhere, numerator=479, denominator=692, value=69.2)
    step = {"score": 2.0, "value": 69.2, "higher_at": 72.0, "higher_score": 3.6, "higher_band": 4}
    lower = {"lower_at": 64.8, "lower_score": 2.4, "lower_band": 2}
    rating = somewhere["release"].rating_results.get()
    make_rating_measure_result(**named, framework=rating.framework, **step, **lower)
    published(somewhere["release"])

    up, down = (item.text for item in section(opened(client, SOMEWHERE), "what-moves-the-band").all("li"))

    title = named["measure"].short_title
    assert up == f"{title}: at 72.0% (20 more of 692 cases) score 2.50 to 3.60, band becomes Band 4."
    assert down == f"{title}: below 64.8% (31 fewer of 692 cases) score 2.50 to 2.40, band becomes Band 2."


def test_questions_of_an_audit_are_no_findings(client, somewhere):
    question = "why do months differ less than chance alone would make them?"
    asked = make_audit_result(**somewhere, question=question)
    make_audit_result(**somewhere)
    make_audit_result(**somewhere, p=None, adjusted_p=None, reason="12 months are needed and there are 3")
    published(somewhere["release"])

    page = section(opened(client, SOMEWHERE), "audit")

    assert [item.text for item in page.all("li")] == [
        f"{asked.measure.title}, 2010-11: {question.capitalize()}"
    ]
    assert "Questions, not findings" in page.text
    assert "2 signs were looked for in its figures of all years; 1 gave no question." in page.text
    assert "Of 1 more nothing could be told." in page.text


def test_a_release_without_what_a_section_needs_leaves_it_out(client, somewhere):
    measured(somewhere, flag="inside")
    published(somewhere["release"])
    page = opened(client, SOMEWHERE)

    for name in ("over-time", "cost-and-workload", "what-moves-the-band", "audit", "process-and-outcome"):
        assert not page.all("section", id=name), name
    assert not page.all("figure")
    assert not re.search(NEVER_WRITTEN, page.text)


def test_a_trust_s_ratings_are_listed_by_year_with_the_scores_they_come_from(client, simulated_one):
    rows = table_called(opened(client, LONDON), f"{NAME}, rated")

    assert [row["Year"].text for row in rows] == ["2012-13", "2011-12", "2010-11"]
    for row, year in zip(rows, (2012, 2011, 2010), strict=True):
        assert row["Score"].text == f"{rating_of(simulated_one, year).score:.2f}"
        assert row["Weight with figures"].text == "92%"
        assert row["Scores of its domains"].text.startswith("Public protection: ")
        assert row["Likely to belong there"].note.startswith(("Good", "Exceptional", "Requiring"))


def test_a_year_in_which_a_trust_could_not_be_rated_says_why(client, somewhere):
    reason = "how PTRS 2010-11 turned results into bands isn't known"
    untold = {"score": None, "band": None, "band_probabilities": {}, "reason": reason}
    make_rating_result(**somewhere, **untold, **between(financial_year(2011)))
    published(somewhere["release"])

    page = opened(client, SOMEWHERE)
    (row,) = [row for row in table_called(page, "Somewhere, rated") if row["Year"].text == "2011-12"]

    assert page.one(id="rating").text == "Not rated"
    assert f"Why: {reason}." in page.one("main").text
    assert (row["Rating"].text, row["Rating"].note) == ("Not rated", f"{reason[0].upper()}{reason[1:]}.")
    assert opened(client, f"{SOMEWHERE}?year=2010-11").one(id="rating").text.startswith("Band 3; 90% likely")


def test_a_trust_s_sentences_stand_behind_a_door_the_latest_year_first(client, simulated_one):
    page = opened(client, LONDON)
    (door,) = [d for d in page.all("details") if "In sentences to quote" in d.text]

    assert page.one(id="process-2012-13").text == f"In 2012-13 {NAME} met 9 of its 12 process targets."
    assert door.text.index("In 2012-13") < door.text.index("In 2011-12") < door.text.index("In 2010-11")
    assert len(page.all("p", id="divergence-2012-13")) == 1


def test_an_area_of_the_record_that_could_not_be_rated_says_why_in_a_sentence(client, release_one):
    page = opened(client, "/trusts/hertfordshire-area/")

    assert "no rating under Weighted scorecard 2005-06, because how" in page.one("main").text
    assert not page.all(id="ratings")


@pytest.mark.parametrize("slug", ["london", "hertfordshire-area", "england-and-wales"])
def test_in_the_record_nobody_is_said_to_be_rated(client, release_one, slug):
    page = opened(client, f"/trusts/{slug}/")

    assert not page.all(id="rating")
    assert not page.all("figure")
    assert "reoffending against" not in page.text
    assert not page.all("button", **{"data-print": ""})


def test_one_page_can_be_printed_of_a_rated_trust_and_words_say_how_without_scripts(client, simulated_one):
    page = opened(client, LONDON)

    assert "hidden" in page.one("button", **{"data-print": ""}).attributes
    assert page.one("span", **{"data-print-words": ""}).text.startswith("Your browser’s print command")


def test_headings_of_the_page_go_down_by_one(client, simulated_one):
    for address in (LONDON, f"{LONDON}?year=2010-11", f"{SERIES}trusts/england-and-wales/"):
        levels = headings(opened(client, address).one("main"))
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False)), address


def test_the_page_of_any_trust_and_year_takes_at_most_12_queries(
    client, simulated_one, django_assert_max_num_queries
):
    for address in (LONDON, f"{LONDON}?year=2011-12", f"{SERIES}releases/1/trusts/kent/"):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(address).status_code == 200


def test_the_pages_of_all_trusts_hold_nothing_that_is_not_written(client, simulated_one):
    for slug in Organisation.objects.filter(kind="trust").values_list("slug", flat=True):
        page = opened(client, f"{SERIES}trusts/{slug}/")
        assert not re.search(NEVER_WRITTEN, page.text), slug
