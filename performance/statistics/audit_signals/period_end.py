"""Work that piles up at the end of a period."""

import numpy as np
import pandas as pd
from scipy import stats

from performance.statistics.audit_signals.questions import asked_of_rows
from performance.statistics.columns import (
    NO_CASES,
    NOT_GIVEN,
    Booleans,
    Floats,
    Numbers,
    aligned,
    check_counts,
    check_whole,
    in_words,
    is_missing,
)
from performance.statistics.multiple_comparisons import benjamini_hochberg

MONTH_QUESTION = "why are so many cases completed in the last days of the month?"
YEAR_QUESTION = "why are so many cases completed in the last month of the year, for those that came in?"
NO_ARRIVALS = "no cases came in to set the completions against"


def period_end_spikes(
    at_end: Numbers, completed: Numbers, working_days: Numbers, last_days: int = 3
) -> pd.DataFrame:
    """Whether more cases are completed in the last working days of a period than a like part of all.

    at_end: completed in the last days, completed: in the whole period, whole counts; working_days:
    in the period; last_days: how many of them count as its end. A row for each trust and month.
    Returns share (completed at the end), expected_share (last_days / working_days), excess (cases
    above that), p (exact binomial, one-sided), adjusted_p (Benjamini-Hochberg over all rows),
    question, reason: not given, no cases.
    Raises ValueError where at_end isn't from 0 to completed, a count has a fraction, or there are
    no more working days than last ones.
    """
    index, (at_end, completed, working_days) = aligned(at_end, completed, working_days)
    check_counts(at_end, completed)
    check_whole(at_end, completed)
    if last_days < 1 or (working_days <= last_days).any():
        raise ValueError("a period has more working days than its end")
    reason = in_words(
        len(completed),
        (is_missing(at_end, completed, working_days), NOT_GIVEN),
        (completed == 0, NO_CASES),
    )
    return _spikes(index, at_end, completed, last_days / working_days, reason, MONTH_QUESTION)


def year_end_spikes(
    at_end: Numbers, in_other_months: Numbers, arrived_at_end: Numbers, arrived_in_others: Numbers
) -> pd.DataFrame:
    """Whether more cases are completed in the last month of a year than in the other eleven, for as
    many as came in. A row for each trust and year, of whole counts.

    Returns what `period_end_spikes` does; expected_share is the last month's part of arrivals,
    which are taken as given. Refuses rows without a figure, without completions, or where nobody
    came in during either part. Raises ValueError where a count is below 0 or has a fraction.
    """
    index, (end, others, arrived_end, arrived_others) = aligned(
        at_end, in_other_months, arrived_at_end, arrived_in_others
    )
    counts = (end, others, arrived_end, arrived_others)
    if any((count < 0).any() for count in counts):
        raise ValueError("a count can't be below 0")
    check_whole(*counts)
    completed, arrived = end + others, arrived_end + arrived_others
    reason = in_words(
        len(completed),
        (is_missing(*counts), NOT_GIVEN),
        (completed == 0, NO_CASES),
        ((arrived_end == 0) | (arrived_others == 0), NO_ARRIVALS),
    )
    expected = arrived_end / np.where(arrived == 0, np.nan, arrived)
    return _spikes(index, end, completed, expected, reason, YEAR_QUESTION)


def _spikes(
    index: pd.Index,
    at_end: Floats,
    completed: Floats,
    expected: Floats,
    reason: pd.Categorical,
    question: str,
) -> pd.DataFrame:
    told: Booleans = np.asarray(reason == "")
    at_end, completed, expected = (np.where(told, column, np.nan) for column in (at_end, completed, expected))
    p = stats.binom.sf(at_end - 1, completed, expected)
    adjusted = benjamini_hochberg(p)["adjusted_p"].to_numpy()
    columns = {
        "share": at_end / completed,
        "expected_share": expected,
        "excess": at_end - completed * expected,
        "p": p,
        "adjusted_p": adjusted,
        "question": asked_of_rows(question, adjusted),
        "reason": reason,
    }
    return pd.DataFrame(columns, index)
