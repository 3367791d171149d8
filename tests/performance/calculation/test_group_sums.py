import datetime

import pandas as pd

from performance.calculation.places import Places
from performance.calculation.sums import with_sums
from tests.performance.calculation.frames import AREAS, TRUSTS, area, frame, places, row, trust
from tests.performance.calculation.sums_examples import MONTHS, WHOLE, added, count, year_of


def everyone(**changes):
    """All seven trusts in one month, each with other numbers."""
    slugs = [slug for slugs in TRUSTS.values() for slug in slugs]
    return [
        trust(slug, **{"numerator": i, "denominator": 10 + i} | changes) | MONTHS[0]
        for i, slug in enumerate(slugs)
    ]


def of(results, organisation, period=MONTHS[0]):
    return results.get((organisation, period["period_start"], period["period_end"]))


def test_regions_the_nation_and_todays_regions_are_sums_of_trusts():
    results = added(*everyone(target=90, expected=1.5))

    sums = {
        name: (r["numerator"], r["denominator"], r["expected"])
        for (name, *_), r in results.items()
        if _[1] == MONTHS[0]["period_end"]
    }
    assert sums == {
        "north": (0 + 1 + 2, 33, 4.5),
        "south": (3 + 4 + 5, 42, 4.5),
        "coast": (1 + 5, 26, 3),
        "england-and-wales": (21, 91, 10.5),
    }
    kinds = {
        name: (r["organisation_kind"], r["structure"], r["region"])
        for (name, *_), r in results.items()
        if name in sums
    }
    assert kinds == {
        "north": ("region", "then", ""),
        "south": ("region", "then", ""),
        "coast": ("probation-region", "today", ""),
        "england-and-wales": ("nation", "then", ""),
    }
    assert of(results, "north")["note"] == "Added up from 3 trusts."
    assert {of(results, name)["target"] for name in sums} == {None}


def test_a_region_of_one_trust_is_that_trust_and_gets_no_row():
    assert of(added(*everyone()), "capital") is None


def test_a_published_row_of_a_region_stands_before_its_sum():
    published = row(organisation="north", organisation_kind="region", status="missing") | MONTHS[0]

    assert of(added(*everyone(), published), "north") is None


def test_a_trust_without_a_figure_is_named():
    absent, *rest = everyone()

    results = added(*rest, absent | {"numerator": None, "denominator": None, "status": "missing"})

    assert of(results, "north")["note"] == "Added up from 2 of 3 trusts; Cumbria has no figure."
    assert of(added(*rest), "north")["note"] == of(results, "north")["note"]
    assert (of(results, "north")["status"], of(results, "north")["numerator"]) == ("reported", 3)


def test_many_trusts_without_a_figure_are_counted():
    note = of(added(*everyone(**count())[:3]), "england-and-wales")

    assert note is None
    assert (
        of(added(*everyone()[:4]), "england-and-wales")["note"]
        == "Added up from 4 of 7 trusts; Hampshire, Kent and London have no figure."
    )


def test_more_than_three_are_not_named():
    world = places()
    more = pd.DataFrame([("devon", "Devon", "trust", "")], columns=world.organisations.columns)
    eight = Places(pd.concat([world.organisations, more]), world.today, world.nation)

    results = added(*everyone()[:4], world=eight)

    assert of(results, "england-and-wales")["note"] == "Added up from 4 of 8 trusts; 4 have no figure."


def test_fewer_than_half_of_the_trusts_are_no_nation():
    results = added(*everyone()[:3])

    assert of(results, "north")["denominator"] == 33
    assert of(results, "england-and-wales") is None


def test_one_trust_alone_makes_no_region():
    assert not added(everyone()[0] | {"period_start": datetime.date(2010, 4, 30)})


def test_a_trust_to_which_a_measure_does_not_apply_is_not_waited_for():
    first, *rest = everyone(**count(7))

    results = added(first | {"value": None, "status": "not-applicable"}, *rest)

    assert of(results, "north")["value"] == 14
    assert of(results, "north")["note"] == "Added up from 2 trusts; Cumbria isn't measured by this."


def test_a_count_without_one_trust_is_no_count_of_the_region():
    _, *rest = everyone(**count(7))

    north = of(added(*rest), "north")

    assert (north["value"], north["status"]) == (None, "missing")
    assert north["note"] == "Can't be added up: Cumbria has no figure."


def test_one_suppressed_trust_is_not_given_away_by_its_region_or_nation():
    first, *rest = everyone()

    results = added(first | {"numerator": None, "denominator": None, "status": "suppressed"}, *rest)

    assert {of(results, name)["status"] for name in ("north", "england-and-wales")} == {"suppressed"}
    assert of(results, "south")["status"] == "reported"
    assert "Cumbria has a suppressed figure." in of(results, "north")["note"]


def test_a_region_says_which_of_its_years_are_in_part():
    rows = [trust(slug, numerator=1, denominator=2) | period for slug in TRUSTS["north"] for period in MONTHS]

    north = year_of(*rows[1:], organisation="north")

    assert north["note"] == "Added up from 3 trusts; Cumbria has part of the period only."
    assert (north["denominator"], north["status"]) == (70, "reported")


def test_areas_are_added_up_for_their_own_time_and_never_with_trusts():
    areas = [area(slug, numerator=1, denominator=4) | MONTHS[0] for slug in AREAS["north"]]

    alone, beside_trusts = added(*areas), added(*areas, *everyone())

    assert of(alone, "north")["note"] == "Added up from 3 areas."
    assert of(alone, "coast") is None
    assert (of(beside_trusts, "north")["denominator"], of(beside_trusts, "north")["note"]) == (
        33,
        "Added up from 3 trusts.",
    )


def test_nation_of_nobody_knows_where():
    world = places()

    assert (
        of(added(*everyone(), world=Places(world.organisations, world.today, "")), "england-and-wales")
        is None
    )


def test_peer_groups_are_added_up():
    slugs = [f"trust-{i}" for i in range(9)]
    organisations = pd.DataFrame({"slug": slugs, "name": slugs, "kind": "trust", "region": ""})
    world = Places(organisations, places().today.iloc[:0], "")
    rows = [
        row(
            organisation=slug,
            organisation_kind="trust",
            measure=measure,
            numerator=1,
            denominator=10 * i + 10,
        )
        | WHOLE
        for i, slug in enumerate(slugs)
        for measure in ("local-adult-reoffending", "breach-10-days")
    ]

    result = with_sums(frame(*rows), world).set_index(["measure", "organisation"]).sort_index()

    assert result.loc["breach-10-days", "denominator"]["peers-large"] == 70 + 80 + 90
    assert result.loc["breach-10-days", "denominator"]["peers-small"] == 10 + 20 + 30
    assert set(result.loc["local-adult-reoffending", "note"][["peers-middle"]]) == {"Added up from 3 trusts."}
    assert set(result.xs("peers-middle", level=1)["organisation_kind"]) == {"peer-group"}
