import math

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from performance.calculation.divergence import NO_REOFFENDING, divergence
from performance.calculation.outcomes import predictions
from performance.calculation.process import NONE_JUDGED, process_indices
from performance.calculation.tables import DIVERGENCE
from performance.statistics.divergence.quadrants import NEVER_ABOVE
from tests.oracles import divergence_results as naive
from tests.performance.calculation.year_frames import (
    QUARTERS,
    figure,
    frame,
    measure,
    plan,
    reoffending,
    rows_of,
)

FRAMEWORK = plan(measure("reports"), measure("settled", kind="outcome"))
PROCESS = ["process", "process_standard_error", "attainment", "attainment_standard_error"]
OUTCOME = ["outcome", "outcome_standard_error"]
QUARTER = ["meets", "worse", "probability"]


def table(*rows, framework=FRAMEWORK):
    figures = frame(*rows)
    return divergence(process_indices(figures, framework), predictions(figures), framework)


def of_all(*rows, framework=FRAMEWORK):
    return [row for row in rows_of(table(*rows, framework=framework)) if row["kind"] == "all"]


def one(*rows, framework=FRAMEWORK):
    (result,) = of_all(*rows, framework=framework)
    return result


def reports(x, n, target=90, organisation="kent", **changes):
    return share("reports", x, n, target, organisation, **changes)


def share(code, x, n, target=90, organisation="kent", **changes):
    return figure(organisation, code, numerator=x, denominator=n, target=target, **changes)


