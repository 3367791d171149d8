"""The comparison builder: every choice, every bad value, its bounds, its address and its file."""

import calendar
import csv
import gzip
import re
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest

from performance.models import Measure
from performance.releases.choices import MOST_MEASURES, MOST_ORGANISATIONS
from tests.performance.pages.reading import NEVER_WRITTEN, Element, read, rows_of
from tests.performance.pages.simulated import SLUG
from trusts.models import Organisation

RECORD, SIMULATED = "/compare/", f"/series/{SLUG}/compare/"
NUMBERED = f"/series/{SLUG}/releases/1/compare/"
REPORTS, REOFFENDING = "court-reports-on-time", "local-adult-reoffending"
LONDON = "organisation=london&measure=court-reports-on-time&year=2012-13"
NORTH = "North:durham-tees-valley,northumbria"
NATION = "england-and-wales"
ALL_YEARS = "year=2010-11&year=2011-12&year=2012-13"
# Of the largest page a third is the addresses without each thing that can be taken away, which shrink to
# next to nothing on the wire.
MOST_QUERIES, MOST_BYTES, MOST_SENT = 12, 600_000, 60_000
# Of each kind of comparison one, with how many figures it has.
COMPARISONS = {
    LONDON: 1,
    "organisation=london&organisation=wales&measure=court-reports-on-time&year=2012-13": 2,
    "organisation=north-west-region&measure=court-reports-on-time&year=2012-13": 1,
    "each=north-west-region&measure=court-reports-on-time&year=2012-13": 5,
    "each=peers-large&measure=court-reports-on-time&year=2012-13": 12,
    f"each={NATION}&measure=court-reports-on-time": 35,
    f"each={NATION}&measure=court-reports-on-time&measure=local-adult-reoffending": 70,
    f"organisation={NATION}&group={NORTH}&measure=court-reports-on-time&year=2012-13": 2,
    f"group={NORTH}&measure=offenders-per-offender-manager&year=2012-13": 1,
    "organisation=london&measure=court-reports-on-time&year=2010-11&year=2011-12&year=2012-13": 3,
    f"organisation={NATION}&organisation=london&measure=court-reports-on-time&year=2012-13&by=month": 24,
    f"organisation=london&organisation=northumbria&measure={REPORTS}&year=2012-13&structure=today": 2,
    "organisation=london&measure=court-reports-on-time&measure=planned-budget&year=2012-13": 1,
    "organisation=london&measure=unpaid-work-completions&year=2012-13": 1,
    f"each={NATION}&measure=court-reports-on-time&year=2011-12&year=2012-13": 70,
}


@pytest.fixture
def opened(client, simulated_one):
    def open_page(query: str = "", path: str = SIMULATED) -> Element:
        response = client.get(f"{path}?{query}" if query else path)
        assert response.status_code == 200, response
        return read(response.content.decode())

    return open_page


def all_rows(page: Element) -> list[dict]:
    return [row for table in page.all("table") for row in rows_of(table)]


def tags(page: Element) -> list[Element]:
    return [link for link in page.all("a") if "moj-filter__tag" in link.classes]


def problems(page: Element) -> str:
    found = page.all(id="problems")
    return found[0].text if found else ""


def file_of(client, query: str, path: str = SIMULATED) -> list[dict[str, str]]:
    response = client.get(f"{path[:-1]}.csv?{query}")
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def chart_of(page: Element) -> str:
    return page.one("figure").one("h2").text


@pytest.mark.parametrize("query", COMPARISONS)
@pytest.mark.parametrize("path", [SIMULATED, NUMBERED])
def test_a_comparison_is_shown_in_at_most_12_queries(
    client, simulated_one, django_assert_max_num_queries, path, query
):
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(f"{path}?{query}")

    assert response.status_code == 200
    page = read(response.content.decode())
    assert len(all_rows(page)) == COMPARISONS[query]
    assert not re.search(NEVER_WRITTEN, page.text)
    assert not problems(page)


