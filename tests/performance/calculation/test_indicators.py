import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.calculation.indicators import FEWEST_TO_COMPARE, indicators
from performance.calculation.inputs import current_inputs
from tests.oracles.indicators import indicators as naive_indicators
from tests.performance.calculation.frames import RESULTS, frame, row, rows_of


def worked_out(*rows):
    return rows_of(indicators(frame(*rows)))


def one(**changes):
    (result,) = worked_out(row(**changes))
    return result


def assert_the_same(results, expected):
    assert len(results) == len(expected)
    for result, naive in zip(results, expected, strict=True):
        for column in RESULTS:
            wanted = (
                pytest.approx(naive[column], abs=1e-8) if isinstance(naive[column], float) else naive[column]
            )
            assert result[column] == wanted, (column, result)


def test_the_public_record_comes_out_as_in_the_plain_calculation(public_record):
    figures = current_inputs(public_record.pk).frame

    results = rows_of(indicators(figures))

    assert len(results) == 644
    assert_the_same(results, naive_indicators(rows_of(figures)))


percentages = st.floats(0, 100, allow_nan=False, allow_subnormal=False)


@st.composite
def counts(draw) -> dict:
    n = draw(st.integers(0, 40))
    return {"numerator": draw(st.integers(0, n)), "denominator": n}


@st.composite
def cells(draw) -> dict:
    status = draw(st.sampled_from(["reported", "reported", "reported", "missing", "suppressed", "nil"]))
    number = {"value": draw(st.none() | percentages)} | draw(st.just({}) | counts())
    return {
        **(number if status in ("reported", "nil") else {}),
        "status": status,
        "target": draw(st.none() | st.just(0.0) | percentages),
        "percent_of_target": draw(st.none() | st.floats(0, 200)),
    }


@st.composite
def groups(draw) -> list[dict]:
    """Organisations of one kind with one measure in one period: sometimes a crowd."""
    shared = {
        "measure": draw(st.sampled_from(["one", "two"])),
        "organisation_kind": draw(st.sampled_from(["area", "trust"])),
        "unit": draw(st.sampled_from(["share", "share", "tally", "count"])),
        "polarity": draw(st.sampled_from(["higher", "lower", "none"])),
    }
    members = draw(st.lists(cells(), min_size=1, max_size=16))
    return [row(**shared, **cell, organisation=f"organisation-{i}") for i, cell in enumerate(members)]


@settings(max_examples=60)
@given(st.lists(groups(), min_size=1, max_size=3))
def test_any_figures_come_out_as_in_the_plain_calculation(groups):
    rows = [row for group in groups for row in group]

    assert_the_same(worked_out(*rows), naive_indicators(rows))


def test_a_share_comes_from_its_counts_and_not_from_the_printed_percentage():
    assert one(numerator=479, denominator=692, value=69)["value"] == pytest.approx(69.2196532)


def test_a_printed_percentage_without_counts_stays_as_printed_and_has_no_interval():
    result = one(value=14)

    assert (result["value"], result["lower"], result["upper"]) == (14, None, None)


def test_a_share_with_counts_has_its_wilson_interval_in_per_cent():
    result = one(numerator=81, denominator=263)

    assert (result["lower"], result["upper"]) == pytest.approx((25.53, 36.62), abs=0.005)


def test_the_counts_of_another_unit_make_no_share():
    result = one(unit="count", numerator=12, denominator=10, value=12)

    assert (result["value"], result["lower"], result["flag"]) == (12, None, "not-compared")


def test_a_share_of_no_cases_is_no_value():
    result = one(numerator=0, denominator=0)

    assert (result["value"], result["lower"]) == (None, None)


@pytest.mark.parametrize(
    ("polarity", "value", "target", "status"),
    [
        ("higher", 90, 90, "met"),
        ("higher", 91, 90, "met"),
        ("higher", 14, 90, "missed"),
        ("lower", 9, 10, "met"),
        ("lower", 10, 10, "met"),
        ("lower", 11.8, 10, "missed"),
        ("none", 90, 90, "cannot-tell"),
        ("higher", 90, None, "no-target"),
        ("higher", None, 90, "cannot-tell"),
        ("none", None, None, "no-target"),
        ("higher", 0, 0, "met"),
    ],
)
def test_whether_a_target_is_met(polarity, value, target, status):
    assert one(polarity=polarity, value=value, target=target)["target_status"] == status


