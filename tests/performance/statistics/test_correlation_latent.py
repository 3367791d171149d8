import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import optimize

from performance.statistics.correlation.latent import LatentCorrelation, latent_correlation
from performance.statistics.correlation.pairs import ALL_ALIKE
from tests.oracles import correlation as naive

NAN = math.nan
TEN = list(range(10))
# What is allowed to be lost of twice the log-likelihood within a 95% interval.
ALLOWED = 3.841459

seeds = st.integers(0, 10_000)
few = settings(max_examples=8)


def trusts(seed: int, n: int = 12, rho: float = 0.5, shared: float = 0.0) -> list[naive.Trust]:
    """Trusts of different sizes; `shared` correlates the errors of the two sides."""
    draw = np.random.default_rng(seed)
    x = draw.normal(size=n)
    y = rho * x + math.sqrt(1 - rho**2) * draw.normal(size=n)
    x_error, y_error = draw.uniform(0.1, 0.5, n), draw.uniform(0.2, 0.8, n)
    noise, other = draw.normal(size=(2, n))
    x = x + x_error * noise
    y = y + y_error * (shared * noise + math.sqrt(1 - shared**2) * other)
    return list(zip(x, x_error, y, y_error, shared * x_error * y_error, strict=True))


def latent(rows: list[naive.Trust], **options) -> LatentCorrelation:
    return latent_correlation(*zip(*rows, strict=True), **options)


@pytest.mark.oracle(of=latent_correlation)
@settings(max_examples=3)
@given(seeds, st.sampled_from([0.0, 0.5]))
def test_it_is_the_likeliest_and_its_limits_cost_as_much_as_allowed(seed, shared):
    rows = trusts(seed, shared=shared)
    result = latent(rows)
    assume(not result.reason)
    best = naive.greatest_log_likelihood(rows)

    at_estimate = naive.greatest_log_likelihood(rows, result.coefficient)
    assert at_estimate == pytest.approx(best, abs=1e-3)
    for limit in (result.lower, result.upper):
        lost = 2 * (best - naive.greatest_log_likelihood(rows, limit * (1 - 1e-9)))
        assert lost == pytest.approx(ALLOWED, abs=5e-3) or (abs(limit) == 1 and lost < ALLOWED + 5e-3)


@pytest.mark.worked_example(of=latent_correlation)
def test_without_noise_it_is_pearsons_and_the_interval_has_a_formula():
    """With the means and variances taken out by hand, twice the log-likelihood at rho falls short of
    its greatest by n (2 ln(1 - r rho) - ln(1 - rho^2) - ln(1 - r^2))."""
    rows = [(x, 0.0, y, 0.0, 0.0) for x, _, y, _, _ in trusts(3, n=35)]
    r = naive.pearson([row[0] for row in rows], [row[2] for row in rows])

    def beyond(rho):
        return 35 * (2 * math.log(1 - r * rho) - math.log(1 - rho**2) - math.log(1 - r**2)) - ALLOWED

    result = latent(rows)

    assert result.coefficient == pytest.approx(r, abs=1e-5)
    assert result.lower == pytest.approx(optimize.brentq(beyond, -0.999, r), abs=1e-5)
    assert result.upper == pytest.approx(optimize.brentq(beyond, r, 0.999), abs=1e-5)
    assert (result.process_reliability, result.outcome_reliability) == (1, 1)


@pytest.mark.worked_example(of=latent_correlation)
def test_with_errors_alike_it_is_the_covariance_less_the_noise():
    """Then the likeliest true variances are the observed ones (over n) less the squared errors."""
    x, _, y, _, _ = map(np.array, zip(*trusts(8, n=35), strict=True))

    result = latent_correlation(x, 0.3, y, 0.4, 0.05)

    spreads = math.sqrt(x.var() - 0.3**2), math.sqrt(y.var() - 0.4**2)
    covariance = np.mean((x - x.mean()) * (y - y.mean())) - 0.05
    assert result.coefficient == pytest.approx(covariance / math.prod(spreads), abs=1e-5)
    found = result.process_standard_deviation, result.outcome_standard_deviation
    assert found == pytest.approx(spreads, abs=1e-5)


@few
@given(seeds, st.sampled_from([0.0, 0.4]))
def test_units_sides_order_and_empty_trusts_make_no_difference(seed, shared):
    rows = trusts(seed, n=20, shared=shared)
    plain = latent(rows)
    assume(not plain.reason)
    changed = [(1e4 * y - 7, 1e4 * sy, 1e-3 * x + 2, 1e-3 * sx, 10 * c) for x, sx, y, sy, c in rows[::-1]]

    other = latent([*changed, (NAN, 1.0, 1.0, 1.0, 0.0), (1.0, 1.0, 1.0, NAN, 0.0)])

    assert other.n == plain.n == 20
    figures = (plain.coefficient, plain.lower, plain.upper)
    assert (other.coefficient, other.lower, other.upper) == pytest.approx(figures, abs=1e-4)
    assert other.outcome_standard_deviation == pytest.approx(
        1e-3 * plain.process_standard_deviation, rel=1e-3
    )


@few
@given(seeds)
def test_turning_one_side_round_turns_everything_round(seed):
    rows = trusts(seed, n=20)
    plain, turned = latent(rows), latent([(x, sx, -y, sy, -c) for x, sx, y, sy, c in rows])
    assume(not plain.reason)

    figures = (-plain.coefficient, -plain.upper, -plain.lower)
    assert (turned.coefficient, turned.lower, turned.upper) == pytest.approx(figures, abs=1e-4)


