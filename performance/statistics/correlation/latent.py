"""The correlation of what process and outcome truly are, behind the noise of counting cases."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import optimize, stats

from performance.statistics.columns import NO_REASON, Floats, Numbers
from performance.statistics.correlation.pairs import complete, refusal
from performance.statistics.correlation.reliability import (
    check_standard_errors,
    noise_refusal,
    part_that_is_real,
)
from performance.statistics.intervals import z_for

# As near to -1 and 1 as the likelihood is worked out: there, standard errors of 0 leave it none.
_EDGE = 1 - 1e-9
_RHOS = np.array([-_EDGE, -0.8, -0.4, 0.0, 0.4, 0.8, _EDGE])
# Where the search for the true standard deviations begins, as parts of the observed ones. Not quite
# at 0, where standard errors of 0 would leave no likelihood.
_SPREADS = np.array([1e-4, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2])
_MOST_SPREAD = 20.0


@dataclass(frozen=True)
class LatentCorrelation:
    """coefficient: the true correlation (-1 to 1) with its interval; the standard deviations of
    the true figures, in the units given; the reliabilities (0 to 1) that decided whether to tell."""

    n: int
    reason: str
    process_reliability: float | None = None
    outcome_reliability: float | None = None
    coefficient: float | None = None
    lower: float | None = None
    upper: float | None = None
    process_standard_deviation: float | None = None
    outcome_standard_deviation: float | None = None


def latent_correlation(
    process: Numbers,
    process_standard_error: Numbers,
    outcome: Numbers,
    outcome_standard_error: Numbers,
    sampling_covariance: Numbers = 0.0,
    *,
    confidence: float = 0.95,
) -> LatentCorrelation:
    """The bivariate random-effects correlation with its profile-likelihood interval.

    Each trust's two figures are normal round its true ones with the standard errors given, the
    true ones bivariate normal over the trusts; maximum likelihood finds their correlation.
    A row per trust, both oriented so that high is good; one that lacks a figure is left out.
    sampling_covariance: of the two figures' errors, where both count the same cases.
    Refused: fewer than 10 trusts, a side without differences, a reliability below 0.4.
    Raises ValueError for a negative standard error, or a covariance above the errors' product,
    or a confidence outside 0 to 1.
    Source: van Houwelingen, Zwinderman and Stijnen (1993), Statistics in Medicine 12:2273-2284.
    """
    columns = (process, process_standard_error, outcome, outcome_standard_error, sampling_covariance)
    z_for(confidence)
    x, x_error, y, y_error, covariance = complete(*columns)
    check_standard_errors(x_error, y_error)
    if (np.abs(covariance) > x_error * y_error * (1 + 1e-9)).any():
        raise ValueError("a sampling covariance can't exceed the product of the standard errors")
    n = len(x)
    if reason := refusal(x, y):
        return LatentCorrelation(n, reason)
    real = part_that_is_real(x, x_error), part_that_is_real(y, y_error)
    if reason := noise_refusal(*real):
        return LatentCorrelation(n, reason, *real)
    likelihood = _Likelihood(x, x_error, y, y_error, covariance)
    best = likelihood.least(_RHOS)
    lower, upper = (likelihood.limit(best, side, confidence) for side in (-_EDGE, _EDGE))
    spread_x, spread_y = (float(spread) for spread in best.x[:2] * likelihood.scales)
    rho = _rounded_at_the_edge(best.x[2])
    return LatentCorrelation(n, NO_REASON, *real, rho, lower, upper, spread_x, spread_y)


def _rounded_at_the_edge(rho: float) -> float:
    return float(np.sign(rho)) if abs(rho) >= _EDGE else float(rho)


class _Likelihood:
    """Minus the log-likelihood, less its constant, of the true standard deviations and their
    correlation. Given the three, the likeliest means are the weighted ones, so the means are no
    parameters. On standardised figures, so that units don't matter. Rho itself and not its
    atanh, so that a maximum at -1 or 1 is a place that can be reached.
    """

    def __init__(self, x: Floats, x_error: Floats, y: Floats, y_error: Floats, covariance: Floats) -> None:
        self.scales = np.array([np.std(x, ddof=1), np.std(y, ddof=1)])
        self._x, self._y = (x - x.mean()) / self.scales[0], (y - y.mean()) / self.scales[1]
        self._noise_x, self._noise_y = (x_error / self.scales[0]) ** 2, (y_error / self.scales[1]) ** 2
        self._covariance = covariance / self.scales.prod()

    def least(self, rhos: Floats) -> optimize.OptimizeResult:
        """The likeliest parameters with rho from the first to the last of `rhos`. Found from the
        best point of a grid, as with few and noisy trusts there can be two tops: one without
        any true differences, where rho says nothing.
        """
        grid = np.stack(np.meshgrid(_SPREADS, _SPREADS, rhos, indexing="ij"), axis=-1).reshape(-1, 3)
        start = grid[np.argmin(self._minus_log(grid)[0])]
        spread = (_SPREADS[0], _MOST_SPREAD)
        return optimize.minimize(
            self._minus_log,
            start,
            jac=True,
            # Not L-BFGS-B: its linear algebra runs in threads, which on three numbers wait for each
            # other (20 times as long on a busy machine).
            method="TNC",
            bounds=[spread, spread, (rhos[0], rhos[-1])],
            options={"ftol": 1e-12, "gtol": 1e-7, "xtol": 1e-9, "maxfun": 500},
        )

    def limit(self, best: optimize.OptimizeResult, edge: float, confidence: float) -> float:
        """Where, on the way to the edge, twice the log-likelihood has fallen by the quantile of
        chi-squared (3.84 for 95%); the edge if it doesn't fall as far."""
        allowed = stats.chi2.ppf(confidence, 1)

        def beyond(rho: float) -> float:
            return 2 * (self.least(np.array([rho])).fun - best.fun) - allowed

        if beyond(edge) <= 0:
            return _rounded_at_the_edge(edge)
        return float(optimize.brentq(beyond, best.x[2], edge, xtol=1e-6))

    def _minus_log(self, parameters: Floats) -> tuple[Any, Floats]:
        """Of one set of three parameters, or of each row of them, with its slopes."""
        spread_x, spread_y, rho = np.moveaxis(parameters, -1, 0)[..., None]
        a, d = spread_x**2 + self._noise_x, spread_y**2 + self._noise_y
        b = rho * spread_x * spread_y + self._covariance
        determinant = a * d - b**2
        # The inverse of each trust's covariance matrix, and the means weighted by it.
        xx, xy, yy = d / determinant, -b / determinant, a / determinant
        sum_xx, sum_xy, sum_yy = (_sum(part) for part in (xx, xy, yy))
        sum_x, sum_y = _sum(xx * self._x + xy * self._y), _sum(xy * self._x + yy * self._y)
        scale = sum_xx * sum_yy - sum_xy**2
        left_x = self._x - (sum_yy * sum_x - sum_xy * sum_y) / scale
        left_y = self._y - (sum_xx * sum_y - sum_xy * sum_x) / scale
        u, v = xx * left_x + xy * left_y, xy * left_x + yy * left_y
        value = _sum(np.log(determinant) + left_x * u + left_y * v) / 2
        by_a, by_b, by_d = _sum(xx - u**2) / 2, _sum(xy - u * v), _sum(yy - v**2) / 2
        slopes = [
            2 * by_a * spread_x + by_b * rho * spread_y,
            2 * by_d * spread_y + by_b * rho * spread_x,
            by_b * spread_x * spread_y,
        ]
        return value[..., 0], np.concatenate(slopes, axis=-1)


def _sum(by_trust: Floats) -> Floats:
    return by_trust.sum(axis=-1, keepdims=True)