@pytest.mark.parametrize("status", ["missing", "suppressed", "not-applicable"])
def test_whether_a_target_is_met_cannot_be_told_without_a_number(status):
    assert one(status=status, target=90)["target_status"] == "cannot-tell"


def test_a_share_with_counts_meets_its_target_by_its_counts():
    """469 of 670 is 70.0% as printed, and 69.99% by its counts."""
    assert one(numerator=4689, denominator=6700, value=70, target=70)["target_status"] == "missed"


@pytest.mark.parametrize(
    ("changes", "attainment"),
    [
        ({"value": 45, "target": 90}, 50),
        ({"value": 45, "target": 90, "percent_of_target": 49}, 50),
        ({"value": 45, "percent_of_target": 107}, 107),
        ({"target": 90, "percent_of_target": 80}, 80),
        ({"value": 45, "target": 0, "percent_of_target": 12}, 12),
        ({"value": 45, "target": 0}, None),
        ({"value": 45}, None),
        ({}, None),
    ],
)
def test_attainment_is_worked_out_where_it_can_be_and_else_as_printed(changes, attainment):
    assert one(**changes)["attainment"] == attainment


def crowd(size: int, **changes):
    return [
        row(organisation=f"organisation-{i}", numerator=50, denominator=100, **changes) for i in range(size)
    ]


def test_the_baseline_is_the_share_of_all_cases_and_not_the_mean_of_shares():
    large = row(organisation="large", numerator=90, denominator=100)
    small = [row(organisation=f"small-{i}", numerator=0, denominator=1) for i in range(9)]

    baselines = [result["baseline"] for result in worked_out(large, *small)]

    assert baselines == pytest.approx([100 * 90 / 109] * 10)


def test_too_few_organisations_are_not_compared():
    results = worked_out(*crowd(FEWEST_TO_COMPARE - 1))

    assert {(result["baseline"], result["flag"]) for result in results} == {(None, "not-compared")}


def test_enough_organisations_are_compared():
    results = worked_out(*crowd(FEWEST_TO_COMPARE))

    assert {(result["baseline"], result["flag"]) for result in results} == {(50, "inside")}


def test_organisations_without_counts_make_no_crowd():
    without = row(organisation="printed", value=50)
    none_due = row(organisation="none-due", numerator=0, denominator=0)

    results = worked_out(*crowd(FEWEST_TO_COMPARE - 2), without, none_due)

    assert {result["flag"] for result in results} == {"not-compared"}


@pytest.mark.parametrize(
    "other",
    [
        {"measure": "another"},
        {"organisation_kind": "nation"},
        {"period_start": row()["period_end"]},
        {"period_end": row()["period_start"]},
    ],
)
def test_only_the_same_measure_kind_and_period_are_compared(other):
    *_, last = worked_out(*crowd(FEWEST_TO_COMPARE), row(numerator=1, denominator=100, **other))

    assert (last["baseline"], last["flag"]) == (None, "not-compared")


def test_one_far_below_the_others_is_flagged():
    *others, last = worked_out(*crowd(FEWEST_TO_COMPARE), row(numerator=10, denominator=100))

    assert last["flag"] == "low-99.8"
    assert {result["flag"] for result in others} == {"inside"}


def test_the_frame_that_came_in_is_left_as_it_was():
    figures = frame(*crowd(3), row(value=4))
    before = figures.copy()

    indicators(figures)

    assert figures.equals(before)


def test_rows_keep_their_order():
    results = worked_out(*reversed(crowd(12)))

    assert [result["organisation"] for result in results] == [
        f"organisation-{i}" for i in reversed(range(12))
    ]


def test_london_is_flagged_low_and_hertfordshire_missed_its_target_in_the_public_record(public_record):
    results = rows_of(indicators(current_inputs(public_record.pk).frame))
    by_name = {(r["organisation"], r["measure"], str(r["period_end"])): r for r in results}

    london = by_name["london-area", "accommodation-at-termination", "2009-07-31"]
    hertfordshire = by_name["hertfordshire-area", "oasys-high-risk-5-days", "2006-03-31"]

    assert (london["flag"], london["target_status"]) == ("low-99.8", "met")
    assert london["baseline"] == pytest.approx(100 * 24110 / 30997)
    assert (hertfordshire["target_status"], hertfordshire["attainment"]) == (
        "missed",
        pytest.approx(100 * 14 / 90),
    )
