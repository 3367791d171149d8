import datetime
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.calculation.plans import PlannedDomain
from performance.calculation.process import (
    NO_CASES,
    NO_PROCESS_MEASURE,
    NONE_JUDGED,
    TOO_LITTLE,
    process_indices,
)
from performance.vocabulary import Polarity, ProcessKind
from tests.oracles import process as naive
from tests.performance.calculation.year_frames import (
    QUARTERS,
    figure,
    frame,
    measure,
    plan,
    reoffending,
    rows_of,
)

INDICES = ["process", "process_standard_error", "attainment", "attainment_standard_error"]

reports = measure("reports")
breaches = measure("breaches", kind="compliance")
programmes = measure("programmes", kind="volume", unit="count")
settled = measure("settled", kind="outcome")


def by_kind(framework, *rows):
    return rows_of(process_indices(frame(*rows), framework))


def worked_out(framework, *rows):
    """Of all kinds together."""
    return [row for row in by_kind(framework, *rows) if row["kind"] == "all"]


def one(framework, *rows):
    (result,) = worked_out(framework, *rows)
    return result


def share(code, x, n, target=90, organisation="kent", **changes):
    return figure(organisation, code, numerator=x, denominator=n, target=target, **changes)


kinds = st.sampled_from(["timeliness", "volume", "compliance", "outcome", "resource"])
polarities = st.sampled_from(["higher", "higher", "lower", "none"])


@st.composite
def figures(draw, code: str, organisation: str):
    """With and without counts, target and number."""
    unit = draw(st.sampled_from(["share", "share", "share", "count", "days"]))
    target = draw(st.none() | st.integers(0, 100))
    if unit != "share":
        value = draw(st.none() | st.integers(0, 120))
        status = "suppressed" if value is None else "reported"
        return figure(organisation, code, unit=unit, value=value, target=target, status=status)
    n = draw(st.integers(0, 60))
    counts = {"numerator": draw(st.integers(0, n)), "denominator": n}
    printed = {"value": draw(st.none() | st.integers(0, 100))}
    return figure(organisation, code, target=target, **draw(st.sampled_from([counts, counts, printed])))


@st.composite
def frameworks(draw):
    measures = [
        measure(
            f"measure-{place}", weight=draw(st.integers(1, 4)), kind=draw(kinds), polarity=draw(polarities)
        )
        for place in range(draw(st.integers(1, 6)))
    ]
    trusts = [
        {m.code: draw(figures(m.code, f"trust-{trust}")) for m in measures if draw(st.integers(0, 3))}
        for trust in range(draw(st.integers(1, 4)))
    ]
    return measures, trusts


@settings(max_examples=25)
@given(frameworks())
def test_any_figures_come_out_as_in_the_plain_calculation(framework):
    measures, trusts = framework
    plain = [
        {"code": m.code, "weight": int(m.weight), "kind": str(m.kind), "polarity": str(m.polarity)}
        for m in measures
    ]

    results = by_kind(plan(*measures), *(row for trust in trusts for row in trust.values()))

    found = {(row["kind"], row["organisation"]): row for row in results}
    for kind, (place, trust) in product(ProcessKind, enumerate(trusts)):
        expected = naive.process([m for m in plain if kind in ("all", m["kind"])], trust)
        result = found.get((kind, f"trust-{place}"))
        if result is None:
            assert expected["targets_judged"] == 0
            continue
        for name, value in expected.items():
            # The plain calculation adds up areas under a curve.
            wanted = pytest.approx(value, rel=1e-5, abs=1e-7) if isinstance(value, float) else value
            assert result[name] == wanted, (name, result)
        assert (result["reason"] != "") == (result["process"] is None or result["attainment"] is None)


def test_both_indices_by_hand():
    """81 of 90 (90%, just met) and 160 of 200 (80%, missed), with weights 3 and 1: 75% of the weight
    is met; 241 were done of the 81 + 180 that the targets ask for. Errors: the square root of
    81 x 9/90 + 160 x 40/200 = 40.1 cases, of 261."""
    framework = plan(replace(reports, weight=3.0), breaches)

    result = one(framework, share("reports", 81, 90), share("breaches", 160, 200))

    assert (result["process"], result["targets_judged"], result["targets_met"]) == (75, 2, 1)
    assert (result["counted"], result["cases"], result["required"]) == (241, 290, 261)
    assert result["attainment"] == pytest.approx(92.337, abs=1e-3)
    assert result["attainment_standard_error"] == pytest.approx(2.4262, abs=1e-4)
    assert result["reason"] == ""


