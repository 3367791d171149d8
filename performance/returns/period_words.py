"""Days and periods as people write them.

What could be read in two ways is refused, with a sentence that says how to write either.
"""

import datetime
import re
from collections.abc import Callable

from performance.periods import Period, financial_year_of, month_of, quarter_of

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
NUMBERS = {name: number for number, name in enumerate(MONTHS, start=1)}
NUMBERS |= {name[:3]: number for name, number in NUMBERS.items()} | {"sept": 9}

# In which year of a financial year, and with which month.
QUARTER_BEGINS = ((0, 4), (0, 7), (0, 10), (1, 1))

# Longer than any period that is meant; what is longer isn't looked into.
LONGEST = 60
YEARS = range(1900, 2100)
DASHES = str.maketrans("‐‑–—", "----")
A_DAY = "a date such as 2010-04-30"
A_PERIOD = "a period such as April 2010, Q1 2010-11, 2010/11 or April 2010 to June 2010"

YEAR = r"((?:19|20)\d\d)"
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
UK_DAY = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
DAY_IN_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]+)[ -](\d{4})")
DAY_OF_SHORT_YEAR = re.compile(r"\d{1,2}(?:([/. -])\d{1,2}\1|[ -]?[a-z]+[ -]?)\d\d")
MONTH_IN_WORDS = re.compile(r"([a-z]+)(\.? |-)((?:19|20)\d\d|\d\d)")
TWO_NUMBERS = re.compile(rf"{YEAR}([-/])({YEAR}|\d\d)")
QUARTER = re.compile(rf"(?:q|quarter )([1-4]),? {YEAR}(?:[-/]({YEAR}|\d\d))?")
QUARTER_LAST = re.compile(rf"({YEAR}[-/](?:{YEAR}|\d\d)),? ((?:q|quarter )[1-4])")
MONTHS_OF_A_YEAR = re.compile(rf"([a-z]+) ?(?:-|to) ?([a-z]+) {YEAR}")
FROM_TO = re.compile(r"(.+?)(?: - | to )(.+)")


class NotADay(ValueError):
    """What to write instead, as words that follow a colon."""


class NotAPeriod(ValueError):
    """What to write instead, as words that follow a colon. `is_close`: it was meant as a period."""

    def __init__(self, advice: str, *, is_close: bool = True):
        super().__init__(advice)
        self.is_close = is_close


def read_day(text: str) -> datetime.date:
    """A day written as 2010-04-30, 30/04/2010, 30 April 2010 or 30-Apr-2010. Raises NotADay."""
    text = _plain(text)
    found = _day(text)
    if found:
        return found
    if DAY_OF_SHORT_YEAR.fullmatch(text):
        raise NotADay("give the year in four digits, as in 30/04/2010")
    if re.fullmatch(r"\d{8}", text):
        raise NotADay("write it with hyphens, as in 2010-04-30")
    raise NotADay(f"write {A_DAY}")


def read_period(text: str) -> Period:
    """A period written as 2010-04, Apr 2010, Apr-10, Q1 2010-11 (April to June), 2010/11 (April to
    March), April to June 2010, January 2011 to December 2011, or as two days.

    The first of a month as 2010-04-01 is the month, as that is what a workbook makes of "Apr 2010".
    Any other day is that day. Raises NotAPeriod.
    """
    plain = _plain(text)
    for reader in READERS:
        found = reader(plain)
        if found:
            return found
    raise NotAPeriod(f"write {A_PERIOD}", is_close=False)


def _plain(text: str) -> str:
    text = " ".join(text.translate(DASHES).split()).casefold()
    return text if len(text) <= LONGEST and text.isascii() else ""


def _day(text: str) -> datetime.date | None:
    parts = _parts_of_a_day(text)
    if not parts:
        return None
    if parts[0] not in YEARS:
        raise NotADay(f"give a year from {YEARS[0]} to {YEARS[-1]}")
    try:
        return datetime.date(*parts)
    except ValueError:
        raise NotADay("there is no such day") from None


