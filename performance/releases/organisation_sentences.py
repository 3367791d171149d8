"""What a release says of one organisation, in a sentence or two at the head of its page."""

from collections.abc import Sequence

from performance.releases.rows import ResultRow
from performance.vocabulary import PROCESS_KINDS, TargetStatus
from performance.wording import counted, listed

JUDGED = (TargetStatus.MET, TargetStatus.MISSED)


def organisation_sentences(rows: Sequence[ResultRow]) -> list[str]:
    """Rows: an organisation's figures and those of the organisations it took over from. Each
    sentence names whose figures it is about."""
    owners = list(dict.fromkeys(row.organisation for row in rows))
    own = ([row for row in rows if row.organisation == owner] for owner in owners)
    return [sentence for some in own for sentence in [_targets_sentence(some)] if sentence]


def _targets_sentence(rows: Sequence[ResultRow]) -> str:
    judged = [row for row in rows if row.target_status in JUDGED]
    if not judged:
        return ""
    met = sum(row.target_status == TargetStatus.MET for row in judged)
    process = sum(row.kind in PROCESS_KINDS for row in judged)
    about = (
        f"{process} of these {'is' if process == 1 else 'are'} about process"
        if len(judged) > 1
        else f"It is about {'process' if process else 'an outcome'}"
    )
    return (
        f"{rows[0].organisation_name}: {counted(len(judged), 'figure')} published with a target, "
        f"{met if met else 'none'} met ({listed(_years(judged))}). {about}."
    )


def _years(rows: Sequence[ResultRow]) -> list[str]:
    return list(dict.fromkeys(str(row.period) for row in sorted(rows, key=lambda row: row.period)))
