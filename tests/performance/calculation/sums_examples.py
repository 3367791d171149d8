"""Months, quarters and years of a small England and Wales, for tests of what is added up."""

import datetime

from performance.calculation.sums import with_sums
from tests.performance.calculation.frames import financial_year, frame, month, months, places, plain, trust

YEAR = 2010
MONTHS = [month(YEAR + (number > 12), (number - 1) % 12 + 1) for number in range(4, 16)]
QUARTERS = [months(YEAR + (first > 12), (first - 1) % 12 + 1, 3) for first in (4, 7, 10, 13)]
TO_DATE = [months(YEAR, 4, length) for length in range(1, 12)]
WHOLE = financial_year(YEAR)


def added(*rows, world=None):
    """Rows that were added up, by organisation and period."""
    result = with_sums(frame(*rows), world or places()).to_dict("records")
    records = ({key: plain(cell) for key, cell in record.items()} for record in result)
    return {
        (r["organisation"], r["period_start"], r["period_end"]): r
        for r in records
        if r["observation_id"] is None
    }


def year_of(*rows, organisation="kent"):
    return added(*rows)[organisation, WHOLE["period_start"], WHOLE["period_end"]]


def kent(x=8, n=10, **changes):
    return trust("kent", **{"numerator": x, "denominator": n} | changes)


def kents_year(**of_a_month):
    return [kent(**of_a_month) | period for period in MONTHS]


def count(value=10.0, **changes):
    return {"unit": "count", "kind": "volume", "value": value} | changes


LENGTHS = {
    "months": MONTHS,
    "quarters": QUARTERS,
    "both": [*MONTHS, *QUARTERS],
    "to date": TO_DATE,
    "a day, and months": [
        {"period_start": datetime.date(YEAR, 6, 30), "period_end": datetime.date(YEAR, 6, 30)}
    ]
    + MONTHS,
    "calendar year": [*QUARTERS, months(YEAR, 1, 12)],
    "the year": [*MONTHS, WHOLE],
}
