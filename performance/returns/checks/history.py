"""Each trust's figures over time: those of the file, and those that the series holds already."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from performance.frameworks.figure_checks.columns import Booleans, Floats, Integers
from performance.periods import Period
from performance.returns.checks.spans import Spans, look_up
from performance.vocabulary import Status, Unit

STATUSES = Status.values()


@dataclass(frozen=True)
class History:
    """Every figure of a known organisation and measure, for a period that can be, once: of the file,
    or where it has none the series'. Sorted by organisation, measure and, as spans are, period.

    units: of the measures. key: one number for organisation, measure and span; position: in the
    file's frame, -1 for what the series holds; status: place among STATUSES, -1 where unreadable.
    numerator, denominator, expected, value: NaN where there is none; of a nil return the counts of a
    share, or the value of a count, are 0.
    """

    organisations: list[str]
    measures: list[str]
    units: list[str]
    spans: Spans
    key: Integers
    position: Integers
    status: Integers
    is_whole: Booleans
    numerator: Floats
    denominator: Floats
    expected: Floats
    value: Floats

    @cached_property
    def series(self) -> Integers:
        """A number for each organisation and measure."""
        return self.key // len(self.spans)

    @cached_property
    def span(self) -> Integers:
        """Which of the spans each figure is for."""
        return self.key % len(self.spans)

    @cached_property
    def organisation(self) -> Integers:
        return self.series // len(self.measures)

    @cached_property
    def is_sent(self) -> Booleans:
        return self.position >= 0

    @cached_property
    def months(self) -> Integers:
        """How many whole months, 0 for another period."""
        return self.spans.months[self.span]

    @cached_property
    def first_month(self) -> Integers:
        return self.spans.first_month[self.span]

    @cached_property
    def just_before(self) -> Integers:
        """Where the same figure stands for the period of the same length just before, -1 if nowhere."""
        return self.find(self.series, self.spans.just_before[self.span])

    @cached_property
    def share(self) -> Floats:
        """Per cent, from counts where they are there."""
        share = self.value.copy()
        # Of more counted than there are another check tells.
        has_counts = (self.denominator > 0) & (self.numerator <= self.denominator)
        np.divide(100 * self.numerator, self.denominator, out=share, where=has_counts)
        return share

    def find(self, series: Integers, span: Integers) -> Integers:
        """Where the figures of series for spans stand, -1 if nowhere or if there is no such span."""
        return look_up(self.key, np.where(span < 0, -1, series * len(self.spans) + span))

    def where(self, holds: Callable[[str], bool]) -> Booleans:
        """The figures of measures of which something holds."""
        return self._where([holds(code) for code in self.measures])

    def where_unit(self, *units: Unit) -> Booleans:
        return self._where([unit in units for unit in self.units])

    def _where(self, of_measures: list[bool]) -> Booleans:
        found: Booleans = np.array(of_measures, dtype=np.bool_)[self.series % len(self.measures)]
        return found

    def where_status(self, *statuses: Status) -> Booleans:
        return np.isin(self.status, [STATUSES.index(status) for status in statuses])

    def measure_at(self, place: int) -> str:
        return self.measures[int(self.series[place]) % len(self.measures)]

    def organisation_at(self, place: int) -> str:
        return self.organisations[int(self.organisation[place])]

    def period_at(self, place: int) -> Period:
        return self.spans.period(int(self.span[place]))
