import dataclasses
import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.statistics.audit_signals.heaping import QUESTION, heaping_above_target
from performance.statistics.shrinkage import beta_binomial
from tests.oracles import audit_signals as naive

NAN = math.nan
TARGET, WIDTH = 0.9, 0.02
TRUSTS, QUARTERS = 35, 8
EXACT_TARGET, EXACT_WIDTH = Fraction(9, 10), Fraction(2, 100)


def table(values) -> pd.DataFrame:
    return pd.DataFrame(values, columns=["series", "x", "n"])


def drawn(
    random: np.random.Generator, cases: int, *, persistent: bool = False, lifted: float = 0.0
) -> pd.DataFrame:
    """35 trusts of 8 quarters with true shares round 92% (standard deviation 3 points), and so many
    of the values within 2 points below 90% lifted to it."""
    concentration = 0.92 * 0.08 / 0.03**2 - 1
    shares = random.beta(0.92 * concentration, 0.08 * concentration, (TRUSTS, 1 if persistent else QUARTERS))
    n = random.integers(cases // 2, cases * 3 // 2, (TRUSTS, QUARTERS), endpoint=True)
    x = random.binomial(n, shares)
    least = np.ceil(TARGET * n - 1e-9).astype(int)
    is_near_miss = (x < least) & (x >= np.ceil((TARGET - WIDTH) * n - 1e-9))
    x = np.where(is_near_miss & (random.random(n.shape) < lifted), least, x)
    series = np.repeat([f"trust {place}" for place in range(TRUSTS)], QUARTERS)
    return pd.DataFrame({"series": series, "x": x.ravel(), "n": n.ravel()})


@pytest.fixture(scope="module")
def clean() -> pd.DataFrame:
    return drawn(np.random.default_rng(38), 60)


@pytest.fixture(scope="module")
def lifted() -> pd.DataFrame:
    return drawn(np.random.default_rng(38), 200, lifted=0.8)


@pytest.mark.oracle(of=heaping_above_target)
@settings(max_examples=50)
@given(
    st.lists(st.integers(5, 100).flatmap(lambda n: st.tuples(st.just("a"), st.integers(0, n), st.just(n))))
)
def test_values_near_the_target_are_counted_exactly(values):
    found = heaping_above_target(table(values), TARGET, seed=1, draws=1)

    assert (found.just_above, found.just_below) == naive.near_target(values, EXACT_TARGET, EXACT_WIDTH)
    assert found.values == len(values)


@pytest.mark.oracle(of=heaping_above_target)
@settings(max_examples=50)
@given(
    st.lists(
        st.integers(5, 100).flatmap(
            lambda n: st.tuples(st.sampled_from("ab"), st.integers(0, n), st.just(n), st.integers(80, 97))
        )
    )
)
def test_each_value_is_held_against_its_own_target(values):
    table_of = pd.DataFrame(values, columns=["series", "x", "n", "percent"])
    found = heaping_above_target(table_of, table_of["percent"] / 100, seed=1, draws=1)

    by_target = [
        naive.near_target([(series, x, n)], Fraction(percent, 100), EXACT_WIDTH)
        for series, x, n, percent in values
    ]
    assert found.just_above == sum(above for above, _ in by_target)
    assert found.just_below == sum(below for _, below in by_target)


def test_one_target_of_all_is_as_one_for_each(lifted):
    found = heaping_above_target(lifted, TARGET, seed=7)

    assert heaping_above_target(lifted, pd.Series(TARGET, lifted.index), seed=7) == found


def test_targets_go_with_their_values_in_any_order(lifted):
    values = lifted.assign(target=np.where(lifted["n"] % 2, 0.88, 0.91))
    found = heaping_above_target(values, values["target"], seed=7)
    shuffled = values.sample(frac=1, random_state=1)

    assert heaping_above_target(shuffled, shuffled["target"], seed=7) == found
    assert found != heaping_above_target(values, 0.91, seed=7)


@pytest.mark.oracle(of=heaping_above_target)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_p_is_that_of_a_bootstrap_case_by_case(seed):
    """Of the same fit; both draw at random, so they agree within a few hundredths."""
    random = np.random.default_rng(seed)
    values = drawn(random, 40, lifted=0.3).iloc[:80]
    rows = [(series, int(x), int(n)) for series, x, n in values.itertuples(index=False)]
    fit = beta_binomial(values["x"], values["n"])
    found = heaping_above_target(values, TARGET, seed=1, draws=4000)
    expected = naive.heaping_p(rows, EXACT_TARGET, EXACT_WIDTH, (fit.alpha, fit.beta), 300)

    assert found.p == pytest.approx(expected, abs=0.09)
    above, below = naive.near_target(rows, EXACT_TARGET, EXACT_WIDTH)
    assert found.share_just_above == above / (above + below)


@pytest.mark.worked_example(of=heaping_above_target)
def test_p_worked_out_by_hand():
    """Values of 10 cases: only 9 of 10 lies from 90% to 92%, and only below it 8 of 10 (80% to 90%,
    with a width of 10 points; 10 of 10 is beyond). In 20 values all at 9 nothing lies below, so a
    draw is as extreme where it has no 8."""
    values = [("a", 9, 10)] * 20 + [("b", 10, 10)] * 3 + [("c", 6, 10)] * 3
    found = heaping_above_target(table(values), TARGET, seed=1, width=0.1)

    assert (found.just_above, found.just_below, found.share_just_above) == (20, 0, 1.0)
    assert found.p < 0.02
    assert found.question == QUESTION


def test_lifted_values_raise_a_question_and_clean_ones_do_not(clean, lifted):
    found, quiet = (heaping_above_target(values, TARGET, seed=7) for values in (lifted, clean))

    assert found.p < 0.01
    assert found.share_just_above > found.expected_share
    assert found.question == QUESTION
    assert (quiet.p > 0.05, quiet.question, quiet.reason) == (True, "", "")


def test_without_heaping_more_than_half_of_the_near_values_are_expected_above(clean):
    """Why a test of 50:50 is wrong."""
    assert heaping_above_target(clean, TARGET, seed=7).expected_share > 0.55


def test_a_seed_gives_the_same_answer_in_any_order_and_another_one_another(lifted):
    found = heaping_above_target(lifted, TARGET, seed=7)

    assert heaping_above_target(lifted, TARGET, seed=7) == found
    assert heaping_above_target(lifted.sample(frac=1, random_state=1), TARGET, seed=7) == found
    assert heaping_above_target(lifted, TARGET, seed=8) != found


def test_a_value_without_a_figure_or_cases_changes_nothing(lifted):
    found = heaping_above_target(lifted, TARGET, seed=7)
    empty = table([("trust 1", NAN, 20), ("trust 2", 18, None), ("trust 3", 0, 0)])

    assert heaping_above_target(pd.concat([lifted, empty]), TARGET, seed=7) == found


def test_a_table_is_drawn_in_parts_where_it_is_large(lifted, monkeypatch):
    whole = heaping_above_target(lifted, TARGET, seed=7, draws=2000)
    monkeypatch.setattr("performance.statistics.audit_signals.heaping._HELD", len(lifted) * 300)
    parts = heaping_above_target(lifted, TARGET, seed=7, draws=2000)

    assert parts.expected_share == pytest.approx(whole.expected_share, abs=0.01)
    assert parts.share_just_above == whole.share_just_above


def test_trusts_with_a_value_each_have_nothing_that_persists():
    values = drawn(np.random.default_rng(2), 60)
    values["series"] = range(len(values))

    assert 0 < heaping_above_target(values, TARGET, seed=7).p < 1


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([], "10 values near the target are needed and there are 0"),
        ([("a", 9, 10)] * 9, "10 values near the target are needed and there are 9"),
        ([("a", 0, 10)] * 20, "10 values near the target are needed and there are 0"),
        ([("a", 10, 10)] * 20, "10 values near the target are needed and there are 0"),
        ([("a", 0, 0)] * 20, "10 values near the target are needed and there are 0"),
    ],
)
def test_too_few_values_near_the_target_are_refused(values, reason):
    found = heaping_above_target(table(values), TARGET, seed=1)

    assert found.reason == reason
    assert (found.share_just_above, found.expected_share, found.p, found.question) == (None, None, None, "")


