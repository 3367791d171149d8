from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.calculation.plans import PlannedDomain
from performance.calculation.ratings import ratings
from performance.calculation.scoring import scoring_of
from performance.calculation.tables import RATINGS
from tests.oracles import ratings as naive
from tests.performance.calculation.year_frames import (
    QUARTERS,
    figure,
    frame,
    measure,
    plan,
    reoffending,
    rows_of,
)

# With 2,000 draws a probability is off by 0.011 at most two times in three.
CLOSE = 0.05

reports = measure("reports", "delivery")
visits = measure("visits", "delivery")
settled = measure("settled", "outcomes", kind="outcome")
reoffenders = measure("local-adult-reoffending", "outcomes", kind="outcome", polarity="lower")
programmes = measure("programmes", "delivery", kind="volume", unit="count")


def worked_out(framework, *rows):
    return rows_of(ratings(scoring_of(frame(*rows), framework)))


def whole(framework, *rows):
    (result,) = (row for row in worked_out(framework, *rows) if row["domain"] == "")
    return result


def by_domain(framework, *rows):
    return {row["domain"]: row for row in worked_out(framework, *rows)}


def share(code, x, n, target=90, organisation="kent", **changes):
    return figure(organisation, code, numerator=x, denominator=n, target=target, **changes)


weights = st.integers(1, 4)


@st.composite
def frameworks(draw):
    """Measures that somebody has a target for, and trusts' figures: a share of 100 or 200 cases
    against a target of its own, or none."""
    measures, rows = [], []
    for domain in ("first", "second")[: draw(st.integers(1, 2))]:
        for place in range(draw(st.integers(1, 3))):
            polarity = draw(st.sampled_from(["higher", "higher", "lower"]))
            measures.append(measure(f"{domain}-{place}", domain, draw(weights), polarity=polarity))
    for trust in range(draw(st.integers(1, 4))):
        for m in measures:
            n = draw(st.sampled_from([100, 200]))
            x = draw(st.none() | st.integers(0, n))
            target = draw(st.integers(50, 99))
            rows.append(
                share(m.code, x, None if x is None else n, target, f"trust-{trust}", status="reported")
            )
    domains = tuple(
        PlannedDomain(code, code, draw(weights)) for code in dict.fromkeys(m.domain for m in measures)
    )
    return plan(*measures, domains=domains), rows


def as_plain(framework, own):
    """The same scheme as the plain calculation takes it, with one trust's own targets."""
    return {
        "measures": [
            {
                "code": m.code,
                "domain": m.domain,
                "weight": int(m.weight),
                "target": Fraction(int(own[m.code]["target"]), 100),
                "polarity": str(m.polarity),
                "scale": None,
            }
            for m in framework.measures
        ],
        "domains": {domain.code: int(domain.weight) for domain in framework.domains},
        "scoring": ("steps", {"edges": (Fraction(9, 10), Fraction(1), Fraction(21, 20)), "lowest": 1}),
        "bands": (1, 2, 3, 4),
        "band_edges": (Fraction(3, 2), Fraction(5, 2), Fraction(7, 2)),
        "caps": [],
        "least_weight": Fraction(1, 2),
    }


@settings(max_examples=40)
@given(frameworks())
def test_any_ratings_come_out_as_in_the_plain_calculation(found):
    framework, rows = found
    results = {(row["organisation"], row["domain"]): row for row in worked_out(framework, *rows)}

    for trust in dict.fromkeys(row["organisation"] for row in rows):
        own = {row["measure"]: row for row in rows if row["organisation"] == trust}
        values = {
            code: None if row["numerator"] is None else Fraction(row["numerator"], row["denominator"])
            for code, row in own.items()
        }
        expected = naive.rate(as_plain(framework, own), values)
        result = results[trust, ""]
        assert result["score"] == (
            None if expected["score"] is None else pytest.approx(float(expected["score"]))
        )
        assert result["band"] == expected["band"]
        assert result["weight_used"] == pytest.approx(float(expected["used"]))
        assert (result["reason"] == "") == (result["score"] is not None)
        assert set(result["band_probabilities"]) == (
            set() if result["band"] is None else {"1", "2", "3", "4"}
        )
        for domain, score in expected["domains"].items():
            assert results[trust, domain]["score"] == (None if score is None else pytest.approx(float(score)))


def test_the_columns_are_those_of_the_table():
    found = ratings(scoring_of(frame(share("reports", 95, 100)), plan(reports)))

    assert list(found) == list(RATINGS.columns)