def _parts_of_a_day(text: str) -> tuple[int, int, int] | None:
    if iso := ISO_DAY.fullmatch(text):
        return int(iso[1]), int(iso[2]), int(iso[3])
    if uk := UK_DAY.fullmatch(text):
        return int(uk[4]), int(uk[3]), int(uk[1])
    words = DAY_IN_WORDS.fullmatch(text)
    if words and words[2] in NUMBERS:
        return int(words[3]), NUMBERS[words[2]], int(words[1])
    return None


def _one_day(text: str) -> Period | None:
    try:
        day = _day(text)
    except NotADay as error:
        raise NotAPeriod(str(error)) from None
    return Period(day, day) if day else None


def _day_or_month(text: str) -> Period | None:
    found = _one_day(text)
    if found and found.start.day == 1 and ISO_DAY.fullmatch(text):
        return month_of(found.start)
    return found


def _month(text: str) -> Period | None:
    """A month with its year: Apr 2010, or Apr-10 as workbooks show it."""
    words = MONTH_IN_WORDS.fullmatch(text)
    if not words or words[1] not in NUMBERS:
        return None
    name, between, year = words.groups()
    if len(year) == 4:
        return _month_of(int(year), NUMBERS[name])
    if between != "-":
        raise NotAPeriod(f"give the year in four digits, as in {name.title()} 20{year}")
    return _month_of(2000 + int(year), NUMBERS[name])


def _year_and_number(text: str) -> Period | None:
    """A month as 2010-04; a financial year as 2012-13, 2010/11 or 2010-2011."""
    numbers = TWO_NUMBERS.fullmatch(text)
    if not numbers:
        return None
    year, between, second = int(numbers[1]), numbers[2], numbers[3]
    month = int(second) if between == "-" and len(second) == 2 else 0
    if _is_next(year, second):
        if 1 <= month <= 12:
            in_words = MONTHS[month - 1].title()
            raise NotAPeriod(f"write {in_words} {year} for the month, or {year}/{second} for the year")
        return financial_year_of(datetime.date(year, 4, 1))
    if 1 <= month <= 12:
        return _month_of(year, month)
    raise NotAPeriod(f"write {A_PERIOD}")


def _bare_year(text: str) -> Period | None:
    if not re.fullmatch(YEAR, text):
        return None
    financial = f"{text}/{(int(text) + 1) % 100:02d}"
    raise NotAPeriod(f"write {financial} for April to March, or January to December {text}")


def _quarter(text: str) -> Period | None:
    """Of a financial year: its first quarter runs from April to June."""
    last = QUARTER_LAST.fullmatch(text)
    found = QUARTER.fullmatch(f"{last[4]} {last[1]}" if last else text)
    if not found:
        return None
    quarter, year, second = int(found[1]), int(found[2]), found[3]
    if not second or not _is_next(year, second):
        raise NotAPeriod(f"write the financial year in full, as in Q{quarter} {year}/{(year + 1) % 100:02d}")
    in_year, month = QUARTER_BEGINS[quarter - 1]
    return quarter_of(datetime.date(year + in_year, month, 1))


def _months_of_a_year(text: str) -> Period | None:
    found = MONTHS_OF_A_YEAR.fullmatch(text)
    if not found or found[1] not in NUMBERS or found[2] not in NUMBERS:
        return None
    year = int(found[3])
    return _span(_month_of(year, NUMBERS[found[1]]), _month_of(year, NUMBERS[found[2]]))


def _from_to(text: str) -> Period | None:
    """From the start of a month or day to the end of another."""
    both = FROM_TO.fullmatch(text)
    first, last = (_month_or_day(both[1]), _month_or_day(both[2])) if both else (None, None)
    return _span(first, last) if first and last else None


def _month_or_day(text: str) -> Period | None:
    return _month(text) or _year_and_number(text) or _one_day(text)


def _span(first: Period, last: Period) -> Period:
    if last.end < first.start:
        raise NotAPeriod("it ends before it starts; give both years, as in November 2010 to January 2011")
    return Period(first.start, last.end)


def _month_of(year: int, month: int) -> Period:
    return month_of(datetime.date(year, month, 1))


def _is_next(year: int, second: str) -> bool:
    return second in (str(year + 1), f"{(year + 1) % 100:02d}")


READERS: tuple[Callable[[str], Period | None], ...] = (
    _month,
    _year_and_number,
    _bare_year,
    _quarter,
    _day_or_month,
    _months_of_a_year,
    _from_to,
)
