"""Cases that leave a denominator, and shortfalls with them.

Each period of a series is held against the others of that series. p is the larger of two, so that it
takes more than chance and more than the series usually varies: an exact tail with the others as the
line of a p chart, and a t prediction from how far the others lie apart.
"""

import numpy as np
import pandas as pd
from scipy import stats

from performance.statistics.audit_signals.questions import asked_of_rows
from performance.statistics.columns import (
    NO_CASES,
    NOT_GIVEN,
    Booleans,
    Floats,
    check_counts,
    check_whole,
    floats,
    in_words,
    is_missing,
)
from performance.statistics.multiple_comparisons import benjamini_hochberg

EXCLUSION_QUESTION = (
    "why were more cases than usual left out of the count, in a period with better attainment?"
)
CASES_QUESTION = "why were there fewer cases than usual to count?"
NOBODY_LEFT = "every case was excluded"
PERIODS_NEEDED = 5
TOO_FEW_PERIODS = f"fewer than {PERIODS_NEEDED} periods of the series have their figures"


def exclusions(values: pd.DataFrame) -> pd.DataFrame:
    """Whether more cases than usual were excluded in a period with better attainment.

    values: series, period, eligible (cases before exclusions), excluded, and met (of the rest): whole
    counts, a row for each trust and period. Returns excluded_share and usual_share, attainment (met
    over what was left) and usual_attainment, 0 to 1, where usual is of all cases of the other periods;
    p (one-sided, of the exclusions), adjusted_p (Benjamini-Hochberg over all rows), question, reason.
    A row is refused, and left out of the others', without a figure, without cases or where all were
    excluded; and all rows of a series with fewer than 5 that are left.
    Raises ValueError where excluded isn't from 0 to eligible, met isn't from 0 to what was left,
    a count has a fraction, or a series has a period twice.
    """
    eligible, excluded, met = (floats(values[name]) for name in ("eligible", "excluded", "met"))
    check_counts(excluded, eligible)
    check_counts(met, eligible - excluded)
    check_whole(eligible, excluded, met)
    refusals = [
        (is_missing(eligible, excluded, met), NOT_GIVEN),
        (eligible == 0, NO_CASES),
        (eligible == excluded, NOBODY_LEFT),
    ]
    counts = pd.DataFrame(
        {"eligible": eligible, "excluded": excluded, "left": eligible - excluded, "met": met}
    )
    own, total, reason = _told(values, counts, refusals)
    others = total - own
    share = own["excluded"] / own["eligible"]
    by_chance = stats.hypergeom.sf(own["excluded"] - 1, total["eligible"], total["excluded"], own["eligible"])
    attainment, usual_attainment = own["met"] / own["left"], others["met"] / others["left"]
    columns = {
        "excluded_share": share,
        "usual_share": others["excluded"] / others["eligible"],
        "attainment": attainment,
        "usual_attainment": usual_attainment,
    }
    p = np.maximum(by_chance, _beyond_others(share, values["series"]))
    return _asked(values, columns, p, EXCLUSION_QUESTION, np.asarray(attainment > usual_attainment), reason)


def cases_per_period(values: pd.DataFrame) -> pd.DataFrame:
    """Whether a period has fewer cases to count than is usual.

    values: series, period, cases (whole counts), a row for each trust and period of like length.
    Returns cases, usual_cases (the average of the other periods), p (one-sided), adjusted_p
    (Benjamini-Hochberg over all rows), question, reason. Seasons and reforms empty a period too.
    A row without a figure is refused, and all rows of a series with fewer than 5 that have one.
    Raises ValueError where a count is below 0 or has a fraction, or a series has a period twice.
    """
    cases = floats(values["cases"])
    check_counts(cases, cases)
    check_whole(cases)
    own, total, reason = _told(values, pd.DataFrame({"cases": cases}), [(np.isnan(cases), NOT_GIVEN)])
    periods = own["cases"].groupby(values["series"].to_numpy()).transform("count")
    # Nothing can be said of a series without cases: each of its periods has as many as is usual.
    by_chance = stats.binom.cdf(own["cases"], total["cases"], 1 / periods)
    columns = {"cases": own["cases"], "usual_cases": (total["cases"] - own["cases"]) / (periods - 1)}
    p = np.maximum(by_chance, _beyond_others(-own["cases"], values["series"]))
    return _asked(values, columns, p, CASES_QUESTION, np.ones(len(values), dtype=bool), reason)


def _told(
    values: pd.DataFrame, counts: pd.DataFrame, refusals: list[tuple[Booleans, str]]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.Categorical]:
    """Counts of the rows that have their figures (NaN in the rest), the totals of their series, and
    the reasons."""
    if values.duplicated(["series", "period"]).any():
        raise ValueError("a series has each period once")
    series = values["series"].to_numpy()
    is_refused = np.logical_or.reduce([holds for holds, _ in refusals])
    periods = pd.Series(~is_refused).groupby(series).transform("sum").to_numpy()
    too_few = ~is_refused & (periods < PERIODS_NEEDED)
    own = counts.copy()
    own.loc[is_refused | too_few] = np.nan
    reason = in_words(len(values), *refusals, (too_few, TOO_FEW_PERIODS))
    return own, own.groupby(series).transform("sum"), reason


def _beyond_others(value: pd.Series, series: pd.Series) -> Floats:
    """The chance that another period like the others of its series comes out as high: a t prediction
    from their average and variance."""
    groups = value.groupby(series.to_numpy())
    others = groups.transform("count") - 1
    average = (groups.transform("sum") - value) / others
    # About the series' own average, so that no digits are lost where periods are nearly alike.
    centred = value - groups.transform("mean")
    squares = (centred**2).groupby(series.to_numpy()).transform("sum") - centred**2
    variance = np.maximum(squares - centred**2 / others, 0.0) / (others - 1)
    error = np.sqrt(variance * (1 + 1 / others))
    # Where the others are all alike anything above them is beyond them.
    above = (value - average).to_numpy()
    alike = np.select([above > 0, above < 0], [np.inf, -np.inf], above)
    distance = np.where(error > 0, above / error.where(error > 0), alike)
    return np.asarray(stats.t.sf(distance, others - 1))


def _asked(
    values: pd.DataFrame,
    columns: dict[str, pd.Series],
    p: Floats,
    question: str,
    also: Booleans,
    reason: pd.Categorical,
) -> pd.DataFrame:
    adjusted = benjamini_hochberg(p)["adjusted_p"].to_numpy()
    tests = {
        "p": p,
        "adjusted_p": adjusted,
        "question": asked_of_rows(question, adjusted, also),
        "reason": reason,
    }
    return pd.DataFrame(columns | tests).set_axis(values.index)
