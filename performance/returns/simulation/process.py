"""A framework year's own measures, month by month: shares with their counts, and counts."""

import numpy as np
import pandas as pd

from performance.returns.simulation.assumptions import ASSUMED, MONTHLY_SPREAD, MOST, TARGET_NOTE
from performance.returns.simulation.chance import Part, stream
from performance.returns.simulation.layout import rows
from performance.returns.simulation.levels import Levels
from performance.returns.simulation.record import Floats, trusts
from performance.returns.simulation.years import FrameworkYear, definitions
from performance.vocabulary import Unit

REOFFENDING = "local-adult-reoffending"
# The measure in which trusts that heap lift months that just miss, those within so many points
# of the target, and how often they do.
HEAPED = "breach-10-days"
_JUST_MISSED = 4.0
_LIFTED = 0.8


def process(seed: int, year: FrameworkYear, levels: Levels) -> list[pd.DataFrame]:
    """The rows of shares and of counts."""
    share_codes, count_codes = _measures(year, Unit.SHARE), _measures(year, Unit.COUNT)
    shares = _shares(seed, year, levels, share_codes)
    return [shares, _counts(seed, year, levels, count_codes, shares)]


def _measures(year: FrameworkYear, unit: Unit) -> list[str]:
    measures = definitions().measures
    return [code for code in year.measures if measures[code].unit == unit and code != REOFFENDING]


def _shares(seed: int, year: FrameworkYear, levels: Levels, codes: list[str]) -> pd.DataFrame:
    chance = stream(seed, Part.SHARES, year.number)
    shape = (len(levels.plan), len(codes), len(year.months))
    # A month without any case would have no share: so small are only a few trusts, and only by chance.
    cases = np.maximum(chance.poisson(_monthly(codes)[:, :, np.newaxis], shape), 1).astype(float)
    drift = chance.normal(0, MONTHLY_SPREAD, shape)
    true = np.clip(levels.true_shares(year, codes)[:, :, np.newaxis] + drift, 1, MOST)
    done = chance.binomial(cases.astype(int), true / 100).astype(float)
    target = levels.target[codes].to_numpy()[:, :, np.newaxis]
    heaps = np.outer(levels.plan["heaps_above_target"], np.array(codes) == HEAPED)[:, :, np.newaxis]
    lifted = heaps & (chance.random(shape) < _LIFTED)
    done = np.where(lifted, _lifted(done, cases, target), done)
    numbers = {"numerator": done, "denominator": cases, "target": target}
    return rows(year, codes, year.months, numbers, TARGET_NOTE)


def _lifted(done: Floats, cases: Floats, target: Floats) -> Floats:
    """The least number that meets the target, where the share just misses it."""
    enough = np.ceil(target * cases / 100)
    return np.where(100 * done / cases >= target - _JUST_MISSED, np.maximum(done, enough), done)


def _counts(
    seed: int, year: FrameworkYear, levels: Levels, codes: list[str], shares: pd.DataFrame
) -> pd.DataFrame:
    chance = stream(seed, Part.COUNTS, year.number)
    shape = (len(levels.plan), len(codes), len(year.months))
    target = np.maximum(np.round(_monthly(codes)), 1)[:, :, np.newaxis]
    value = chance.poisson(target * levels.lifts(year, codes)[:, :, np.newaxis], shape).astype(float)
    for place, code in enumerate(codes):
        # A count that is a share's numerator must be the same number in both.
        if ASSUMED[code].counted_in:
            same = shares.loc[shares["measure"] == ASSUMED[code].counted_in, "numerator"]
            value[:, place] = same.to_numpy().reshape(shape[0], shape[2])
    return rows(year, codes, year.months, {"value": value, "target": target}, TARGET_NOTE)


def _monthly(codes: list[str]) -> Floats:
    """Trusts x measures: cases to expect in a month."""
    return np.outer(trusts()["size"], [ASSUMED[code].cases / 12 for code in codes])
