"""Ranks on both sides, counted trust by trust, and their intervals from draws of one's own."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

Row = dict[str, Any]
Can = Callable[[float], bool]

FEWEST = 4
DRAWS, FOUND_WITH = 20_000, 2_000
SIDES = ("process", "outcome")


def ranks(trusts: Sequence[Sequence[Any]]) -> list[Row]:
    """trusts: attainment, its standard error, outcome and its standard error, None or NaN where there is
    none. By name, figures; the ends of an interval as a function that says whether what was found can
    be."""
    both = [place for place, trust in enumerate(trusts) if is_told(trust[0]) and is_told(trust[2])]
    names = [f"{side}_rank{end}" for side in SIDES for end in ("", "_lower", "_upper")]
    found: list[Row] = [{"ranked": len(both)} | dict.fromkeys(names) for _ in trusts]
    if len(both) < FEWEST:
        return found
    for at, side in enumerate(SIDES):
        own = [(trusts[place][2 * at], float(trusts[place][2 * at + 1])) for place in both]
        for place, row in zip(both, of_side(own), strict=True):
            found[place] |= {f"{side}_rank{end}": figure for end, figure in row.items()}
    return found


def is_told(figure: Any) -> bool:
    return figure is not None and figure == figure


def of_side(own: list[tuple[Any, float]]) -> list[Row]:
    levels = [level for level, _ in own]
    drawn = np.random.default_rng(6).normal(
        [float(level) for level in levels], [error for _, error in own], (DRAWS, len(own))
    )
    rows = []
    for place, level in enumerate(levels):
        rank = 1 + sum(other > level for other in levels)
        ahead, level_with = (drawn > drawn[:, [place]]).sum(axis=1), (drawn == drawn[:, [place]]).sum(axis=1)
        # Those that are drawn alike share the middle of their ranks.
        middle = ahead + (level_with + 1) / 2
        rows.append({"": rank, "_lower": is_lower(middle, rank), "_upper": is_upper(middle, rank)})
    return rows


def room(share: float) -> float:
    """Four standard errors of the difference of two shares."""
    return float(4 * np.sqrt(share * (1 - share) * (1 / FOUND_WITH + 1 / DRAWS)))


def is_lower(middle: Any, rank: int) -> Can:
    """The rank below which 2.5% of draws lie, or the trust's own where that is better."""
    slack = room(0.025)

    def can(found: float) -> bool:
        below, up_to = np.mean(middle < found), np.mean(middle < found + 1)
        is_limit = below <= 0.025 + slack and up_to >= 0.025 - slack
        return found <= rank and bool(is_limit or (found == rank and below <= 0.025 + slack))

    return can


def is_upper(middle: Any, rank: int) -> Can:
    slack = room(0.975)

    def can(found: float) -> bool:
        up_to, below = np.mean(middle <= found), np.mean(middle <= found - 1)
        is_limit = up_to >= 0.975 - slack and below <= 0.975 + slack
        return found >= rank and bool(is_limit or (found == rank and up_to >= 0.975 - slack))

    return can
