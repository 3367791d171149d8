"""How much more units differ than chance allows: phi, tau squared, and z scores that allow for them.

From z scores about a target (see `scales`), with phi the average of their squares (1 where chance
is all there is) and tau squared the variance between units, beyond chance, on the scale of the values.
Source: Spiegelhalter (2005), Statistics in Medicine 24:1185-1202; Spiegelhalter and others (2012),
JRSS A 175:1-47; NHS England, SHMI methodology, for the truncation.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from scipy import stats

from performance.statistics.columns import (
    NOT_GIVEN,
    Booleans,
    Floats,
    Numbers,
    aligned,
    floats,
    in_words,
    is_missing,
    too_few,
)

NO_UNITS = "no unit has a z score"
# With fewer, the outliers themselves make up the spread that would excuse them.
UNITS_NEEDED = 10
# Winsorising pulls in, and truncating leaves out, a tenth of the units at each end.
PARTS = 10
# Less variation than this leaves to chance is worth a question.
TOO_SMOOTH_AT = 0.01


class Taming(StrEnum):
    """What is done with outliers before the spread is measured, so that they don't excuse themselves."""

    WINSORISED = "winsorised"
    TRUNCATED = "truncated"
    NONE = "none"


@dataclass(frozen=True)
class Overdispersion:
    """units: how many the figures rest on (without those truncated), phi: the average squared z,
    tau_squared: the variance between units beyond chance, in squared units of the scale; both None
    where there is a reason."""

    units: int
    phi: float | None
    tau_squared: float | None
    reason: str

    @property
    def tau(self) -> float | None:
        """The standard deviation between units beyond chance, in units of the scale."""
        return None if self.tau_squared is None else float(np.sqrt(self.tau_squared))


@dataclass(frozen=True)
class DispersionTest:
    """units, phi: the average squared z, p: the chance of one as extreme if chance is all there
    is; both None where there is a reason."""

    units: int
    phi: float | None
    p: float | None
    reason: str


def winsorised(z: Numbers) -> pd.Series:
    """z scores with those below the 10th percentile raised to it and those above the 90th lowered
    to it, by type-7 quantiles of those given. Missing ones stay missing."""
    index, (z,) = aligned(z)
    given = z[~np.isnan(z)]
    if not given.size:
        return pd.Series(z, index)
    lower, upper = np.quantile(given, [1 / PARTS, 1 - 1 / PARTS])
    return pd.Series(np.clip(z, lower, upper), index)


def kept_by_truncation(z: Numbers) -> pd.Series:
    """Which units the SHMI keeps: not those in the first or last tenth by rank, where
    floor(10 rank / (N + 1)) is 0 or 9. Equal scores share their average rank. Missing ones aren't
    kept, and of fewer than 9 all others are. Of 19, 29 and so on it leaves out one more at the top
    than at the bottom: so the rule has it."""
    index, (z,) = aligned(z)
    ranks = stats.rankdata(z, nan_policy="omit")
    tenth = ranks * PARTS // (np.count_nonzero(~np.isnan(z)) + 1)
    return pd.Series(~np.isnan(z) & (tenth != 0) & (tenth != PARTS - 1), index)


def overdispersion(z: Numbers, standard_error: Numbers, taming: Taming = Taming.WINSORISED) -> Overdispersion:
    """phi and tau squared of units with these z scores and standard errors, about their target.

    tau squared is the method of moments about the target, not about the units' own average, so it
    isn't quite DerSimonian and Laird's. It is 0 where the units differ no more than by chance.
    Units lacking a figure are left out; refuses fewer than 10.
    Raises ValueError where a standard error isn't above 0.
    """
    _, (z, standard_error) = aligned(z, standard_error)
    _check_errors(standard_error)
    given = ~is_missing(z, standard_error)
    units = int(given.sum())
    if units < UNITS_NEEDED:
        return Overdispersion(units, None, None, too_few("units", UNITS_NEEDED, units))
    squares, weights = _tamed(z[given], standard_error[given], taming)
    return Overdispersion(len(squares), float(squares.mean()), _tau_squared(squares, weights), "")


def adjusted_z(z: Numbers, standard_error: Numbers, spread: Overdispersion) -> pd.DataFrame:
    """z scores that allow for the spread between units, both ways.

    Returns z, additive_z (tau squared added to each unit's variance: preferred, as with the other
    the limits of large units close in on the line however far units usually lie apart),
    multiplicative_z (z over the square root of phi, or of 1 where phi is less) and reason: not
    given, or why there is no spread. z is given wherever the row has one.
    Raises ValueError where a standard error isn't above 0.
    """
    index, (z, standard_error) = aligned(z, standard_error)
    _check_errors(standard_error)
    missing = is_missing(z, standard_error)
    z = np.where(missing, np.nan, z)
    # Without a spread both come out as NaN.
    phi, tau_squared = np.array([spread.phi, spread.tau_squared], dtype=float)
    columns = {
        "z": z,
        "additive_z": z * standard_error / np.sqrt(standard_error**2 + tau_squared),
        "multiplicative_z": z / np.sqrt(np.maximum(phi, 1.0)),
    }
    is_refused = np.full(len(z), spread.reason != "")
    reason = in_words(len(z), (missing, NOT_GIVEN), (is_refused, spread.reason))
    return pd.DataFrame(columns | {"reason": reason}, index)


def phi_above_chance(z: Numbers) -> DispersionTest:
    """Whether units differ by more than chance: the upper tail of the sum of squared z scores,
    chi-squared on as many degrees of freedom as there are units. Nothing is winsorised here.

    Missing scores are left out; refuses where there are none.
    """
    units, phi = _average_square(z)
    if not units:
        return DispersionTest(0, None, None, NO_UNITS)
    return DispersionTest(units, phi, float(stats.chi2.sf(units * phi, units)), "")


def too_smooth(z: Numbers) -> DispersionTest:
    """Whether units differ by less than chance allows, by the lower tail: shared data, smoothing
    or invented figures would do that, and so would z scores of too few expected cases (fewer than
    about 5), which aren't near normal. p below 0.01 (TOO_SMOOTH_AT) is worth reporting.

    Missing scores are left out; refuses fewer than 10.
    """
    units, phi = _average_square(z)
    if units < UNITS_NEEDED:
        return DispersionTest(units, None, None, too_few("units", UNITS_NEEDED, units))
    return DispersionTest(units, phi, float(stats.chi2.cdf(units * phi, units)), "")


def _check_errors(standard_error: Floats) -> None:
    if (standard_error <= 0).any():
        raise ValueError("a standard error must be above 0")


def _tamed(z: Floats, standard_error: Floats, taming: Taming) -> tuple[Floats, Floats]:
    """Squared z scores and weights (one over the variance) of the units that count."""
    kept: Booleans = np.ones(len(z), dtype=bool)
    if taming is Taming.WINSORISED:
        z = winsorised(z).to_numpy()
    elif taming is Taming.TRUNCATED:
        kept = kept_by_truncation(z).to_numpy()
    return z[kept] ** 2, standard_error[kept] ** -2.0


def _tau_squared(squares: Floats, weights: Floats) -> float:
    beyond_chance = squares.sum() - (len(squares) - 1)
    return float(max(beyond_chance, 0.0) / (weights.sum() - (weights**2).sum() / weights.sum()))


def _average_square(z: Numbers) -> tuple[int, float]:
    """Of how many scores, and their average square: 0 of none."""
    scores = floats(z)
    squares = scores[~np.isnan(scores)] ** 2
    return len(squares), float(squares.sum() / max(len(squares), 1))
