"""What is planted: which trusts meet their targets, which do worse than predicted, which heap
months just above a target, and which change."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from performance.returns.simulation.chance import Part, stream
from performance.returns.simulation.record import trusts
from performance.vocabulary import Quadrant

UNPLANTED = "unplanted"

Range = tuple[float, float]
_MEETS, _MISSES = (2.5, 4.5), (-6.0, -3.0)
_WORSE, _BETTER = (1.5, 2.5), (-2.5, -1.5)
_AS_PREDICTED = 0.15


@dataclass(frozen=True)
class Planted:
    """trusts: how many. margin: how many points above its target (below 0: below it) a trust's true
    share lies, in every process measure. difference: true reoffending less predicted, in points;
    None for a spread round 0 of standard deviation 0.15. heaps: it lifts months that just miss.
    change: points by which the margin falls in the second or third year; where the margin is below 0,
    rises."""

    group: str
    trusts: int
    margin: Range
    difference: Range | None = None
    heaps: bool = False
    change: Range = (0.0, 0.0)


QUIET = Planted(UNPLANTED, 10, (-3.0, 3.5))
PLANTED = (
    Planted(Quadrant.MET_WORSE, 6, _MEETS, _WORSE),
    Planted(Quadrant.MET_BETTER, 2, _MEETS, _BETTER),
    Planted(Quadrant.MISSED_WORSE, 2, _MISSES, _WORSE),
    Planted(Quadrant.MISSED_BETTER, 6, _MISSES, _BETTER),
    Planted(UNPLANTED, 5, (-1.0, 0.0), heaps=True),
    Planted(UNPLANTED, 2, (2.0, 3.5), change=(4.0, 6.0)),
    Planted(UNPLANTED, 2, (-3.5, -2.0), change=(4.0, 6.0)),
    QUIET,
)


def plant(seed: int, *, effect: bool, years: tuple[str, ...]) -> pd.DataFrame:
    """The 35 trusts by slug, in order: group (a word of `Quadrant`, or unplanted), margin,
    true_difference, heaps_above_target, change (points added to the margin), changes_in (the
    year from which, '' for never) and is_quiet (nothing of all this, whatever the outcome).

    years: their labels, as 2010-11. Without the effect the same true differences are dealt out
    again over all trusts, whatever their process, and no trust is in a group.
    """
    chance = stream(seed, Part.TRUTH)
    which = np.repeat(np.arange(len(PLANTED)), [planted.trusts for planted in PLANTED])
    plan = pd.DataFrame(
        {
            "group": [str(PLANTED[place].group) for place in which],
            "margin": _between(chance, [PLANTED[place].margin for place in which]),
            "true_difference": _differences(chance, [PLANTED[place].difference for place in which]),
            "heaps_above_target": [PLANTED[place].heaps for place in which],
            "change": _between(chance, [PLANTED[place].change for place in which]),
            "is_quiet": [PLANTED[place] == QUIET for place in which],
        },
        index=pd.Index(chance.permutation(trusts().index), name="organisation"),
    )
    plan["change"] = -np.sign(plan["margin"]) * plan["change"] + 0.0
    plan["changes_in"] = np.where(plan["change"] != 0, chance.choice(years[1:], len(plan)), "")
    return (plan if effect else _shuffled(plan, seed)).sort_index()


def _between(chance: np.random.Generator, ranges: list[Range]) -> np.ndarray:
    low, high = np.array(ranges).T
    return chance.uniform(low, high).round(2)


def _differences(chance: np.random.Generator, ranges: list[Range | None]) -> np.ndarray:
    planted = _between(chance, [between or (0.0, 0.0) for between in ranges])
    spread = chance.normal(0, _AS_PREDICTED, len(ranges)).round(2)
    # Adding 0 makes a plain zero of a zero below zero.
    return np.where([between is None for between in ranges], spread, planted) + 0.0


def _shuffled(plan: pd.DataFrame, seed: int) -> pd.DataFrame:
    differences = stream(seed, Part.SHUFFLE).permutation(plan["true_difference"])
    return plan.assign(group=UNPLANTED, true_difference=differences)
