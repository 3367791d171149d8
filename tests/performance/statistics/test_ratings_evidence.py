import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.statistics.ratings.evidence import (
    evidence_of,
    evidence_targets,
    posterior_draws,
    rate_evidence,
    repeated_draws,
)
from tests.oracles import binomial
from tests.oracles import ratings as oracle
from tests.performance.statistics.ratings_examples import NAN, observations, one_measure, two_domains

MIXED = observations(
    ("wales", "timely", 45, 50),
    ("wales", "complete", 8, 10),
    ("wales", "overdue", NAN, NAN, 0.2, 0.03),
    ("kent", "timely", 0, 0),
    ("kent", "complete", NAN, 10),
    ("kent", "overdue", NAN, NAN, 0.1, NAN),
    ("kent", "sickness", NAN, NAN, 9.0, 1.0),
    ("essex", "timely", 5, 5, 77.0, 1.0),
    ("essex", "overdue", 1, 5),
)


def draws_of(drawn) -> np.ndarray:
    return np.stack(list(drawn))


@pytest.mark.worked_example(of=evidence_of)
def test_counts_go_before_values_and_what_is_neither_is_missing():
    found = evidence_of(two_domains(), MIXED)

    assert list(found.trusts) == ["essex", "kent", "wales"]
    np.testing.assert_array_equal(found.observed, [[1, NAN, 0.2], [NAN] * 3, [0.9, 0.8, 0.2]])
    np.testing.assert_array_equal(found.is_counted, [[1, 0, 1], [0, 0, 0], [1, 1, 0]])
    np.testing.assert_array_equal(found.priors, [[0.5] * 3] * 2)


def test_figures_may_be_missing_in_any_way():
    frame = observations(("kent", "timely", 9, 10)).astype({"counted": "Int64", "cases": object})
    frame.loc[1] = ["wales", "timely", pd.NA, None, None, None]

    np.testing.assert_array_equal(evidence_of(one_measure(), frame).observed, [[0.9], [NAN]])


@pytest.mark.parametrize(
    ("frame", "priors", "message"),
    [
        (observations(("kent", "timely", 11, 10)), {}, "from 0 to its denominator"),
        (observations(("kent", "timely", -1, 10)), {}, "from 0 to its denominator"),
        (observations(("kent", "timely", 1, 0)), {}, "from 0 to its denominator"),
        (observations(("kent", "timely", NAN, NAN, 1, -1)), {}, "a standard error can't be below 0"),
        (observations(("kent", "timely", NAN, NAN, math.inf, 1)), {}, "infinite"),
        (observations(("kent", "timely", 1, 2), ("kent", "timely", 1, 2)), {}, "two rows of one measure"),
        (observations(("kent", "timely", 1, 2)).drop(columns="cases"), {}, "no column for cases"),
        (observations(("kent", "timely", 1, 2)), {"timely": (0, 1)}, "alpha and beta of a prior"),
        (observations(("kent", "timely", 1, 2)), {"timely": (1, math.inf)}, "alpha and beta of a prior"),
    ],
)
def test_impossible_evidence_is_a_mistake(frame, priors, message):
    with pytest.raises(ValueError, match=message):
        evidence_of(one_measure(), frame, priors)


@pytest.mark.worked_example(of=evidence_targets)
def test_targets_come_in_the_order_of_the_evidence():
    evidence = evidence_of(two_domains(), MIXED)
    own = pd.DataFrame({"timely": [0.95, 0.7]}, index=["wales", "surrey"])

    assert evidence_targets(two_domains(), evidence, None).tolist() == [[0.9, 0.8, 0.2]] * 3
    assert evidence_targets(two_domains(), evidence, own)[:, 0].tolist() == [0.9, 0.9, 0.95]


def test_a_percentage_is_no_target_of_a_counted_measure():
    evidence = evidence_of(one_measure(target=90.0), observations(("kent", "timely", 9, 10)))

    with pytest.raises(ValueError, match="must be a share from 0 to 1"):
        evidence_targets(one_measure(target=90.0), evidence, None)


@pytest.mark.worked_example(of=rate_evidence)
def test_what_was_observed_is_rated():
    """Wales just meets all three targets: 3 and 3."""
    scheme = two_domains()
    evidence = evidence_of(scheme, MIXED)
    rated = rate_evidence(scheme, evidence, evidence_targets(scheme, evidence, None))

    assert rated.loc["wales", ["score", "band"]].tolist() == [3.0, "good"]
    assert rated["band"].isna().tolist() == [False, True, False]