def test_a_count_at_its_target_meets_it_and_might_as_well_not():
    """100 programmes against 100: a half by Poisson's error, so the error is that of a coin."""
    result = one(
        plan(programmes, reports),
        figure("kent", "programmes", unit="count", value=100, target=100),
        share("reports", 1000, 1000, target=50),
    )

    assert (result["process"], result["targets_met"]) == (100, 2)
    assert result["process_standard_error"] == pytest.approx(25)


def test_where_less_is_better_cases_that_did_not_happen_are_counted():
    """10 of 100 late against a target of 20 at most: 90 in time where 80 are asked for."""
    late = measure("late", polarity="lower")

    result = one(plan(late), share("late", 10, 100, target=20))

    assert (result["process"], result["counted"], result["required"]) == (100, 90, 80)
    assert result["attainment"] == pytest.approx(112.5)


def test_a_share_just_on_a_target_that_floats_miss_is_met():
    """The pooled target of 0.1 + 0.2 ... in floats is a hair above 30."""
    target = 100 * (0.1 + 0.2)
    assert target > 30

    result = one(plan(reports), share("reports", 30, 100, target=target))

    assert (result["targets_met"], result["required"]) == (1, 30)


def test_a_printed_percentage_is_judged_and_is_no_case():
    result = one(plan(reports), figure("kent", "reports", value=95, target=90))

    assert (result["process"], result["process_standard_error"]) == (100, 0)
    assert (result["counted"], result["cases"], result["required"]) == (None, None, None)
    assert (result["attainment"], result["reason"]) == (None, NO_CASES)


def test_a_rounded_percentage_is_not_taken_where_there_are_counts():
    """469 of 670 is 70.0% as printed and 69.99% by its counts."""
    assert one(plan(reports), share("reports", 4689, 6700, 70, value=70))["targets_met"] == 0


def test_with_half_of_the_weight_judged_there_is_an_index_and_with_less_there_is_none():
    one_of_three = plan(replace(reports, weight=1.0), replace(breaches, weight=2.0))
    half = plan(reports, breaches)

    less = one(one_of_three, share("reports", 95, 100), share("breaches", 95, 100, target=None))
    enough = one(half, share("reports", 95, 100), share("breaches", 95, 100, target=None))

    assert [less[name] for name in INDICES] == [None] * 4
    assert less["reason"] == TOO_LITTLE
    # The parts are shown all the same.
    assert (less["targets_judged"], less["targets_met"], less["counted"], less["cases"]) == (1, 1, 95, 100)
    assert (enough["process"], enough["reason"]) == (100, "")


@pytest.mark.parametrize("status", ["missing", "suppressed", "not-applicable"])
def test_a_year_without_a_number_is_judged_by_nothing(status):
    result = one(plan(reports), figure("kent", "reports", status=status, target=90))

    assert (result["targets_judged"], result["targets_met"], result["reason"]) == (0, 0, NONE_JUDGED)
    assert [result[name] for name in INDICES] == [None] * 4


def test_a_measure_without_target_is_not_judged():
    result = one(plan(reports), share("reports", 95, 100, target=None))

    assert (result["targets_judged"], result["reason"]) == (0, NONE_JUDGED)


def test_a_target_that_cannot_be_is_none():
    assert one(plan(reports), share("reports", 95, 100, target=950))["reason"] == NONE_JUDGED


def test_a_target_of_nothing_is_met_and_asks_for_no_case():
    result = one(plan(reports), share("reports", 0, 100, target=0))

    assert (result["process"], result["attainment"], result["reason"]) == (100, None, NO_CASES)


def test_no_cases_are_no_figure():
    assert one(plan(reports), share("reports", 0, 0))["reason"] == NONE_JUDGED


def test_only_timeliness_volume_and_compliance_count():
    result = one(plan(reports, settled), share("reports", 95, 100), share("settled", 10, 100))

    assert (result["process"], result["cases"]) == (100, 100)


def test_a_framework_without_weights_says_so():
    weightless = plan(replace(reports, weight=0.0))
    empty_domain = replace(plan(reports), domains=(PlannedDomain("delivery", "Delivery", 0.0),))

    for framework in (weightless, empty_domain):
        result = one(framework, share("reports", 95, 100))
        assert (result["process"], result["attainment"], result["reason"]) == (None, None, NO_PROCESS_MEASURE)


def test_a_framework_without_process_measures_says_so_to_those_with_reoffending():
    rows = (share("settled", 10, 100), reoffending("kent", 81, 900))

    assert one(plan(settled), *rows)["reason"] == NO_PROCESS_MEASURE