def test_probabilities_are_those_of_all_combinations_of_scores():
    """Posteriors with Jeffreys' prior aren't whole, so the plain calculation takes half a case more
    on both sides: with hundreds of cases that is the same to a hundredth."""
    framework = plan(replace(reports, weight=2.0), visits, settled)
    counts = {"reports": (170, 200), "visits": (184, 200), "settled": (176, 200)}
    rows = [share(code, x, n) for code, (x, n) in counts.items()]

    result = whole(framework, *rows)

    own = {row["measure"]: row for row in rows}
    posteriors = {code: (x + 1, n - x + 1) for code, (x, n) in counts.items()}
    expected = naive.band_chances(as_plain(framework, own), posteriors)
    found = {int(band): part for band, part in result["band_probabilities"].items()}
    assert found == pytest.approx(expected, abs=CLOSE)
    assert sum(found.values()) == pytest.approx(1)


def test_a_rating_by_hand():
    """Reports at 100% of their target score 3 and visits at 110% score 4, with weights 3 and 1: 3.25
    in delivery. Settled at 50% scores 1. The mean of both domains is 2.125, band 2."""
    framework = plan(replace(reports, weight=3.0), visits, settled)

    found = by_domain(
        framework, share("reports", 90, 100), share("visits", 99, 100), share("settled", 45, 100)
    )

    assert (found["delivery"]["score"], found["outcomes"]["score"]) == (3.25, 1)
    assert (found[""]["score"], found[""]["band"], found[""]["weight_used"]) == (2.125, 2, 1)
    assert (found["delivery"]["band"], found["delivery"]["band_probabilities"]) == (None, {})


def test_reoffending_is_rated_against_the_predicted_rate():
    """9% where 10% was predicted is a tenth better: attainment 1.1, score 4."""
    result = whole(plan(reoffenders), reoffending("kent", 81, 900, expected=90, target=5))

    assert (result["score"], result["band"]) == (4, 4)


def test_reoffending_without_a_prediction_is_not_rated():
    rows = [
        reoffending("kent", 81, 900),
        reoffending("wales", 81, 900, expected=90),
        *(share("settled", 95, 100, organisation=trust) for trust in ("kent", "wales")),
    ]
    framework = plan(reoffenders, settled)

    found = {row["organisation"]: row for row in worked_out(framework, *rows) if row["domain"] == ""}

    assert (found["kent"]["score"], found["kent"]["weight_used"]) == (4, 0.5)
    assert (found["wales"]["score"], found["wales"]["weight_used"]) == (4, 1)


def test_a_count_is_rated_by_its_value_and_is_as_sure_as_poisson_has_it():
    """100 of 100 programmes score 3. The level behind them may as well lie below 90 (one error of
    10 away: 0.159) or from 90 to 100 (0.341), or at 105 or more (0.309)."""
    result = whole(plan(programmes), figure("kent", "programmes", unit="count", value=100, target=100))

    assert (result["score"], result["band"]) == (3, 3)
    assert result["band_probabilities"] == pytest.approx(
        {"1": 0.159, "2": 0.341, "3": 0.191, "4": 0.309}, abs=CLOSE
    )


def test_a_printed_percentage_and_other_units_are_taken_as_known():
    absence = measure("absence", kind="resource", polarity="lower", unit="days")
    rows = [
        figure("kent", "reports", value=91, target=90),
        figure("kent", "absence", unit="days", value=9, target=9),
    ]

    result = whole(plan(reports, absence), *rows)

    assert (result["score"], result["band_probabilities"]["3"]) == (3, 1)


def test_where_a_trust_has_no_target_the_frameworks_is_taken():
    result = whole(plan(replace(reports, target=90.0)), share("reports", 90, 100, target=None))

    assert (result["score"], result["weight_used"]) == (3, 1)


def test_a_framework_target_in_another_unit_is_not_taken():
    row = figure("kent", "reports", unit="days", value=12)

    assert whole(plan(replace(reports, target=90.0)), row)["score"] is None


def test_the_nations_total_is_no_target_of_a_trust():
    """6,837 were asked of all trusts together."""
    rows = [figure("kent", "programmes", unit="count", value=100), share("reports", 90, 100)]

    result = whole(plan(replace(programmes, target=6837.0), reports), *rows)

    assert (result["score"], result["weight_used"]) == (3, 0.5)


def test_a_trust_without_a_target_is_not_held_to_those_of_others():
    rows = [
        share("reports", 50, 100, target=None),
        share("visits", 90, 100),
        share("reports", 50, 100, target=90, organisation="wales"),
        share("visits", 90, 100, organisation="wales"),
    ]

    found = {
        row["organisation"]: row for row in worked_out(plan(reports, visits), *rows) if not row["domain"]
    }

    assert (found["kent"]["score"], found["kent"]["weight_used"]) == (3, 0.5)
    assert (found["wales"]["score"], found["wales"]["weight_used"]) == (2, 1)


@pytest.mark.parametrize("target", [0, -5, 950])
def test_a_target_that_nothing_can_be_measured_by_is_none(target):
    result = whole(plan(reports, visits), share("reports", 95, 100, target=target), share("visits", 90, 100))

    assert (result["score"], result["weight_used"]) == (3, 0.5)