@pytest.mark.parametrize("query", COMPARISONS)
def test_the_file_has_the_table_cell_by_cell(client, opened, query):
    rows, lines = all_rows(opened(query)), file_of(client, query)

    assert len(rows) == len(lines)
    for row, line in zip(rows, lines, strict=True):
        assert row["Result"].text == line["shown_as"]
        for head, cell in row.items():
            assert cell.text == in_file(head, line), head


def in_file(head: str, line: dict[str, str]) -> str:
    """As the table would write what a file holds."""
    number = {name: float(value) for name, value in line.items() if is_number(value)}
    match head:
        case "Organisation":
            return line["organisation_name"]
        case "Counts":
            counts = ("numerator", "denominator")
            return "{:,.0f} of {:,.0f}".format(*(number[n] for n in counts)) if line["denominator"] else ""
        case "95% interval":
            limits = ("lower_95", "upper_95")
            return "{:.1f}% to {:.1f}%".format(*(number[n] for n in limits)) if line["lower_95"] else ""
        case "Target":
            unit = "%" if line["unit"] == "share" else ""
            return f"{number['target']:,.0f}{unit}" if line["target"] else ""
        case "Against target":
            return {"met": "Met", "missed": "Missed", "no-target": "No target known"}[line["target_status"]]
        case "Against all":
            return {"inside": "No different", "not-compared": "Not compared"}[line["flag"]]
        case "Period":
            return written_period(line["period_start"], line["period_end"])
        case _:
            return line["shown_as"]


def is_number(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", text))


def written_period(start: str, end: str) -> str:
    first, last = start.split("-"), end.split("-")
    if first[1:] == ["04", "01"] and last[1:] == ["03", "31"]:
        return f"{first[0]}-{last[0][2:]}"
    return f"{calendar.month_name[int(first[1])]} {first[0]}"


def test_a_file_says_its_release_its_standing_and_what_was_chosen_in_every_row(client, simulated_one):
    query = f"organisation={NATION}&group={NORTH}&measure=court-reports-on-time&year=2012-13"
    for line in file_of(client, query):
        assert (line["release"], line["standing"]) == ("1", "Simulated figures")
        assert line["comparison"] == f"http://testserver{NUMBERED}?{query}"


def test_a_file_of_a_group_has_its_counts_and_how_they_came_about(client, simulated_one):
    (line,) = file_of(client, f"group={NORTH}&measure=court-reports-on-time&year=2012-13")
    parts = file_of(
        client,
        "organisation=durham-tees-valley&organisation=northumbria&measure=court-reports-on-time&year=2012-13",
    )

    assert (line["organisation_name"], line["organisation_kind"]) == ("North", "own-group")
    for count in ("numerator", "denominator"):
        assert int(line[count]) == sum(int(part[count]) for part in parts)
    assert line["note"] == "Added up from 2 trusts."


@pytest.mark.parametrize("query", ["", "organisation=london", "organisation=nobody&measure=nothing"])
def test_a_file_of_nothing_has_its_heads_alone(client, simulated_one, query):
    assert file_of(client, query) == []


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("year=2012-13&measure=court-reports-on-time&organisation=london", LONDON),
        (f"{LONDON}&structure=then&organisation=london&organisation=", LONDON),
        ("organisation=each:north-west-region", "each=north-west-region"),
        (
            "measure=court-reports-on-time&year=every",
            "measure=court-reports-on-time&year=2010-11&year=2011-12&year=2012-13",
        ),
        ("group-name=North&group-member=northumbria&group-member=durham-tees-valley", f"group={NORTH}"),
        ("utm_source=elsewhere", ""),
    ],
)
def test_an_address_is_led_to_the_one_that_the_comparison_always_has(client, simulated_one, asked, canonical):
    response = client.get(f"{SIMULATED}?{asked}")
    assert response.status_code == 302
    assert response["Location"] == f"{SIMULATED}?{canonical}".removesuffix("?")
    again = client.get(response["Location"])
    assert again.status_code == 200


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (f"{LONDON}&measure=nonsense", "There is no measure ‘nonsense’ here. The rest is shown."),
        (
            f"{LONDON}&organisation=nowhere&year=2099-00",
            "There is no organisation ‘nowhere’ and no year ‘2099-00’ here. The rest is shown.",
        ),
        (f"{LONDON}&each=london", "There is no group ‘london’ here. The rest is shown."),
        # Wales is a region of one trust.
        (
            f"{LONDON}&organisation=each:wales-region",
            "There is no group ‘wales-region’ here. The rest is shown.",
        ),
        (f"{LONDON}&year=%00", "There is no year"),
        (f"{LONDON}&by=week", "There is no ‘by=week’ here. The rest is shown."),
        (f"{LONDON}&structure=tomorrow", "There is no ‘structure=tomorrow’ here. The rest is shown."),
        (f"{LONDON}&group=North", "A group is written as Name:organisation,organisation, and ‘North’ isn’t"),
        (
            f"{LONDON}&group=North:wales",
            "The group North is left out, as a group needs two organisations or more.",
        ),
        (
            f"{LONDON}&group=North:wales,nowhere",
            "There is no organisation ‘nowhere’, so the group North is left out.",
        ),
        (
            f"{LONDON}&group=Both:london,london-region",
            "The group Both is left out, as it has NOMS regions and trusts together, and the same people "
            "could be counted twice: a group is of one kind.",
        ),
        (
            f"{LONDON}&group-name=Half&group-member=london",
            "A group needs a name, and two organisations or more",
        ),
        (f"{LONDON}&organisation=%3Cscript%3E", "There is no organisation ‘<script>’ here."),
        (f"{LONDON}&organisation={'x' * 900}", f"There is no organisation ‘{'x' * 60}’ here."),
    ],
)
def test_what_there_is_not_is_named_and_the_rest_is_shown(opened, query, sentence):
    page = opened(query)

    assert sentence in problems(page)
    assert [row["Organisation"].text for row in all_rows(page)] == ["London Probation Trust"]