def test_a_domain_counts_by_its_own_weight():
    """Two measures share the weight of one domain; the third has that of the other alone."""
    framework = plan(measure("a", "first"), measure("b", "first"), measure("c", "second"))

    result = one(framework, share("a", 95, 100), share("b", 95, 100), share("c", 10, 100))

    assert result["process"] == pytest.approx(50)


def test_each_kind_is_told_by_its_own_measures_and_their_weights_among_themselves():
    """Of timeliness 3 of 4 parts are met; compliance, the lighter by half, is met."""
    framework = plan(replace(reports, weight=3.0), measure("visits"), replace(breaches, weight=2.0), settled)

    results = by_kind(
        framework,
        share("reports", 95, 100),
        share("visits", 10, 50),
        share("breaches", 30, 30, target=80),
        share("settled", 1, 9),
    )

    assert [(row["kind"], row["targets_judged"], row["counted"], row["cases"]) for row in results] == [
        ("all", 3, 135, 180),
        ("timeliness", 2, 105, 150),
        ("compliance", 1, 30, 30),
    ]
    assert [row["process"] for row in results] == pytest.approx([500 / 6, 75, 100])
    assert [row["attainment"] for row in results] == pytest.approx([100 * 135 / 159, 100 * 105 / 135, 125])


def test_a_kind_without_weight_or_good_side_has_no_rows():
    framework = plan(reports, replace(programmes, weight=0.0), replace(breaches, polarity=Polarity.NONE))

    results = by_kind(framework, share("reports", 95, 100), share("breaches", 95, 100))

    assert [row["kind"] for row in results] == ["all", "timeliness"]


def test_of_a_kind_are_those_that_have_a_figure_of_it_or_reoffending():
    rows = [share("reports", 95, 100, organisation="avon"), share("breaches", 95, 100, organisation="kent")]

    results = by_kind(plan(reports, breaches), *rows, reoffending("wales", 81, 900))

    assert [(row["kind"], row["organisation"]) for row in results] == [
        *(("all", name) for name in ("avon", "kent", "wales")),
        *(("timeliness", name) for name in ("avon", "wales")),
        *(("compliance", name) for name in ("kent", "wales")),
    ]


def test_why_a_kind_cannot_be_told_names_it():
    rows = [
        share("reports", 95, 100),
        figure("kent", "programmes", unit="count", value=100, target=100),
        share("breaches", 95, 100, target=None),
    ]

    results = by_kind(plan(reports, programmes, breaches), *rows)

    assert {row["kind"]: row["reason"] for row in results} == {
        "all": "",
        "timeliness": "",
        "volume": "no volume measure has both its cases and a target above 0",
        "compliance": "no compliance measure has both a figure and a target",
    }


def test_those_who_are_added_up_and_parts_of_the_year_are_left_out():
    rows = [
        share("reports", 95, 100),
        share("reports", 20, 25, period=QUARTERS[0]),
        share("reports", 95, 100, period=("2009-04-01", "2010-03-31")),
        share("reports", 95, 100, period=("2010-01-01", "2010-12-31")),
        *(
            share("reports", 950, 1000, organisation=kind, organisation_kind=kind)
            for kind in ("nation", "provider", "region", "peer-group", "probation-region")
        ),
    ]

    result = one(plan(reports), *rows)

    assert (result["organisation"], result["cases"]) == ("kent", 100)


def test_a_framework_of_several_years_is_worked_out_by_the_year():
    framework = replace(plan(reports), starts=datetime.date(2008, 4, 1), ends=datetime.date(2011, 3, 31))

    result = one(framework, share("reports", 95, 100))

    assert (result["period_start"], result["period_end"]) == ("2010-04-01", "2011-03-31")


def test_a_trust_with_neither_process_nor_reoffending_has_no_row():
    assert worked_out(plan(reports, settled), share("settled", 10, 100)) == []


def test_no_rows_are_a_table_of_the_same_kinds():
    some, none = (process_indices(frame(*rows), plan(reports)) for rows in ([share("reports", 9, 10)], []))

    assert len(none) == 0
    assert none.dtypes.drop("organisation").to_dict() == some.dtypes.drop("organisation").to_dict()


def test_the_order_of_loading_changes_nothing():
    measures = [measure(f"measure-{place}") for place in range(9)]
    rows = [
        share(m.code, 70 + trust, 91 + place, 88.8 + place / 7, f"trust-{trust}")
        for place, m in enumerate(measures)
        for trust in range(4)
    ]

    assert worked_out(plan(*measures), *rows) == worked_out(plan(*measures), *reversed(rows))
