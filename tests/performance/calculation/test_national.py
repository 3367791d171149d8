import numpy as np
import pandas as pd
import pytest

from performance.calculation.divergence import divergence
from performance.calculation.national import INDICES, national
from performance.calculation.outcomes import predictions
from performance.calculation.process import process_indices
from performance.calculation.ratings import ratings
from performance.calculation.scoring import scoring_of
from performance.calculation.tables import NATIONAL
from performance.statistics.correlation.latent import latent_correlation
from performance.statistics.correlation.pairs import ALL_ALIKE
from tests.oracles import national as naive
from tests.performance.calculation.year_frames import figure, frame, measure, plan, reoffending, rows_of

FRAMEWORK = plan(measure("reports"), measure("breaches"))
OF_A_KIND = [
    "spearman",
    "least-significant",
    "detectable",
    "against-chance",
    "expected-met-better",
    "expected-met-worse",
    "expected-missed-better",
    "expected-missed-worse",
]
METHODS = [
    "spearman",
    "weighted-rank",
    "latent",
    "process-reliability",
    "outcome-reliability",
    "least-significant",
    "detectable",
    "ceiling",
    "against-chance",
    "expected-met-better",
    "expected-met-worse",
    "expected-missed-better",
    "expected-missed-worse",
    "misbanded",
]


def tables(rows, framework=FRAMEWORK):
    figures = frame(*rows)
    parted = divergence(process_indices(figures, framework), predictions(figures), framework)
    return parted, ratings(scoring_of(figures, framework))


def by_method(rows, framework=FRAMEWORK, kind="all"):
    found = rows_of(national(*tables(rows, framework), framework))
    return {row["method"]: row for row in found if row["kind"] == kind}


def share(code, x, n, organisation, target=90):
    return figure(organisation, code, numerator=x, denominator=n, target=target)


def trusts(number, seed=1, spread=0.04):
    """Process and outcome that have nothing to do with each other."""
    draw = np.random.default_rng(seed)
    rows = []
    for place in range(number):
        name, n, cohort = f"trust-{place:02}", int(draw.integers(400, 900)), int(draw.integers(5_000, 20_000))
        for code in ("reports", "breaches"):
            rows.append(share(code, round(n * min(1, draw.normal(0.9, spread))), n, name))
        observed = round(cohort * (0.09 + draw.normal(0, 0.008)))
        rows.append(reoffending(name, observed, cohort, expected=round(cohort * 0.09)))
    return rows


def test_all_figures_come_out_as_in_the_plain_calculation():
    rows = trusts(35)
    parted, rated = (rows_of(table) for table in tables(rows))
    parted = [row for row in parted if row["kind"] == "all"]
    wholes = [row | {"band": row["band"] and int(row["band"])} for row in rated if row["domain"] == ""]

    found = by_method(rows)

    for method, expected in naive.figures(parted, wholes).items():
        for name, value in expected.items():
            # An interval of numbers of trusts is of 10,000 draws: one more or less where it's close.
            room = 1 if method.startswith("expected") and name in ("lower", "upper") else 1e-9
            assert found[method][name] == pytest.approx(value, abs=room), (method, name)


def test_every_method_is_told_once_in_its_place():
    found = rows_of(national(*tables(trusts(12)), FRAMEWORK))

    assert [row["method"] for row in found if row["kind"] == "all"] == METHODS
    assert [row["method"] for row in found if row["kind"] == "timeliness"] == OF_A_KIND
    assert {row["subject"] for row in found[:-1]} == {"process-and-outcome"}
    assert found[-1]["subject"] == "bands"
    assert {(row["framework"], row["period_start"], row["period_end"]) for row in found} == {
        ("ptrs-2010-11", "2010-04-01", "2011-03-31")
    }
    assert all(row["estimate"] is not None or row["reason"] for row in found)


def test_the_columns_are_those_of_the_table():
    assert list(national(*tables(trusts(3)), FRAMEWORK)) == list(NATIONAL.columns)


def test_what_35_trusts_can_show():
    """A correlation is significant beyond 0.33, and one of 0.46 would be found 4 times in 5."""
    found = by_method(trusts(35))

    assert found["least-significant"]["estimate"] == pytest.approx(0.334, abs=1e-3)
    assert found["detectable"]["estimate"] == pytest.approx(0.462, abs=1e-3)


def test_the_latent_correlation_is_of_attainment_and_outcome_with_their_errors():
    rows = trusts(35)
    parted, _ = tables(rows)

    of_all = parted[parted["kind"] == "all"]
    found, wanted = by_method(rows)["latent"], latent_correlation(*(of_all[name] for name in INDICES))

    assert (found["estimate"], found["lower"], found["upper"], found["n"]) == pytest.approx(
        (wanted.coefficient, wanted.lower, wanted.upper, 35)
    )


def test_where_worse_outcomes_go_with_better_process_more_trusts_hit_and_miss_than_by_chance():
    rows = []
    for place in range(20):
        name, is_prompt = f"trust-{place:02}", place % 2 == 0
        rows += [share("reports", 970 + place if is_prompt else 800 + place, 1000, name)]
        rows += [share("breaches", 960 if is_prompt else 810, 1000, name)]
        rows += [reoffending(name, 1_900 if is_prompt else 1_300, 18_000, expected=1_600)]

    chance = by_method(rows)["against-chance"]

    assert chance["estimate"] == pytest.approx(10, abs=0.1)
    assert chance["by_chance"] == pytest.approx(5, abs=0.1)
    assert chance["p"] < 0.001
    assert chance["lower"] <= chance["by_chance"] <= chance["upper"] < chance["estimate"]


