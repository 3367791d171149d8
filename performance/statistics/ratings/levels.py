"""The level of each trust on each measure, held constant over years: what a rating would see if nothing
but chance moved it.

A rating looks at a value over its target, and so does a level here. A count is asked of each trust by
its size, and less reoffending is predicted where people are at less risk: both the value and its
target move with the year, and the one over the other is what can stay.
"""

import numpy as np
import pandas as pd

from performance.statistics.shrinkage import beta_binomial, normal_normal


def constant_levels(observations: pd.DataFrame) -> pd.DataFrame:
    """Each trust's level on each measure, from all years together: trusts x measures (both sorted), as a
    part of the target, NaN where there is no figure with a target.

    observations: columns of `evidence.evidence_of` and target, in the unit of the value (of cases a
    share), of several years below one another. Years' cases are added up, and so are the cases that
    their targets ask for; without cases the values are, and the targets. Each level is drawn towards
    that of all trusts by as much as it is noise: cases by `shrinkage.beta_binomial`, values with an
    error by `shrinkage.normal_normal`. What these refuse stays as it is. Where a trust has cases in one
    year and a value alone in another, its cases count.
    """
    sums = _sums(observations[observations["target"] > 0])
    levels = {measure: _levels(own.droplevel("measure")) for measure, own in sums.groupby("measure")}
    return pd.DataFrame(levels, index=sums.index.unique("trust"))


def _sums(observations: pd.DataFrame) -> pd.DataFrame:
    """By trust and measure, over years."""
    is_counted = observations["counted"].notna() & (observations["cases"] > 0)
    counted = observations.where(is_counted)
    valued = observations.mask(is_counted | observations["value"].isna())
    parts = {
        "counted": counted["counted"],
        "cases": counted["cases"],
        "asked": counted["cases"] * counted["target"],
        "value": valued["value"],
        "target": valued["target"],
        "variance": valued["standard_error"] ** 2,
    }
    keys = [observations["trust"], observations["measure"]]
    return pd.DataFrame(parts).groupby(keys).sum(min_count=1)


def _levels(sums: pd.DataFrame) -> pd.Series:
    """Of one measure, by trust."""
    of_cases, of_values = sums["counted"] / sums["asked"], sums["value"] / sums["target"]
    if of_cases.notna().any():
        shares = beta_binomial(sums["counted"], sums["cases"]).table["estimate"]
        of_cases = (shares * sums["cases"] / sums["asked"]).fillna(of_cases)
    if (sums["variance"] > 0).any():
        shrunk = normal_normal(of_values, np.sqrt(sums["variance"]) / sums["target"])
        of_values = shrunk.table["estimate"].fillna(of_values)
    return of_cases.fillna(of_values)
