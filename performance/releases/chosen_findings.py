"""What a comparison says in one sentence, where it can be told how sure that is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from performance.calculation.sentences.figures import correlation, interval_of_difference, size
from performance.releases.chosen import Chosen
from performance.releases.chosen_rows import OWN_GROUP
from performance.releases.chosen_sides import Sides
from performance.releases.rows import ResultRow
from performance.statistics.correlation.rank import spearman
from performance.statistics.intervals import newcombe_difference
from performance.vocabulary import HIGH, LOW
from performance.wording import counted_organisations, listed, written_number
from trusts.models import OrganisationKind

# Two of one of these never hold the same case.
APART = (
    OrganisationKind.TRUST,
    OrganisationKind.AREA,
    OrganisationKind.CRC,
    OrganisationKind.NPS_DIVISION,
    OrganisationKind.REGION,
    OrganisationKind.PROBATION_REGION,
)
MORE = "more than chance alone would often give"
MOST_NAMES = 3
# How many of a hundred that are no different lie outside 95% limits.
BY_CHANCE = 0.05
FEWEST_FOR_CHANCE = 10


@dataclass(frozen=True)
class Finding:
    """`gist` is what it comes to, for the title of a chart that shows it; '' where that says it all."""

    text: str
    gist: str = ""


NOTHING = Finding("")


def finding(chosen: Chosen) -> Finding:
    """Of two shares their difference, of two measures whether they go together, of many figures on
    one measure how many differ from all; NOTHING for anything else."""
    rows = [row for row in chosen.rows if row.value is not None]
    measures = sorted({(row.measure_title, row.measure) for row in rows})
    periods = {(row.measure, row.period) for row in rows}
    if len(rows) == 2 and len(measures) == 1:
        first, second = sorted(rows, key=lambda row: row.period)
        return _difference(first, second, chosen.sides)
    if len(periods) > len(measures):
        return NOTHING
    if len(measures) == 2:
        return _together(*([row for row in rows if row.measure == code] for _, code in measures))
    return _against_all(rows) if len(measures) == 1 else NOTHING


def _difference(first: ResultRow, second: ResultRow, sides: Sides) -> Finding:
    if not (first.is_share and first.counts and second.is_share and second.counts):
        return NOTHING
    if not _are_apart(first, second, sides):
        return NOTHING
    is_change = first.organisation == second.organisation
    if not is_change and (first.value or 0) < (second.value or 0):
        first, second = second, first
    told = _told(first, second) if is_change else _side_by_side(first, second)
    return Finding(f"{told}: {_by(first, second)}.")


def _told(first: ResultRow, second: ResultRow) -> str:
    return (
        f"{first.organisation_name} went from {first.written} ({first.counts}) {_when(first)} to "
        f"{second.written} ({second.counts}) {_when(second)}"
    )


def _side_by_side(first: ResultRow, second: ResultRow) -> str:
    return (
        f"{first.organisation_name} had {first.written} ({first.counts}), {second.organisation_name} "
        f"{second.written} ({second.counts}) {_when(first)}"
    )


def _when(row: ResultRow) -> str:
    return f"{row.period.preposition} {row.period}"


def _by(first: ResultRow, second: ResultRow) -> str:
    """The difference with its interval, from the first to the second."""
    x1, n1, x2, n2 = (
        count or 0 for count in (second.numerator, second.denominator, first.numerator, first.denominator)
    )
    found = newcombe_difference(x1, n1, x2, n2)
    value, lower, upper = (100 * float(found[name].iloc[0]) for name in ("difference", "lower", "upper"))
    way = "down" if value < 0 else "up"
    if first.organisation != second.organisation:
        way = "apart"
        value, lower, upper = -value, -upper, -lower
    interval = interval_of_difference(value, lower, upper, 1, "less", "more")
    judged = MORE if lower > 0 or upper < 0 else "chance alone could give that"
    return f"{size(value, 1)} points {way} ({interval}), {judged}"


def _are_apart(first: ResultRow, second: ResultRow, sides: Sides) -> bool:
    """Whether no case can be in both."""
    kinds, own = zip(*(_of_whom(row, sides) for row in (first, second)), strict=True)
    if first.organisation == second.organisation:
        return first.period.end < second.period.start
    is_one_kind = len(set().union(*kinds)) == 1 and set().union(*kinds) <= set(APART)
    return first.period == second.period and is_one_kind and not set.intersection(*own)


def _of_whom(row: ResultRow, sides: Sides) -> tuple[set[str], set[str]]:
    """Kinds and slugs of the organisations whose cases these are."""
    if row.organisation_kind == OWN_GROUP:
        members = sides.groups[row.organisation_name]
        return {member.kind for member in members}, {member.slug for member in members}
    return {row.organisation_kind}, {row.organisation}


def _together(one: Sequence[ResultRow], other: Sequence[ResultRow]) -> Finding:
    """Of organisations of one kind that have both figures."""
    beside = {row.organisation: row for row in other}
    pairs = [(row, beside[row.organisation]) for row in one if row.organisation in beside]
    kinds = Counter(row.organisation_kind for row, _ in pairs if row.organisation_kind in APART)
    if not kinds:
        return NOTHING
    kind = kinds.most_common(1)[0][0]
    values = [(x.value, y.value) for x, y in pairs if x.organisation_kind == kind]
    found = spearman(*zip(*values, strict=True), seed=0, permutations=99)
    if found.coefficient is None or found.lower is None or found.upper is None:
        return NOTHING
    x, y = pairs[0]
    gist = _went(found.lower, found.upper)
    text = (
        f"Over {counted_organisations(found.n, kind)} the rank correlation of {_within(x)} and {_within(y)} "
        f"is {correlation(found.coefficient)} (95% interval {correlation(found.lower)} to "
        f"{correlation(found.upper)}): {gist}."
    )
    return Finding(text, gist)


def _within(row: ResultRow) -> str:
    return f"“{row.measure_title}” ({row.period})"


def _went(lower: float, upper: float) -> str:
    if lower <= 0 <= upper:
        return "whether the two go together can’t be told"
    return f"those high on the one tend to be {'high' if lower > 0 else 'low'} on the other"


def _against_all(rows: Sequence[ResultRow]) -> Finding:
    compared = [row for row in rows if row.baseline is not None]
    if not compared:
        return NOTHING
    high, low = ([row for row in compared if row.flag in flags] for flags in (HIGH, LOW))
    text = (
        f"Of {len(compared)} compared with all of their kind together, {_named(high, 'higher')} and "
        f"{_named(low, 'lower')} by more than chance alone would often give"
    )
    if len(compared) < FEWEST_FOR_CHANCE:
        return Finding(f"{text}.")
    return Finding(f"{text}; about {written_number(BY_CHANCE * len(compared))} would by chance.")


def _named(rows: Sequence[ResultRow], way: str) -> str:
    if not rows:
        return f"none lies {way}"
    if len(rows) > MOST_NAMES:
        return f"{len(rows)} lie {way}"
    return f"{listed([row.organisation_name for row in rows])} {'lies' if len(rows) == 1 else 'lie'} {way}"
