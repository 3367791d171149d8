import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.correlation.power import Coefficient, Detectable, Power, detectable, power
from tests.oracles import correlation as naive

PEARSON = Coefficient.PEARSON

sizes = st.integers(10, 400)
strengths = st.integers(-95, 95).map(lambda hundredths: hundredths / 100)
each = pytest.mark.parametrize("coefficient", list(Coefficient))


@pytest.mark.oracle(of=power)
@pytest.mark.parametrize("rho", [0.0, 0.3, 0.47])
def test_the_power_of_pearsons_is_that_of_simulated_trusts(rho):
    simulated = naive.share_significant(rho, 35, 20_000, seed=1, of_ranks=False)

    assert power(rho, 35, coefficient=PEARSON).power == pytest.approx(simulated, abs=0.01)


@pytest.mark.oracle(of=power)
@pytest.mark.parametrize("rank_rho", [0.0, 0.3, 0.47])
def test_the_power_of_spearmans_is_that_of_simulated_trusts(rank_rho):
    """Of normal figures Spearman's correlation is 6 / pi asin(rho / 2)."""
    rho = 2 * np.sin(np.pi * rank_rho / 6)
    simulated = naive.share_significant(rho, 35, 20_000, seed=1, of_ranks=True)

    assert power(rank_rho, 35).power == pytest.approx(simulated, abs=0.01)


@pytest.mark.worked_example(of=power)
@pytest.mark.parametrize(("rho", "n"), [(0.1, 783), (0.3, 85), (0.5, 28)])
def test_cohens_numbers_for_a_power_of_4_in_5(rho, n):
    """Cohen (1992), Psychological Bulletin 112:155-159, table 2, product-moment r at 0.05."""
    assert power(rho, n, coefficient=PEARSON).power == pytest.approx(0.8, abs=0.01)


@pytest.mark.worked_example(of=power)
@pytest.mark.worked_example(of=detectable)
def test_what_35_trusts_can_show():
    """The specification's figures: a correlation of 0.3 has a power of 43%; beyond 0.33 one is
    significant; beyond 0.47 it is found 4 times in 5 (by ranks that already holds from 0.46)."""
    assert power(0.3, 35, coefficient=PEARSON).power == pytest.approx(0.43, abs=0.005)
    assert power(0.3, 35).power == pytest.approx(0.42, abs=0.005)
    assert detectable(35).least_significant == pytest.approx(0.33, abs=0.005)
    assert detectable(35).detectable == pytest.approx(0.46, abs=0.005)
    assert detectable(35, coefficient=PEARSON).detectable == pytest.approx(0.45, abs=0.005)
    for coefficient in Coefficient:
        assert 0.8 < power(0.47, 35, coefficient=coefficient).power < 0.84


@pytest.mark.worked_example(of=detectable)
@pytest.mark.parametrize(
    ("n", "critical"), [(10, 0.632), (20, 0.444), (27, 0.381), (35, 0.334), (102, 0.195)]
)
def test_the_least_significant_is_that_of_the_published_table(n, critical):
    """Fisher and Yates (1963), Statistical Tables, table VII, at 0.05, n - 2 degrees of freedom."""
    assert detectable(n).least_significant == pytest.approx(critical, abs=0.0006)


@each
@given(n=sizes, share=st.integers(50, 99))
def test_what_is_detectable_is_found_as_often_as_asked(coefficient, n, share):
    found = detectable(n, power=share / 100, coefficient=coefficient)

    assert power(found.detectable, n, coefficient=coefficient).power == pytest.approx(share / 100, abs=1e-6)


@each
@given(n=sizes, rho=strengths)
def test_the_sign_makes_no_difference(coefficient, n, rho):
    one, other = power(rho, n, coefficient=coefficient), power(-rho, n, coefficient=coefficient)

    assert one.power == pytest.approx(other.power)


@each
@given(n=sizes)
def test_stronger_and_more_is_found_more_often(coefficient, n):
    by_strength = [power(rho, n, coefficient=coefficient).power for rho in (0, 0.2, 0.4, 0.6, 0.8)]
    more = power(0.4, n + 10, coefficient=coefficient).power

    assert by_strength == sorted(by_strength)
    assert 0 < by_strength[0] < by_strength[-1] <= 1
    assert more > by_strength[2] or more == pytest.approx(1)
    assert (
        detectable(n + 10, coefficient=coefficient).detectable
        < detectable(n, coefficient=coefficient).detectable
    )


def test_a_stricter_test_finds_less():
    assert power(0.3, 35, confidence=0.998).power < power(0.3, 35).power
    assert detectable(35, confidence=0.998).least_significant > detectable(35).least_significant


@pytest.mark.parametrize("n", [0, 1, 9])
def test_fewer_than_10_trusts_show_nothing(n):
    reason = f"10 trusts are needed and there are {n}"

    assert power(0.3, n) == Power(n, reason)
    assert detectable(n) == Detectable(n, reason)


@pytest.mark.parametrize("rho", [-1, 1, 1.5, float("nan")])
def test_a_correlation_beyond_1_is_a_mistake(rho):
    with pytest.raises(ValueError, match="between -1 and 1"):
        power(rho, 35)


@pytest.mark.parametrize("share", [0.04, 0.49, 1, 80])
def test_a_power_of_less_than_a_half_or_of_certainty_is_a_mistake(share):
    with pytest.raises(ValueError, match="from a half"):
        detectable(35, power=share)


def test_a_confidence_beyond_0_to_1_is_a_mistake():
    with pytest.raises(ValueError, match="confidence"):
        power(0.3, 35, confidence=95)
    with pytest.raises(ValueError, match="confidence"):
        detectable(35, confidence=0)
