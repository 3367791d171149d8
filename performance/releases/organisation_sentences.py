"""What a release says of one organisation, in a sentence or two at the head of its page."""

from collections.abc import Sequence

from performance.releases.rows import ResultRow
from performance.vocabulary import PROCESS_KINDS, TargetStatus
from performance.wording import NOUNS, counted, listed

JUDGED = (TargetStatus.MET, TargetStatus.MISSED)


def organisation_sentences(
    name: str,
    own: Sequence[ResultRow],
    inherited: Sequence[ResultRow],
    *,
    is_sure: bool,
    figure: str = "published figure",
) -> list[str]:
    """Own: the organisation's figures; inherited: those of the organisations it took over from,
    and whether it is sure which those were; figure: what they are called. Each sentence says whose
    figures it is about."""
    opening = _opening(name, inherited)
    doubt = "" if is_sure else " Which organisations those were is partly unverified."
    found = (
        _targets_sentence(f"{name} has", own, figure),
        _targets_sentence(opening, inherited, figure, doubt),
    )
    return [sentence for sentence in found if sentence]


def _opening(name: str, inherited: Sequence[ResultRow]) -> str:
    """Names the one organisation whose targets are known, or says of how many they are."""
    judged = {row.organisation: row for row in inherited if row.target_status in JUDGED}
    if len(judged) == 1:
        only = next(iter(judged.values()))
        return f"{only.organisation_name} ({NOUNS[only.organisation_kind][0]}), before {name}, had"
    return f"Of the organisations that {name} took over from, {len(judged)} had"


def _targets_sentence(opening: str, rows: Sequence[ResultRow], figure: str, doubt: str = "") -> str:
    judged = [row for row in _not_nested(rows) if row.target_status in JUDGED]
    if not judged:
        return ""
    met = sum(row.target_status == TargetStatus.MET for row in judged)
    return (
        f"{opening} {counted(len(judged), figure)} with a target "
        f"({listed(_periods(judged))}): {met} met, {len(judged) - met} missed. {_about(judged)}{doubt}"
    )


def _not_nested(rows: Sequence[ResultRow]) -> list[ResultRow]:
    """Without figures for a part of a year whose longer part or whole is there too: cumulative
    figures would be counted again and again."""
    return [row for row in rows if not any(_continues(other, row) for other in rows)]


def _continues(other: ResultRow, row: ResultRow) -> bool:
    return (
        (other.measure, other.organisation) == (row.measure, row.organisation)
        and other.period.start == row.period.start
        and other.period.end > row.period.end
    )


def _about(rows: Sequence[ResultRow]) -> str:
    process = sum(row.kind in PROCESS_KINDS for row in rows)
    if len(rows) == 1:
        return f"It is about {'process' if process else 'an outcome'}."
    if process in (0, len(rows)):
        return f"All are about {'process' if process else 'outcomes'}."
    outcomes = len(rows) - process
    return (
        f"{process} {'is' if process == 1 else 'are'} about process, {outcomes} about "
        f"{'an outcome' if outcomes == 1 else 'outcomes'}."
    )


def _periods(rows: Sequence[ResultRow]) -> list[str]:
    return list(dict.fromkeys(str(row.period) for row in sorted(rows, key=lambda row: row.period)))
