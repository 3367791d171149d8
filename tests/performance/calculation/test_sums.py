import datetime
import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.calculation.places import Places
from performance.calculation.sums import with_sums
from tests.oracles import sums as naive
from tests.performance.calculation.frames import (
    AREAS,
    TODAY,
    TRUSTS,
    area,
    financial_year,
    frame,
    month,
    months,
    places,
    plain,
    row,
    trust,
)

YEAR = 2010
MONTHS = [month(YEAR + (number > 12), (number - 1) % 12 + 1) for number in range(4, 16)]
QUARTERS = [months(YEAR + (first > 12), (first - 1) % 12 + 1, 3) for first in (4, 7, 10, 13)]
TO_DATE = [months(YEAR, 4, length) for length in range(1, 12)]
WHOLE = financial_year(YEAR)


def added(*rows, world=None):
    """Rows that were added up, by organisation and period."""
    result = with_sums(frame(*rows), world or places()).to_dict("records")
    records = ({key: plain(cell) for key, cell in record.items()} for record in result)
    return {
        (r["organisation"], r["period_start"], r["period_end"]): r
        for r in records
        if r["observation_id"] is None
    }


def year_of(*rows, organisation="kent"):
    return added(*rows)[organisation, WHOLE["period_start"], WHOLE["period_end"]]


def kent(x=8, n=10, **changes):
    return trust("kent", **{"numerator": x, "denominator": n} | changes)


def kents_year(**of_a_month):
    return [kent(**of_a_month) | period for period in MONTHS]


def count(value=10.0, **changes):
    return {"unit": "count", "kind": "volume", "value": value} | changes


# Against the plain calculation


def numbers(unit):
    if unit == "count":
        return st.fixed_dictionaries(
            {"value": st.integers(0, 50), "numerator": st.none() | st.integers(0, 9)}
        )
    counts = st.integers(0, 30).flatmap(
        lambda n: st.fixed_dictionaries(
            {
                "numerator": st.integers(0, n),
                "denominator": st.just(n),
                "expected": st.sampled_from([None, 2.5]),
            }
        )
    )
    return counts | st.just({"value": 71})


@st.composite
def figures(draw, unit):
    status = draw(st.sampled_from(["reported"] * 8 + ["nil", "missing", "suppressed", "not-applicable"]))
    return {
        "unit": unit,
        "status": status,
        "target": draw(st.sampled_from([90, 90, 90, 85.5, None])),
        "framework": draw(st.sampled_from(["ptrs"] * 9 + ["ippf", ""])),
        **(draw(numbers(unit)) if status == "reported" else {}),
    }


LENGTHS = {
    "months": MONTHS,
    "quarters": QUARTERS,
    "both": [*MONTHS, *QUARTERS],
    "to date": TO_DATE,
    "a day, and months": [
        {"period_start": datetime.date(YEAR, 6, 30), "period_end": datetime.date(YEAR, 6, 30)}
    ]
    + MONTHS,
    "calendar year": [*QUARTERS, months(YEAR, 1, 12)],
    "the year": [*MONTHS, WHOLE],
}


@st.composite
def measures(draw):
    """One measure of several organisations, with periods that may lack some."""
    unit = draw(st.sampled_from(["share", "share", "count"]))
    shared = {
        "measure": draw(st.sampled_from(["a", "b"])),
        "kind": draw(st.sampled_from(["volume", "resource"])),
    }
    slugs = [slug for slugs in [*TRUSTS.values(), *AREAS.values()] for slug in slugs]
    chosen = draw(st.lists(st.sampled_from([*slugs, "north", "england-and-wales"]), min_size=1, unique=True))
    rows = []
    for slug in chosen:
        periods = LENGTHS[draw(st.sampled_from(["months", *LENGTHS]))]
        leaves_out = draw(st.sets(st.integers(0, len(periods) - 1), max_size=2))
        for number, period in enumerate(periods):
            if number not in leaves_out:
                kind = "area" if slug.endswith("-area") else "trust" if slug in slugs else "nation"
                rows.append(
                    row(organisation=slug, organisation_kind=kind, **shared, **draw(figures(unit)), **period)
                )
    return rows


