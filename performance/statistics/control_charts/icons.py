"""The two icons of Making Data Count: variation (is it changing?) and assurance (will it meet its
target?). Source: NHS England, Making Data Count.
"""

import numpy as np
import pandas as pd

from performance.statistics.columns import Booleans, floats, in_words
from performance.statistics.control_charts.rules import Direction
from performance.vocabulary import Assurance, Polarity, Variation

NO_TARGET = "there is no target"
NO_JUDGEMENT = "neither way counts as good, so there is no meeting a target"


def variation(frame: pd.DataFrame, chart: pd.DataFrame, polarity: Polarity | pd.Series) -> pd.DataFrame:
    """The variation icon of each series, from its last point.

    frame: the one that was charted; chart: what `xmr`, `p_chart` or `laney_p_chart` made of it;
    polarity: one for all, or a column of them indexed by series. Where it is no judgement, a
    special cause is high or low, never good or bad.
    Returns, indexed by series in order: variation (a word of `Variation`), the last point's rule
    and direction, is_trial, and reason: why the last point can't be told.
    Raises ValueError where chart has other rows than frame, or a series lacks its polarity.
    """
    last = _last(frame, chart)
    is_up_good, is_down_good = _good_ways(polarity, last.index)
    is_high, is_low = (last["direction"].eq(word).to_numpy() for word in Direction)
    is_marked = is_high | is_low
    icon = in_words(
        len(last),
        ((is_high & is_up_good) | (is_low & is_down_good), Variation.IMPROVEMENT),
        ((is_high & is_down_good) | (is_low & is_up_good), Variation.CONCERN),
        (is_high, Variation.HIGH),
        (is_low, Variation.LOW),
        (last["reason"].ne("").to_numpy(), Variation.CANNOT_TELL),
        otherwise=Variation.COMMON_CAUSE,
    )
    # A run can be told without limits.
    reason = last["reason"].astype(str).mask(is_marked, "")
    table = last[["rule", "direction", "is_trial"]].assign(variation=icon, reason=reason)
    return table[["variation", "rule", "direction", "is_trial", "reason"]]


def assurance(
    frame: pd.DataFrame, chart: pd.DataFrame, polarity: Polarity | pd.Series, target: float | pd.Series
) -> pd.DataFrame:
    """The assurance icon of each series: its target against the limits of its last point, and so
    of its last segment.

    frame, chart, polarity: as for `variation`; target: in the chart's unit, one for all, or a
    column indexed by series (NaN: none). A target on a limit is hit and missed.
    Returns, indexed by series in order: assurance (a word of `Assurance`), target, is_trial, and
    reason: no target, no judgement, or why there are no limits.
    Raises ValueError as `variation` does.
    """
    last = _last(frame, chart)
    is_up_good, is_down_good = _good_ways(polarity, last.index)
    aim = floats(target.reindex(last.index) if isinstance(target, pd.Series) else np.full(len(last), target))
    is_above = aim > last["upper_limit"].to_numpy()
    is_below = aim < last["lower_limit"].to_numpy()
    has_no_target, has_no_good = np.isnan(aim), ~(is_up_good | is_down_good)
    has_no_limits = last["reason"].ne("").to_numpy()
    icon = in_words(
        len(last),
        (has_no_target | has_no_good | has_no_limits, Assurance.CANNOT_TELL),
        ((is_above & is_up_good) | (is_below & is_down_good), Assurance.FAILS),
        ((is_below & is_up_good) | (is_above & is_down_good), Assurance.PASSES),
        otherwise=Assurance.HITS_AND_MISSES,
    )
    reason = last["reason"].astype(str).mask(has_no_good, NO_JUDGEMENT).mask(has_no_target, NO_TARGET)
    table = last[["is_trial"]].assign(assurance=icon, target=aim, reason=reason)
    return table[["assurance", "target", "is_trial", "reason"]]


def _last(frame: pd.DataFrame, chart: pd.DataFrame) -> pd.DataFrame:
    """The chart's row of each series' last point, by series."""
    if not frame.index.equals(chart.index):
        raise ValueError("the chart must have the rows of the frame")
    is_last = chart["is_last"].to_numpy()
    names = pd.Index(frame["series"].to_numpy()[is_last], name="series")
    return chart[is_last].set_axis(names).sort_index()


def _good_ways(polarity: Polarity | pd.Series, series: pd.Index) -> tuple[Booleans, Booleans]:
    """Where up is good, and where down is."""
    words = polarity.reindex(series) if isinstance(polarity, pd.Series) else pd.Series(polarity, series)
    if not words.isin(Polarity.values()).all():
        raise ValueError("every series needs its polarity: higher, lower or none")
    return words.eq(Polarity.HIGHER).to_numpy(), words.eq(Polarity.LOWER).to_numpy()
