"""How figures are written in findings."""

from typing import Any

import pandas as pd

from performance.frameworks.figure_checks.columns import PERIOD
from performance.periods import Period
from performance.returns.checks.history import History
from performance.returns.checks.known import KnownToReturns
from performance.vocabulary import Unit
from performance.wording import written_counts, written_number, written_share, written_value


def period_of(frame: pd.DataFrame, position: int) -> Period:
    days: list[Any] = [frame[column].iat[position] for column in PERIOD]
    return Period(*(day.date() for day in days))


def dated(period: Period) -> str:
    """in April 2010, on 31 March 2011, from 5 April 2010 to 11 April 2010"""
    is_named = period.is_whole_months or period.start == period.end
    return f"{period.preposition if is_named else 'from'} {period}"


def figure_at(history: History, place: int, known: KnownToReturns) -> str:
    """A figure with its counts: 92% (46 of 50), 31.8, £13,613,000."""
    code = history.measure_at(place)
    unit, decimals = known.units[code], known.decimals.get(code, 0)
    if unit != Unit.SHARE:
        return written_value(float(history.value[place]), unit, decimals)
    numerator, denominator = float(history.numerator[place]), float(history.denominator[place])
    counts = (
        written_counts(numerator, denominator) if numerator == numerator else f"of {in_full(denominator)}"
    )
    return f"{written_share(float(history.share[place]), decimals)} ({counts})"


def in_full(number: float) -> str:
    """A count, with decimals only where it has some: 1,141 or 26.5."""
    text = f"{number:.6f}".rstrip("0").rstrip(".")
    return written_number(number, len(text.partition(".")[2]))
