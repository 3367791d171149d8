"""Where each organisation stands among the others, on process and on outcome, and how sure that is."""

import numpy as np
import pandas as pd

from performance.calculation.ratings import DRAWS, SEED
from performance.statistics.ratings.ranks import FEWEST, rank_intervals

# What each side is ranked by; more is better.
SIDES = {"process": "attainment", "outcome": "outcome"}
RANKS = [f"{side}_rank{end}" for side in SIDES for end in ("", "_lower", "_upper")]
# Levels that differ by less are equal but for rounding.
DECIMALS = 9


def ranks(table: pd.DataFrame) -> pd.DataFrame:
    """Ranks among those of a kind that have both sides, 1 the best; equals share the better rank.

    table: of one framework and year: kind, attainment and outcome, each of these with its standard
    error. Returns, for the same rows, ranked (how many of the kind have both sides) and for process and
    outcome the rank with the lower and upper end of its 95% interval, from draws of normal levels,
    the rank itself always within. NaN without both sides; and where fewer than 4 of a kind have
    them, as their ranks have no interval.
    """
    both = table.dropna(subset=list(SIDES.values()))
    ranked = table["kind"].map(both["kind"].value_counts()).fillna(0)
    found = pd.DataFrame(np.nan, table.index, RANKS).assign(ranked=ranked.astype(int))
    for _, of_kind in both.groupby("kind"):
        if len(of_kind) >= FEWEST:
            columns = [_of_side(of_kind, side, name) for side, name in SIDES.items()]
            found.loc[of_kind.index, RANKS] = pd.concat(columns, axis=1)
    return found


def _of_side(both: pd.DataFrame, side: str, name: str) -> pd.DataFrame:
    level = both[name].round(DECIMALS)
    rank = level.rank(ascending=False, method="min")
    drawn = rank_intervals(level, both[f"{name}_standard_error"], seed=SEED, draws=DRAWS)
    return pd.DataFrame(
        {
            f"{side}_rank": rank,
            f"{side}_rank_lower": np.minimum(rank, np.floor(drawn["lower"])),
            f"{side}_rank_upper": np.maximum(rank, np.ceil(drawn["upper"])),
        }
    )
