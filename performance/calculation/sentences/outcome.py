"""Actual reoffending against predicted, of one organisation and of all together."""

from collections.abc import Sequence

from performance.calculation.sentences.figures import (
    Noun,
    because,
    cases,
    difference,
    how_many,
    in_brackets,
    interval_of_difference,
    is_significant,
    percentage,
    some,
)
from performance.calculation.sentences.rows import Divergence, Prediction, told
from performance.statistics.reoffending.verdicts import AgainstNational, AgainstPrediction, DesignEffects
from performance.wording import written_number

OFFENDERS: Noun = ("offender", "offenders")

NATIONAL = "the national result for such offenders"

_SIGNIFICANT = tuple(word for word in AgainstPrediction if word.startswith("significantly"))


def outcome_text(row: Prediction, name: str) -> str:
    if not told(row.observed, row.cases, row.expected, row.difference) or not row.cases > 0:
        return cannot_tell_outcome(row.period, name, row.reason)
    text = f"{_rates(row, name)}{_interval(row)}{_verdict(row)}."
    return f"{text}{_caution(row)}"


def cannot_tell_outcome(period: str, name: str, reason: str) -> str:
    return (
        f"Whether fewer offenders of {name} reoffended in {period} than predicted, or more, can't be "
        f"told, because {because(reason)}."
    )


def _rates(row: Prediction, name: str) -> str:
    return (
        f"Of the {how_many(row.cases, OFFENDERS)} of {name} followed up in {row.period}, "
        f"{some(row.observed)} ({percentage(100 * row.observed / row.cases, 2)}) reoffended within three "
        f"months, against {_predicted(row.expected, row.observed, row.cases)}: "
        f"{difference(row.difference, 2, 'less', 'more')}"
    )


def _predicted(expected: float, observed: float, of: float) -> str:
    return f"{cases(expected, observed)} predicted ({percentage(100 * expected / of, 2)})"


def _interval(row: Prediction) -> str:
    if not told(row.lower, row.upper):
        return ""
    return in_brackets(interval_of_difference(row.difference, row.lower, row.upper, 2, "less", "more"))


def _verdict(row: Prediction) -> str:
    """Against the prediction, and against the national result for such offenders: where everyone
    is below prediction, being below it is not notable."""
    if (row.verdict, row.national_verdict) == (
        AgainstPrediction.NOT_DIFFERENT,
        AgainstNational.NOT_DIFFERENT,
    ):
        return f", {row.verdict} or from {NATIONAL}"
    words = [word for word in (row.verdict, row.national_verdict) if _is_compared(word)]
    return f", {' and '.join(words)}" if words else ""


def _is_compared(word: str) -> bool:
    return word not in ("", AgainstPrediction.NOT_COMPARED)


def _caution(row: Prediction) -> str:
    """What would turn the verdict."""
    if row.flag_reason:
        return f" It isn't called higher or lower, because {because(row.flag_reason)}."
    is_flagged, text = row.verdict in _SIGNIFICANT, ""
    if is_flagged and told(row.adjusted_p) and not is_significant(row.adjusted_p):
        text += " Allowing for how many are compared at once, it is not significant."
    if is_flagged and row.spread_verdict == AgainstPrediction.NOT_DIFFERENT:
        text += " It is within what organisations usually differ by."
    if row.verdict_changes:
        text += " Whether it is significant depends on how often one person is counted, which isn't known."
    return text


def all_outcome_text(rows: Sequence[Divergence], noun: Noun) -> str:
    """Of all that have figures together: sums before rates. Nothing where nobody has any."""
    given = [row for row in rows if told(row.reoffended, row.cohort, row.expected) and row.cohort > 0]
    if not given:
        return ""
    parts = ("reoffended", "cohort", "expected")
    reoffended, cohort, expected = (sum(getattr(row, part) for row in given) for part in parts)
    return (
        f"Of the {how_many(cohort, OFFENDERS)} of {how_many(len(given), noun)} followed up in "
        f"{rows[0].period}, {some(reoffended)} ({percentage(100 * reoffended / cohort, 2)}) reoffended "
        f"within three months, against {_predicted(expected, reoffended, cohort)}: "
        f"{difference(100 * (reoffended - expected) / cohort, 2, 'less', 'more')}."
    )


def counting_text(period: str) -> str:
    return (
        f"A person who is on the caseload at several of a year's quarterly counts is counted at each, so "
        f"numbers of offenders followed up in {period} aren't numbers of people; intervals and verdicts "
        f"take chance to be wider for it (a variance {written_number(DesignEffects().usual, 1)} times that "
        f"of separate people)."
    )
