"""What is known of trusts on a scheme's measures, and draws from it.

One trust at a time: 10,000 draws of 40 measures are 3 MB, those of 35 trusts would be 112.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from performance.statistics.columns import Booleans, Floats, check_counts, check_whole, floats, is_missing
from performance.statistics.ratings.scheme import Scheme
from performance.statistics.ratings.scores import rate, targets_of

COLUMNS = ("trust", "measure", "counted", "cases", "value", "standard_error")
# Jeffreys' prior of a share: alpha and beta.
JEFFREYS = (0.5, 0.5)


@dataclass(frozen=True)
class Evidence:
    """Made by `evidence_of`. trusts: sorted; counted, cases, value, standard_error: trusts x
    measures, NaN where not given; priors: 2 x measures, alpha and beta."""

    trusts: pd.Index
    counted: Floats
    cases: Floats
    value: Floats
    standard_error: Floats
    priors: Floats

    @property
    def is_counted(self) -> Booleans:
        """Trusts x measures: where there is a share of cases."""
        return ~is_missing(self.counted, self.cases) & (self.cases > 0)

    @property
    def observed(self) -> Floats:
        """Trusts x measures: shares of cases, and values that have a standard error; else NaN."""
        valued = np.where(np.isnan(self.standard_error), np.nan, self.value)
        return np.divide(self.counted, self.cases, out=valued, where=self.is_counted)


def evidence_of(
    scheme: Scheme, observations: pd.DataFrame, priors: Mapping[str, tuple[float, float]] | None = None
) -> Evidence:
    """The evidence on a scheme's measures in a long frame of observations.

    observations: columns trust, measure (its code; other measures are left alone), counted and
    cases (x of n), value and standard_error (in one unit; an error of 0 is a value known exactly).
    Counts go before values; where a row has neither, the measure is missing. priors: alpha and
    beta of counted measures by code, as `shrinkage.beta_binomial` finds them; Jeffreys' 0.5 and
    0.5 where none is given.
    Raises ValueError where a column is missing, a trust has two rows of one measure, x isn't from
    0 to n, an error is below 0, a prior isn't above 0, or a number is infinite.
    """
    if lacking := [name for name in COLUMNS if name not in observations.columns]:
        raise ValueError(f"there is no column for {lacking[0]}")
    if observations.duplicated(["trust", "measure"]).any():
        raise ValueError("a trust can't have two rows of one measure")
    cells = pd.DataFrame({name: floats(observations[name]) for name in COLUMNS[2:]})
    check_counts(cells["counted"].to_numpy(), cells["cases"].to_numpy())
    if (cells["standard_error"] < 0).any():
        raise ValueError("a standard error can't be below 0")
    trusts = pd.Index(observations["trust"].unique()).sort_values()
    cells.index = pd.MultiIndex.from_frame(observations[["trust", "measure"]])
    counted, cases, value, error = (_table(cells[name], trusts, scheme.codes) for name in COLUMNS[2:])
    return Evidence(trusts, counted, cases, value, error, _priors(scheme.codes, priors or {}))


def evidence_targets(scheme: Scheme, evidence: Evidence, targets: pd.DataFrame | None) -> Floats:
    """Trusts x measures: the targets of `scores.targets_of`, in the order of the evidence.

    Raises ValueError where a counted measure's target isn't a share: one of 90 would fail
    everyone whose share is 0.95.
    """
    rows = pd.DataFrame(index=evidence.trusts)
    found = targets_of(scheme, rows, None if targets is None else targets.reindex(evidence.trusts))
    counted = found[evidence.is_counted]
    if ((counted < 0) | (counted > 1)).any():
        raise ValueError("the target of a counted measure must be a share from 0 to 1")
    return found


def rate_evidence(scheme: Scheme, evidence: Evidence, targets: Floats) -> pd.DataFrame:
    """The rating of what was observed, as of `scores.rate`, against targets of
    `evidence_targets`."""
    values, wanted = (
        pd.DataFrame(numbers, evidence.trusts, scheme.codes) for numbers in (evidence.observed, targets)
    )
    return rate(scheme, values, wanted)


def posterior_draws(evidence: Evidence, draws: int, random: np.random.Generator) -> Iterator[Floats]:
    """For each trust in turn, draws x measures of what its true values may be: beta posteriors of
    counts, normal ones of values. NaN where a measure is missing."""
    alpha, beta = evidence.priors
    counted, left = evidence.counted + alpha, evidence.cases - evidence.counted + beta
    is_counted, given = evidence.is_counted, ~np.isnan(evidence.observed)
    for row, (share, value) in enumerate(zip(is_counted, given & ~is_counted, strict=True)):
        drawn = np.full((draws, len(share)), np.nan)
        drawn[:, share] = random.beta(counted[row, share], left[row, share], (draws, share.sum()))
        error = evidence.standard_error[row, value]
        drawn[:, value] = random.normal(evidence.value[row, value], error, (draws, value.sum()))
        yield drawn


def repeated_draws(
    evidence: Evidence, truth: Floats, draws: int, random: np.random.Generator
) -> Iterator[Floats]:
    """For each trust in turn, draws x measures of what would be observed again if its true values
    were `truth` (trusts x measures): binomial shares of as many cases, normal values of the same
    errors. NaN where a measure is missing. Raises ValueError where cases have a fraction, truth
    lacks what was observed, or the truth of a counted measure isn't a share."""
    is_counted, given = evidence.is_counted, ~np.isnan(evidence.observed)
    check_whole(evidence.cases[is_counted])
    if np.isnan(truth[given]).any():
        raise ValueError("the truth of what was observed must be given")
    if ((truth < 0) | (truth > 1))[is_counted].any():
        raise ValueError("the truth of a counted measure must be a share from 0 to 1")
    for row, (share, value) in enumerate(zip(is_counted, given & ~is_counted, strict=True)):
        drawn = np.full((len(share), draws), np.nan)
        # Draws last: numpy sets a binomial up once for draws that follow each other.
        cases = evidence.cases[row, share].astype(np.int64)[:, None]
        drawn[share] = random.binomial(cases, truth[row, share][:, None], (share.sum(), draws)) / cases
        error = evidence.standard_error[row, value][:, None]
        drawn[value] = random.normal(truth[row, value][:, None], error, (value.sum(), draws))
        yield drawn.T


def _table(cells: pd.Series, trusts: pd.Index, codes: list[str]) -> Floats:
    return cells.unstack("measure").reindex(index=trusts, columns=codes).to_numpy(dtype=float)


def _priors(codes: list[str], priors: Mapping[str, tuple[float, float]]) -> Floats:
    pairs = np.array([priors.get(code, JEFFREYS) for code in codes], dtype=float).T
    if not (pairs > 0).all() or np.isinf(pairs).any():
        raise ValueError("alpha and beta of a prior must be above 0")
    return pairs