@st.composite
def trusts(draw):
    n, cohort = draw(st.integers(1, 60)), draw(st.integers(300, 20_000))
    return {
        "process": {"counted": draw(st.integers(0, n)), "cases": n, "target": draw(st.integers(1, 99))},
        "reoffending": {
            "observed": draw(st.integers(0, cohort // 3)),
            "cases": cohort,
            "expected": draw(st.integers(20, cohort // 3)),
        },
    }


@settings(max_examples=20)
@given(st.lists(trusts(), min_size=1, max_size=5))
def test_any_trusts_come_out_as_in_the_plain_calculation(found):
    expected, rows = [], []
    for place, trust in enumerate(found):
        process, outcome = trust["process"], trust["reoffending"]
        name = f"trust-{place}"
        required = process["cases"] * process["target"] / 100
        wanted = naive.divergence(process | {"required": round(required, 6)}, outcome)
        # Where a quarter is just named the areas under two curves decide.
        assume(abs(wanted["probability"] - 0.8) > 1e-5)
        expected.append(wanted)
        rows += [
            reports(process["counted"], process["cases"], process["target"], name),
            reoffending(name, outcome["observed"], outcome["cases"], expected=outcome["expected"]),
        ]

    for result, wanted in zip(of_all(*rows), expected, strict=True):
        for name, value in wanted.items():
            wants = pytest.approx(value, rel=1e-5, abs=1e-7) if isinstance(value, float) else value
            assert result[name] == wants, (name, result)


def test_the_columns_are_those_of_the_table():
    assert list(table(reports(95, 100), reoffending("kent", 81, 900, expected=90))) == list(
        DIVERGENCE.columns
    )


def test_a_trust_that_hits_the_target_and_misses_the_outcome_is_named():
    """960 of 1,000 in time against 90%; 10% reoffended of 18,000 and 8.5% were predicted to: 1.5
    points worse, a point beyond the margin, with an error of a quarter of a point."""
    result = one(reports(960, 1000), reoffending("kent", 1800, 18_000, expected=1530))

    assert (result["fact"], result["quadrant"], result["reason"]) == ("met-worse", "met-worse", "")
    assert result["outcome"] == pytest.approx(-1.5)
    assert result["outcome_standard_error"] == pytest.approx(0.2370, abs=1e-4)
    assert result["probability"] == pytest.approx(result["meets"] * result["worse"])
    assert result["probability"] > 0.99
    assert (result["reoffended"], result["cohort"], result["expected"]) == (1800, 18_000, 1530)


def test_what_is_certain_and_matters_little_is_not_worse():
    """0.2 points of a million cases are seven standard errors, and less than the margin."""
    result = one(reports(960, 1000), reoffending("kent", 87_000, 1_000_000, expected=85_000))

    assert (result["fact"], result["quadrant"]) == ("met-worse", "met-better")
    assert result["worse"] < 0.001


def test_at_the_margin_it_is_as_likely_as_not():
    result = one(reports(960, 1000), reoffending("kent", 900, 10_000, expected=850))

    assert result["worse"] == pytest.approx(0.5)
    assert (result["quadrant"], result["reason"]) == ("not-determined", "")


def test_as_counted_a_target_just_met_is_met_and_as_many_as_predicted_is_no_worse():
    result = one(reports(90, 100), reoffending("kent", 90, 900, expected=90))

    assert result["fact"] == "met-better"
    assert (result["outcome"], math.copysign(1, result["outcome"])) == (0, 1)


def test_without_a_prediction_the_process_stands_alone():
    result = one(reports(95, 100), reoffending("kent", 81, 900))

    assert result["reason"] == "on reoffending, no prediction is given"
    assert (result["process"], result["attainment"]) == (100, pytest.approx(105.556, abs=1e-3))
    assert [result[name] for name in (*OUTCOME, "worse", "probability")] == [None] * 4
    assert result["meets"] == pytest.approx(0.962, abs=1e-3)
    assert (result["reoffended"], result["cohort"], result["expected"]) == (81, 900, None)
    assert (result["fact"], result["quadrant"]) == ("not-compared", "not-compared")


def test_without_reoffending_the_process_stands_alone():
    result = one(reports(95, 100))

    assert (result["reason"], result["process"], result["reoffended"]) == (NO_REOFFENDING, 100, None)
    assert (result["fact"], result["quadrant"]) == ("not-compared", "not-compared")


def test_without_process_the_outcome_stands_alone():
    result = one(reoffending("kent", 81, 900, expected=90))

    assert (result["reason"], result["outcome"]) == (NONE_JUDGED, pytest.approx(1))
    assert [result[name] for name in (*PROCESS, "meets", "probability")] == [None] * 6
    assert result["worse"] == pytest.approx(0.094, abs=1e-3)
    assert (result["targets_judged"], result["targets_met"], result["counted"]) == (0, 0, None)


def test_where_both_sides_are_lacking_both_are_said():
    result = one(reports(None, None, status="missing"), reoffending("kent", None, None, status="suppressed"))

    assert result["reason"] == f"{NONE_JUDGED}; on reoffending, the figure is suppressed"
    assert [result[name] for name in (*PROCESS, *OUTCOME, *QUARTER)] == [None] * 9


def test_an_index_that_is_refused_has_no_quarter_though_cases_were_counted():
    framework = plan(measure("reports"), measure("breaches"), measure("programmes"))

    result = one(reports(95, 100), reoffending("kent", 200, 900, expected=90), framework=framework)

    assert (result["counted"], result["attainment"], result["meets"]) == (95, None, None)
    assert (result["fact"], result["quadrant"]) == ("not-compared", "not-compared")


def test_a_target_of_everything_is_a_fact_and_no_probability():
    result = one(reports(100, 100, 100), reoffending("kent", 200, 900, expected=90))

    assert (result["fact"], result["quadrant"], result["reason"]) == (
        "met-worse",
        "not-compared",
        NEVER_ABOVE,
    )
    assert (result["meets"], result["attainment"]) == (None, 100)


def test_so_few_expected_that_no_verdict_is_given_name_no_quarter():
    result = one(reports(960, 1000), reoffending("kent", 20, 40, expected=4))

    assert result["reason"].startswith("on reoffending, fewer than 5 were expected")
    assert (result["fact"], result["quadrant"], result["worse"]) == ("met-worse", "not-compared", None)


def test_quarters_of_the_year_and_regions_are_no_rows():
    rows = [
        reports(95, 100),
        reoffending("kent", 20, 225, expected=22, period=QUARTERS[0]),
        reoffending("kent", 81, 900, expected=90),
        reoffending("south-east", 810, 9000, expected=900, organisation_kind="region"),
    ]

    result = one(*rows)

    assert (result["organisation"], result["cohort"]) == ("kent", 900)


def test_one_trust_comes_out_the_same_alone_and_among_others_but_for_how_many_these_are():
    kent = (reports(95, 100), reoffending("kent", 81, 900, expected=90))
    wales = (reports(80, 100, organisation="wales"), reoffending("wales", 99, 900, expected=90))

    assert of_all(*kent, *wales)[0] == one(*kent) | {"ranked": 2}


def test_each_kind_has_its_own_process_beside_the_same_outcome():
    framework = plan(measure("reports"), measure("breaches", kind="compliance"))
    rows = [
        reports(960, 1000),
        share("breaches", 100, 1000),
        reoffending("kent", 1800, 18_000, expected=1530),
    ]

    found = {row["kind"]: row for row in rows_of(table(*rows, framework=framework))}

    assert {kind: (row["fact"], row["quadrant"]) for kind, row in found.items()} == {
        "all": ("missed-worse", "missed-worse"),
        "timeliness": ("met-worse", "met-worse"),
        "compliance": ("missed-worse", "missed-worse"),
    }
    assert [row["attainment"] for row in found.values()] == pytest.approx([58.889, 106.667, 11.111], abs=1e-3)
    for name in (*OUTCOME, "reoffended", "cohort", "expected", "worse"):
        assert len({row[name] for row in found.values()}) == 1, name


def test_no_trust_is_a_table_of_the_same_kinds():
    some, none = table(reports(95, 100), reoffending("kent", 81, 900, expected=90)), table()

    assert len(none) == 0
    numbers = [name for name in DIVERGENCE.columns if pd.api.types.is_numeric_dtype(some[name])]
    assert none[numbers].dtypes.to_dict() == some[numbers].dtypes.to_dict()
