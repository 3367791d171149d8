"""Process beside outcome as pages, charts and files see it: plain values, no database."""

from dataclasses import dataclass

from performance.periods import Period
from performance.statistics.intervals import z_for
from performance.vocabulary import Method, ProcessKind, Quadrant, Subject
from performance.wording import written_counts, written_number, written_probability

Z95 = z_for(0.95)
# Quarters that say where a trust is, as counted or as named.
QUARTERS = (Quadrant.MET_WORSE, Quadrant.MET_BETTER, Quadrant.MISSED_WORSE, Quadrant.MISSED_BETTER)
# As narrow as a column of a table; what they are short for stands beside the table.
BRIEFLY = {
    Quadrant.MET_WORSE: "Met, worse",
    Quadrant.MET_BETTER: "Met, no worse",
    Quadrant.MISSED_WORSE: "Missed, worse",
    Quadrant.MISSED_BETTER: "Missed, no worse",
    Quadrant.NOT_DETERMINED: "Not sure",
    Quadrant.NOT_COMPARED: "Not compared",
}


@dataclass(frozen=True)
class DivergenceRow:
    """One organisation in one year. Attainment is in per cent of the cases that targets ask for,
    the outcome in percentage points of reoffending below predicted: in both, more is better. `kind`: which
    process measures are looked at. Ranks, 1 the best, are among the `ranked` that have both sides.
    `region` is a slug, blank for those of none."""

    organisation: str
    organisation_name: str
    region: str
    region_name: str
    framework: str
    kind: ProcessKind
    period: Period
    process: float | None
    process_standard_error: float | None
    targets_judged: int
    targets_met: int
    counted: int | None
    cases: int | None
    required: float | None
    attainment: float | None
    attainment_standard_error: float | None
    outcome: float | None
    outcome_standard_error: float | None
    reoffended: int | None
    cohort: int | None
    expected: float | None
    meets: float | None
    worse: float | None
    fact: Quadrant
    quadrant: Quadrant
    probability: float | None
    ranked: int
    process_rank: int | None
    process_rank_lower: int | None
    process_rank_upper: int | None
    outcome_rank: int | None
    outcome_rank_lower: int | None
    outcome_rank_upper: int | None
    reason: str

    @property
    def is_named(self) -> bool:
        """Whether it is probable enough in which quarter the organisation is."""
        return self.quadrant in QUARTERS

    @property
    def quarter(self) -> Quadrant:
        """Where it is drawn: in the quarter that is named, or else where it was counted."""
        return self.quadrant if self.is_named else self.fact

    @property
    def is_compared(self) -> bool:
        return self.quadrant != Quadrant.NOT_COMPARED

    @property
    def has_a_point(self) -> bool:
        return self.attainment is not None and self.outcome is not None and self.fact in QUARTERS

    @property
    def written_fact(self) -> str:
        return BRIEFLY[self.fact]

    @property
    def written_quadrant(self) -> str:
        return BRIEFLY[self.quadrant]

    @property
    def written_targets(self) -> str:
        return written_counts(self.targets_met, self.targets_judged) if self.targets_judged else "none judged"

    @property
    def written_process(self) -> str:
        return "" if self.process is None else f"{written_number(self.process)}%"

    @property
    def written_counted(self) -> str:
        return "" if self.counted is None else written_number(self.counted)

    @property
    def written_required(self) -> str:
        return "" if self.required is None else written_number(self.required)

    @property
    def written_attainment(self) -> str:
        return "" if self.attainment is None else f"{written_number(self.attainment, 1)}%"

    @property
    def attainment_interval(self) -> str:
        limits = _limits(self.attainment, self.attainment_standard_error)
        return f"{limits[0]}% to {limits[1]}%" if limits else ""

    @property
    def written_reoffended(self) -> str:
        if self.reoffended is None or self.cohort is None:
            return ""
        return written_counts(self.reoffended, self.cohort)

    @property
    def written_expected(self) -> str:
        return "" if self.expected is None else written_number(self.expected)

    @property
    def written_outcome(self) -> str:
        return "" if self.outcome is None else written_number(self.outcome, 2)

    @property
    def outcome_interval(self) -> str:
        limits = _limits(self.outcome, self.outcome_standard_error, decimals=2)
        return f"{limits[0]} to {limits[1]}" if limits else ""

    @property
    def written_probability(self) -> str:
        return "" if self.probability is None else written_probability(self.probability)

    @property
    def how_sure(self) -> str:
        """The probability of the quarter that is named, or of the likeliest where none is."""
        if self.probability is None:
            return ""
        return self.written_probability if self.is_named else f"likeliest {self.written_probability}"


def targets_of(kind: ProcessKind) -> str:
    """targets, or timeliness targets."""
    return "targets" if kind == ProcessKind.ALL else f"{kind} targets"


@dataclass(frozen=True)
class NationalFigure:
    """One figure about all together. `framework` is blank for what spans several."""

    subject: Subject
    method: Method
    framework: str
    kind: ProcessKind
    period: Period
    estimate: float | None
    by_chance: float | None
    lower: float | None
    upper: float | None
    p: float | None
    n: int
    reason: str

    @property
    def holds_zero(self) -> bool:
        """Whether the interval holds 0, or isn't known: then it can't be told which way it goes."""
        return self.lower is None or self.upper is None or self.lower <= 0 <= self.upper


def _limits(estimate: float | None, error: float | None, decimals: int = 1) -> tuple[str, str] | None:
    if estimate is None or error is None:
        return None
    low, high = estimate - Z95 * error, estimate + Z95 * error
    return written_number(low, decimals), written_number(high, decimals)
