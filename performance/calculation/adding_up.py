"""Adding parts up to wholes: months to a year, trusts to a region. Sums before ratios.

Each whole has a number of places for its parts. A part that isn't there, one without a number, a
suppressed one and one to which the measure doesn't apply are four things, and so is nil, which is 0.
"""

from enum import IntEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from performance.calculation.cells import Integers
from performance.statistics.columns import Booleans, Floats, in_words
from performance.vocabulary import Status, Unit

FIGURES = ["numerator", "denominator", "expected", "value", "target"]
ADDABLE = (Unit.SHARE, Unit.COUNT)


class State(IntEnum):
    """What a part has to give."""

    MISSING = 0  # not sent, or sent without a number
    COUNTED = 1
    PARTIAL = 2  # counted, though parts of its own are missing
    UNCOUNTED = 3  # a share without its counts
    SUPPRESSED = 4
    NOT_APPLICABLE = 5


HAS_FIGURES = (State.COUNTED, State.PARTIAL)
LACKING = (State.MISSING, State.UNCOUNTED, State.SUPPRESSED)


def addends(rows: pd.DataFrame) -> pd.DataFrame:
    """Shares and counts as parts of a sum: is_share, is_nil, state and the figures; where nil, the
    counts of a share and the value of a count are 0.

    rows: observations, with is_partial for those that are themselves sums with gaps.
    """
    is_nil = (rows["status"] == Status.NIL).to_numpy()
    figures = {name: rows[name].to_numpy(dtype=float, na_value=np.nan) for name in FIGURES}
    is_share = (rows["unit"] == Unit.SHARE).to_numpy()
    for name, has_it in (("numerator", is_share), ("denominator", is_share), ("value", ~is_share)):
        figures[name] = np.where(is_nil & has_it & np.isnan(figures[name]), 0.0, figures[name])
    has_counts = ~np.isnan(figures["numerator"]) & ~np.isnan(figures["denominator"])
    has_figures = np.where(is_share, has_counts, ~np.isnan(figures["value"]))
    state = np.select(
        [
            (rows["status"] == Status.SUPPRESSED).to_numpy(),
            (rows["status"] == Status.NOT_APPLICABLE).to_numpy(),
            (rows["status"] == Status.MISSING).to_numpy(),
            has_figures & rows["is_partial"].to_numpy(),
            has_figures,
        ],
        [State.SUPPRESSED, State.NOT_APPLICABLE, State.MISSING, State.PARTIAL, State.COUNTED],
        State.UNCOUNTED,
    )
    return pd.DataFrame({"is_share": is_share, "is_nil": is_nil, "state": state.astype(np.int8), **figures})


def states_of(
    parts: pd.DataFrame, whole: Integers, place: Integers, shape: tuple[int, int]
) -> NDArray[np.int8]:
    """The state of every place of every whole.

    parts: of `addends`; whole, place: where each part belongs; shape: how many wholes there are,
    and how many places each has.
    """
    states = np.full(shape, State.MISSING, np.int8)
    states[whole, place] = parts["state"]
    return states