def test_a_framework_without_scoring_rates_nobody_and_says_so():
    for framework in (
        plan(reports, steps=()),
        plan(reports, band_edges=()),
        plan(reports, bands=()),
    ):
        (result,) = worked_out(framework, share("reports", 95, 100))
        assert (result["domain"], result["score"], result["band"]) == ("", None, None)
        assert result["reason"] == "how PTRS 2010-11 turned results into bands isn't known"
        assert (result["band_probabilities"], result["weight_used"]) == ({}, None)


def test_a_framework_without_weights_rates_nobody_and_says_so():
    (result,) = worked_out(plan(replace(reports, weight=0.0)), share("reports", 95, 100))

    assert (result["score"], result["reason"]) == (None, "PTRS 2010-11 gives its measures no weight")


def test_a_framework_without_any_target_rates_nobody_and_says_so():
    (result,) = worked_out(plan(reports), share("reports", 95, 100, target=None))

    assert (result["score"], result["reason"]) == (None, "no measure of PTRS 2010-11 has a target")


def test_a_measure_without_good_side_is_not_rated():
    caseload = measure("caseload", kind="resource", polarity="none", unit="count", target=None)
    rows = [share("reports", 90, 100), figure("kent", "caseload", unit="count", value=800, target=700)]

    result = whole(plan(reports, caseload), *rows)

    assert (result["score"], result["weight_used"]) == (3, 0.5)


def test_a_domain_without_targets_keeps_the_trust_from_being_rated():
    found = by_domain(
        plan(reports, settled), share("reports", 90, 100), share("settled", 50, 100, target=None)
    )

    assert (found["delivery"]["score"], found["delivery"]["reason"]) == (3, "")
    assert (found["outcomes"]["score"], found["outcomes"]["weight_used"]) == (None, 0)
    assert found[""]["reason"] == found["outcomes"]["reason"] == "no measure of Outcomes has a target"
    assert (found[""]["score"], found[""]["band"], found[""]["band_probabilities"]) == (None, None, {})


def test_a_domain_with_less_than_half_of_its_weight_keeps_the_trust_from_being_rated():
    framework = plan(reports, replace(visits, weight=2.0), settled)
    rows = [
        share("reports", 90, 100),
        figure("kent", "visits", status="suppressed", target=90),
        figure("kent", "settled", status="missing", target=90),
    ]

    found = by_domain(framework, *rows)

    assert found["delivery"]["reason"] == "less than half of the weight of Delivery could be scored"
    assert found[""]["reason"] == f"{found['delivery']['reason']}; {found['outcomes']['reason']}"
    assert [row["score"] for row in found.values()] == [None] * 3
    assert found["delivery"]["weight_used"] == pytest.approx(1 / 3)


def test_a_trust_that_sent_nothing_but_missing_figures_has_its_row():
    result = whole(plan(reports), figure("kent", "reports", status="missing", target=90))

    assert (result["score"], result["weight_used"], result["band_probabilities"]) == (None, 0, {})
    assert result["reason"] == "less than half of the weight of Delivery could be scored"


def test_reoffending_outside_the_framework_is_no_reason_for_a_row():
    assert worked_out(plan(reports), reoffending("kent", 81, 900, expected=90)) == []


def test_regions_and_quarters_are_not_rated():
    rows = [
        share("reports", 90, 100),
        share("reports", 20, 25, period=QUARTERS[0]),
        share("reports", 900, 1000, organisation="south-east", organisation_kind="region"),
    ]

    assert {row["organisation"] for row in worked_out(plan(reports), *rows)} == {"kent"}


def test_the_order_of_loading_changes_nothing():
    measures = [measure(f"measure-{place}", f"domain-{place % 3}") for place in range(9)]
    rows = [
        share(m.code, 150 + 3 * trust, 190 + place, organisation=f"trust-{trust}")
        for place, m in enumerate(measures)
        for trust in range(5)
    ]
    framework = plan(*measures)

    assert worked_out(framework, *rows) == worked_out(framework, *reversed(rows))


def test_no_rows_are_a_table_of_the_same_columns():
    for framework in (plan(reports), plan(reports, steps=())):
        none = ratings(scoring_of(frame(), framework))
        assert (len(none), list(none)) == (0, list(RATINGS.columns))
        assert all(pd.api.types.is_float_dtype(none[name]) for name in ("score", "band", "weight_used"))


def test_a_prediction_of_more_than_all_is_no_target():
    """Such a row has its reason among the predictions, and must not end the whole build."""
    framework = plan(reoffenders, reports)
    rows = [reoffending("kent", 90, 1_000, expected=1e5), share("reports", 95, 100)]

    result = by_domain(framework, *rows)

    assert result["outcomes"]["reason"] == "no measure of Outcomes has a target"