@few
@given(seeds, st.sampled_from([-0.95, -0.4, 0.0, 0.6, 0.95]))
def test_the_interval_holds_the_estimate_and_stays_within_1(seed, rho):
    result = latent(trusts(seed, n=15, rho=rho))
    assume(not result.reason)

    assert -1 <= result.lower <= result.coefficient <= result.upper <= 1
    assert result.lower < result.upper


def test_less_confidence_is_a_narrower_interval():
    rows = trusts(4, n=35)
    wide, narrow = latent(rows), latent(rows, confidence=0.8)

    assert wide.lower < narrow.lower < narrow.upper < wide.upper


def test_a_perfect_correlation_is_found_at_the_edge():
    """What is observed goes together more than the noise allows."""
    x = np.linspace(-2, 2, 20)

    result = latent_correlation(x, 0.5, x, 0.5)

    assert (result.coefficient, result.upper) == (1.0, 1.0)
    assert 0.7 < result.lower < 1


def test_few_trusts_without_certain_differences_allow_every_correlation():
    """Without true differences rho says nothing: where that is likely enough, nothing is excluded."""
    rows = trusts(0, n=10)
    x, y = ([row[side] for row in rows] for side in (0, 2))
    noise = [math.sqrt(0.58) * np.std(side, ddof=1) for side in (x, y)]

    result = latent_correlation(x, noise[0], y, noise[1])

    assert result.outcome_reliability == pytest.approx(0.42)
    assert (result.lower, result.upper) == (-1.0, 1.0)


def test_a_limit_is_not_caught_in_a_false_hollow_of_the_likelihood():
    """From next to no spread a search sees no slope. These trusts once had a lower limit of -0.05,
    where twice the log-likelihood has fallen by 0.2 only."""
    level, noise, other = np.random.default_rng(5).standard_normal((795, 3, 35))[794]
    x, y = level + 0.2 * noise, 0.5 * level + 1.1 * other

    result = latent_correlation(x, 0.2, y, 0.6)

    figures = result.lower, result.coefficient, result.upper
    assert figures == pytest.approx((-0.344, 0.042, 0.416), abs=0.001)


def test_errors_that_go_together_are_taken_out():
    """Nothing but the errors, counted from the same cases, goes together here."""
    rows = trusts(21, n=300, rho=0.0, shared=0.95)

    told, ignored = latent(rows), latent([(*row[:4], 0.0) for row in rows])

    assert told.lower < 0 < told.upper
    assert ignored.coefficient > told.coefficient + 0.1


@pytest.mark.parametrize(
    ("process", "outcome", "n", "reason"),
    [
        ([], [], 0, "10 trusts with both figures are needed and there are 0"),
        ([1], [1], 1, "10 trusts with both figures are needed and there are 1"),
        ([*TEN[1:], NAN], TEN, 9, "10 trusts with both figures are needed and there are 9"),
        ([2] * 10, TEN, 10, ALL_ALIKE),
    ],
)
def test_too_little_has_no_figure_but_a_reason(process, outcome, n, reason):
    assert latent_correlation(process, 1, outcome, 1) == LatentCorrelation(n, reason)


@pytest.mark.parametrize(
    ("process_error", "outcome_error", "reason"),
    [
        (1, 5, "the outcome is too noisy: its reliability is 0.00 and 0.40 is needed"),
        (2.5, 1, "the process is too noisy: its reliability is 0.31 and 0.40 is needed"),
    ],
)
def test_a_noisy_side_is_named_with_its_reliability(process_error, outcome_error, reason):
    result = latent_correlation(TEN, process_error, TEN, outcome_error)

    assert (result.coefficient, result.lower, result.upper) == (None, None, None)
    assert result.reason == reason
    assert min(result.process_reliability, result.outcome_reliability) < 0.4


def test_mistakes_are_refused():
    with pytest.raises(ValueError, match="below 0"):
        latent_correlation(TEN, -1, TEN, 1)
    with pytest.raises(ValueError, match="covariance"):
        latent_correlation(TEN, 1, TEN, 1, -1.1)
    with pytest.raises(ValueError, match="confidence"):
        latent_correlation(TEN, 1, TEN, 1, confidence=95)


@pytest.mark.slow
def test_the_interval_covers_the_true_correlation_as_often_as_it_says():
    """35 trusts of different sizes, a true correlation of 0.5, reliabilities of 0.95 and 0.6."""
    draw = np.random.default_rng(20)
    # Noise by size, so that its mean square is the part of the variance that isn't real.
    noise = 1 / draw.lognormal(0, 0.5, 35)
    errors = [np.sqrt(noise / noise.mean() * (1 - real) / real) for real in (0.95, 0.6)]
    found = []
    for _ in range(1_000):
        x = draw.normal(size=35)
        y = 0.5 * x + math.sqrt(0.75) * draw.normal(size=35)
        x, y = x + errors[0] * draw.normal(size=35), y + errors[1] * draw.normal(size=35)
        found.append(latent_correlation(x, errors[0], y, errors[1]))

    told = [result for result in found if not result.reason]
    assert len(told) > 0.9 * len(found)
    assert 0.93 <= np.mean([result.lower <= 0.5 <= result.upper for result in told]) <= 0.97
    assert np.mean([result.coefficient for result in told]) == pytest.approx(0.5, abs=0.03)
