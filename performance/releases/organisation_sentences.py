"""What a release says of one organisation, in a sentence or two at the head of its page."""

from collections.abc import Sequence

from performance.releases.rows import ResultRow
from performance.vocabulary import PROCESS_KINDS, TargetStatus
from performance.wording import counted, listed

JUDGED = (TargetStatus.MET, TargetStatus.MISSED)


def organisation_sentences(name: str, own: Sequence[ResultRow], inherited: Sequence[ResultRow]) -> list[str]:
    """Own: the organisation's figures; inherited: those of the organisations it took over from.
    Each sentence says whose figures it is about."""
    before = list(dict.fromkeys(row.organisation_name for row in inherited))
    owner = before[0] if len(before) == 1 else f"the {len(before)} organisations it took over from"
    found = (_targets_sentence(name, own), _targets_sentence(f"{owner}, before {name}", inherited))
    return [sentence for sentence in found if sentence]


def _targets_sentence(whose: str, rows: Sequence[ResultRow]) -> str:
    judged = [row for row in rows if row.target_status in JUDGED]
    if not judged:
        return ""
    met = sum(row.target_status == TargetStatus.MET for row in judged)
    process = sum(row.kind in PROCESS_KINDS for row in judged)
    return (
        f"{counted(len(judged), 'figure')} with a target {'is' if len(judged) == 1 else 'are'} "
        f"published for {whose} ({listed(_periods(judged))}): {met} met, {len(judged) - met} missed. "
        f"{process if process else 'None'} of {len(judged)} {'looks' if process == 1 else 'look'} at "
        f"process, {len(judged) - process if process < len(judged) else 'none'} at outcomes."
    )


def _periods(rows: Sequence[ResultRow]) -> list[str]:
    return list(dict.fromkeys(str(row.period) for row in sorted(rows, key=lambda row: row.period)))
