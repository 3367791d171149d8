"""How a measure went over time as pages and charts see it: plain values, no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from performance.periods import Period
from performance.vocabulary import Assurance, ControlChart, Polarity, Unit, Variation
from performance.wording import written_number, written_value

SPECIAL_CAUSES = (Variation.IMPROVEMENT, Variation.CONCERN, Variation.HIGH, Variation.LOW)
# A change is small beside what it is a change of, so it is written with one decimal more; more than
# two say nothing.
MOST_DECIMALS = 2


@dataclass(frozen=True)
class ChangeRow:
    """One measure of one organisation. `points`: columns of equal length (period_start, period_end,
    value, centre, lower, upper, signal), oldest first, shares from 0 to 100; empty where there is
    no chart. `change`: the last whole year less the one before, a share's in percentage points."""

    organisation: str
    organisation_name: str
    measure: str
    measure_title: str
    measure_short_title: str
    unit: str
    decimals: int
    polarity: Polarity
    period: Period
    chart: ControlChart
    points: Mapping[str, Sequence[Any]]
    variation: Variation
    assurance: Assurance
    reason: str
    change: float | None
    lower: float | None
    upper: float | None
    change_reason: str

    @property
    def has_chart(self) -> bool:
        return self.chart != ControlChart.NONE and bool(self.points)

    @property
    def is_special(self) -> bool:
        """Whether its last point shows more than chance."""
        return self.variation in SPECIAL_CAUSES

    @property
    def written_change(self) -> str:
        """With its sign: +1.2 points, −12, and nothing where there is no change to tell."""
        return "" if self.change is None else self._signed(self.change)

    @property
    def interval(self) -> str:
        """−1.4 to −0.1, in the unit of the change."""
        if self.lower is None or self.upper is None:
            return ""
        decimals = self._finer
        return f"{written_number(self.lower, decimals)} to {written_number(self.upper, decimals)}"

    @property
    def _finer(self) -> int:
        return min(self.decimals + 1, MOST_DECIMALS)

    def _signed(self, change: float) -> str:
        if self.unit in (Unit.SHARE, Unit.TALLY, Unit.PERCENT_OF_PROFILE):
            text = written_value(change, Unit.POINTS, self._finer)
        else:
            text = written_value(change, self.unit, self.decimals)
        return f"+{text}" if change > 0 else text