NAIVE_PLACES = {
    "groups": [
        {"slug": slug, "structure": structure, "members": members}
        for is_area in (False, True)
        for slug, structure, everyone in [
            (
                "england-and-wales",
                "then",
                [s for slugs in (AREAS if is_area else TRUSTS).values() for s in slugs],
            ),
            *((region, "then", slugs) for region, slugs in (AREAS if is_area else TRUSTS).items()),
            *((region, "today", slugs) for region, slugs in TODAY.items()),
        ]
        if len(members := [slug for slug in everyone if slug.endswith("-area") == is_area]) > 1
    ]
}


@settings(max_examples=60)
@given(st.dictionaries(st.just("one"), measures(), min_size=1), st.randoms(use_true_random=False))
def test_any_year_adds_up_as_in_the_plain_calculation(drawn, random):
    (rows,) = drawn.values()
    expected = naive.added_rows(rows, NAIVE_PLACES)
    random.shuffle(rows)

    results = added(*rows)

    assert len(results) == len(expected)
    for (_, *key), wanted in expected.items():
        assert_the_same(results[tuple(key)], wanted)


def assert_the_same(result, wanted):
    for name in naive.TELLING:
        if isinstance(wanted[name], str) or wanted[name] is None:
            assert result[name] == wanted[name], (name, result, wanted)
        else:
            assert result[name] == pytest.approx(float(wanted[name])), (name, result, wanted)


# Years


def test_a_year_is_the_sum_of_its_months_and_never_the_mean_of_their_shares():
    rows = [kent(90, 100) | MONTHS[0], *(kent(0, 1) | period for period in MONTHS[1:])]

    year = year_of(*rows)

    assert (year["numerator"], year["denominator"]) == (90, 111)
    assert year["value"] == pytest.approx(100 * 90 / 111)
    assert year["note"] == "Added up from 12 months."
    assert (year["status"], year["certainty"], year["structure"]) == ("reported", "derived", "then")
    assert (year["source"], year["as_printed"]) == ("", "")


def test_observations_stay_as_they_were_and_come_first():
    rows = kents_year(target=90, note="late")

    before = frame(*rows)
    result = with_sums(before, places()).head(12)

    assert list(result.columns) == [*before.columns, "structure"]
    assert set(result["structure"]) == {"then"}
    pd.testing.assert_frame_equal(
        result.drop(columns="structure").astype(object), before.astype(object), check_dtype=False
    )


@pytest.mark.parametrize(
    ("rows", "note"),
    [
        (MONTHS[:4] + MONTHS[5:], "Added up from 11 of 12 months; August 2010 is missing."),
        (MONTHS[:3], "Added up from 3 of 12 months; July 2010 to March 2011 are missing."),
        (
            [MONTHS[0], *MONTHS[3:8], *MONTHS[9:]],
            "Added up from 9 of 12 months; May to June 2010 and December 2010 are missing.",
        ),
        (QUARTERS, "Added up from 4 quarters."),
        (QUARTERS[1:], "Added up from 3 of 4 quarters; April to June 2010 is missing."),
        (QUARTERS[:1], "Added up from 1 of 4 quarters; July 2010 to March 2011 are missing."),
    ],
)
def test_a_share_of_part_of_the_year_says_so(rows, note):
    year = year_of(*(kent() | period for period in rows))

    assert (year["value"], year["status"], year["note"]) == (80, "reported", note)


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"status": "missing"}, "Added up from 11 of 12 months; August 2010 is missing."),
        ({"value": 80}, "Added up from 11 of 12 months; August 2010 has no counts."),
        ({"status": "not-applicable"}, "Added up from 11 months; August 2010 doesn't apply."),
        ({"status": "nil"}, "Added up from 12 months."),
    ],
)
def test_a_month_without_counts_is_left_out_by_its_own_name(changes, note):
    rows = kents_year()
    rows[4] = trust("kent", **changes) | MONTHS[4]

    year = year_of(*rows)

    assert (year["numerator"], year["denominator"], year["note"]) == (88, 110, note)


