"""What the checks of a return ask of the world."""

import datetime
from dataclasses import dataclass, field
from functools import cached_property

from performance.frameworks.figure_checks import Known
from performance.periods import Period
from performance.vocabulary import COUNTED_ON_A_DAY, Unit

# What is counted in these adds up from months to quarters and years; staff in post don't.
OVER_TIME = (Unit.SHARE, Unit.COUNT, Unit.POUNDS)


@dataclass(frozen=True)
class KnownToReturns(Known):
    """What a row may name, and besides

    - trusts: which organisations are trusts; stood: their first and last day, None where the record
      doesn't give it; own: the only one whose figures the sender may send, None for any
    - years: a framework's years; predicted: measures that come with a prediction
    - today: periods end before it
    - kinds, decimals and titles of measures, names of organisations: for sentences.
    """

    trusts: frozenset[str]
    years: dict[str, Period]
    today: datetime.date
    stood: dict[str, tuple[datetime.date | None, datetime.date | None]] = field(default_factory=dict)
    predicted: frozenset[str] = frozenset()
    own: str | None = None
    kinds: dict[str, str] = field(default_factory=dict)
    decimals: dict[str, int] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    @cached_property
    def over_time(self) -> frozenset[str]:
        """The measures whose figures for months add up to those for longer periods."""
        return frozenset(
            code
            for code, unit in self.units.items()
            if unit in OVER_TIME and not (unit == Unit.COUNT and self.kinds.get(code) in COUNTED_ON_A_DAY)
        )

    def title_of(self, measure: str) -> str:
        return self.titles.get(measure, measure)

    def name_of(self, organisation: str) -> str:
        return self.names.get(organisation, organisation)
