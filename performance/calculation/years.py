"""Financial years, and the months and quarters that they are made of."""

import datetime
from collections.abc import Callable

import numpy as np
import pandas as pd

from performance.calculation.cells import Integers
from performance.periods import Period
from performance.statistics.columns import Booleans

MONTH, QUARTER, YEAR = 1, 3, 12
APRIL = 4


def financial_year(period_end: pd.Series) -> pd.Series:
    """The financial year in which each day lies, as `Period` writes it: 2010-11, 1999-2000.

    period_end: dates. Returns categories in the order of the years, indexed alike.
    """
    year = first_years(period_end)
    found, codes = np.unique(year, return_inverse=True)
    labels = pd.Index([label(int(first)) for first in found], dtype=object)
    return pd.Series(pd.Categorical.from_codes(codes, categories=labels), period_end.index)


def label(first_year: int) -> str:
    """The financial year that begins in April of this year."""
    return str(Period(datetime.date(first_year, APRIL, 1), datetime.date(first_year + 1, 3, 31)))


def bounds(year: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a financial year. Raises ValueError for another text."""
    first = int(year[:4])
    if label(first) != year:
        raise ValueError(f"'{year}' is no financial year, such as 2010-11")
    return datetime.date(first, APRIL, 1), datetime.date(first + 1, 3, 31)


def first_years(days: pd.Series) -> Integers:
    """The calendar year in which the financial year of each day begins."""
    return (_month_numbers(days) - (APRIL - 1)) // 12


def whole_months(frame: pd.DataFrame) -> Integers:
    """How many months each period is of those that make up a financial year: MONTH, QUARTER (from
    April, July, October or January) or YEAR (from April). 0 for any other period: a day, half a
    year, a year that isn't the financial one."""
    first, after = _month_numbers(frame["period_start"]), _month_numbers(frame["period_end"], days_later=1)
    months = after - first
    begins = first % 12 - (APRIL - 1)
    is_whole = _is_first_day(frame["period_start"]) & _is_first_day(frame["period_end"], days_later=1)
    is_known = (
        (months == MONTH)
        | ((months == QUARTER) & (begins % QUARTER == 0))
        | ((months == YEAR) & (begins == 0))
    )
    return np.where(is_whole & is_known, months, 0)


def places_in_year(frame: pd.DataFrame) -> Integers:
    """Months from the beginning of a financial year to that of each period: 0 to 11."""
    return (_month_numbers(frame["period_start"]) - (APRIL - 1)) % 12


def is_other_part(frame: pd.DataFrame) -> Booleans:
    """Periods of another length within one financial year, as April to September. Where an
    organisation has such a figure, its figures may be running totals of the year."""
    is_longer_than_a_day = (frame["period_start"] < frame["period_end"]).to_numpy()
    return _begins_in_its_year(frame) & is_longer_than_a_day & (whole_months(frame) == 0)


def _begins_in_its_year(frame: pd.DataFrame) -> Booleans:
    return first_years(frame["period_start"]) == first_years(frame["period_end"])


def _month_numbers(days: pd.Series, days_later: int = 0) -> Integers:
    """Months from year 0 to the month of each day, January being the first of its year."""
    return _of_each(days, lambda day: (day + days_later).astype("datetime64[M]").astype(np.int64) + 1970 * 12)


def _is_first_day(days: pd.Series, days_later: int = 0) -> Booleans:
    return _of_each(
        days,
        lambda day: day + days_later == (day + days_later).astype("datetime64[M]").astype("datetime64[D]"),
    )


def _of_each(days: pd.Series, look: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """What is seen of each day, looked at once however many rows have it."""
    codes, found = pd.factorize(days)
    return look(pd.DatetimeIndex(found).to_numpy("datetime64[D]"))[codes]
