"""A simulation as large as is wanted, to time calculations with."""

import numpy as np
import pandas as pd

from performance.returns.simulation.chance import Part, stream
from performance.returns.simulation.frame import KEY, frame_of, values
from performance.returns.simulation.layout import PERIOD
from performance.returns.simulation.simulate import simulate
from performance.vocabulary import Unit

# How often measures, and blocks of years, are repeated at most; the rest is trusts.
_MEASURES, _BLOCKS = 3, 3
_YEARS_IN_A_BLOCK = 3


def scaled(observations: int, *, seed: int = 1) -> pd.DataFrame:
    """As many observations as asked for, in the shape of `frame_of`: the simulation with more
    measures (up to 3 times as many), more years (up to 9) and then more trusts.

    A copy's measure is named oasys-15-days-2, its trust london-2, its framework ptrs-2010-11-2,
    which stands for the same year three years on; regions, kinds, units and targets stay. Counts
    are drawn anew, round the rate that was counted in the original. The last trusts may lack some
    of their figures, where the number asked for ends among them.
    Raises ValueError for fewer than 1.
    """
    if observations < 1:
        raise ValueError("a frame has 1 observation or more")
    base = frame_of(simulate(seed)).sort_values(["organisation", *KEY], ignore_index=True)
    place, measure, block, trust = _places(len(base), observations)
    frame = base.take(place).reset_index(drop=True)
    for column, numbers in (("measure", measure), ("framework", block), ("organisation", trust)):
        frame[column] = _copied(frame[column], numbers)
    for column in PERIOD:
        frame[column] = _later(frame[column], block)
    frame = _drawn_anew(frame, stream(seed, Part.SCALED)).sort_values(list(KEY), ignore_index=True)
    return frame.assign(observation_id=np.arange(1.0, len(frame) + 1))


def _places(rows: int, observations: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """For each observation wanted its row in the base, and which copy it is (0 the original) of
    measure, years and trust. All copies of a row come together, and the rows trust by trust."""
    copies = -(-observations // rows)
    measures = min(copies, _MEASURES)
    blocks = min(-(-copies // measures), _BLOCKS)
    trust, within = np.divmod(np.arange(observations), rows * measures * blocks)
    place, repeat = np.divmod(within, measures * blocks)
    block, measure = np.divmod(repeat, measures)
    return place, measure, block, trust


def _copied(names: pd.Series, copy: np.ndarray) -> pd.Series:
    """Each name with the number of its copy behind it, the original's as it is."""
    known = names.cat.categories.to_numpy(dtype=object)
    numbers = range(copy.max() + 1)
    texts = pd.Index(
        [name if number == 0 else f"{name}-{number + 1}" for number in numbers for name in known]
    )
    codes = copy * len(known) + names.cat.codes.to_numpy()
    return pd.Series(pd.Categorical.from_codes(codes, texts)).cat.remove_unused_categories()


def _later(days: pd.Series, block: np.ndarray) -> pd.Series:
    """Each day as many blocks of years later; the last day of a month stays one."""
    known, places = np.unique(days.to_numpy(), return_inverse=True)
    original = pd.DatetimeIndex(known)
    shifted = []
    for number in range(block.max() + 1):
        moved = original + pd.DateOffset(years=_YEARS_IN_A_BLOCK * number)
        shifted.append(moved.where(~original.is_month_end, moved + pd.offsets.MonthEnd(0)))
    table = np.stack([index.as_unit("s").to_numpy() for index in shifted])
    return pd.Series(table[block, places])


def _drawn_anew(frame: pd.DataFrame, chance: np.random.Generator) -> pd.DataFrame:
    is_share = frame["denominator"] > 0
    cases = frame["denominator"].where(is_share, 0).astype(int)
    rate = (frame["numerator"] / frame["denominator"]).where(is_share, 0)
    frame["numerator"] = frame["numerator"].where(~is_share, chance.binomial(cases, rate))
    is_count = (frame["unit"] == Unit.COUNT) & frame["value"].notna()
    frame["value"] = frame["value"].where(~is_count, chance.poisson(frame["value"].where(is_count, 0)))
    frame["value"] = values(frame)
    return frame
