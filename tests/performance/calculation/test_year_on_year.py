import pytest

from tests.oracles.intervals import newcombe
from tests.performance.calculation.changes_examples import OF_YEAR, QUARTERS, WHOLE, change_of, kent, kents
from tests.performance.calculation.frames import financial_year, trust


def test_a_share_changes_by_percentage_points_with_limits_from_its_counts():
    found = change_of(kent(700, 1000) | WHOLE[0], kent(760, 1000) | WHOLE[1])

    assert found["change"] == pytest.approx(6)
    assert (found["change_lower"], found["change_upper"]) == pytest.approx((2.11, 9.87), abs=0.01)
    assert found["change_reason"] == ""


def test_the_change_of_years_that_are_added_up_is_that_of_their_cases():
    rows = [*kents(*[80] * 12), *kents(*[90] * 12, periods=OF_YEAR[2010])]

    found = change_of(*rows)

    assert found["change"] == pytest.approx(10)
    assert [found["change_lower"], found["change_upper"]] == pytest.approx(
        [100 * limit for limit in newcombe(1080, 1200, 960, 1200, 0.95)]
    )


@pytest.mark.parametrize("unit", ["count", "rate", "days", "pounds", "share"])
def test_what_has_no_counts_changes_without_limits(unit):
    rows = [
        trust("kent", unit=unit, value=value) | period for value, period in zip((40, 25), WHOLE, strict=False)
    ]

    found = change_of(*rows)

    assert (found["change"], found["change_lower"], found["change_upper"]) == (-15, None, None)
    assert found["change_reason"] == ""


@pytest.mark.parametrize(
    ("years", "reason"),
    [
        (["reported", None, "reported"], "there is no figure for 2010-11"),
        (["reported", "missing", "reported"], "there is no figure for 2010-11"),
        (["reported", "reported", "missing"], "there is no figure for 2011-12"),
        (["reported", "suppressed", "reported"], "the figure for 2010-11 is suppressed"),
        (["reported", "reported", "suppressed"], "the figure for 2011-12 is suppressed"),
        ([None, None, "reported"], "there is no figure for 2010-11"),
    ],
)
def test_a_change_that_cannot_be_told_says_which_year_is_lacking(years, reason):
    rows = [
        (kent() if status == "reported" else trust("kent", status=status)) | period
        for status, period in zip(years, WHOLE, strict=True)
        if status
    ]

    found = change_of(*rows)

    assert (found["change"], found["change_lower"], found["change_reason"]) == (None, None, reason)


def test_the_year_in_progress_is_not_compared_with_whole_ones():
    rows = [*kents(*[80] * 12, *[90] * 12), *kents(*[10] * 3, periods=OF_YEAR[2011])]

    assert change_of(*rows)["change"] == pytest.approx(10)


@pytest.mark.parametrize(
    ("last", "reason"), [(8, "fewer than 9 of the 12 months of 2010-11 have a figure"), (9, "")]
)
def test_a_year_of_which_too_little_is_there_is_not_compared(last, reason):
    there = [OF_YEAR[2010][i] for i in [*range(last - 1), 11]]
    rows = [*kents(*[80] * 12), *kents(*[90] * 12, periods=there)]

    assert change_of(*rows)["change_reason"] == reason


def test_a_year_of_quarters_needs_three_of_them():
    rows = kents(*[80] * 6, periods=[*QUARTERS[:4], QUARTERS[4], QUARTERS[7]])

    assert change_of(*rows)["change_reason"] == "fewer than 3 of the 4 quarters of 2010-11 have a figure"


def test_a_year_that_was_published_is_whole_however_few_its_months():
    rows = [kent(700, 1000) | WHOLE[0], kent(760, 1000) | WHOLE[1], *kents(80, 80, periods=OF_YEAR[2010])]

    assert change_of(*rows)["change"] == pytest.approx(6)


def test_the_turn_of_the_century_has_its_own_label():
    assert change_of(kent() | financial_year(2000))["change_reason"] == "there is no figure for 1999-2000"
