"""What the figures of one measure say: of the nation, of everyone in one period, of one of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from performance.calculation.indicators import FEWEST_TO_COMPARE
from performance.periods import Period
from performance.releases.rows import ResultRow
from performance.releases.summary import NATION
from performance.vocabulary import Flag, Structure, TargetStatus
from performance.wording import counted_organisations

AGAINST_ALL = {
    Flag.LOW_998: "lower than all together, outside the 99.8% limits of chance",
    Flag.LOW_95: "lower than all together, outside the 95% limits of chance",
    Flag.INSIDE: "no different from all together, chance allowed for",
    Flag.HIGH_95: "higher than all together, outside the 95% limits of chance",
    Flag.HIGH_998: "higher than all together, outside the 99.8% limits of chance",
}


def everyone(rows: Sequence[ResultRow], period: Period | None = None) -> list[ResultRow]:
    """Organisations of one kind in one period: that asked for, or else the latest in which enough of a
    kind have a figure; of the kind that has most. Empty where there are never enough."""
    local = [row for row in rows if _is_local(row) and period in (None, row.period)]
    known = Counter((row.period, row.organisation_kind) for row in local if row.value is not None)
    enough = [group for group, number in known.items() if number >= FEWEST_TO_COMPARE]
    if not enough:
        return []
    chosen = max(enough, key=lambda group: (group[0], known[group], group[1]))
    return [row for row in local if (row.period, row.organisation_kind) == chosen]


def _is_local(row: ResultRow) -> bool:
    return row.organisation != NATION and row.structure == Structure.THEN and row.is_shown


def nation_in(rows: Sequence[ResultRow], period: Period | None) -> ResultRow | None:
    """The nation's figure of that period, or without one the latest."""
    own = [row for row in rows if row.organisation == NATION and row.is_shown and row.value is not None]
    if period is not None:
        own = [row for row in own if row.period == period]
    return max(own, key=lambda row: (row.period.end, row.period.start), default=None)


@dataclass(frozen=True)
class TargetsMet:
    """Who met their own target, of organisations of one kind in one period. `near`: how many lie so near
    theirs that its 95% interval holds it, so that chance may have put them on that side."""

    met: list[ResultRow]
    missed: list[ResultRow]
    no_target: list[ResultRow]
    cannot_tell: list[ResultRow]
    near: int

    @classmethod
    def of(cls, rows: Sequence[ResultRow]) -> "TargetsMet":
        named = sorted(rows, key=lambda row: row.organisation_name)
        by_status = {status: [row for row in named if row.target_status == status] for status in TargetStatus}
        return cls(
            by_status[TargetStatus.MET],
            by_status[TargetStatus.MISSED],
            by_status[TargetStatus.NO_TARGET],
            by_status[TargetStatus.CANNOT_TELL],
            near=sum(_is_near(row) for row in named),
        )

    @property
    def judged(self) -> int:
        return len(self.met) + len(self.missed)

    @property
    def finding(self) -> str:
        kind = (self.met or self.missed)[0].organisation_kind
        whose = "its" if self.judged == 1 else "their"
        number = counted_organisations(self.judged, kind)
        return f"{len(self.met) or 'None'} of {number} met {whose} own target"

    @property
    def groups(self) -> list[tuple[TargetStatus, list[ResultRow]]]:
        return [
            (TargetStatus.MET, self.met),
            (TargetStatus.MISSED, self.missed),
            (TargetStatus.NO_TARGET, self.no_target),
            (TargetStatus.CANNOT_TELL, self.cannot_tell),
        ]


def _is_near(row: ResultRow) -> bool:
    if row.target is None or row.lower is None or row.upper is None:
        return False
    return row.lower <= row.target <= row.upper


def measure_finding(rows: Sequence[ResultRow], group: Sequence[ResultRow]) -> str:
    """What it says now, in a sentence or two; blank where there is no figure. group: of `everyone`."""
    nation = nation_in(rows, group[0].period) if group else nation_in(rows, None)
    said = [_of_nation(nation, rows)] if nation else []
    if group:
        said.append(_of_everyone(group, is_dated=bool(nation)))
    if not said:
        known = [row for row in rows if row.value is not None and row.structure == Structure.THEN]
        said += [_of_one(max(known, key=lambda row: row.period.end))] if known else []
    return " ".join(f"{sentence[0].upper()}{sentence[1:]}." for sentence in said)


def _of_nation(nation: ResultRow, rows: Sequence[ResultRow]) -> str:
    said = _of_one(nation)
    if nation.target is not None:
        said += f", against a target of {nation.written_target}"
    before = _before(nation, rows)
    if before is None:
        return said
    return f"{said}; in {before.period} it was {before.written}{_in_brackets(before.counts, before.written)}"


def _before(row: ResultRow, rows: Sequence[ResultRow]) -> ResultRow | None:
    """Its figure of the financial year before, where it is of one."""
    if not row.period.is_financial_year:
        return None
    earlier = [
        one
        for one in rows
        if (one.organisation, one.structure) == (row.organisation, row.structure)
        and one.period.is_financial_year
        and one.period.end.year == row.period.end.year - 1
    ]
    return next((one for one in earlier if one.value is not None), None)


def _of_one(row: ResultRow) -> str:
    period = f"{row.period.preposition} {row.period}"
    return f"{row.organisation_name}: {row.written}{_in_brackets(row.counts, row.written)} {period}"


def _of_everyone(group: Sequence[ResultRow], *, is_dated: bool) -> str:
    """is_dated: whether it has been said of when it is."""
    period = "" if is_dated else f" {group[0].period.preposition} {group[0].period}"
    targets = TargetsMet.of(group)
    if targets.judged:
        return f"{targets.finding}{period}"
    known = sorted((row for row in group if row.value is not None), key=lambda row: row.value or 0.0)
    low, high = known[0], known[-1]
    return (
        f"{counted_organisations(len(known), low.organisation_kind)} range from {low.written} "
        f"({low.organisation_name}) to {high.written} ({high.organisation_name}){period}"
    )


def organisation_finding(rows: Sequence[ResultRow], slug: str, period: Period | None) -> str:
    """One organisation in that period, or in its latest: its figure, its target, and all together."""
    own = [row for row in rows if row.organisation == slug and row.is_shown and row.value is not None]
    own = [row for row in own if row.period == period] or own
    if not own:
        return ""
    row = max(own, key=lambda row: row.period.end)
    said = [_of_one(row)]
    if row.interval:
        said.append(f"95% interval {row.interval}")
    if row.target is not None and row.target_status in (TargetStatus.MET, TargetStatus.MISSED):
        said.append(f"{row.target_status.label.lower()} its target of {row.written_target}")
    if row.flag in AGAINST_ALL:
        said.append(AGAINST_ALL[row.flag])
    return f"{'; '.join(said)}."


def _in_brackets(counts: str, written: str) -> str:
    return f" ({counts})" if counts and counts != written else ""
