"""Peer groups: trusts of about one size, so that none is set beside another five times as large."""

import numpy as np
import pandas as pd

from performance.calculation.outcomes import REOFFENDING
from performance.calculation.years import YEAR, whole_months
from performance.statistics.quantiles import phe_quantiles

PEER_GROUPS = ("peers-large", "peers-middle", "peers-small")
# Three in each group: with two, a trust's peers would be one other trust.
FEWEST = 9


def peers_of(frame: pd.DataFrame) -> pd.DataFrame:
    """Which third of the trusts each is in, by its reoffending cohort: organisation, peer_group.

    frame: of one financial year, with yearly rows, as `sums.with_sums` has them. A trust without a
    cohort for the year has no peers; with fewer than 9 such trusts nobody has. Trusts of one size
    are in one group.
    """
    is_cohort = (frame["measure"] == REOFFENDING) & (frame["organisation_kind"] == "trust")
    is_year = whole_months(frame) == YEAR
    cohorts = frame[is_cohort & is_year & (frame["denominator"] > 0)]
    if len(cohorts) < FEWEST:
        cohorts = cohorts.iloc[:0]
    third = phe_quantiles(cohorts["denominator"], len(PEER_GROUPS))["quantile"].to_numpy()
    groups = np.array(PEER_GROUPS, dtype=object)[third.astype(int) - 1]
    return pd.DataFrame(
        {"organisation": cohorts["organisation"].astype(object).to_numpy(), "peer_group": groups}
    )
