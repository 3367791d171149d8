"""The framework years that are simulated, with their measures and their calendar."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import pandas as pd

from performance.frameworks.reader import Definitions, read_definitions
from performance.frameworks.schema import FrameworkDefinition

FRAMEWORKS = ("ptrs-2010-11", "ptrs-2011-12", "ptrs-2012-13")

# The shipped definitions, read once: they take longer to read than to simulate by.
definitions = lru_cache(read_definitions)


@dataclass(frozen=True)
class Periods:
    """Days on which periods start and end; both belong to the period."""

    starts: pd.DatetimeIndex
    ends: pd.DatetimeIndex

    def __len__(self) -> int:
        return len(self.starts)


@dataclass(frozen=True)
class FrameworkYear:
    """number: 1 for the first year; measures: in the order of the definition."""

    number: int
    framework: str
    starts: pd.Timestamp
    measures: tuple[str, ...]

    @property
    def label(self) -> str:
        """As 2010-11."""
        return self.framework.removeprefix("ptrs-")

    @cached_property
    def months(self) -> Periods:
        return self._parts(1)

    @cached_property
    def quarters(self) -> Periods:
        return self._parts(3)

    @cached_property
    def whole(self) -> Periods:
        return self._parts(12)

    def day(self, month: int, day: int) -> Periods:
        """One day of the year."""
        year = self.starts.year + (month < self.starts.month)
        only = pd.DatetimeIndex([pd.Timestamp(year, month, day)]).as_unit("s")
        return Periods(only, only)

    def _parts(self, months: int) -> Periods:
        length = pd.DateOffset(months=months)
        starts = pd.date_range(self.starts, periods=12 // months, freq=length, unit="s")
        ends = (starts + length - pd.Timedelta(days=1)).as_unit("s")
        return Periods(starts, ends)


def framework_years() -> tuple[FrameworkYear, ...]:
    found: Definitions = definitions()
    return tuple(_year(number, found.frameworks[slug]) for number, slug in enumerate(FRAMEWORKS, start=1))


def _year(number: int, framework: FrameworkDefinition) -> FrameworkYear:
    measures = (entry.measure for domain in framework.domains for entry in domain.measures)
    return FrameworkYear(number, framework.slug, pd.Timestamp(framework.starts), tuple(measures))
