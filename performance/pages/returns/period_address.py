"""Periods in addresses: 2013-03 is March 2013, 2012-q4 the last quarter of 2012-13 (January to
March 2013), 2012-2013 that financial year. In 2010-11 nobody could tell a year from a month."""

import datetime
import re

from performance.periods import Period, financial_year_of, month_of, quarter_of

PERIOD = re.compile(
    r"(?P<year>(?:19|20)\d\d)-(?:(?P<month>0[1-9]|1[0-2])|q(?P<quarter>[1-4])|(?P<next>(?:19|20)\d\d))",
    re.ASCII,
)


def period_in(address: str) -> Period | None:
    """The period that a part of an address stands for, if it stands for one."""
    found = PERIOD.fullmatch(address)
    if not found:
        return None
    year = int(found["year"])
    if found["month"]:
        return month_of(datetime.date(year, int(found["month"]), 1))
    if found["quarter"]:
        quarter = int(found["quarter"])
        return quarter_of(datetime.date(year + quarter // 4, quarter * 3 % 12 + 1, 1))
    return financial_year_of(datetime.date(year, 4, 1)) if int(found["next"]) == year + 1 else None


def in_address(period: Period) -> str:
    """Of a month, quarter or financial year."""
    year = financial_year_of(period.start)
    if period == year:
        return f"{year.start.year}-{year.end.year}"
    if period == quarter_of(period.start):
        return f"{year.start.year}-q{(period.start.month - 4) % 12 // 3 + 1}"
    return f"{period.start:%Y-%m}"
