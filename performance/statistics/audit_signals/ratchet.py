"""Attainment that keeps to its target once good years have raised it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from performance.statistics.audit_signals.questions import asked
from performance.statistics.columns import (
    NO_REASON,
    Floats,
    Numbers,
    aligned,
    floats,
    in_words,
    is_missing,
    too_few,
)

HUGGING_QUESTION = "after a time well above the target, why does attainment now lie just above it every time?"
NARROWING_QUESTION = "why do trusts lie closer together round the target, while outcomes have not moved?"
NEVER_ABOVE = "the series was never well above its target, {} periods or more ago"
NO_VARIATION = "trusts' margins do not vary"
LATER_NEEDED = 3
TRUSTS_NEEDED = 10
# A margin as a float may lie a hair off the target or the width.
_HAIR = 1e-9


@dataclass(frozen=True)
class Narrowing:
    """trusts: with all four figures; earlier_sd and later_sd: standard deviations of the margins
    (attainment less target) between trusts; p: one-sided, that it fell; outcome_change: the
    average, with its 95% limits outcome_lower and outcome_upper; None where there is a reason.
    question: for audit, '' unless p is at most 0.05 and the outcome's limits hold 0."""

    trusts: int
    earlier_sd: float | None = None
    later_sd: float | None = None
    p: float | None = None
    outcome_change: float | None = None
    outcome_lower: float | None = None
    outcome_upper: float | None = None
    reason: str = NO_REASON
    question: str = ""


def after_high_water(values: pd.DataFrame, width: float, followers: int = LATER_NEEDED) -> pd.DataFrame:
    """Whether a trust's attainment keeps just above its target after its best period.

    values: series, period, value and target (in one unit), a row for each trust and period; width:
    what counts as just above, in that unit; followers: how many periods must come after the best one,
    more where chance moves them more. Returns, by series: high_water_period, high_water
    (value less target there, the highest of all periods that so many others follow), later (how many
    follow it), later_margin (their average value less target), hugging (the part of them, 0 to 1,
    from the target to less than a width above it), question (where all are), reason. The first of
    two equal high waters counts.
    A best period is followed by worse ones by chance alone: it takes all of the later ones within
    the width to ask. Rows without a figure are left out; refuses a series that was never a width
    or more above its target with so many later periods.
    Raises ValueError where a series has a period twice, width isn't above 0, or followers below 1.
    """
    if not (width > 0 and followers >= 1):
        raise ValueError("a width must be above 0, and a period must follow")
    if values.duplicated(["series", "period"]).any():
        raise ValueError("a series has each period once")
    table = pd.DataFrame({"series": values["series"].to_numpy(), "period": values["period"].to_numpy()})
    table["margin"] = floats(values["value"]) - floats(values["target"])
    every_series = pd.Index(table["series"].unique(), name="series").sort_values()
    table = table.dropna(subset="margin").sort_values(["series", "period"])
    table["place"] = table.groupby("series").cumcount()
    high = _high_waters(table, width, followers)
    table = table.join(high["place"].rename("high_place"), on="series")
    later = table[table["place"] > table["high_place"]]
    is_just_above = (later["margin"] >= -_HAIR) & (later["margin"] < width - _HAIR)
    by_series = later.assign(is_just_above=is_just_above.astype(float)).groupby("series")
    figures = {
        "high_water_period": high["period"],
        "high_water": high["margin"],
        "later": by_series.size(),
        "later_margin": by_series["margin"].mean(),
        "hugging": by_series["is_just_above"].mean(),
    }
    found = pd.DataFrame(figures).reindex(every_series)
    is_hugging = (found["hugging"] == 1).to_numpy()
    is_refused = found["high_water"].isna().to_numpy()
    return found.assign(
        question=in_words(len(found), (is_hugging, HUGGING_QUESTION)),
        reason=in_words(len(found), (is_refused, NEVER_ABOVE.format(followers))),
    )


def _high_waters(table: pd.DataFrame, width: float, followers: int) -> pd.DataFrame:
    """The row of each series that has one, by series: the first of its highest margins."""
    later = table.groupby("series").cumcount(ascending=False)
    far = table[(later >= followers) & (table["margin"] >= width - _HAIR)]
    ordered = far.sort_values("margin", ascending=False, kind="stable")
    return ordered.drop_duplicates("series").set_index("series")


def narrowing_round_target(
    earlier_margin: Numbers, later_margin: Numbers, earlier_outcome: Numbers, later_outcome: Numbers
) -> Narrowing:
    """Whether trusts have drawn together round a target while what it is for has stayed as it was.

    Margins: attainment less target, outcomes: in any unit, of each trust in two years. p is that
    of Pitman and Morgan's test of two variances of the same trusts; outcomes are compared in pairs,
    by t. Near 100% margins narrow without any doing. Trusts that lack a figure are left out.
    Refused with fewer than 10 trusts, or where margins or their changes are all alike.
    Sources: Pitman (1939) and Morgan (1939), Biometrika 31:9-12 and 31:13-19.
    """
    _, columns = aligned(earlier_margin, later_margin, earlier_outcome, later_outcome)
    told = ~is_missing(*columns)
    before, after, outcome_before, outcome_after = (column[told] for column in columns)
    trusts = len(before)
    if trusts < TRUSTS_NEEDED:
        return Narrowing(trusts, reason=too_few("trusts", TRUSTS_NEEDED, trusts))
    change, total = after - before, after + before
    if np.ptp(change) == 0 or np.ptp(total) == 0:
        return Narrowing(trusts, reason=NO_VARIATION)
    p = float(stats.pearsonr(change, total, alternative="less").pvalue)
    lower, average, upper = _paired(outcome_after - outcome_before)
    return Narrowing(
        trusts,
        earlier_sd=float(before.std(ddof=1)),
        later_sd=float(after.std(ddof=1)),
        p=p,
        outcome_change=average,
        outcome_lower=lower,
        outcome_upper=upper,
        question=asked(NARROWING_QUESTION, p) if lower <= 0 <= upper else "",
    )


def _paired(change: Floats) -> tuple[float, float, float]:
    """The average change with its 95% limits, by t."""
    average = float(change.mean())
    half = float(stats.t.isf(0.025, len(change) - 1) * change.std(ddof=1) / np.sqrt(len(change)))
    return average - half, average, average + half
