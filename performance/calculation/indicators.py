"""From observations to indicators: value, interval, target, and how each compares.

Whole frames in, whole frames out. A share is taken from its counts wherever there are counts,
so that a printed, rounded percentage is never calculated with.
"""

import numpy as np
import pandas as pd

from performance.calculation.cells import cells
from performance.calculation.years import first_years
from performance.statistics.columns import Booleans, in_words
from performance.statistics.control_charts.long_frame import days
from performance.statistics.funnel import exact_flags
from performance.statistics.intervals import wilson
from performance.statistics.ratings.scores import HAIR
from performance.vocabulary import PARTS_OF_A_WHOLE, WITHOUT_A_NUMBER, Polarity, TargetStatus, Unit

# Fewer organisations than this in a period make no crowd to compare one with.
FEWEST_TO_COMPARE = 10


def indicators(frame: pd.DataFrame) -> pd.DataFrame:
    """Adds `value` from counts, `lower` and `upper` (95%), `target_status`, `attainment` (per
    cent of target), `baseline`, `flag` and `is_part` to a frame of `sums.with_sums`, which then has
    the columns of the table `indicators`. Row order is kept.

    A figure is a part where the measure and organisation also have one for a longer period that
    holds its own and ends in the same financial year.
    """
    frame = frame.assign(value=values(frame), is_part=_is_part(frame), note=_notes(frame))
    has_counts = _has_counts(frame) & (frame["unit"] == Unit.SHARE)
    interval = wilson(frame["numerator"].where(has_counts), frame["denominator"].where(has_counts))
    frame["lower"], frame["upper"] = 100 * interval["lower"], 100 * interval["upper"]
    frame["target_status"] = _target_status(frame)
    frame["attainment"] = _attainment(frame)
    frame["baseline"] = _baseline(frame, has_counts)
    frame["flag"] = _flags(frame, has_counts)
    return frame


def values(frame: pd.DataFrame) -> pd.Series:
    """Each figure in its measure's unit: a part of a whole from its counts, where it has them."""
    return frame["value"].where(~_has_counts(frame), 100 * frame["numerator"] / frame["denominator"])


def _notes(frame: pd.DataFrame) -> pd.Series:
    """Of what was added up here. A note that came with a figure stays with its observation."""
    notes = frame["note"].astype("category")
    if "" not in notes.cat.categories:
        notes = notes.cat.add_categories("")
    return notes.mask(frame["observation_id"].notna(), "")


def _has_counts(frame: pd.DataFrame) -> pd.Series:
    has_cases = frame["numerator"].notna() & (frame["denominator"] > 0)
    return frame["unit"].isin(PARTS_OF_A_WHOLE) & has_cases


def _target_status(frame: pd.DataFrame) -> pd.Categorical:
    """A plain fact: what was published against the target printed beside it, or, where a source
    prints the percentage of the target alone, that against 100. A printed value is taken as
    printed, a share with counts as its counts have it."""
    value, target, percent = (frame[name].to_numpy() for name in ("value", "target", "percent_of_target"))
    less_is_good = (frame["polarity"] == Polarity.LOWER).to_numpy()
    # A value just on its target meets it, though its float may lie a hair off.
    room = HAIR * np.abs(target)
    by_target = np.where(less_is_good, value <= target + room, value >= target - room)
    by_percent = np.where(less_is_good, percent <= 100, percent >= 100)
    has_no_target, has_no_percent = np.isnan(target), np.isnan(percent)
    cannot_tell = frame["status"].isin(WITHOUT_A_NUMBER) | (frame["polarity"] == Polarity.NONE)
    return in_words(
        len(frame),
        (has_no_target & has_no_percent, TargetStatus.NO_TARGET),
        (cannot_tell.to_numpy() | np.isnan(value), TargetStatus.CANNOT_TELL),
        (np.where(has_no_target, by_percent, by_target), TargetStatus.MET),
        otherwise=TargetStatus.MISSED,
    )


def _attainment(frame: pd.DataFrame) -> pd.Series:
    """Value over target where a source prints both, else the percentage that it prints."""
    target = frame["target"].where(frame["target"] != 0)
    return (100 * frame["value"] / target).fillna(frame["percent_of_target"])


def _baseline(frame: pd.DataFrame, has_counts: pd.Series) -> pd.Series:
    """The pooled share of all organisations of a kind in a period: sums before ratios."""
    peers = cells(frame, ["measure", "organisation_kind", "period_start", "period_end"])
    counted = has_counts.to_numpy()
    x, n = (
        np.bincount(peers, weights=np.where(counted, frame[name], 0)) for name in ("numerator", "denominator")
    )
    is_crowd = np.bincount(peers, weights=counted) >= FEWEST_TO_COMPARE
    share = np.divide(100 * x, n, out=np.full(len(n), np.nan), where=is_crowd)
    return pd.Series(share[peers], frame.index).where(has_counts)


def _flags(frame: pd.DataFrame, has_counts: pd.Series) -> pd.Series:
    compared = has_counts & frame["baseline"].notna()
    counts = frame[["numerator", "denominator"]].where(compared)
    return exact_flags(counts["numerator"], counts["denominator"], frame["baseline"] / 100)["flag"]


def _is_part(frame: pd.DataFrame) -> Booleans:
    """In the order of their starts, the longest first, a period lies within an earlier one of its
    year if one of these ends no earlier."""
    of_year = cells(frame.assign(year=first_years(frame["period_end"])), ["measure", "organisation", "year"])
    start, end = days(frame["period_start"]), days(frame["period_end"])
    order = np.lexsort((-end, start, of_year))
    # The years one after the other on one line, so that one running maximum does for all.
    line = of_year * (end.max(initial=0) - end.min(initial=0) + 1) + end - end.min(initial=0)
    line = line[order]
    is_part = np.zeros(len(frame), dtype=np.bool_)
    latest_before = np.maximum.accumulate(line)[:-1]
    is_same_year = of_year[order][1:] == of_year[order][:-1]
    is_part[order[1:]] = is_same_year & (latest_before >= line[1:])
    return is_part
