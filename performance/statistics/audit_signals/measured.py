"""What is measured against what isn't: the same work, counted and inspected."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from performance.statistics.audit_signals.questions import asked, asked_of_rows
from performance.statistics.columns import (
    NO_REASON,
    Floats,
    check_counts,
    count_reasons,
    floats,
    in_words,
    too_few,
)
from performance.statistics.intervals import z_for
from performance.statistics.multiple_comparisons import benjamini_hochberg

ITEMS, PERIODS = ("measured", "unmeasured"), ("before", "after")
RISE_QUESTION = "why did what is measured improve by more than like work that isn't?"
CORRELATION_QUESTION = "why does what is counted agree less than it did with what audit finds?"
NOT_ALL_FOUR = "one of the four figures is not given or has no cases"
ALL_ALIKE = "every trust has the same figure"
PERIODS_NEEDED = 3
TRUSTS_NEEDED = 10
TOO_FEW_TRUSTS = f"fewer than {TRUSTS_NEEDED} trusts have both figures"
# Of the Fisher transform, which has no value at 1.
LARGEST = 0.999


@dataclass(frozen=True)
class FallingCorrelation:
    """periods: how many have a correlation; slope: of its Fisher transform, a period; z and p
    (one-sided, that it falls); None where there is a reason. question: for audit, '' where p is
    above 0.05."""

    periods: int
    slope: float | None = None
    z: float | None = None
    p: float | None = None
    reason: str = NO_REASON
    question: str = ""


def measured_against_unmeasured(values: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """The difference in differences: how much more a measured share rose than a paired one that
    nobody measures, as an item that inspectors look at.

    values: series, item ("measured" or "unmeasured"), period ("before" or "after"), x and n
    (counts), a row for each of the four of a trust. Returns, by series: measured_change,
    unmeasured_change and difference (of the two; shares, 0.01 is one percentage point), with
    lower and upper, standard_error (the root of the four variances), z, p (two-sided), adjusted_p
    (Benjamini-Hochberg over trusts), question (where the measured one rose by more), reason.
    Each variance is of (x + 1) / (n + 2), as that of 0% or 100% would be nothing.
    Refuses a trust that lacks one of the four. Raises ValueError for other items or periods, one
    of the four twice, or where x isn't from 0 to n.
    Source of the variance: Agresti and Caffo (2000), The American Statistician 54:280-288.
    """
    z_critical = z_for(confidence)
    if not (values["item"].isin(ITEMS).all() and values["period"].isin(PERIODS).all()):
        raise ValueError("an item is measured or unmeasured, and a period before or after")
    if values.duplicated(["series", "item", "period"]).any():
        raise ValueError("a trust has each of the four figures once")
    x, n = floats(values["x"]), floats(values["n"])
    check_counts(x, n)
    share, variance = _by_trust(values, x, n)
    change = {item: (share[item, "after"] - share[item, "before"]).to_numpy() for item in ITEMS}
    difference = change["measured"] - change["unmeasured"]
    error = np.sqrt(variance.sum(axis="columns", skipna=False).to_numpy())
    z = difference / error
    p = 2 * stats.norm.sf(np.abs(z))
    adjusted = benjamini_hochberg(p)["adjusted_p"].to_numpy()
    columns = {
        "measured_change": change["measured"],
        "unmeasured_change": change["unmeasured"],
        "difference": difference,
        "lower": difference - z_critical * error,
        "upper": difference + z_critical * error,
        "standard_error": error,
        "z": z,
        "p": p,
        "adjusted_p": adjusted,
        "question": asked_of_rows(RISE_QUESTION, adjusted, difference > 0),
        "reason": in_words(len(z), (np.isnan(z), NOT_ALL_FOUR)),
    }
    return pd.DataFrame(columns, share.index)


def correlation_with_audit(values: pd.DataFrame) -> pd.DataFrame:
    """Spearman's correlation of what is counted with what audit found, in each period.

    values: period, series, measured and audited (any units), a row for each trust and period.
    Returns, by period in order: trusts (with both figures), spearman (-1 to 1), standard_error (of its
    Fisher transform), reason: fewer than 10 trusts, or all of one figure.
    Raises ValueError where a trust is in a period twice.
    Source of the error: Bonett and Wright (2000), Psychometrika 65:23-28.
    """
    if values.duplicated(["series", "period"]).any():
        raise ValueError("a trust is in each period once")
    pairs = pd.DataFrame({name: floats(values[name]) for name in ("measured", "audited")})
    period = values["period"].to_numpy()
    pairs.loc[pairs.isna().any(axis="columns")] = np.nan
    ranks = pairs.groupby(period).rank()
    centred = ranks - ranks.groupby(period).transform("mean")
    products = {
        "both": centred["measured"] * centred["audited"],
        "measured": centred["measured"] ** 2,
        "audited": centred["audited"] ** 2,
    }
    sums = pd.DataFrame(products).groupby(period).sum()
    trusts = np.asarray(pairs["measured"].groupby(period).count())
    scale = np.sqrt(sums["measured"].to_numpy() * sums["audited"].to_numpy())
    reason = in_words(len(sums), (trusts < TRUSTS_NEEDED, TOO_FEW_TRUSTS), (scale == 0, ALL_ALIKE))
    told = np.asarray(reason == "")
    spearman = np.clip(sums["both"].to_numpy() / np.where(told, scale, np.nan), -1, 1)
    error = np.sqrt((1 + spearman**2 / 2) / np.where(told, trusts - 3, np.nan))
    columns = {"trusts": trusts, "spearman": spearman, "standard_error": error, "reason": reason}
    return pd.DataFrame(columns, sums.index.rename("period"))


def falling_correlation(values: pd.DataFrame) -> FallingCorrelation:
    """Whether what is counted agrees less and less with what audit finds: Campbell's sign of a measure
    that has been turned into a target.

    values: as in `correlation_with_audit`, whose Fisher transforms are laid on a line over the
    order of periods, weighted by one over their squared errors. As trusts are the same in all
    periods the errors go together, which makes the test cautious. A perfect correlation counts as
    one of 0.999. Refused with fewer than 3 periods. Raises ValueError as `correlation_with_audit`.
    Source of the sign: Campbell (1979), Evaluation and Program Planning 2:67-90.
    """
    table = correlation_with_audit(values)
    told = np.asarray(table["reason"] == "")
    periods = int(told.sum())
    if periods < PERIODS_NEEDED:
        return FallingCorrelation(
            periods, reason=too_few("periods with a correlation", PERIODS_NEEDED, periods)
        )
    order = np.flatnonzero(told).astype(float)
    transform = np.arctanh(np.clip(table["spearman"].to_numpy()[told], -LARGEST, LARGEST))
    weight = table["standard_error"].to_numpy()[told] ** -2.0
    place = order - np.average(order, weights=weight)
    spread = float((weight * place**2).sum())
    slope = float((weight * place * transform).sum()) / spread
    z = slope * np.sqrt(spread)
    p = float(stats.norm.cdf(z))
    return FallingCorrelation(periods, slope, float(z), p, question=asked(CORRELATION_QUESTION, p))


def _by_trust(values: pd.DataFrame, x: Floats, n: Floats) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Shares, and their variances, of the four figures (columns) of each trust (rows)."""
    told = np.asarray(count_reasons(x, n) == "")
    x, n = np.where(told, x, np.nan), np.where(told, n, np.nan)
    smoothed = (x + 1) / (n + 2)
    keys = [values[name].to_numpy() for name in ("series", "item", "period")]
    figures = pd.DataFrame({"share": x / n, "variance": smoothed * (1 - smoothed) / (n + 2)})
    four = pd.MultiIndex.from_product([ITEMS, PERIODS])
    wide = figures.set_index(pd.MultiIndex.from_arrays(keys, names=["series", "item", "period"]))
    shares, variances = (wide[name].unstack(["item", "period"]) for name in ("share", "variance"))
    return shares.reindex(columns=four), variances.reindex(columns=four)
