"""What the figures of a measure say in a sentence, and who met a target."""

from dataclasses import replace

import pytest

from performance.releases.measure_findings import (
    TargetsMet,
    everyone,
    measure_finding,
    nation_in,
    organisation_finding,
)
from performance.releases.structures import times_of
from performance.vocabulary import Flag, Structure, TargetStatus
from tests.performance.charts.rows import make_area, make_row, quarter, year

AREAS = [make_area(number) for number in range(1, 13)]
NATION = make_row(
    organisation="england-and-wales",
    organisation_name="England and Wales",
    organisation_kind="nation",
    numerator=5_850,
    denominator=7_800,
    value=75.0,
)
MISSED = {"target_status": TargetStatus.MISSED, "target": 80.0}


def test_the_finding_is_of_the_nation_and_of_who_met_their_targets():
    rows = [*AREAS[:11], replace(AREAS[11], **MISSED), NATION]

    assert measure_finding(rows, everyone(rows)) == (
        "England and Wales: 75% (5,850 of 7,800) in 2009-10. 11 of 12 areas met their own target."
    )


def test_the_nation_s_figure_stands_beside_its_target_and_that_of_the_year_before():
    before = replace(NATION, period=year(2008), value=71.0, numerator=710, denominator=1_000)
    earlier = replace(before, period=year(2006))
    now = replace(NATION, target=70.0)

    assert measure_finding([earlier, before, now], []) == (
        "England and Wales: 75% (5,850 of 7,800) in 2009-10, against a target of 70%; in 2008-09 it was 71% "
        "(710 of 1,000)."
    )
    assert measure_finding([earlier, now], []).endswith("against a target of 70%.")


def test_without_targets_the_finding_says_how_far_organisations_lie_apart():
    rows = [
        make_area(n, unit="rate", decimals=1, value=20.0 + n, target=None, target_status="no-target")
        for n in range(1, 13)
    ]

    assert measure_finding(rows, everyone(rows)) == (
        "12 areas range from 21.0 (Area 1) to 32.0 (Area 12) in 2009-10."
    )


def test_of_a_few_figures_the_latest_is_told_and_of_none_nothing():
    rows = [make_row(period=year(2004)), make_row(period=year(2005), value=14.0)]

    assert measure_finding(rows, everyone(rows)) == "Hertfordshire: 14% in 2005-06."
    assert measure_finding([make_row(value=None)], []) == ""
    assert measure_finding([], []) == ""


def test_everyone_is_of_the_latest_period_in_which_enough_have_a_figure():
    earlier = [replace(row, period=year(2008)) for row in AREAS]
    few = [replace(row, period=year(2010)) for row in AREAS[:3]]

    assert everyone([*earlier, *AREAS, *few, NATION]) == AREAS
    assert everyone([*earlier, *AREAS], year(2008)) == earlier
    assert everyone([*earlier, *AREAS, *few], year(2010)) == []
    assert everyone(AREAS[:9]) == []


def test_everyone_is_of_one_kind_and_as_things_stood_then():
    regions = [replace(row, organisation_kind="region") for row in AREAS[:10]]
    today = [replace(row, structure=Structure.TODAY) for row in AREAS]

    assert everyone([*regions, *AREAS, *today]) == AREAS


def test_whoever_has_no_figure_is_among_everyone():
    silent = replace(AREAS[0], organisation="area-13", value=None, target_status=TargetStatus.CANNOT_TELL)

    assert TargetsMet.of(everyone([*AREAS, silent])).cannot_tell == [silent]


def test_who_met_it_is_counted_and_named_in_order():
    rows = [
        replace(AREAS[1], **MISSED),
        AREAS[0],
        replace(AREAS[2], target=None, target_status=TargetStatus.NO_TARGET),
    ]
    targets = TargetsMet.of(rows)

    assert targets.finding == "1 of 2 areas met their own target"
    assert [(status.label, [row.organisation for row in some]) for status, some in targets.groups] == [
        ("Met", ["area-1"]),
        ("Missed", ["area-2"]),
        ("No target known", ["area-3"]),
        ("Cannot tell", []),
    ]
    assert TargetsMet.of(rows[1:2]).finding == "1 of 1 area met its own target"
    assert TargetsMet.of(rows[:1]).finding == "None of 1 area met its own target"


@pytest.mark.parametrize(
    ("lower", "upper", "near"),
    [(69.0, 71.0, 1), (70.0, 72.0, 1), (68.0, 70.0, 1), (70.1, 72.0, 0), (68.0, 69.9, 0), (None, None, 0)],
)
def test_a_target_within_the_interval_is_near(lower, upper, near):
    assert TargetsMet.of([replace(AREAS[0], lower=lower, upper=upper)]).near == near


def test_without_a_target_nobody_is_near_one():
    assert TargetsMet.of([replace(AREAS[0], target=None, lower=69.0, upper=71.0)]).near == 0


def test_an_organisation_s_figure_is_told_with_its_interval_its_target_and_all_together():
    row = replace(AREAS[0], lower=66.0, upper=82.0, flag=Flag.LOW_998)

    assert organisation_finding([row], "area-1", year(2009)) == (
        "Area 1: 75% (75 of 100) in 2009-10; 95% interval 66.0% to 82.0%; met its target of 70%; lower than "
        "all together, outside the 99.8% limits of chance."
    )


def test_an_organisation_without_a_figure_of_that_period_is_told_by_its_latest():
    rows = [make_row(period=year(2004)), make_row(period=year(2005), value=14.0)]

    assert organisation_finding(rows, "hertfordshire-area", year(2009)) == "Hertfordshire: 14% in 2005-06."
    assert organisation_finding(rows, "london", None) == ""


def test_the_nation_s_latest_figure_is_the_one_that_ends_last():
    part = replace(NATION, period=quarter(2010, 4))

    assert nation_in([NATION, part], None) == part
    assert nation_in([NATION, part], year(2009)) == NATION
    assert nation_in([replace(NATION, value=None)], None) is None


def test_each_time_says_what_is_held_of_it():
    trusts = [replace(row, organisation_kind="trust", period=year(2010)) for row in AREAS[:2]]
    later = replace(trusts[0], period=year(2011))
    crc = replace(AREAS[0], organisation_kind="crc", period=year(2015))
    division = replace(AREAS[1], organisation_kind="nps-division", period=year(2015))
    today = replace(AREAS[0], organisation_kind="probation-region", structure=Structure.TODAY)

    said = {time.title: time.written for time in times_of([*trusts, later, crc, division, today, NATION])}

    assert said == {
        "Probation areas, 2001 to 2010": "",
        "Probation trusts, 2010 to 2014": "3 figures of 2 trusts, between 2010-11 and 2011-12",
        "CRCs and NPS divisions, 2014 to 2021": "2 figures of 1 CRC and 1 NPS division, 2015-16",
        "Probation regions, since 2021": "",
        "England and Wales, and national providers": "1 figure of England and Wales, 2009-10",
    }