def test_a_group_begun_in_the_form_keeps_what_was_filled_in(opened):
    page = opened(f"{LONDON}&organisation=wales&group-name=Half&group-member=wales")

    assert (
        page.one("details", **{"class": "govuk-details app-compare__group"}).attributes.get("open")
        is not None
    )
    assert page.one(id="group-name").attributes["value"] == "Half"
    assert "checked" in page.one(id="member-wales").attributes
    assert "checked" not in page.one(id="member-london").attributes


def at_the_bound() -> str:
    """As many organisations and measures as can be compared, of all years."""
    slugs = list(Organisation.objects.order_by("slug").values_list("slug", flat=True))[:MOST_ORGANISATIONS]
    codes = list(Measure.objects.order_by("code").values_list("code", flat=True))[: MOST_MEASURES - 1]
    pairs = [*(f"organisation={slug}" for slug in slugs), *(f"measure={code}" for code in [*codes, REPORTS])]
    return "&".join([*pairs, ALL_YEARS])


def test_as_much_as_can_be_compared_takes_no_more_queries(
    client, simulated_one, django_assert_max_num_queries
):
    query = (
        client.get(f"{SIMULATED}?{at_the_bound()}").get("Location", f"?{at_the_bound()}").partition("?")[2]
    )
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(f"{SIMULATED}?{query}")

    assert response.status_code == 200
    assert len(response.content) < MOST_BYTES
    assert len(gzip.compress(response.content)) < MOST_SENT


def test_of_many_figures_the_first_are_shown_and_the_file_has_all(client, opened):
    query = f"each={NATION}&measure=breach-10-days&measure={REPORTS}&measure=ethnicity-data&{ALL_YEARS}"
    page = opened(query)

    assert (
        page.one(id="left-over").text == "The first 300 of 315 figures are shown here; the file has them all."
    )
    assert len(all_rows(page)) == 300
    assert len(file_of(client, query)) == 315