def test_a_count_with_a_gap_has_no_year():
    rows = [trust("kent", **count()) | period for period in MONTHS[:4] + MONTHS[5:]]

    year = year_of(*rows)

    assert (year["value"], year["numerator"], year["target"], year["status"]) == (None, None, None, "missing")
    assert year["note"] == "Can't be added up: August 2010 is missing."


def test_a_count_adds_up_with_its_target():
    year = year_of(*(trust("kent", **count(target=12.5)) | period for period in MONTHS))

    assert (year["value"], year["target"], year["note"]) == (120, 150, "Added up from 12 months.")


@pytest.mark.parametrize("kind", ["resource", "outcome"])
def test_a_caseload_of_twelve_months_is_no_years(kind):
    assert not added(*(trust("kent", **count(kind=kind)) | period for period in MONTHS))


@pytest.mark.parametrize("unit", ["rate", "days", "pounds", "fte", "percent-of-profile", "points", "tally"])
def test_other_units_are_not_added_up(unit):
    rows = [kent(unit=unit, value=80) | period for period in MONTHS]
    rows += [trust("dorset", numerator=8, denominator=10, unit=unit, value=80) | period for period in MONTHS]

    assert not added(*rows)


def test_nil_is_nothing_and_not_missing():
    year = year_of(*(trust("kent", **count(0, status="nil")) | period for period in MONTHS))

    assert (year["value"], year["status"], year["note"]) == (0, "nil", "Added up from 12 months.")


def test_a_share_of_no_cases_at_all_is_nil():
    year = year_of(*(kent(0, 0) | period for period in MONTHS))

    assert (year["value"], year["denominator"], year["status"]) == (None, 0, "nil")


def test_one_suppressed_month_is_not_given_away_by_the_year():
    rows = kents_year()
    rows[4] = trust("kent", status="suppressed") | MONTHS[4]

    year = year_of(*rows)

    assert (year["value"], year["numerator"], year["denominator"], year["status"]) == (
        *[None] * 3,
        "suppressed",
    )
    assert year["note"] == (
        "Not added up, as the one suppressed figure could be worked out from the sum: "
        "August 2010 is suppressed."
    )


def test_two_suppressed_months_of_a_share_are_left_out_and_those_of_a_count_leave_no_sum():
    shares, counts = kents_year(), [trust("kent", **count()) | period for period in MONTHS]
    for rows in (shares, counts):
        for place in (4, 6):
            rows[place] = (
                rows[place] | dict.fromkeys(("numerator", "denominator", "value")) | {"status": "suppressed"}
            )

    share, number = year_of(*shares), year_of(*counts)

    assert (share["value"], share["status"]) == (80, "reported")
    assert share["note"] == "Added up from 10 of 12 months; August 2010 and October 2010 are suppressed."
    assert (number["value"], number["status"]) == (None, "suppressed")
    assert number["note"] == "Can't be added up: August 2010 and October 2010 are suppressed."


def test_the_target_of_a_year_is_that_of_all_its_cases():
    rows = [kent(90, 100, target=90) | MONTHS[0], *(kent(8, 10, target=80) | period for period in MONTHS[1:])]

    assert year_of(*rows)["target"] == pytest.approx((100 * 90 + 110 * 80) / 210)


def test_one_target_for_every_month_is_that_of_the_year_to_the_last_digit():
    """The mean of twelve times 33.3 comes to 33.300000000000004, which a share of just 33.3% misses."""
    rows = [kent(1, 1, target=33.3) | period for period in MONTHS]

    assert year_of(*rows)["target"] == 33.3


def test_a_month_without_a_target_leaves_the_year_without_one_and_one_without_cases_does_not():
    rows = kents_year(target=90)
    rows[2]["target"] = None

    without = year_of(*rows)
    rows[2] |= {"numerator": 0, "denominator": 0}

    assert (without["target"], without["value"]) == (None, 80)
    assert without["note"] == "Added up from 12 months; no target, as 1 of them has none."
    assert year_of(*rows)["target"] == 90


