import numpy as np
import pandas as pd
import pytest

from performance.calculation.across_years import across_years
from performance.calculation.tables import NATIONAL, RATING_MEASURES, RATINGS, empty
from tests.oracles import divergence as naive
from tests.performance.calculation.year_frames import measure, plan, rows_of

PLANS = (plan(measure("reports")),)
NO_RATINGS, FIGURES = empty(RATINGS), empty(RATING_MEASURES)
ASSOCIATIONS = ["lag", "same-year", "placebo-lead", "between-trusts"]


def year(first):
    return {"period_start": pd.Timestamp(first, 4, 1), "period_end": pd.Timestamp(first + 1, 3, 31)}


def parted(organisation, first, attainment, outcome, error=0.3, **changes):
    return {
        "framework": f"ptrs-{first}",
        "kind": "all",
        "organisation": organisation,
        **year(first),
        "targets_judged": 5,
        "attainment": attainment,
        "outcome": outcome,
        "outcome_standard_error": error,
    } | changes


def rated(organisation, first, band, **changes):
    return {
        "framework": f"ptrs-{first}",
        "domain": "",
        "organisation": organisation,
        **year(first),
        "band": band,
    } | changes


def divergence(*rows):
    columns = list(parted("kent", 2010, 1.0, 1.0))
    return pd.DataFrame.from_records(list(rows), columns=columns).astype({"organisation": "category"})


def history(trusts=14, years=(2010, 2011, 2012), effect=0.0, seed=4):
    """Outcomes that the attainment of the year before moves by so much."""
    draw = np.random.default_rng(seed)
    rows = []
    for place in range(trusts):
        before = draw.normal(100, 3)
        for first in years:
            attainment, error = draw.normal(100, 3), draw.uniform(0.2, 0.5)
            outcome = effect * (before - 100) + draw.normal(0, 0.2)
            rows.append(parted(f"trust-{place:02}", first, attainment, outcome, error))
            before = attainment
    return rows


def associations(*rows):
    found = rows_of(across_years(divergence(*rows), NO_RATINGS, FIGURES, PLANS))
    return {row["method"]: row for row in found}


def pairs(rows, ahead):
    """Trust, year, process, outcome of so many years later, and its weight."""
    outcomes = {(row["organisation"], row["period_start"].year): row for row in rows}
    found = []
    for (trust, first), row in outcomes.items():
        if later := outcomes.get((trust, first + ahead)):
            weight = later["outcome_standard_error"] ** -2
            found.append((trust, first, row["attainment"], later["outcome"], weight))
    return found


def test_the_associations_come_out_as_in_the_plain_calculation():
    rows = history()

    found = associations(*rows)

    assert list(found) == ASSOCIATIONS
    for method, ahead in (("lag", 1), ("same-year", 0), ("placebo-lead", -1)):
        own = pairs(rows, ahead)
        slope, error = naive.slope(own)
        assert found[method]["estimate"] == pytest.approx(slope)
        assert found[method]["n"] == len(own)
        # An interval of 13 degrees of freedom.
        assert found[method]["upper"] - slope == pytest.approx(2.160369 * error, rel=1e-6)
        assert slope - found[method]["lower"] == pytest.approx(2.160369 * error, rel=1e-6)


def test_between_trusts_it_is_the_slope_of_their_means():
    rows = history()
    means = []
    for trust in {row["organisation"] for row in rows}:
        own = [row for row in rows if row["organisation"] == trust]
        weights = [row["outcome_standard_error"] ** -2 for row in own]
        mean = [
            sum(w * row[name] for w, row in zip(weights, own, strict=True)) / sum(weights)
            for name in ("attainment", "outcome")
        ]
        means.append((*mean, sum(weights)))

    between = associations(*rows)["between-trusts"]

    assert between["estimate"] == pytest.approx(naive.simple_slope(*map(list, zip(*means, strict=True))))
    assert between["n"] == 14


def test_a_lag_that_is_there_is_found():
    lag = associations(*history(effect=0.3))["lag"]

    assert lag["lower"] < 0.3 < lag["upper"]
    assert lag["p"] < 0.01


def test_the_rows_belong_to_no_framework_and_span_all_years():
    found = associations(*history())

    assert {
        (row["subject"], row["framework"], row["period_start"], row["period_end"], row["reason"])
        for row in found.values()
    } == {("process-and-outcome", "", "2010-04-01", "2013-03-31", "")}


def test_two_years_are_too_few_for_all_but_the_trusts_means():
    found = associations(*history(years=(2010, 2011)))

    for method in ASSOCIATIONS[:3]:
        assert (found[method]["estimate"], found[method]["reason"]) == (
            None,
            "3 years are needed and there are 2",
        )
    assert found["between-trusts"]["estimate"] is not None


def test_one_trust_in_one_year_is_no_association():
    found = associations(parted("kent", 2010, 100.0, 0.5))

    assert [row["estimate"] for row in found.values()] == [None] * 4
    assert all(row["reason"] for row in found.values())


def test_a_trust_that_lacks_a_side_in_one_year_makes_no_pair_of_it():
    rows = history()
    without = [
        row | {"outcome": None, "outcome_standard_error": None}
        if (row["organisation"], row["period_start"].year) == ("trust-03", 2012)
        else row
        for row in rows
    ]

    assert associations(*without)["same-year"]["n"] == len(rows) - 1


def test_without_any_outcome_every_association_says_why_not():
    rows = [row | {"outcome": None, "outcome_standard_error": None} for row in history()]

    found = associations(*rows)

    assert [row["estimate"] for row in found.values()] == [None] * 4
    assert all(row["reason"] for row in found.values())


def test_a_trust_under_two_frameworks_stands_with_the_one_that_judged_more():
    rows = history()
    second = [row | {"framework": "other", "attainment": 1.0, "targets_judged": 2} for row in rows]

    assert associations(*rows, *second) == associations(*rows)


def test_one_kind_of_process_alone_is_none_of_it():
    rows = history()
    timely = [row | {"kind": "timeliness", "attainment": 1.0, "targets_judged": 9} for row in rows]

    assert associations(*rows, *timely) == associations(*rows)


def test_a_rating_goes_before_none_of_another_framework():
    ratings = pd.DataFrame(
        [
            rated("kent", 2010, 3.0),
            rated("kent", 2010, None, framework="another"),
            rated("kent", 2011, None),
            rated("kent", 2011, 3.0, domain="delivery"),
        ]
    )

    (found,) = rows_of(across_years(divergence(), ratings, FIGURES, PLANS))

    assert (found["method"], found["n"]) == ("band-changes", 0)
    assert found["reason"] == "no trust has a band in both years"


def test_nothing_is_a_table_of_the_same_columns():
    none = across_years(divergence(), NO_RATINGS, FIGURES, PLANS)

    assert (len(none), list(none)) == (0, list(NATIONAL.columns))


def test_the_order_of_loading_changes_nothing():
    rows = history()

    assert associations(*rows) == associations(*reversed(rows))
