"""What each figure of process adds to a trust's two indices."""

import numpy as np
import pandas as pd
from scipy import stats

from performance.statistics.divergence.quadrants import chance_of_meeting
from performance.statistics.ratings.scores import HAIR
from performance.vocabulary import Unit


def parts_of(figures: pd.DataFrame) -> pd.DataFrame:
    """Of each figure everything that a trust's two indices are added up from.

    figures: of `process.figures_of_year`, on process measures. Returns, for the same rows, the weight judged
    and met, the variance of the latter, how many targets are judged and met; and of cases those done as
    asked with their variance, all, and those that the target asks for. 0 where a figure adds nothing.
    """
    value, target, weight = figures["value"], figures["target"], figures["weight"]
    is_judged = value.notna() & target.notna() & (weight > 0)
    is_less = figures["less_is_better"]
    # A value just on its target meets it, though its float may lie a hair off.
    room = HAIR * target.abs()
    met = is_judged & (value <= target + room).where(is_less, value >= target - room)
    chance = _chance_of_target(figures).fillna(met.astype(float))
    parts = {
        "judged_weight": weight.where(is_judged, 0.0),
        "met_weight": weight.where(met, 0.0),
        "variance": (weight**2 * chance * (1 - chance)).where(is_judged, 0.0),
        "targets_judged": is_judged.astype(int),
        "targets_met": met.astype(int),
    }
    return pd.DataFrame(parts | _cases(figures, is_judged))


def _chance_of_target(figures: pd.DataFrame) -> pd.Series:
    """The probability that the level behind a figure meets its target: of a share by its cases, of
    a count by Poisson's error; NaN where there is no chance in the figure, or none that is known."""
    of_cases = figures[["numerator", "denominator", "target"]].where(_is_counted(figures))
    share = chance_of_meeting(of_cases["numerator"], of_cases["denominator"], of_cases["target"] / 100)
    count = figures["value"].where((figures["unit"] == Unit.COUNT) & (figures["value"] > 0))
    # Above as likely as below if the count is the target.
    distance = (count - figures["target"]) / np.sqrt(count)
    at_least = share["probability"].fillna(pd.Series(stats.norm.cdf(distance), figures.index))
    return (1 - at_least).where(figures["less_is_better"], at_least)


def _is_counted(figures: pd.DataFrame) -> pd.Series:
    is_share = (figures["unit"] == Unit.SHARE) & figures["value"].notna() & figures["target"].notna()
    return is_share & figures["numerator"].notna() & (figures["denominator"] > 0)


def _cases(figures: pd.DataFrame, is_judged: pd.Series) -> dict[str, pd.Series]:
    """Cases of shares that have them, turned so that more is better."""
    is_counted = is_judged & _is_counted(figures)
    cases, less = figures["denominator"], figures["less_is_better"]
    counted = (cases - figures["numerator"]).where(less, figures["numerator"])
    percent = (100 - figures["target"]).where(less, figures["target"])
    parts = {
        "counted": counted,
        "cases": cases,
        "required": cases * percent / 100,
        "counted_variance": counted * (cases - counted) / cases,
    }
    return {name: part.where(is_counted, 0.0) for name, part in parts.items()}