def added_up(
    parts: pd.DataFrame, whole: Integers, states: NDArray[np.int8], *, targets: bool
) -> pd.DataFrame:
    """The sum of each whole's parts; targets: whether theirs make one for the whole.

    parts, whole, states: as for and of `states_of`. Returns, a row a whole,
    - the figures: a share is that of all counts together, a count the sum of its values; expected
      only where every counted part has it, nil ones apart, so that it stays comparable
    - status: SUPPRESSED, without figures, where just one part is, as what is left when all others
      are taken from a total is that one; of a count where any is, as its sum would fall short.
      MISSING, without figures, for a count with any other gap. NIL where all parts are, or where no
      share has a case
    - counted, asked: parts that have figures, and parts to which the measure applies
    - is_partial: a sum in spite of gaps; lacks_expected, lacks_target: counted parts without theirs,
      where others have it.
    """
    n = {state: (states == state).sum(axis=1) for state in State}
    counted, lacking = (sum(n[state] for state in of_these) for of_these in (HAS_FIGURES, LACKING))
    is_counted = parts["state"].isin(HAS_FIGURES).to_numpy()
    parts, whole = parts[is_counted], whole[is_counted]
    is_share = _marks(parts["is_share"], whole, len(states)) > 0
    sums = _figures(parts, whole, is_share, targets)
    nil = _marks(parts["is_nil"], whole, len(states))
    status = in_words(
        len(states),
        ((n[State.SUPPRESSED] == 1) | (~is_share & (n[State.SUPPRESSED] > 0)), Status.SUPPRESSED),
        (~is_share & (lacking > 0), Status.MISSING),
        ((nil == counted) | (is_share & (sums["denominator"] == 0)), Status.NIL),
        otherwise=Status.REPORTED,
    )
    told = ~np.isin(status, [Status.SUPPRESSED, Status.MISSING])
    return pd.DataFrame(
        {
            **{name: np.where(told, figures, np.nan) for name, figures in sums.items()},
            "status": status,
            "counted": counted,
            "asked": counted + lacking,
            "is_partial": told & ((lacking > 0) | (n[State.PARTIAL] > 0)),
            "lacks_expected": _lacking_some(parts["expected"], sums["expected"], parts, whole),
            "lacks_target": _lacking_some(parts["target"], sums["target"], parts, whole) * targets,
        }
    )


def _figures(parts: pd.DataFrame, whole: Integers, is_share: Booleans, targets: bool) -> dict[str, Floats]:
    sums = {name: _sums(parts[name], parts["is_nil"], whole, len(is_share)) for name in FIGURES[:-1]}
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = 100 * sums["numerator"] / sums["denominator"]
    sums["value"] = np.where(is_share, shares, sums["value"])
    sums["target"] = _targets(parts, whole, is_share) if targets else np.full(len(is_share), np.nan)
    return sums


def _marks(flags: pd.Series, whole: Integers, wholes: int) -> Integers:
    return np.bincount(whole[flags.to_numpy()], minlength=wholes)


def _sums(figures: pd.Series, is_nil: pd.Series, whole: Integers, wholes: int) -> Floats:
    """NaN where no part has the figure, or where one that isn't nil lacks it."""
    given = figures.notna().to_numpy()
    found = np.bincount(whole[given], minlength=wholes)
    short = _marks(figures.isna() & ~is_nil, whole, wholes)
    sums = np.bincount(whole[given], weights=figures[given], minlength=wholes)
    return np.where((found > 0) & (short == 0), sums, np.nan)


def _lacking_some(figures: pd.Series, sums: Floats, parts: pd.DataFrame, whole: Integers) -> Integers:
    """How many parts lack the figure, where there is no sum though others have it."""
    given, short = (
        _marks(marks & ~parts["is_nil"], whole, len(sums)) for marks in (figures.notna(), figures.isna())
    )
    return np.where(np.isnan(sums) & (given > 0), short, 0)


def _targets(parts: pd.DataFrame, whole: Integers, is_share: Booleans) -> Floats:
    """Of counts the sum; of shares the target of all cases together. None where a part (of shares:
    one with cases) has none."""
    target, cases = parts["target"].to_numpy(), parts["denominator"].to_numpy()
    weight = np.where(parts["is_share"], cases, 1.0)
    weighs = weight != 0
    target, weight, whole = target[weighs], weight[weighs], whole[weighs]
    number = len(is_share)
    total = np.bincount(whole, weights=weight * target, minlength=number)
    with np.errstate(divide="ignore", invalid="ignore"):
        pooled = np.where(is_share, total / np.bincount(whole, weights=weight, minlength=number), total)
    # What every month was asked for is asked for the year, without the hair that rounding puts on it.
    one, is_same = _the_same(target, whole, number)
    return np.where(is_share & is_same, one, pooled)


def _the_same(figures: Floats, whole: Integers, wholes: int) -> tuple[Floats, Booleans]:
    one = np.full(wholes, np.nan)
    one[whole] = figures
    return one, np.bincount(whole, weights=figures != one[whole], minlength=wholes) == 0
