"""The rows of a comparison on one measure: results, and the gaps between them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from performance.models import Measure
from performance.periods import Period
from performance.releases.chosen_gaps import gap, row_of
from performance.releases.chosen_groups import of_group
from performance.releases.chosen_rows import NO_FIGURE, ChosenRow
from performance.releases.rows import ResultRow
from performance.vocabulary import Structure
from trusts.models import Organisation


@dataclass(frozen=True)
class OfMeasure:
    """results: one or more, of the organisations compared and of members of groups."""

    measure: Measure
    results: Sequence[ResultRow]
    structure: Structure

    @cached_property
    def expected(self) -> set[Period]:
        """Periods that everyone might have a figure for, as half of those who have any do. What has
        a period of its own, as a census day, makes no gap in the rows of all others."""
        count = Counter(result.period for result in self.results)
        half = len({result.organisation for result in self.results}) / 2
        commonest = max(count, key=lambda period: (count[period], period))
        return {period for period, number in count.items() if number >= half} | {commonest}

    def rows_of(self, organisation: Organisation, *, is_named: bool) -> list[ResultRow]:
        """Its results and its gaps. A member of a region that wasn't there then has none."""
        own = [result for result in self.results if result.organisation == organisation.slug]
        lacking = self.expected - {result.period for result in own}
        gaps = [gap(organisation, self.measure, period, self.structure) for period in lacking]
        return sorted([*own, *(one for one in gaps if is_named or one.said == NO_FIGURE)], key=_period)

    def rows_of_group(
        self, name: str, members: Sequence[Organisation], sums: Sequence[ChosenRow]
    ) -> list[ResultRow]:
        """Its sums for the expected periods, and for those that half of its members have a figure for."""
        slugs = [member.slug for member in members]
        count = Counter(result.period for result in self.results if result.organisation in slugs)
        own = [one for one in sums if one.measure == self.measure.code]
        shown = [one for one in own if one.period in self.expected or count[one.period] >= len(slugs) / 2]
        lacking = self.expected - {one.period for one in own}
        gaps = [row_of(self.measure, period, **of_group(name), said=NO_FIGURE) for period in lacking]
        return sorted([*shown, *gaps], key=_period)


def _period(row: ResultRow) -> Period:
    return row.period