def test_where_no_beta_binomial_fits_its_reason_is_given():
    """One case each, all of them done, and a target of 99%, which 100% is just above."""
    found = heaping_above_target(table([("a", 1, 1)] * 20), 0.99, seed=1, width=0.5)

    assert found.just_above == 20
    assert found.reason == "every case of every trust is counted, or none is"
    assert found.p is None


def test_a_draw_that_comes_nowhere_near_the_target_says_nothing():
    """A fifth of the values on the target to a case in a hundred thousand, the rest at both ends."""
    values = [("a", 90_000, 100_000)] * 10 + [("b", 0, 100_000)] * 20 + [("c", 100_000, 100_000)] * 20
    found = heaping_above_target(table(values), TARGET, seed=1, width=0.00001, draws=3)

    assert found.reason == "values spread as these are would not come near the target"
    assert (found.just_above, found.p, found.question) == (10, None, "")


def test_values_that_cannot_lie_just_below_the_target_are_no_sign():
    """Of 20 cases none is from 88% to 90%: all near values lie above, in every draw as well."""
    found = heaping_above_target(table([("a", 18, 20)] * 30), TARGET, seed=1)

    assert (found.share_just_above, found.expected_share, found.p) == (1, 1, 1)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"target": 90}, "target and width are shares"),
        ({"target": 0.01}, "target and width are shares"),
        ({"target": 0.9, "width": 0.0}, "target and width are shares"),
        ({"target": [0.9, NAN]}, "target and width are shares"),
        ({"target": 0.9, "draws": 0}, "draws 1 or more"),
    ],
)
def test_impossible_targets_are_mistakes(clean, arguments, complaint):
    with pytest.raises(ValueError, match=complaint):
        heaping_above_target(clean, seed=1, **arguments)


