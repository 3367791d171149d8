"""How far targets were met, of one organisation and of all together."""

from collections.abc import Sequence

from performance.calculation.sentences.figures import (
    Noun,
    because,
    cases,
    how_many,
    of_all,
    percentage,
    some,
)
from performance.calculation.sentences.rows import Divergence, told
from performance.vocabulary import PROCESS_KINDS
from performance.wording import listed, written_number

TARGETS: Noun = ("target", "targets")
CASES: Noun = ("case", "cases")
KINDS = listed([str(kind) for kind in PROCESS_KINDS])
ANY_KIND = KINDS.replace(" and ", " or ")


def process_text(row: Divergence, name: str, planned: int) -> str:
    """planned: how many such measures carry weight in the framework, 0 where that isn't known."""
    if not (told(row.process) and row.targets_judged > 0):
        return _cannot_tell(row, name)
    text = f"{_targets_met(row, name, planned)}{_weight(row)}{_unjudged(row, planned)}."
    return f"{text} {cases_text(row.counted, row.cases, row.required)}".rstrip()


def _cannot_tell(row: Divergence, name: str) -> str:
    text = (
        f"How far {name} met its {KINDS} targets in {row.period} can't be told, "
        f"because {because(row.reason_of_process)}."
    )
    if not row.targets_judged > 0:
        return text
    judged = how_many(row.targets_judged, TARGETS)
    return f"{text} Of {judged} that could be judged it met {some(row.targets_met)}."


def _targets_met(row: Divergence, name: str, planned: int) -> str:
    met, judged = row.targets_met, row.targets_judged
    is_all = judged == planned
    if judged == 1:
        which = "its one" if is_all else "the one"
        verb = "met" if met else "missed"
        text = f"{name} {verb} {which} {ANY_KIND} target"
    else:
        which = "its" if is_all else "the"
        share = "both" if met == judged == 2 else "all" if met == judged else some(met)
        number = "" if share == "both" else f" {written_number(judged)}"
        link = "" if share in ("both", "all") else " of"
        text = f"{name} met {share}{link} {which}{number} {KINDS} targets"
    return f"{text} {'' if is_all else 'it could be judged on '}in {row.period}"


def _weight(row: Divergence) -> str:
    """What the targets met weigh, where that is neither nothing nor all."""
    if not 0 < row.targets_met < row.targets_judged:
        return ""
    which = "the one met carries" if row.targets_met == 1 else "those met carry"
    whole = "both" if row.targets_judged == 2 else f"all {written_number(row.targets_judged)}"
    return f", and {which} {percentage(row.process, 0)} of the weight of {whole}"


def _unjudged(row: Divergence, planned: int) -> str:
    if planned <= row.targets_judged:
        return ""
    return f"; the framework has {written_number(planned)} such measures"


def cases_text(done: float, of: float, required: float) -> str:
    """Cases done as asked, of all, against how many the targets ask for; nothing without cases."""
    if not (told(done, of) and of > 0):
        return ""
    verb = "was" if 1 in (done, of) else "were"
    text = f"Where a target is a share of cases, {of_all(done, of, CASES)} {verb} done as asked"
    if not (told(required) and required > 0):
        return f"{text}."
    share = percentage(100 * done / required, 1)
    return f"{text}, {share} of the {cases(required, done)} that the targets ask for."


def all_process_text(rows: Sequence[Divergence], noun: Noun) -> str:
    """Of all that have figures together: sums before shares. Nothing where nobody has any."""
    judged = [row for row in rows if told(row.process) and row.targets_judged > 0]
    if not judged:
        return ""
    met, targets = (sum(getattr(row, part) for row in judged) for part in ("targets_met", "targets_judged"))
    share = percentage(100 * met / targets, 0)
    text = (
        f"{_together(len(judged), noun)} met {some(met)} of {how_many(targets, TARGETS)} for "
        f"{KINDS} in {rows[0].period} ({share})."
    )
    counts = [row for row in judged if told(row.counted, row.cases, row.required)]
    sums = (sum(getattr(row, part) for row in counts) for part in ("counted", "cases", "required"))
    return f"{text} {cases_text(*sums)}".rstrip()


def _together(number: int, noun: Noun) -> str:
    return f"The one {noun[0]} with figures" if number == 1 else f"{how_many(number, noun)} together"
