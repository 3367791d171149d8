"""The shape of a return: a table with a row for each figure of one trust in one financial year."""

import datetime

from performance.frameworks.figures import FigureRow
from performance.periods import Period
from trusts.content import OptionalFloat, Slug


class ReturnRow(FigureRow):
    """One figure as a trust sends it. `expected` is what a prediction gives for the numerator."""

    framework: Slug
    expected: OptionalFloat


def financial_year_of(day: datetime.date) -> Period:
    """The year from April to March in which a day lies."""
    first = day.year if day.month >= 4 else day.year - 1
    return Period(datetime.date(first, 4, 1), datetime.date(first + 1, 3, 31))