def many(noun: str, number: int) -> str:
    """A comparison of so many measures or organisations, or of two groups of all trusts."""
    if noun == "measure":
        codes = Measure.objects.order_by("code").values_list("code", flat=True)[:number]
        return f"each={NATION}&" + "&".join(f"measure={code}" for code in codes)
    if noun == "organisation":
        slugs = Organisation.objects.order_by("slug").values_list("slug", flat=True)[:number]
        return "&".join(f"organisation={slug}" for slug in slugs) + f"&measure={REPORTS}"
    trusts = ",".join(
        Organisation.objects.filter(kind="trust").order_by("slug").values_list("slug", flat=True)
    )
    return f"group=A:{trusts}&group=B:{trusts}&measure={REPORTS}"


TOO_MUCH = {
    (
        "measure",
        11,
        "year=2012-13",
    ): "At most 10 measures can be compared at once, and there are 11: take away 1",
    (
        "organisation",
        61,
        "",
    ): "At most 60 organisations can be compared at once, and there are 61: take away 1",
    ("group", 70, ""): "At most 60 members of groups can be compared at once, and there are 70: take away 10",
    (
        "measure",
        10,
        "ALL&by=month",
    ): "That would be 12,600 figures, and at most 7,200 can be compared at once",
}


@pytest.mark.parametrize(("noun", "number", "rest"), TOO_MUCH)
def test_more_than_can_be_compared_says_how_much_to_take_away(client, opened, noun, number, rest):
    query = f"{many(noun, number)}&{rest.replace('ALL', ALL_YEARS)}".strip("&")
    page = opened(query)

    assert TOO_MUCH[noun, number, rest] in problems(page)
    assert not page.all("table")
    # What is too much can be taken away, one by one.
    assert tags(page)
    assert file_of(client, query) == []


def test_what_is_chosen_can_be_taken_away_by_a_link_that_says_what_it_does(client, opened):
    query = (
        f"organisation=london&organisation=wales&group={NORTH}&measure={REPORTS}&year=2011-12&year=2012-13"
    )
    links = {tag.attributes["aria-label"]: tag.attributes["href"] for tag in tags(opened(query))}

    assert list(links) == [
        "Remove London Probation Trust",
        "Remove Wales Probation Trust",
        "Remove North",
        "Remove Court reports completed on time",
        "Remove 2011-12",
        "Remove 2012-13",
    ]
    for name, href in links.items():
        target = urlsplit(urljoin(SIMULATED, href))
        assert target.fragment == "chosen"
        page = opened(target.query)
        assert name not in {tag.attributes["aria-label"] for tag in tags(page)}
        assert len(tags(page)) == len(links) - 1


def test_the_last_thing_taken_away_leaves_an_empty_comparison(client, opened):
    (tag,) = tags(opened("organisation=london"))

    assert client.get(urljoin(SIMULATED, tag.attributes["href"].partition("#")[0])).status_code == 200


def test_the_form_holds_what_is_chosen_and_offers_what_is_not(opened):
    page = opened(LONDON)
    form = page.one(id="chosen")
    hidden = [(one.attributes["name"], one.attributes["value"]) for one in form.all("input", type="hidden")]
    offered = {one.attributes["value"] for one in page.one(id="add-organisation").all("option")}

    assert hidden == [("organisation", "london"), ("measure", REPORTS), ("year", "2012-13")]
    assert {
        "wales",
        NATION,
        "each:england-and-wales",
        "each:peers-small",
        "each:north-west-region",
    } <= offered
    assert not {"london", "london-area", "each:london-region"} & offered
    assert REPORTS not in {one.attributes["value"] for one in page.one(id="add-measure").all("option")}
    assert [one.attributes["value"] for one in page.one(id="add-year").all("option")] == [
        "",
        "every",
        "2011-12",
        "2010-11",
    ]


def test_each_button_leads_back_to_the_list_beside_it(opened):
    page = opened(LONDON)
    targets = [button.attributes.get("formaction", "") for button in page.one(id="chosen").all("button")]

    for slug in ("organisation", "measure", "year"):
        assert f"{SIMULATED}#add-{slug}" in targets
        assert page.one("select", id=f"add-{slug}")
        assert page.one("label", **{"for": f"add-{slug}"})


