"""What frameworks reward, and what if their weights had been others."""

import json

import pytest

from performance.calculation.definitions import current_definitions
from performance.calculation.scoring import scheme_of
from performance.models import Framework, FrameworkMeasure, Release
from performance.releases.mix import FrameworkMix
from performance.statistics.ratings.kinds import kind_shares
from performance.vocabulary import Kind, Weighting
from tests.performance.pages.reading import Element, headings, rows_of
from tests.performance.pages.simulated_figures import financial_year
from tests.performance.pages.test_series import SERIES, opened

FRAMEWORKS = f"{SERIES}frameworks/"
RATED, EARLIER = f"{FRAMEWORKS}ptrs-2010-11/", f"{FRAMEWORKS}ptrs-2010-11/?year=2010-11"
BANDS = ["Exceptional performance", "Good performance", "Requiring improvement", "Serious concerns"]


def stored(release: Release, first: int, weighting: str):
    return release.reweighting_results.filter(
        framework__slug="ptrs-2010-11", period_start=financial_year(first).start, weighting=weighting
    )


def bands(release: Release, first: int, weighting: str) -> dict[str, int]:
    return dict(stored(release, first, weighting).values_list("organisation__name", "band"))


def presets(page: Element) -> dict[str, list[str]]:
    table = page.one("table", id="presets")
    return {row.one("th").text: [cell.text for cell in row.all("td")] for row in table.one("tbody").all("tr")}


def data_of(page: Element) -> dict:
    return json.loads(page.one("script", id="reweighting-data").source)


@pytest.mark.parametrize("address", [FRAMEWORKS, RATED, EARLIER, "/frameworks/", "/frameworks/ptrs-2010-11/"])
def test_a_page_of_frameworks_takes_at_most_12_queries(
    client, simulated_one, django_assert_max_num_queries, address
):
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", [FRAMEWORKS, RATED, "/frameworks/ippf-2009-10/"])
def test_headings_of_a_page_of_frameworks_are_in_order(client, simulated_one, address):
    levels = headings(opened(client, address).one("main"))

    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


@pytest.mark.parametrize("address", [FRAMEWORKS, "/frameworks/"])
def test_each_framework_has_one_line_that_says_how_much_of_it_is_documented(client, simulated_one, address):
    page = opened(client, address)
    (table,) = [t for t in page.all("table") if t.one("caption").text.startswith("The frameworks")]
    rows = rows_of(table)
    mixes = [FrameworkMix.from_release(kept) for kept in simulated_one.framework_mixes]

    assert [row["Framework"].text for row in rows] == [one.title for one in Framework.objects.all()]
    assert [row["Its measures"].text for row in rows] == [
        f"{mix.documented_measures} of {mix.measures} documented" for mix in mixes
    ]
    assert {row["Its weights"].text for row in rows} == {"Reconstructed"}


def test_only_a_framework_by_which_the_release_rates_leads_to_its_weights(client, simulated_one):
    links = {
        address: [
            link.attributes["href"]
            for link in opened(client, address).all("a")
            if link.attributes["href"].endswith("#what-if")
        ]
        for address in (FRAMEWORKS, "/frameworks/")
    }

    assert links[FRAMEWORKS] == [f"{FRAMEWORKS}{slug}/#what-if" for slug in ("ptrs-2010-11", "ptrs-2012-13")]
    assert links["/frameworks/"] == []


def test_a_framework_begins_with_what_it_rewards(client, release_one):
    page = opened(client, "/frameworks/ptrs-2010-11/")

    assert page.one(id="mix").text == (
        "10 of its 14 measures count timeliness, volume or compliance: 73% of the weight, if every measure "
        "counts the same within its domain."
    )
    assert "3 of the 14 are documented for this framework; the others are reconstructed." in page.text


@pytest.mark.parametrize(("address", "first"), [(RATED, 2011), (EARLIER, 2010)])
def test_presets_are_counted_from_what_the_release_holds(client, simulated_one, address, first):
    own = bands(simulated_one, first, Weighting.AS_IT_WAS)
    found = presets(opened(client, address))

    assert list(found) == [weighting.label for weighting in Weighting]
    for weighting in Weighting:
        then = bands(simulated_one, first, weighting)
        numbers = [str(list(then.values()).count(band)) for band in (4, 3, 2, 1)]
        up, down = (sum(sign * (band - own[name]) > 0 for name, band in then.items()) for sign in (1, -1))
        expected = ["not applicable"] * 2 if weighting == Weighting.AS_IT_WAS else [str(up), str(down)]
        assert found[weighting.label] == [*numbers, *expected]


