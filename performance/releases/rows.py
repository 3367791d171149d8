"""A figure of a release as pages, charts and files see it: plain values, no database."""

from dataclasses import dataclass

from performance.periods import Period
from performance.vocabulary import Flag, Polarity, Standing, Status, Structure, TargetStatus, Unit
from performance.wording import written_counts, written_number, written_value
from trusts.certainty import Certainty


@dataclass(frozen=True)
class ResultRow:
    """Shares, limits and baseline run from 0 to 100. `written` never lacks a text: where there
    is no number it says why. A figure that was added up here has no source: its note says of what
    it is the sum."""

    organisation: str
    organisation_name: str
    organisation_kind: str
    measure: str
    measure_title: str
    measure_short_title: str
    definition: Standing
    kind: str
    unit: str
    decimals: int
    period: Period
    structure: Structure
    is_part: bool
    is_added_up: bool
    is_published: bool
    status: Status
    numerator: int | None
    denominator: int | None
    expected: float | None
    value: float | None
    lower: float | None
    upper: float | None
    target: float | None
    target_status: TargetStatus
    attainment: float | None
    baseline: float | None
    flag: Flag
    as_printed: str
    source: str
    certainty: Certainty
    note: str
    polarity: Polarity = Polarity.NONE

    @property
    def is_shown(self) -> bool:
        """Whether tables on pages show it: not a month of a year that is there, unless someone
        printed it."""
        return self.is_published or not self.is_part

    @property
    def written(self) -> str:
        if self.value is None:
            return self.status.label
        if self.unit == Unit.TALLY and self.counts:
            return self.counts
        return written_value(self.value, self.unit, self.decimals)

    @property
    def counts(self) -> str:
        """'479 of 692', or nothing where the source prints a percentage alone."""
        if self.numerator is None or self.denominator is None:
            return ""
        return written_counts(self.numerator, self.denominator)

    @property
    def written_attainment(self) -> str:
        return "" if self.attainment is None else f"{written_number(self.attainment)}%"

    @property
    def interval(self) -> str:
        if self.lower is None or self.upper is None:
            return ""
        return f"{self.lower:.1f}% to {self.upper:.1f}%"

    @property
    def written_target(self) -> str:
        if self.target is None:
            return ""
        decimals = 0 if self.target == int(self.target) else self.decimals
        return written_value(self.target, self.unit, decimals)

    @property
    def is_share(self) -> bool:
        return self.unit == Unit.SHARE
