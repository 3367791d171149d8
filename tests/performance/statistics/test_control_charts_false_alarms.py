"""How often charts signal something where nothing changes."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from performance.statistics.control_charts.choice import suited_chart
from performance.statistics.control_charts.proportions import laney_p_chart, p_chart
from performance.statistics.control_charts.xmr import xmr

pytestmark = pytest.mark.slow

CHARTS = 20_000


def in_one_frame(**columns: np.ndarray) -> pd.DataFrame:
    """Of columns with a row a chart and a column a point."""
    charts, points = next(iter(columns.values())).shape
    when = {"series": np.repeat(np.arange(charts), points), "period": np.tile(np.arange(points), charts)}
    return pd.DataFrame(when | {name: values.ravel() for name, values in columns.items()})


def share_with_a_signal(chart_of: Callable[[pd.DataFrame], pd.DataFrame], frame: pd.DataFrame) -> float:
    return (chart_of(frame)["rule"] != "").groupby(frame["series"]).any().mean()


def shares_of(n: int, share: float, points: int = 24) -> pd.DataFrame:
    cases = np.full((CHARTS, points), n)
    x = np.random.default_rng(n).binomial(cases, share)
    return in_one_frame(x=x, n=cases, value=x / cases)


@pytest.mark.parametrize(("points", "stated"), [(12, 0.073), (24, 0.18), (36, 0.29)])
def test_a_stable_process_signals_as_often_as_stated(points, stated):
    values = np.random.default_rng(points).normal(size=(CHARTS, points))

    assert share_with_a_signal(xmr, in_one_frame(value=values)) == pytest.approx(stated, abs=0.012)


@pytest.mark.parametrize(("points", "stated"), [(12, 0.64), (20, 0.91)])
def test_rolling_years_signal_as_often_as_stated(points, stated):
    """Why they are refused: here their periods are numbers, so that the chart can't know."""
    quarters = np.random.default_rng(points).normal(size=(CHARTS, points + 3))
    rolling = sum(quarters[:, k : k + points] for k in range(4)) / 4

    assert share_with_a_signal(xmr, in_one_frame(value=rolling)) == pytest.approx(stated, abs=0.012)


def test_what_leans_on_the_point_before_signals_as_often_as_stated():
    """Autocorrelation 0.5, 24 points."""
    values = np.random.default_rng(5).normal(size=(CHARTS, 24))
    for point in range(1, 24):
        values[:, point] = 0.5 * values[:, point - 1] + 0.75**0.5 * values[:, point]

    assert share_with_a_signal(xmr, in_one_frame(value=values)) == pytest.approx(0.71, abs=0.012)


def test_an_xmr_chart_takes_few_cases_for_change_and_the_p_chart_chosen_does_so_less():
    """40 cases at 95%, 24 points: a third of stable charts, most with a limit above 100%."""
    frame = shares_of(40, 0.95)

    chart = xmr(frame)

    assert share_with_a_signal(lambda _: chart, frame) == pytest.approx(0.32, abs=0.012)
    assert (chart["upper_limit"] > 1).groupby(frame["series"]).any().mean() == pytest.approx(0.99, abs=0.005)
    assert (suited_chart(frame[:2400])["chart"] == "p-chart").all()
    assert share_with_a_signal(p_chart, frame) == pytest.approx(0.12, abs=0.012)


@pytest.mark.parametrize("chart_of", [p_chart, laney_p_chart])
@pytest.mark.parametrize(("n", "share"), [(100, 0.9), (400, 0.95), (2000, 0.95)])
def test_charts_of_counts_signal_on_stable_ones_no_oftener_than_xmr(chart_of, n, share):
    frame = shares_of(n, share)

    assert share_with_a_signal(chart_of, frame) < 0.19
    assert share_with_a_signal(chart_of, frame) < share_with_a_signal(xmr, frame)


def test_with_thousands_of_cases_a_p_chart_takes_the_usual_spread_for_change():
    """Why Laney's p' is chosen: the share itself moves by 2 points from month to month."""
    random = np.random.default_rng(3)
    cases = np.full((CHARTS // 4, 24), 5000)
    x = random.binomial(cases, random.normal(0.8, 0.02, cases.shape))
    frame = in_one_frame(x=x, n=cases)

    assert share_with_a_signal(p_chart, frame) > 0.99
    assert share_with_a_signal(laney_p_chart, frame) == pytest.approx(0.15, abs=0.02)
