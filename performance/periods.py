"""Periods, and how they are written for readers. Both ends belong to the period."""

import datetime
from calendar import monthrange
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Period:
    start: datetime.date
    end: datetime.date

    def __str__(self) -> str:
        """A day as 31 December 2004, a financial year as 2010-11, a part of one as
        April to July 2009, anything else by its two days."""
        if self.start == self.end:
            return written_date(self.start)
        if self.is_financial_year:
            end = self.end.year if self.end.year % 100 == 0 else f"{self.end.year % 100:02d}"
            return f"{self.start.year}-{end}"
        if self.is_whole_months:
            return self._in_months()
        return f"{written_date(self.start)} to {written_date(self.end)}"

    @property
    def preposition(self) -> str:
        """On a day, in anything longer."""
        return "on" if self.start == self.end else "in"

    @property
    def is_whole_months(self) -> bool:
        return self.start.day == 1 and self.end.day == monthrange(self.end.year, self.end.month)[1]

    @property
    def is_financial_year(self) -> bool:
        return self.start == datetime.date(self.start.year, 4, 1) and self.end == datetime.date(
            self.start.year + 1, 3, 31
        )

    def _in_months(self) -> str:
        first, last = f"{self.start:%B}", f"{self.end:%B} {self.end.year}"
        if self.start.year != self.end.year:
            return f"{first} {self.start.year} to {last}"
        if (self.start.month, self.end.month) == (1, 12):
            return str(self.start.year)
        return last if self.start.month == self.end.month else f"{first} to {last}"


def written_date(day: datetime.date) -> str:
    """As readers write it: 1 April 2011."""
    return f"{day.day} {day:%B %Y}"


def written_moment(moment: datetime.datetime) -> str:
    """1 April 2011, 9:30."""
    return f"{written_date(moment)}, {moment.hour}:{moment.minute:02d}"


def month_of(day: datetime.date) -> Period:
    return _months(day.year, day.month, 1)


def quarter_of(day: datetime.date) -> Period:
    """April to June, July to September and so on: quarters of years and of financial years alike."""
    return _months(day.year, day.month - (day.month - 1) % 3, 3)


def financial_year_of(day: datetime.date) -> Period:
    """The year from April to March in which a day lies."""
    return _months(day.year if day.month >= 4 else day.year - 1, 4, 12)


def _months(year: int, month: int, count: int) -> Period:
    after = year * 12 + month - 1 + count
    end = datetime.date(after // 12, after % 12 + 1, 1) - datetime.timedelta(days=1)
    return Period(datetime.date(year, month, 1), end)
