"""Who has sent what, in sentences with their numbers."""

import datetime
from collections.abc import Sequence

from performance.periods import written_date
from performance.returns.expected import SENT, Expected, Progress
from performance.wording import counted, listed_briefly

# What may be said of the trusts that haven't sent a month, the most pressing first.
HOW_IT_STANDS = (
    (Progress.LATE, "is late", "are late"),
    (Progress.RETURNED, "was sent back", "were sent back"),
    (Progress.DRAFT, "is a draft", "are drafts"),
)


def summary(expected: Sequence[Expected], today: datetime.date) -> list[str]:
    """How the last month stands, and how many are late in all. expected: of one framework, by due
    date; at least one."""
    return [*_of_the_last_month(expected, today), _of_all(expected)]


def _of_the_last_month(expected: Sequence[Expected], today: datetime.date) -> list[str]:
    month = [one for one in expected if one.period == expected[-1].period]
    sent = sum(one.progress in SENT for one in month)
    trusts = counted(len(month), "trust")
    said = [f"{sent} of {trusts} {'has' if sent == 1 else 'have'} sent {month[0].period}."]
    said += [_stands(month, *words) for words in HOW_IT_STANDS if _names(month, words[0])]
    if due := len(_names(month, Progress.DUE)):
        said.append(f"{due} more {'has' if due == 1 else 'have'} until {written_date(month[0].due)}.")
    return said


def _stands(month: Sequence[Expected], progress: Progress, one: str, several: str) -> str:
    names = _names(month, progress)
    return f"{len(names)} {one if len(names) == 1 else several}: {listed_briefly(names)}."


def _names(month: Sequence[Expected], progress: Progress) -> list[str]:
    return [one.organisation.name for one in month if one.progress == progress]


def _of_all(expected: Sequence[Expected]) -> str:
    late = [one for one in expected if one.progress == Progress.LATE]
    if not late:
        return "No month is late."
    trusts = counted(len({one.organisation.pk for one in late}), "trust")
    return f"In all, {counted(len(late), 'return')} of {trusts} are late."