def test_the_finding_is_of_outcomes_alone(client, simulated_one):
    own, then = (bands(simulated_one, 2011, one) for one in (Weighting.AS_IT_WAS, Weighting.OUTCOMES_ONLY))
    up = sum(then[name] > own[name] for name in own)
    down = sum(then[name] < own[name] for name in own)
    ways = f"{up} higher and {down} lower" if down else f"{up} higher"

    assert up
    assert (
        f"In 2011-12, had outcomes alone counted, {up + down} of 35 trusts would have been in another band: "
        f"{ways}."
    ) in opened(client, RATED).text


def test_every_trust_has_its_band_under_each_weighting_and_how_sure_its_own_is(client, simulated_one):
    page = opened(client, RATED)
    (table,) = [t for t in page.all("table") if t.one("caption").text.startswith("Each trust’s band")]
    rows = rows_of(table)
    words = dict(zip((4, 3, 2, 1), BANDS, strict=True))
    own = bands(simulated_one, 2011, Weighting.AS_IT_WAS)

    assert [row["Trust"].text for row in rows] == sorted(own)
    for row in rows:
        name = row["Trust"].text
        assert row["As it was"].note.endswith("% likely")
        for weighting in list(Weighting)[1:]:
            band = bands(simulated_one, 2011, weighting)[name]
            change = band - own[name]
            assert row[weighting.label].text == words[band]
            assert row[weighting.label].note == ("▲ up" if change > 0 else "▼ down" if change < 0 else "")


@pytest.mark.parametrize("year", ["", "1066-67", "'><script>", "\0"])
def test_a_year_that_is_not_there_gives_the_latest(client, simulated_one, year):
    assert "trusts would be in each band, 2011-12" in opened(client, f"{RATED}?year={year}").text


def test_the_browser_gets_the_scheme_of_the_calculation(client, simulated_one):
    data = data_of(opened(client, RATED))
    plan = current_definitions().plan("ptrs-2010-11")
    scored = simulated_one.rating_measure_results.filter(
        framework__slug="ptrs-2010-11", period_start=financial_year(2011).start
    )
    scheme = scheme_of(plan, set(scored.values_list("measure__code", flat=True)))
    kinds = {measure.code: measure.kind for measure in plan.measures}
    shares = kind_shares(scheme, kinds)

    assert [one["weight"] for one in data["measures"]] == pytest.approx(list(scheme.measure_weights))
    assert [scheme.domain_codes[one["domain"]] for one in data["measures"]] == [
        measure.domain for measure in scheme.measures
    ]
    assert [data["kinds"][one["kind"]]["slug"] for one in data["measures"]] == [
        kinds[code] for code in scheme.codes
    ]
    assert {one["slug"]: one["share"] for one in data["kinds"]} == pytest.approx(dict(shares))
    assert data["edges"] == list(scheme.band_edges)
    assert data["bands"] == BANDS[::-1]


def test_the_browser_gets_every_trust_s_scores_and_the_shares_of_each_preset(client, simulated_one):
    data = data_of(opened(client, RATED))
    kinds = [one["slug"] for one in data["kinds"]]

    assert data["presets"] == {
        "as-it-was": [one["share"] for one in data["kinds"]],
        "outcomes-only": [float(kind == Kind.OUTCOME) for kind in kinds],
        "timeliness-only": [float(kind == Kind.TIMELINESS) for kind in kinds],
        "equal": [1.0] * len(kinds),
    }
    assert len(data["trusts"]) == 35
    by_name = bands(simulated_one, 2011, Weighting.AS_IT_WAS)
    assert {one["name"]: one["band"] + 1 for one in data["trusts"]} == by_name
    scores = simulated_one.rating_measure_results.filter(
        framework__slug="ptrs-2010-11",
        period_start=financial_year(2011).start,
        organisation__slug="london",
        score__isnull=False,
    ).values_list("score", flat=True)
    (london,) = [one for one in data["trusts"] if one["name"] == "London Probation Trust"]
    assert sorted(score for score in london["scores"] if score is not None) == sorted(scores)


def test_a_framework_that_has_since_dropped_a_measure_has_tables_but_no_sliders(client, simulated_one):
    FrameworkMeasure.objects.filter(
        domain__framework__slug="ptrs-2010-11", measure__code="oasys-15-days"
    ).delete()
    page = opened(client, RATED)

    assert not page.all(id="reweighting-tool")
    assert len(presets(page)) == 4


@pytest.mark.parametrize(
    ("slug", "why"),
    [
        ("ptrs-2010-11", "No table of how trusts were rated is in the part of the public record"),
        (
            "weighted-scorecard-2005-06",
            "How Weighted scorecard 2005-06 turned results into bands",
        ),
        ("nps-targets-2002-05", "It isn’t known how this framework turned results into a rating"),
    ],
)
def test_where_there_is_nothing_to_weigh_anew_the_page_says_why(client, release_one, slug, why):
    page = opened(client, f"/frameworks/{slug}/")

    assert page.one(id="no-what-if").text.startswith(why)
    assert not page.all(id="presets")
