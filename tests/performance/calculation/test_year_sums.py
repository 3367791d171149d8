import datetime

import pandas as pd
import pytest

from performance.calculation.sums import with_sums
from tests.performance.calculation.frames import frame, months, places, trust
from tests.performance.calculation.sums_examples import (
    LENGTHS,
    MONTHS,
    QUARTERS,
    WHOLE,
    YEAR,
    added,
    count,
    kent,
    kents_year,
    year_of,
)


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