def test_a_prediction_is_added_up_only_where_every_part_has_one():
    rows = [kent(expected=2.5) | period for period in QUARTERS]

    whole = year_of(*rows)["expected"]
    rows[3]["expected"] = None
    partly = year_of(*rows)

    assert (whole, partly["expected"], partly["numerator"]) == (10, None, 32)
    assert partly["note"] == "Added up from 4 quarters; no predicted number, as 1 of them has none."


def test_a_year_that_was_sent_stands_before_one_that_would_be_added_up():
    assert not added(*kents_year(), kent(1, 2) | WHOLE)


@pytest.mark.parametrize("periods", ["both", "to date"])
def test_figures_that_overlap_are_never_added_up(periods):
    assert not added(*(kent() | period for period in LENGTHS[periods]))


@pytest.mark.parametrize("length", [2, 4, 6, 9])
def test_a_part_of_a_year_is_not_taken_for_the_year(length):
    assert not added(kent() | months(YEAR, 4, length))


@pytest.mark.parametrize(
    "other",
    [
        {"period_start": datetime.date(YEAR, 12, 31), "period_end": datetime.date(YEAR, 12, 31)},
        months(YEAR, 1, 12),
        months(YEAR - 1, 7, 12),
    ],
)
def test_a_day_and_a_rolling_year_are_no_parts_of_the_year(other):
    assert year_of(*kents_year(), kent() | other)["denominator"] == 120


def test_one_odd_period_of_one_measure_says_nothing_of_others():
    odd = kent(measure="another") | months(YEAR, 4, 6)

    assert year_of(*kents_year(), odd)["denominator"] == 120


def test_the_framework_of_a_year_is_that_of_all_its_months():
    rows = kents_year(framework="ptrs")
    alike = year_of(*rows)["framework"]
    rows[0]["framework"] = "ippf"

    assert (alike, year_of(*rows)["framework"]) == ("ptrs", "")


# Groups


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


# What comes in


def test_no_figures_at_all_have_no_sums():
    result = with_sums(frame(), places())

    assert len(result) == 0
    assert "structure" in result


def test_one_trust_alone_has_its_years():
    assert set(added(*kents_year())) == {("kent", WHOLE["period_start"], WHOLE["period_end"])}


def test_two_years_at_once_are_refused():
    with pytest.raises(ValueError, match="one financial year at a time"):
        with_sums(frame(kent(), kent() | financial_year(2011)), places())


def test_one_figure_twice_is_refused():
    with pytest.raises(ValueError, match="is there twice"):
        with_sums(frame(kent(1), kent(2)), places())


def test_texts_may_be_categories_or_not_and_days_of_any_resolution():
    rows = frame(*kents_year())
    texts = {name: "category" for name in rows.select_dtypes(["object", "string"])}
    days = {name: "datetime64[ns]" for name in ("period_start", "period_end")}

    of_texts, of_categories = (with_sums(f, places()) for f in (rows, rows.astype(texts).astype(days)))

    pd.testing.assert_frame_equal(of_texts.astype(object), of_categories.astype(object), check_dtype=False)


def test_the_frame_that_came_in_is_left_as_it_was():
    figures = frame(*kents_year())
    before = figures.copy(deep=True)

    with_sums(figures, places())

    pd.testing.assert_frame_equal(figures, before)


def test_no_sum_is_infinite_or_a_silent_zero():
    rows = [trust(slug, numerator=0, denominator=0) | MONTHS[0] for slug in TRUSTS["north"]]

    (north,) = (
        r for (name, *_), r in added(*rows).items() if name == "north" and _[1] == MONTHS[0]["period_end"]
    )

    assert (north["value"], north["status"]) == (None, "nil")
    assert not any(isinstance(cell, float) and math.isinf(cell) for cell in north.values())
