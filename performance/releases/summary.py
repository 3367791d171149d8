"""What the public record says, in numbered sentences that can be quoted.

Each sentence is made from rows of one release, with the figures inside it. Where the rows it
needs aren't there, there is no sentence: a gap is better than a guess.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from performance.releases.mix import FrameworkMix
from performance.releases.rows import ResultRow
from performance.vocabulary import Flag, TargetStatus
from performance.wording import counted

NATION = "england-and-wales"
HERTFORDSHIRE = "hertfordshire-area"
NPS = "national-probation-service"

ACCOMMODATION = "accommodation-at-termination"
HIGH_RISK = "oasys-high-risk-5-days"
WORKLOAD = "offenders-per-offender-manager"
TARGETS_MET = "service-delivery-targets-met"
COURT_REPORTS = "nps-sl001"
BINARY_RATE = "binary-rate"
SUMMARY_MEASURES = (ACCOMMODATION, HIGH_RISK, WORKLOAD, TARGETS_MET, COURT_REPORTS, BINARY_RATE)

OUTSIDE = (Flag.LOW_95, Flag.LOW_998, Flag.HIGH_95, Flag.HIGH_998)


@dataclass(frozen=True)
class Sentence:
    """`slug` is its permanent place on the page, `measure` the page that shows the figures."""

    slug: str
    text: str
    measure: str = ""


def sentences(rows: Sequence[ResultRow], mixes: Sequence[FrameworkMix]) -> list[Sentence]:
    """Rows: SUMMARY_MEASURES of one release; mixes: all frameworks, oldest first."""
    found = (
        frameworks_sentence(mixes),
        high_risk_sentence(_of(rows, HIGH_RISK)),
        targets_met_sentence(_of(rows, TARGETS_MET)),
        accommodation_sentence(_of(rows, ACCOMMODATION)),
        workload_sentence(_of(rows, WORKLOAD)),
        later_years_sentence(_of(rows, COURT_REPORTS), _of(rows, BINARY_RATE)),
        *_gaps(),
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
    return Sentence(
        "what-was-rewarded",
        f"{process} of {counted(measures, 'measure')} in {counted(len(mixes), 'framework')} since "
        f"2002 count timeliness, volume or compliance; in {mostly} of the frameworks these carry "
        "more than half of the weight. Much of what the frameworks held, and all of their weights, "
        "had to be reconstructed.",
    )


def high_risk_sentence(rows: Sequence[ResultRow]) -> Sentence | None:
    local, national = _at(rows, HERTFORDSHIRE), _at(rows, NATION)
    if not local or not national:
        return None
    own, first, last = local[0], national[0], national[-1]
    text = (
        f"In {own.period} {own.organisation_name} completed {_with_counts(own)} of its high risk "
        f"assessments on time, against a target of {own.written_target}; the figure for England and "
        f"Wales was {_with_counts(first)}"
    )
    if last.period != first.period:
        text += f", and {_with_counts(last)} in {last.period}"
    return Sentence("high-risk-assessments", f"{text}.", HIGH_RISK)


def targets_met_sentence(rows: Sequence[ResultRow]) -> Sentence | None:
    national = _at(rows, NATION)
    if not national:
        return None
    each = " and ".join(f"{row.counts} in {row.period}" for row in national)
    return Sentence(
        "targets-met",
        f"Of the service delivery targets for England and Wales, the service met {each}. The "
        "targets were for timeliness, volumes and compliance; reoffending was measured separately.",
        TARGETS_MET,
    )


def accommodation_sentence(rows: Sequence[ResultRow]) -> Sentence | None:
    areas = [row for row in rows if row.organisation_kind == "area"]
    national = _at(rows, NATION)
    if not areas or not national:
        return None
    met = sum(row.target_status == TargetStatus.MET for row in areas)
    outside = sum(row.flag in OUTSIDE for row in areas)
    return Sentence(
        "accommodation",
        f"In {national[0].period}, {national[0].counts} orders and licences "
        f"({national[0].written}) ended with the offender in settled and suitable accommodation. "
        f"{met} of {counted(len(areas), 'area')} met their own target, yet only {outside} differ "
        "from the rest by more than chance would often give.",
        ACCOMMODATION,
    )


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
    return Sentence(
        "later-years",
        f"The National Probation Service gave courts {lowest.written} of their reports on time in "
        f"every published quarter from {reports[0].period} to {reports[-1].period}. Its reoffending "
        f"rate was {service[0].written} for the cohort of {service[0].period} and "
        f"{service[-1].written} for that of {service[-1].period}. Two cohorts can't tell whether the "
        "one had to do with the other.",
        COURT_REPORTS,
    )


def _gaps() -> list[Sentence]:
    return [
        Sentence(
            "what-is-missing",
            "No table of trusts' ratings, and no table of actual against predicted reoffending by "
            "trust, is in the part of the public record that could be read. For the 35 trusts, the "
            "record we hold can't tell whether those that met their targets had less reoffending.",
        )
    ]
