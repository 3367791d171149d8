"""The figures of a financial year, with those that follow from them by adding up.

What was published or sent always stands before what is added up here.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from performance.calculation.adding_up import FIGURES
from performance.calculation.cells import KEY, always, below_one_another, cells, firsts, with_categories
from performance.calculation.group_sums import group_sums
from performance.calculation.places import Places
from performance.calculation.year_sums import year_sums
from performance.calculation.years import financial_year
from performance.vocabulary import Structure

NUMBERS = ["observation_id", "percent_of_target", *FIGURES]


def with_sums(frame: pd.DataFrame, places: Places) -> pd.DataFrame:
    """The observations of one financial year and, below them, what is added up from them: in the
    same columns and `structure`, texts as categories.

    frame: a row an observation (see `inputs`), each measure, organisation and period once.
    Added rows have no observation_id, the certainty 'derived', and a note such as "Added up from
    11 of 12 months; August 2010 is missing." They are
    - years of an organisation, from shares with counts and from counts of what was done, where all
      its figures within the year are of months, or all of quarters: figures that overlap, as
      running totals do, are never added up. The target of a share is that of all cases together,
      of a count the sum; none where a part has none.
    - regions, the nation, peer groups and, with the structure 'today', today's probation regions,
      from two trusts (or areas) or more, and half of them or more, for any period that they have in
      common. They have no target, as each trust has its own.
    A count with a gap has no sum (its status is 'missing'), a share that of the parts that are
    there. A sum of which just one part is suppressed is suppressed (see `adding_up.added_up`).
    Raises ValueError for more than one financial year, or for a figure that is there twice.
    """
    rows = with_categories(frame)
    rows = rows.assign(
        **{name: rows[name].to_numpy(dtype=float, na_value=np.nan) for name in NUMBERS},
        structure=always(Structure.THEN, len(rows)),
        is_partial=False,
    )
    years = financial_year(rows["period_end"]).cat.categories
    _check(rows, len(years))
    if len(years):
        rows = _below(rows, year_sums(rows, years[0]))
        rows = _below(rows, group_sums(rows, places))
    return rows.drop(columns="is_partial")


def _check(rows: pd.DataFrame, years: int) -> None:
    if years > 1:
        raise ValueError("figures are added up within one financial year at a time")
    if cells(rows, KEY).max(initial=-1) + 1 < len(rows):
        raise ValueError("a figure is there twice: one measure, organisation and period")


def _below(rows: pd.DataFrame, added: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """With the added rows, except where there is such a row already."""
    filled = [more for more in added if len(more)]
    if not filled:
        return rows
    every = below_one_another([rows, *filled])
    codes = cells(every, KEY)
    return every.take(np.sort(firsts(codes, codes.max(initial=-1) + 1))).reset_index(drop=True)
