import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.dispersion.limits import difference_limits
from performance.statistics.reoffending.cohorts import cohorts
from performance.statistics.reoffending.comparison import against_prediction, national_result
from performance.statistics.reoffending.funnel import funnel_points
from performance.statistics.reoffending.verdicts import DesignEffects

NAN = math.nan
INDEPENDENT = DesignEffects(1.0, 1.0, 1.0)
LIMITS = ["lower_998", "lower_95", "upper_95", "upper_998"]


@pytest.mark.worked_example(of=funnel_points)
def test_a_point_worked_out_by_hand():
    """60 of 400 against 10%: 5 points up, with an error of 1.5 points, whose square is 0.000225."""
    found = funnel_points(against_prediction(cohorts(60, 400, 0.1), INDEPENDENT)).iloc[0]

    assert list(found[["difference", "precision", "standard_error"]]) == pytest.approx(
        [0.05, 1 / 0.000225, 0.015]
    )
    assert list(found[LIMITS]) == pytest.approx([-0.046353, -0.029399, 0.029399, 0.046353], abs=1e-6)


@pytest.mark.worked_example(of=funnel_points)
def test_a_second_funnel_lies_round_the_national_difference():
    """90, 110 and 100 of 1,000 where 125 are predicted: the nation lies 2.5 points below."""
    given = cohorts([90, 110, 100], 1000, 0.125)
    table = against_prediction(given)
    first, second = funnel_points(table), funnel_points(table, national_result(given).difference)

    for name in LIMITS:
        assert list(second[name] - first[name]) == pytest.approx([-0.025] * 3)
    assert (second["difference"] == first["difference"]).all()


@pytest.mark.worked_example(of=funnel_points)
def test_the_spread_between_trusts_widens_a_funnel_either_way():
    """An error of 1.5 points: with a spread of 2 points it is 2.5, with phi at 4 it is 3."""
    table = against_prediction(cohorts(60, 400, 0.1), INDEPENDENT)

    assert funnel_points(table, tau_squared=0.0004)["upper_95"][0] == pytest.approx(1.959964 * 0.025)
    assert funnel_points(table, phi=4.0)["upper_95"][0] == pytest.approx(1.959964 * 0.03)
    assert funnel_points(table, phi=0.25)["upper_95"][0] == pytest.approx(1.959964 * 0.015)


@pytest.mark.oracle(of=funnel_points)
@given(st.integers(200, 20_000), st.floats(0.05, 0.5), st.floats(0, 0.0001))
def test_each_point_has_the_limits_of_its_own_prediction(cases, rate, tau_squared):
    """Drawn in another way by `difference_limits`, and further out than 0 or 1 not at all."""
    table = against_prediction(cohorts(cases // 10, cases, rate), INDEPENDENT)
    found = funnel_points(table, tau_squared=tau_squared)
    for name, tail in (("95", 0.025), ("998", 0.001)):
        drawn = difference_limits(rate, cases, tail, tau_squared)
        assert max(found[f"lower_{name}"][0], -rate) == pytest.approx(drawn["lower"][0])
        assert found[f"upper_{name}"][0] == pytest.approx(drawn["upper"][0])


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=20))
def test_a_point_is_outside_where_its_verdict_is(observed):
    table = against_prediction(cohorts(observed, 1000, 0.09))
    found = funnel_points(table)
    is_outside = (found["difference"] < found["lower_95"]) | (found["difference"] > found["upper_95"])
    clear = ~np.isclose(table["p"], 0.05, rtol=1e-6)

    assert (is_outside == (table["p"] < 0.05))[clear].all()


def test_a_row_without_figures_has_no_point():
    found = funnel_points(against_prediction(cohorts([NAN, 20, 2], [100, 200, 30], 0.1)))

    assert list(found["reason"]) == ["a figure is not given", "", ""]
    assert found.iloc[0].drop("reason").isna().all()
    # Too few for a flag, and still shown.
    assert found.iloc[2].notna().all()
    assert funnel_points(against_prediction(cohorts([], [], []))).empty


@pytest.mark.parametrize(("tau_squared", "phi"), [(-0.1, 1.0), (0.0, -1.0)])
def test_a_spread_below_0_is_a_mistake(tau_squared, phi):
    with pytest.raises(ValueError, match="a spread can't be below 0"):
        funnel_points(against_prediction(cohorts(20, 200, 0.1)), 0.0, tau_squared, phi)
