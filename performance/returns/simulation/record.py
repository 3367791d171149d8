"""What the public record gives to size a simulation by, read from the tables that are shipped."""

from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_PERFORMANCE = Path(__file__).parents[2]
_PUBLISHED = _PERFORMANCE / "published" / "data"
_ORGANISATIONS = _PERFORMANCE.parent / "trusts" / "data"

# Offenders over the four snapshots from April 2012 to March 2013. Source: Russell Webster, Latest
# probation reducing reoffending rates. The year before had 4.5% more; all years are given this one.
COHORT = 616_252

# Per cent reoffending within a year, the lowest and the highest of the trusts, for those who
# started supervision in 2010. Source: Research Excellence Framework, impact case study 40905.
PROVEN_REOFFENDING = (26.6, 44.7)

# National budget for 2010-11 in pounds, as confirmed. Source: Hansard, 29 October 2009.
BUDGET = 870_000_000

_LOADS = "area_offenders_per_offender_manager_2004_2007.csv"
_BUDGETS = "area_budgets_2003_04.csv"


def trusts() -> pd.DataFrame:
    """The 35 trusts by slug, in order: region (the slug of its NOMS region) and size, the part of
    the whole (adding up to 1) that the trust's areas had of all areas' main service budgets in
    2003-04, the last year for which all of them could be read."""
    return _trusts().copy()


@lru_cache
def _trusts() -> pd.DataFrame:
    organisations = _table(_ORGANISATIONS / "organisations.csv")
    organisations = organisations[organisations["kind"] == "trust"].set_index("slug").sort_index()
    successions = _table(_ORGANISATIONS / "successions.csv").query("successor in @organisations.index")
    trust_of = successions.set_index("predecessor")["successor"]
    budgets = _table(_PUBLISHED / _BUDGETS)
    budget = budgets["value"].astype(float).groupby(budgets["organisation"].map(trust_of)).sum()
    size = (budget / budget.sum()).reindex(organisations.index)
    return pd.DataFrame({"region": organisations["region"], "size": size}).rename_axis("organisation")


@lru_cache
def load_spread() -> Floats:
    """Offenders for each offender manager in the 42 areas on 31 December 2007, as multiples of the
    national figure of that day, lowest first."""
    table = _table(_PUBLISHED / _LOADS).query("period_end == '2007-12-31'")
    loads = table.set_index("organisation")["value"].astype(float)
    national = loads.pop("england-and-wales")
    return np.sort(loads.to_numpy() / national)


def _table(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)
