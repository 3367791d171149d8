"""From observations to indicators: value, interval, target, and how each compares.

Whole frames in, whole frames out. A share is taken from its counts wherever there are counts,
so that a printed, rounded percentage is never calculated with.
"""

import numpy as np
import pandas as pd

from performance.statistics.funnel import exact_flags
from performance.statistics.intervals import wilson
from performance.vocabulary import PARTS_OF_A_WHOLE, WITHOUT_A_NUMBER, Polarity, TargetStatus, Unit

# Fewer organisations than this in a period make no crowd to compare one with.
FEWEST_TO_COMPARE = 10


def indicators(frame: pd.DataFrame) -> pd.DataFrame:
    """Adds `value` from counts, `lower` and `upper` (95%), `target_status`, `attainment` (per
    cent of target), `baseline` and `flag` to a frame of `inputs`. Row order is kept."""
    frame = frame.copy()
    is_part = frame["unit"].isin(PARTS_OF_A_WHOLE) & frame["numerator"].notna() & (frame["denominator"] > 0)
    frame["value"] = frame["value"].where(~is_part, 100 * frame["numerator"] / frame["denominator"])
    has_counts = is_part & (frame["unit"] == Unit.SHARE)
    interval = wilson(frame["numerator"].where(has_counts), frame["denominator"].where(has_counts))
    frame["lower"], frame["upper"] = 100 * interval["lower"], 100 * interval["upper"]
    frame["target_status"] = _target_status(frame)
    frame["attainment"] = _attainment(frame)
    frame["baseline"] = _baseline(frame, has_counts)
    frame["flag"] = _flags(frame, has_counts)
    return frame


def _target_status(frame: pd.DataFrame) -> np.ndarray:
    """A plain fact: what was published against the target printed beside it, or, where a source
    prints the percentage of the target alone, that against 100. A printed value is taken as
    printed, a share with counts as its counts have it."""
    value, target, percent = frame["value"], frame["target"], frame["percent_of_target"]
    less_is_good = frame["polarity"] == Polarity.LOWER
    by_target = np.where(less_is_good, value <= target, value >= target)
    by_percent = np.where(less_is_good, percent <= 100, percent >= 100)
    no_number = frame["status"].isin(WITHOUT_A_NUMBER) | value.isna()
    return np.select(
        [
            target.isna() & percent.isna(),
            no_number | (frame["polarity"] == Polarity.NONE),
            np.where(target.isna(), by_percent, by_target),
        ],
        [TargetStatus.NO_TARGET, TargetStatus.CANNOT_TELL, TargetStatus.MET],
        default=TargetStatus.MISSED,
    )


def _attainment(frame: pd.DataFrame) -> pd.Series:
    """Value over target where a source prints both, else the percentage that it prints."""
    target = frame["target"].where(frame["target"] != 0)
    return (100 * frame["value"] / target).fillna(frame["percent_of_target"])


def _baseline(frame: pd.DataFrame, has_counts: pd.Series) -> pd.Series:
    """The pooled share of all organisations of a kind in a period: sums before ratios."""
    peers = [frame[c] for c in ("measure", "organisation_kind", "period_start", "period_end")]
    counts = frame[["numerator", "denominator"]].where(has_counts)
    pooled = counts.groupby(peers).transform("sum")
    crowd = counts["denominator"].groupby(peers).transform("count")
    share = 100 * pooled["numerator"] / pooled["denominator"].where(pooled["denominator"] > 0)
    return share.where(has_counts & (crowd >= FEWEST_TO_COMPARE))


def _flags(frame: pd.DataFrame, has_counts: pd.Series) -> pd.Series:
    compared = has_counts & frame["baseline"].notna()
    counts = frame[["numerator", "denominator"]].where(compared)
    return exact_flags(counts["numerator"], counts["denominator"], frame["baseline"] / 100)["flag"].astype(
        str
    )