def test_without_a_year_it_is_the_latest_which_cannot_be_taken_away(opened):
    page = opened(f"organisation=london&measure={REPORTS}")

    assert "2012-13, the latest" in page.text
    assert [tag.text for tag in tags(page)] == ["London Probation Trust", "Court reports completed on time"]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("organisation=london", "Add a measure to see figures."),
        (f"measure={REPORTS}", "Add an organisation to see figures."),
        ("year=2012-13", "Add an organisation and a measure to see figures."),
    ],
)
def test_half_a_comparison_says_what_is_missing(opened, query, says):
    page = opened(query)

    assert page.one(id="add-more").text == says
    assert not page.all("table")


@pytest.mark.parametrize("path", [SIMULATED, RECORD])
def test_an_empty_comparison_offers_three_that_have_figures_and_a_chart(client, opened, path):
    page = opened(path=path)
    links = [link.attributes["href"] for link in page.all("a") if link.attributes["href"].startswith("?")]

    assert len(links) == 3
    for href in links:
        example = opened(href.removeprefix("?"), path)
        assert all_rows(example)
        assert chart_of(example)
        assert not problems(example)


def test_a_figure_links_to_its_organisation_and_its_measure_within_the_release(client, opened):
    page = opened(LONDON, NUMBERED)
    links = {link.attributes["href"] for link in page.one(id="results").all("a")}

    assert links == {
        f"/series/{SLUG}/releases/1/trusts/london/",
        f"/series/{SLUG}/releases/1/measures/{REPORTS}/",
    }


def test_the_permanent_link_is_of_the_numbered_release_and_shows_the_same(client, opened):
    page = opened(LONDON)
    link = page.one(id="permanent").one("a").attributes["href"]

    assert link == f"http://testserver{NUMBERED}?{LONDON}"
    again = opened(urlsplit(link).query, urlsplit(link).path)
    assert all_rows(again)[0]["Result"] == all_rows(page)[0]["Result"]


def test_the_same_comparison_can_be_read_by_months_and_by_todays_map(opened):
    page = opened(LONDON)
    links = {link.text: link.attributes["href"] for link in page.one(id="chosen").all("a")}

    assert parse_qs(urlsplit(links["Months and quarters"]).query)["by"] == ["month"]
    assert parse_qs(urlsplit(links["By today's regions"]).query)["structure"] == ["today"]
    assert links["Start again"] == SIMULATED


@pytest.mark.parametrize(
    ("query", "title"),
    [
        (LONDON, None),
        (
            "organisation=london&organisation=wales&measure=court-reports-on-time&year=2012-13",
            "Court reports",
        ),
        (f"each={NATION}&measure={REPORTS}", "Court reports completed on time: from "),
        (
            f"each={NATION}&measure={REPORTS}&measure={REOFFENDING}",
            "Court reports completed on time beside Local adult",
        ),
        (
            "organisation=london&measure=court-reports-on-time&year=2011-12&year=2012-13",
            "Court reports completed on time: London",
        ),
        (
            f"organisation=london&organisation=wales&measure=breach-10-days&measure={REPORTS}&year=2012-13",
            "Highest figure of 2 measures: ",
        ),
    ],
)
def test_the_chart_is_the_one_that_suits(opened, query, title):
    page = opened(query)

    if title is None:
        assert not page.all("figure")
    else:
        assert chart_of(page).startswith(title)


def test_the_record_says_where_its_figures_were_published(client, opened):
    page = opened("organisation=hertfordshire-area&measure=oasys-high-risk-5-days&year=2005-06", RECORD)
    (row,) = all_rows(page)

    assert (row["Result"].text, row["Target"].text, row["Against target"].text) == ("14%", "90%", "Missed")
    assert "Source: hansard.parliament.uk" in page.one(id="results").text


def test_two_pages_of_different_comparisons_have_different_titles(opened):
    titles = {opened(query).one("title").source for query in COMPARISONS}

    assert len(titles) == len(COMPARISONS)


def test_the_menu_leads_to_it_within_series_and_release(client, opened):
    menu = {
        link.text: link.attributes["href"] for link in opened(path=NUMBERED).one(id="navigation").all("a")
    }

    assert menu["Compare"] == NUMBERED
