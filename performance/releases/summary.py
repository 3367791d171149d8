"""What the public record says, in numbered sentences that can be quoted.

Each sentence is made from rows of one release, with the figures inside it. Where the rows it
needs aren't there, there is no sentence: a gap is better than a guess.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from performance.releases.mix import FrameworkMix
from performance.releases.rows import ResultRow
from performance.vocabulary import HIGH, LOW, TargetStatus
from performance.wording import counted, listed
from trusts.certainty import Certainty

FRAMEWORKS_SENTENCE = "what-was-rewarded"

NATION = "england-and-wales"
HERTFORDSHIRE = "hertfordshire-area"
NPS = "national-probation-service"

ACCOMMODATION = "accommodation-at-termination"
HIGH_RISK = "oasys-high-risk-5-days"
WORKLOAD = "offenders-per-offender-manager"
TARGETS_MET = "service-delivery-targets-met"
COURT_REPORTS = "nps-sl001"
BINARY_RATE = "binary-rate"
POSITION = "scorecard-position"
PROVEN = "proven-reoffending"
SUMMARY_MEASURES = (
    ACCOMMODATION,
    BINARY_RATE,
    COURT_REPORTS,
    HIGH_RISK,
    POSITION,
    PROVEN,
    TARGETS_MET,
    WORKLOAD,
)


@dataclass(frozen=True)
class Sentence:
    """`slug` is its permanent place on the page, `measure` the page that shows the figures."""

    slug: str
    text: str
    measure: str = ""


GAP = Sentence(
    "what-is-missing",
    "No table of trusts' ratings, and no table of actual against predicted reoffending by trust, is in "
    "the part of the public record that could be read. For the 35 trusts the record held here can't "
    "tell whether those that met their targets had less reoffending.",
)


def sentences(rows: Sequence[ResultRow], mixes: Sequence[FrameworkMix]) -> list[Sentence]:
    """Rows: SUMMARY_MEASURES of one release; mixes: all frameworks, oldest first."""
    found = (
        frameworks_sentence(mixes),
        high_risk_sentence(_of(rows, HIGH_RISK), _of(rows, POSITION)),
        targets_met_sentence(_of(rows, TARGETS_MET)),
        accommodation_sentence(_of(rows, ACCOMMODATION)),
        workload_sentence(_of(rows, WORKLOAD)),
        later_years_sentence(_of(rows, COURT_REPORTS), _of(rows, BINARY_RATE)),
        trusts_sentence(_of(rows, PROVEN)),
        GAP,
    )
    return [sentence for sentence in found if sentence]


def _of(rows: Iterable[ResultRow], measure: str) -> list[ResultRow]:
    """Figures that were published, in order of period."""
    some = (row for row in rows if row.measure == measure and row.value is not None)
    return sorted(some, key=lambda row: row.period)


def _at(rows: Iterable[ResultRow], organisation: str) -> list[ResultRow]:
    return [row for row in rows if row.organisation == organisation]


def _with_counts(row: ResultRow) -> str:
    """A percentage never travels without its counts, where the source gives them."""
    return f"{row.written} ({row.counts})" if row.counts else row.written


def frameworks_sentence(mixes: Sequence[FrameworkMix]) -> Sentence | None:
    if not mixes:
        return None
    mostly = sum(mix.process_weight > 50 for mix in mixes)
    process = sum(mix.process_measures for mix in mixes)
    measures = sum(mix.measures for mix in mixes)
    documented = sum(mix.documented_measures for mix in mixes)
    return Sentence(
        FRAMEWORKS_SENTENCE,
        f"As far as {counted(len(mixes), 'framework')} since 2002 can be told, {process} of their "
        f"{counted(measures, 'measure')} count timeliness, volume or compliance, and in {mostly} of "
        f"them these carry more than half of the weight. Only {documented} of the {measures} are "
        "documented for their framework; the others, and all weights, had to be reconstructed.",
    )


def high_risk_sentence(rows: Sequence[ResultRow], positions: Sequence[ResultRow]) -> Sentence | None:
    local, national = _at(rows, HERTFORDSHIRE), _at(rows, NATION)
    if not local or not national:
        return None
    own, first, last = local[0], national[0], national[-1]
    text = (
        f"In {own.period} {own.organisation_name}{_position(_at(positions, HERTFORDSHIRE))} completed "
        f"{_with_counts(own)} of its high risk assessments on time, against a target of "
        f"{own.written_target}; the figure for England and Wales was {_with_counts(first)}"
    )
    if last.period != first.period:
        text += f", and {_with_counts(last)} in {last.period}"
    return Sentence("high-risk-assessments", f"{text}.", HIGH_RISK)


def _position(rows: Sequence[ResultRow]) -> str:
    """Why we know of this area at all: it was asked about because it came last."""
    return f", {rows[0].as_printed} areas in that year's weighted scorecard," if rows else ""


def targets_met_sentence(rows: Sequence[ResultRow]) -> Sentence | None:
    national = _at(rows, NATION)
    if not national:
        return None
    each = " and ".join(f"{row.as_printed or row.counts} in {row.period}" for row in national)
    return Sentence(
        "targets-met",
        f"Of its service delivery targets, the probation service of England and Wales {each}, by its "
        "own reports.",
        TARGETS_MET,
    )


def accommodation_sentence(rows: Sequence[ResultRow]) -> Sentence | None:
    areas = [row for row in rows if row.organisation_kind == "area"]
    national = _at(rows, NATION)
    if not areas or not national:
        return None
    met = sum(row.target_status == TargetStatus.MET for row in areas)
    low_and_met = [row for row in areas if row.flag in LOW and row.target_status == TargetStatus.MET]
    return Sentence(
        "accommodation",
        f"In {national[0].period}, {national[0].counts} orders and licences "
        f"({national[0].written}) ended with the offender in settled and suitable accommodation. "
        f"{met} of {counted(len(areas), 'area')} met their own target. Against all areas together, "
        f"{sum(row.flag in HIGH for row in areas)} lie higher and "
        f"{sum(row.flag in LOW for row in areas)} lower by more than chance would often give"
        f"{_low_and_met(low_and_met)}.",
        ACCOMMODATION,
    )


def _low_and_met(rows: Sequence[ResultRow]) -> str:
    """Where a target and a comparison part company: each area had a target of its own."""
    if not rows:
        return ""
    names = listed([f"{row.organisation_name} ({row.written_target})" for row in rows])
    return f"; of the lower ones, {names} nevertheless met their own, lower target"


def workload_sentence(rows: Sequence[ResultRow]) -> Sentence | None:
    if not rows:
        return None
    latest = rows[-1].period
    areas = sorted(
        (row for row in rows if row.period == latest and row.organisation_kind == "area"),
        key=lambda row: row.value or 0.0,
    )
    national = [row for row in _at(rows, NATION) if row.period == latest]
    if not areas or not national:
        return None
    return Sentence(
        "workload",
        f"On {latest} an offender manager had {national[0].written} offenders on average, from "
        f"{areas[0].written} in {areas[0].organisation_name} to {areas[-1].written} in "
        f"{areas[-1].organisation_name}.",
        WORKLOAD,
    )


def later_years_sentence(reports: Sequence[ResultRow], binary: Sequence[ResultRow]) -> Sentence | None:
    service = _at(binary, NPS)
    if not reports or len(service) < 2:
        return None
    lowest = min(reports, key=lambda row: row.value or 0.0)
    first, last = service[0], service[-1]
    return Sentence(
        "later-years",
        f"The share of court reports that the National Probation Service gave on time is printed as "
        f"{lowest.written}{'' if lowest.value == 100 else ' or more'} in every published quarter from "
        f"{reports[0].period.start:%B %Y} to {reports[-1].period.end:%B %Y}. Its reoffending rate was "
        f"{first.written} for the cohort of {first.period}{_derived(first)} and {last.written} for that "
        f"of {last.period}{_derived(last)}. {len(service)} cohorts can't tell whether the one had to do "
        "with the other.",
        COURT_REPORTS,
    )


def _derived(row: ResultRow) -> str:
    return ", worked out from the printed change," if row.certainty == Certainty.DERIVED else ""


def trusts_sentence(rows: Sequence[ResultRow]) -> Sentence | None:
    trusts = sorted(
        (row for row in rows if row.organisation_kind == "trust"), key=lambda row: row.value or 0.0
    )
    if len(trusts) < 2:
        return None
    low, high = trusts[0], trusts[-1]
    return Sentence(
        "reoffending-by-trust",
        f"Of offenders who started supervision in {low.period}, {low.written} reoffended within a year "
        f"in {low.organisation_name}, the lowest of the trusts, and {high.written} in "
        f"{high.organisation_name}, the highest. The figures for the trusts between could not be read, "
        "and neither allows for who was supervised.",
        PROVEN,
    )
