"""Reoffending against what was predicted for the same people, and against the national result.

Organisations are compared within a family: one measure, one kind of organisation, one period. A
region is a family apart from the trusts it is made of, or each of them would be counted twice.
"""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from performance.statistics.columns import Booleans, in_words
from performance.statistics.reoffending.cohorts import Cohorts, cohorts, holding
from performance.statistics.reoffending.comparison import against_national, against_prediction
from performance.statistics.reoffending.spread import allowing_for_spread
from performance.vocabulary import Status, Unit

REOFFENDING = "local-adult-reoffending"

KEY = ["measure", "organisation", "period_start", "period_end"]
FAMILY = ["measure", "organisation_kind", "period_start", "period_end"]
# A quarter and a year.
MONTHS = (3, 12)
# Shares (0 to 1) that are told in percentage points.
POINTS = ["predicted_rate", "difference", "lower", "upper", "standard_error"]

IMPOSSIBLE = "the prediction isn't between none of the cases and all of them"
WITHOUT_A_NUMBER = {
    Status.MISSING: "the figure is missing",
    Status.SUPPRESSED: "the figure is suppressed",
    Status.NOT_APPLICABLE: "the measure doesn't apply here",
}


def predictions(rows: pd.DataFrame) -> pd.DataFrame:
    """The table `predictions`: each organisation's reoffending against its prediction, for whole
    quarters and years. Of organisations and of what is added up from them alike.

    rows: of `sums.with_sums`. Taken are shares of cases of every measure for which a prediction is
    given anywhere, and of local adult reoffending. Rates, differences, their limits and standard
    errors are in percentage points (0 to 100); the errors allow for people who are counted several
    times. adjusted_p, spread_verdict, national_difference and national_verdict are within the
    family. What can't be told has its reason; figures without a verdict have a flag_reason.
    """
    chosen = _of_cohorts(rows)
    if chosen.empty:
        return _none()
    families = [_compared(family) for _, family in chosen.groupby(FAMILY, observed=True)]
    return pd.concat(families).sort_values(KEY, ignore_index=True)


@cache
def _none() -> pd.DataFrame:
    """The table without a row, worked out once: most years of the public record have none."""
    numbers, days = pd.Series(dtype=float), pd.Series(dtype="datetime64[s]")
    columns = {name: numbers for name in ("numerator", "denominator", "expected")}
    columns |= {name: pd.Series(dtype="str") for name in ("measure", "organisation", "status")}
    return _compared(pd.DataFrame(columns | {"period_start": days, "period_end": days}))


def _of_cohorts(rows: pd.DataFrame) -> pd.DataFrame:
    shares = rows[rows["unit"] == Unit.SHARE]
    predicted = [REOFFENDING, *shares.loc[shares["expected"].notna(), "measure"].unique()]
    chosen = shares[shares["measure"].isin(predicted)]
    chosen = chosen[_is_quarter_or_year(chosen["period_start"], chosen["period_end"])]
    # In one order, so that no sum depends on the order in which figures were loaded.
    texts = {name: chosen[name].astype(str) for name in ("measure", "organisation", "organisation_kind")}
    return chosen.assign(**texts).sort_values(KEY, ignore_index=True)


def _is_quarter_or_year(start: pd.Series, end: pd.Series) -> pd.Series:
    after = end + pd.Timedelta(days=1)
    months = 12 * (after.dt.year - start.dt.year) + after.dt.month - start.dt.month
    return (start.dt.day == 1) & (after.dt.day == 1) & months.isin(MONTHS)


def _compared(family: pd.DataFrame) -> pd.DataFrame:
    """The table's rows of one family."""
    observed, cases = family["numerator"], family["denominator"]
    rate = _predicted_rate(family)
    is_impossible = ((rate < 0) | (rate > 1)).to_numpy()
    own = cohorts(observed, cases, rate.mask(is_impossible))
    predicted, national = against_prediction(own), against_national(own)
    figures: dict[str, Any] = {
        **{name: family[name] for name in KEY},
        "observed": observed,
        "cases": cases,
        "expected": family["expected"],
        "actual_rate": 100 * observed / cases.where(cases > 0),
        **{name: 100 * predicted[name] for name in POINTS},
        **{name: predicted[name] for name in ("ratio", "z", "p", "adjusted_p")},
        "verdict": predicted["verdict"].astype(str),
        "verdict_changes": predicted["verdict_changes"],
        "spread_verdict": allowing_for_spread(predicted)["additive_verdict"].astype(str),
        "national_difference": 100 * national["difference"],
        "national_verdict": national["verdict"].astype(str),
        "reason": _reasons(family["status"], is_impossible, own),
        "flag_reason": predicted["flag_reason"].astype(str),
    }
    return pd.DataFrame(figures)


def _predicted_rate(family: pd.DataFrame) -> pd.Series:
    """The share of cases predicted to reoffend. Where there are no cases nobody is predicted to."""
    expected, cases = family["expected"], family["denominator"]
    return (expected / cases.where(cases > 0)).mask(expected.notna() & (cases == 0), 0.0)


def _reasons(status: pd.Series, is_impossible: Booleans, own: Cohorts) -> Any:
    """Why there is no comparison: a figure that is suppressed isn't one that nobody sent."""
    known = [(np.asarray(status == word), reason) for word, reason in WITHOUT_A_NUMBER.items()]
    reasons = in_words(len(status), *known, (is_impossible, IMPOSSIBLE), *holding(own.reason))
    return reasons.astype(str)