def test_a_kind_is_told_of_as_a_framework_of_nothing_else_would_be():
    rows, two_kinds = trusts(15), plan(measure("reports"), measure("breaches", kind="compliance"))
    alone = [row for row in rows if row["measure"] != "breaches"]

    found = by_method(rows, two_kinds, kind="timeliness")
    wanted = by_method(alone, plan(measure("reports")))

    assert found.keys() < wanted.keys()
    for method, row in found.items():
        assert row == wanted[method] | {"kind": "timeliness"}
    assert found["spearman"]["estimate"] != by_method(rows, two_kinds)["spearman"]["estimate"]


def test_a_kind_of_which_nobody_has_cases_says_so_by_every_method():
    framework = plan(measure("reports"), measure("programmes", kind="volume", unit="count"))
    of_volume = [
        figure(f"trust-{place:02}", "programmes", unit="count", value=100 + place, target=100)
        for place in range(12)
    ]

    found = by_method([*trusts(12), *of_volume], framework, kind="volume")

    assert list(found) == OF_A_KIND
    assert {row["n"] for row in found.values()} == {0}
    assert all(row["estimate"] is None and row["reason"] for row in found.values())


def test_a_process_at_its_ceiling_is_told():
    rows = [share("reports", 995 if place < 6 else 950, 1000, f"trust-{place:02}") for place in range(12)]

    assert by_method(rows, plan(measure("reports")))["ceiling"]["estimate"] == 0.5


def test_an_outcome_that_is_noise_has_no_latent_correlation():
    """All as predicted but for the noise of few cases."""
    draw = np.random.default_rng(3)
    rows = trusts(20)
    rows = [row for row in rows if row["measure"] != "local-adult-reoffending"]
    rows += [
        reoffending(f"trust-{place:02}", round(draw.normal(90, 5)), 1000, expected=90) for place in range(20)
    ]

    latent = by_method(rows)["latent"]

    assert latent["estimate"] is None
    assert latent["reason"].startswith("the outcome is too noisy")


def test_with_few_trusts_only_what_can_be_told_is_told():
    found = by_method(trusts(4))

    assert found["spearman"]["reason"] == "10 trusts with both figures are needed and there are 4"
    for method in (
        "spearman",
        "weighted-rank",
        "latent",
        "least-significant",
        "detectable",
        "against-chance",
    ):
        assert (found[method]["estimate"], found[method]["n"]) == (None, 4)
    assert (found["expected-met-worse"]["n"], found["expected-met-worse"]["reason"]) == (4, "")
    assert (found["misbanded"]["n"], found["misbanded"]["reason"]) == (4, "")


def test_one_trust_is_no_correlation():
    found = by_method(trusts(1))

    assert found["spearman"]["reason"] == "10 trusts with both figures are needed and there are 1"


def test_without_any_reoffending_every_method_says_why_not():
    rows = [row for row in trusts(12) if row["measure"] != "local-adult-reoffending"]

    found = by_method(rows)

    assert found["spearman"]["reason"] == "10 trusts with both figures are needed and there are 0"
    assert found["expected-met-worse"]["reason"] == "no trust has its probabilities"
    assert found["ceiling"]["n"] == 12


def test_trusts_without_a_prediction_are_left_out():
    rows = trusts(14)
    rows = [
        row | {"expected": None} if row["organisation"] in ("trust-00", "trust-01") else row for row in rows
    ]

    found = by_method(rows)

    assert (found["spearman"]["n"], found["against-chance"]["n"]) == (12, 12)
    assert found["spearman"]["estimate"] == pytest.approx(
        by_method([row for row in rows if row["expected"] or row["measure"] != "local-adult-reoffending"])[
            "spearman"
        ]["estimate"]
    )


def test_where_all_did_the_same_nothing_goes_with_it():
    rows = [row for row in trusts(12) if row["measure"] == "local-adult-reoffending"]
    for place in range(12):
        rows += [share(code, 95, 100, f"trust-{place:02}") for code in ("reports", "breaches")]

    found = by_method(rows)

    assert (found["spearman"]["estimate"], found["spearman"]["reason"]) == (None, ALL_ALIKE)


def test_where_nobody_is_rated_the_reason_is_the_ratings():
    framework = plan(measure("reports"), measure("breaches"), steps=())

    misbanded = by_method(trusts(3), framework)["misbanded"]

    assert (misbanded["estimate"], misbanded["n"]) == (None, 0)
    assert misbanded["reason"] == "how PTRS 2010-11 turned results into bands isn't known"


def test_a_framework_without_figures_has_no_rows_of_the_same_kinds():
    some, none = (national(*tables(rows), FRAMEWORK) for rows in (trusts(3), []))

    assert len(none) == 0
    assert none.drop(columns=["period_start", "period_end"]).dtypes.to_dict() == (
        some.drop(columns=["period_start", "period_end"]).dtypes.to_dict()
    )


def test_the_order_of_loading_changes_nothing():
    rows = trusts(15)

    one, other = (national(*tables(some), FRAMEWORK) for some in (rows, rows[::-1]))

    pd.testing.assert_frame_equal(one, other, check_exact=True)