@pytest.mark.oracle(of=posterior_draws)
@pytest.mark.parametrize(("x", "n"), [(0, 1), (3, 10), (40, 40), (171, 190)])
def test_true_shares_are_drawn_from_the_beta_posterior(x, n):
    """With a uniform prior, whose posterior has whole alpha and beta."""
    evidence = evidence_of(one_measure(), observations(("kent", "timely", x, n)), {"timely": (1, 1)})
    (drawn,) = posterior_draws(evidence, 20_000, np.random.default_rng(5))

    for share in (Fraction(1, 4), Fraction(1, 2), Fraction(9, 10), Fraction(99, 100)):
        above = float(oracle.beta_above(share, x + 1, n - x + 1))
        assert (drawn > float(share)).mean() == pytest.approx(above, abs=0.012)


@pytest.mark.worked_example(of=posterior_draws)
def test_draws_have_the_moments_of_their_distributions():
    """Jeffreys' posterior of 45 of 50 is Beta(45.5, 5.5), mean 45.5/51."""
    essex, kent, wales = draws_of(
        posterior_draws(evidence_of(two_domains(), MIXED), 20_000, np.random.default_rng(1))
    )

    assert wales.mean(axis=0) == pytest.approx([45.5 / 51, 8.5 / 11, 0.2], abs=0.003)
    assert wales[:, 2].std() == pytest.approx(0.03, rel=0.02)
    assert np.isnan(kent).all()
    assert np.isnan(essex).all(axis=0).tolist() == [False, True, False]


@pytest.mark.oracle(of=repeated_draws)
@settings(max_examples=10)
@given(st.integers(1, 12), st.integers(5, 95).map(lambda n: Fraction(n, 100)))
def test_a_year_that_repeats_a_true_share_is_binomial(n, truth):
    evidence = evidence_of(one_measure(), observations(("kent", "timely", 1, n)))
    (drawn,) = repeated_draws(evidence, np.array([[float(truth)]]), 10_000, np.random.default_rng(2))

    found = np.bincount(np.rint(drawn[:, 0] * n).astype(int), minlength=n + 1) / 10_000
    assert list(found) == pytest.approx([float(m) for m in binomial.mass(n, truth)], abs=0.025)


@pytest.mark.worked_example(of=repeated_draws)
def test_a_year_that_repeats_a_true_value_has_its_error():
    truth = np.array([[0.5, NAN, 1], [NAN] * 3, [0, 1, 0.4]])
    essex, kent, wales = draws_of(
        repeated_draws(evidence_of(two_domains(), MIXED), truth, 10_000, np.random.default_rng(1))
    )

    assert (wales[:, 0] == 0).all() and (wales[:, 1] == 1).all()
    assert (wales[:, 2].mean(), wales[:, 2].std()) == (
        pytest.approx(0.4, abs=0.002),
        pytest.approx(0.03, rel=0.05),
    )
    assert essex[:, 0].mean() == pytest.approx(0.5, abs=0.01)
    assert np.isnan(kent).all()


@pytest.mark.parametrize(
    ("row", "truth", "message"),
    [
        (("kent", "timely", 1, 2.5), 0.5, "a count must be a whole number"),
        (("kent", "timely", 1, 2), 1.5, "the truth of a counted measure must be a share"),
        (("kent", "timely", 1, 2), NAN, "the truth of what was observed must be given"),
    ],
)
def test_a_year_that_cannot_be_repeated_is_a_mistake(row, truth, message):
    evidence = evidence_of(one_measure(), observations(row))

    with pytest.raises(ValueError, match=message):
        list(repeated_draws(evidence, np.array([[truth]]), 10, np.random.default_rng(1)))


def test_draws_are_the_same_by_seed_whatever_the_order_of_rows_or_empty_trusts():
    empty = observations(("cumbria", "timely", NAN, 3))
    mixed = pd.concat([MIXED, empty]).sample(frac=1, random_state=3)
    straight, shuffled = (
        draws_of(posterior_draws(evidence_of(two_domains(), frame), 50, np.random.default_rng(7)))
        for frame in (MIXED, mixed)
    )

    np.testing.assert_array_equal(shuffled[[1, 2, 3]], straight)


def test_no_observations_are_no_draws():
    evidence = evidence_of(one_measure(), observations())

    assert evidence.observed.shape == (0, 1)
    assert list(posterior_draws(evidence, 5, np.random.default_rng(1))) == []
