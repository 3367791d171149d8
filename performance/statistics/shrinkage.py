"""Shrinkage: each trust's level, drawn towards the level of all by as much as its figure is noise.

Empirical Bayes, with the spread between trusts estimated from the trusts themselves. For "what is
the true level" and for simulations; the published figure stays the raw one.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import optimize, special, stats
from statsmodels.stats.meta_analysis import combine_effects

from performance.statistics.columns import (
    NOT_GIVEN,
    Booleans,
    Floats,
    Numbers,
    aligned,
    check_counts,
    count_reasons,
    in_words,
    is_missing,
    too_few,
)
from performance.statistics.intervals import z_for

NO_ERROR = "a standard error of 0 can't be weighed"
ALL_ALIKE = "every case of every trust is counted, or none is"
ONE_CASE_EACH = "no trust has more than one case"

# Two values always lie on both sides of their mean: of a spread they say next to nothing.
FEWEST = 3
# Least and most of alpha + beta. Trusts that are all or nothing push it to 0, and trusts that
# differ no more than by chance push it to infinity. At the most their true shares spread by 0.05
# percentage points at 50%, which is none for any use.
CONCENTRATIONS = (1e-3, 1e6)
# A mean share nearer to 0 or 1 than this doesn't fit any count.
LARGEST_LOGIT = 20.0


@dataclass(frozen=True)
class Shrunk:
    """table: estimate, standard_error, reliability (0 to 1, the part of a trust's own distance
    from the mean that is kept: lambda) and reason, a row for each trust; mean and its standard
    error, and tau_squared (the variance between true levels), None where `reason` says why.

    standard_error is sqrt(lambda) times the trust's own, as if mean and tau squared were known:
    it is 0 where tau squared is 0, which says that the trusts can't be told apart and not that
    their level is certain. For an interval add (1 - reliability)^2 mean_standard_error^2 to its
    square.
    """

    table: pd.DataFrame
    mean: float | None
    mean_standard_error: float | None
    tau_squared: float | None
    reason: str


@dataclass(frozen=True)
class BetaBinomial:
    """alpha, beta: of the beta distribution of true shares, None where `reason` says why; table:
    estimate, lower, upper (shares, 0 to 1) and reason, a row for each trust."""

    alpha: float | None
    beta: float | None
    table: pd.DataFrame
    reason: str


def normal_normal(value: Numbers, standard_error: Numbers) -> Shrunk:
    """Normal-normal empirical Bayes: mean + lambda (value - mean), where lambda is tau squared
    over tau squared plus the squared standard error.

    value: any unit, with its standard_error in the same. Tau squared as DerSimonian and Laird
    have it, 0 where values differ less than their errors. Rows without a figure, or with an error
    of 0, have a reason and bear on no other; below 3 others all is refused.
    Raises ValueError for a standard error below 0, or an infinite figure.
    Sources: Efron and Morris (1975), JASA 70:311-319; DerSimonian and Laird (1986), Controlled
    Clinical Trials 7:177-188.
    """
    index, (value, error) = aligned(value, standard_error)
    if (error < 0).any():
        raise ValueError("a standard error can't be below 0")
    missing = is_missing(value, error)
    told = ~missing & (error > 0)
    why = "" if told.sum() >= FEWEST else too_few("trusts", FEWEST, int(told.sum()))
    columns = np.full((3, len(value)), np.nan)
    mean = mean_error = tau_squared = None
    if not why:
        mean, mean_error, tau_squared = _between_trusts(value[told], error[told])
        columns[:, told] = _towards(mean, tau_squared, value[told], error[told])
    reason = in_words(len(value), (missing, NOT_GIVEN), (error == 0, NO_ERROR), (told & bool(why), why))
    table = pd.DataFrame(columns.T, index, ["estimate", "standard_error", "reliability"])
    return Shrunk(table.assign(reason=reason), mean, mean_error, tau_squared, why)


def empirical_logits(x: Numbers, n: Numbers) -> pd.DataFrame:
    """ln((x + 0.5) / (n - x + 0.5)), a share on the scale without ends, finite at 0 and n of n.

    x of n cases. Returns logit, standard_error and reason: not given, or no cases.
    Raises ValueError where x isn't from 0 to n. Source: Cox (1970), Analysis of Binary Data;
    the variance by Gart and Zweifel (1967), Biometrika 54:181-187.
    """
    index, (x, n) = aligned(x, n)
    check_counts(x, n)
    counted, left = x + 0.5, n - x + 0.5
    told = ~is_missing(x, n) & (n > 0)
    logit = np.where(told, np.log(counted / left), np.nan)
    error = np.where(told, np.sqrt(1 / counted + 1 / left), np.nan)
    return pd.DataFrame({"logit": logit, "standard_error": error, "reason": count_reasons(x, n)}, index)


def logit_normal(x: Numbers, n: Numbers, confidence: float = 0.95) -> Shrunk:
    """Normal-normal empirical Bayes of shares, on their empirical logits.

    x of n cases. All of `Shrunk` is in logits; its table has beside share, lower and upper (0 to
    1), which are the estimate and its interval turned back into shares, with what is uncertain of
    the mean counted in, though not of tau squared. On few counted cases `beta_binomial` comes
    nearer to the truth, by about a tenth with 20 to 150 cases at 9%. Refusals as in
    `normal_normal`, and of trusts without cases.
    Raises ValueError where x isn't from 0 to n, or confidence isn't from 0 to 1.
    """
    z = z_for(confidence)
    logits = empirical_logits(x, n)
    shrunk = normal_normal(logits["logit"], logits["standard_error"])
    table = shrunk.table
    of_mean = (1 - table["reliability"]) * (shrunk.mean_standard_error or 0.0)
    half = z * np.hypot(table["standard_error"], of_mean)
    told = logits["reason"].astype(str) == ""
    table = table.assign(
        share=special.expit(table["estimate"]),
        lower=special.expit(table["estimate"] - half),
        upper=special.expit(table["estimate"] + half),
        reason=table["reason"].astype(str).where(told, logits["reason"].astype(str)).astype("category"),
    )
    return Shrunk(table, shrunk.mean, shrunk.mean_standard_error, shrunk.tau_squared, shrunk.reason)


def beta_binomial(x: Numbers, n: Numbers, confidence: float = 0.95) -> BetaBinomial:
    """Beta-binomial empirical Bayes of shares: alpha and beta by maximum likelihood, and each
    trust's (alpha + x) / (alpha + beta + n) with the quantiles of its beta posterior.

    x of n cases. Intervals take alpha and beta as known: those of 95% were found to hold the
    truth of 91% of 35 trusts with 50 to 400 cases. Where trusts differ no more than by chance
    alpha + beta is held at a million, and every trust is at the mean of all.
    Refused for fewer than 3 trusts with cases, for one case each (which say nothing of spread),
    and where every case is counted or none is. Trusts without figure or cases have a reason.
    Raises ValueError where x isn't from 0 to n, or confidence isn't from 0 to 1.
    Source: Griffiths (1973), Biometrics 29:637-648.
    """
    z_for(confidence)
    index, (x, n) = aligned(x, n)
    check_counts(x, n)
    told = ~is_missing(x, n) & (n > 0)
    why = _no_beta(x[told], n[told])
    columns = np.full((3, len(x)), np.nan)
    alpha = beta = None
    if not why:
        alpha, beta = _most_likely(x[told], n[told])
        counted, left = alpha + x[told], beta + (n - x)[told]
        tail = (1 - confidence) / 2
        limits = stats.beta.ppf([[tail], [1 - tail]], counted, left)
        columns[:, told] = np.vstack([counted / (counted + left), limits])
    table = pd.DataFrame(columns.T, index, ["estimate", "lower", "upper"])
    return BetaBinomial(alpha, beta, table.assign(reason=_count_reasons(x, n, told, why)), why)


def _between_trusts(value: Floats, error: Floats) -> tuple[float, float, float]:
    """The mean, its standard error, and tau squared."""
    # statsmodels subtracts one sum of squares from another, so values far from 0 would lose digits.
    centre = np.median(value)
    # A negative tau squared may make a weight infinite there. It is replaced here by 0, at which
    # the mean is the one of fixed effects.
    with np.errstate(all="ignore"):
        found = combine_effects(value - centre, error**2, method_re="dl")
    if found.tau2 > 0:
        return float(centre + found.mean_effect_re), float(found.sd_eff_w_re), float(found.tau2)
    return float(centre + found.mean_effect_fe), float(found.sd_eff_w_fe), 0.0


def _towards(mean: float, tau_squared: float, value: Floats, error: Floats) -> Floats:
    reliability = tau_squared / (tau_squared + error**2)
    return np.vstack([mean + reliability * (value - mean), np.sqrt(reliability) * error, reliability])


def _no_beta(x: Floats, n: Floats) -> str:
    """Why no beta distribution can be fitted, or ''."""
    if len(n) < FEWEST:
        return too_few("trusts", FEWEST, len(n))
    if x.sum() in (0, n.sum()):
        return ALL_ALIKE
    return ONE_CASE_EACH if n.max() <= 1 else ""


def _most_likely(x: Floats, n: Floats) -> tuple[float, float]:
    """Alpha and beta, searched as the logit of their mean and the logarithm of their sum."""
    order = np.lexsort((x, n))
    x, n = x[order], n[order]
    start = np.array([special.logit(x.sum() / n.sum()), np.log(n.mean())])
    lowest, highest = np.log(CONCENTRATIONS)
    bounds = optimize.Bounds([-LARGEST_LOGIT, lowest], [LARGEST_LOGIT, highest])
    found = optimize.minimize(
        _loss,
        start,
        args=(x, n),
        method="L-BFGS-B",
        jac=True,
        bounds=bounds,
        options={"ftol": 1e-14, "gtol": 1e-7},
    )
    return _alpha_beta(found.x)


def _alpha_beta(where: NDArray[np.float64]) -> tuple[float, float]:
    concentration = np.exp(where[1])
    return float(concentration * special.expit(where[0])), float(concentration * special.expit(-where[0]))


def _loss(where: NDArray[np.float64], x: Floats, n: Floats) -> tuple[float, Floats]:
    """Minus the logarithm of the likelihood, and its slopes."""
    a, b = _alpha_beta(where)
    likelihood = np.sum(special.betaln(a + x, b + n - x) - special.betaln(a, b))
    shared = special.digamma(a + b) - special.digamma(a + b + n)
    by_a = np.sum(special.digamma(a + x) - special.digamma(a) + shared)
    by_b = np.sum(special.digamma(b + n - x) - special.digamma(b) + shared)
    slopes = np.array([(by_a - by_b) * a * b / (a + b), by_a * a + by_b * b])
    return -float(likelihood), -slopes


def _count_reasons(x: Floats, n: Floats, told: Booleans, why: str) -> pd.Series:
    reason = pd.Series(count_reasons(x, n)).astype(str)
    return reason.mask(told, why).astype("category")