@pytest.mark.parametrize(("x", "complaint"), [(21, "from 0 to its denominator"), (1.5, "whole number")])
def test_impossible_counts_are_mistakes(x, complaint):
    with pytest.raises(ValueError, match=complaint):
        heaping_above_target(table([("a", x, 20)]), TARGET, seed=1)


def test_nothing_but_the_answer_changes_hands(clean):
    before = clean.copy()
    found = heaping_above_target(clean, TARGET, seed=1)

    pd.testing.assert_frame_equal(clean, before)
    assert dataclasses.is_dataclass(found)


RUNS = 300


def fired(cases: int, *, persistent: bool, lifted: float) -> float:
    random = np.random.default_rng(20)
    tables = (drawn(random, cases, persistent=persistent, lifted=lifted) for _ in range(RUNS))
    return float(np.mean([heaping_above_target(t, TARGET, seed=3, draws=199).p <= 0.05 for t in tables]))


@pytest.mark.slow
@pytest.mark.parametrize("cases", [20, 200])
@pytest.mark.parametrize("persistent", [False, True])
def test_on_clean_tables_it_fires_in_2_to_5_per_cent(cases, persistent):
    """Give or take two standard errors of as many runs."""
    allowed = 2 * math.sqrt(0.05 * 0.95 / RUNS)

    assert 0.02 - allowed <= fired(cases, persistent=persistent, lifted=0.0) <= 0.05 + allowed


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cases", "persistent", "power"),
    [(20, False, 0.55), (20, True, 0.55), (200, False, 0.91), (200, True, 0.86)],
)
def test_it_finds_four_in_ten_lifted_near_misses(cases, persistent, power):
    assert fired(cases, persistent=persistent, lifted=0.4) == pytest.approx(power, abs=0.08)
