"""Whether better process comes before better outcome, and whether that can mean anything."""

from collections.abc import Mapping

from performance.calculation.sentences.figures import (
    LEAST,
    Noun,
    because,
    how_many,
    in_brackets,
    interval_of_difference,
    is_significant,
    opening,
    p_value,
    size,
    within,
)
from performance.calculation.sentences.rows import National, told
from performance.vocabulary import Method

PAIRS: Noun = ("pair of years", "pairs of years")

_DECIMALS = 3


def lag_text(methods: Mapping[str, National], noun: Noun) -> str:
    """The lag beside its placebo: no process changes the year before, so where the one goes with
    the other too, the lag is of something else."""
    lag, placebo = methods[Method.LAG], methods.get(Method.PLACEBO_LEAD)
    if not lag.is_told:
        return (
            f"Whether reoffending is lower in the year after {noun[1]} do more of what targets ask for "
            f"can't be told {within(lag)}, because {because(lag.reason)}."
        )
    text = (
        f"{opening(within(lag))}, a percentage point more of what targets ask for went with reoffending "
        f"{_against_prediction(lag, PAIRS)} in the year after"
    )
    if placebo is None or not placebo.is_told:
        reason = because(placebo.reason if placebo else "")
        return (
            f"{text}; what that means can't be told, because for the year before, which would be the "
            f"check, there is no figure: {reason}."
        )
    before = f"{_against_prediction(placebo, PAIRS)} in the year before, which no process can change"
    return f"{text}, and {before}{_reading(lag, placebo)}."


def _against_prediction(row: National, noun: Noun) -> str:
    return f"{_points(row)} against prediction{_details(row, noun)}"


def _points(row: National) -> str:
    """The outcome runs so that high is good: above 0 is less reoffending."""
    if abs(row.estimate) < LEAST:
        return "no different"
    return f"{size(row.estimate, _DECIMALS)} points {'lower' if row.estimate > 0 else 'higher'}"


def _details(row: National, noun: Noun) -> str:
    interval = ""
    if told(row.lower, row.upper):
        limits = (-row.estimate, -row.upper, -row.lower)
        interval = interval_of_difference(*limits, _DECIMALS, "lower", "higher")
    return in_brackets(interval, p_value(row.p), how_many(row.n, noun))


def _reading(lag: National, placebo: National) -> str:
    if not told(lag.p, placebo.p):
        return ""
    if is_significant(placebo.p):
        return (
            "; as that differs significantly from 0, the year after says nothing of what process brings about"
        )
    if is_significant(lag.p):
        return "; only the first differs significantly from 0, which is worth a look and no proof"
    return (
        "; neither differs significantly from 0, so whether better process comes before less reoffending "
        "can't be told"
    )


def same_year_text(methods: Mapping[str, National], noun: Noun) -> str:
    """The same within organisations in one year, and between the means of organisations."""
    same, between = methods.get(Method.SAME_YEAR), methods.get(Method.BETWEEN_TRUSTS)
    given = [row for row in (same, between) if row is not None]
    parts = [
        _part(row, where, counted)
        for row, where, counted in (
            (same, f"within one {noun[0]} in the same year", PAIRS),
            (between, f"between {noun[1]} over all years", noun),
        )
        if row is not None
    ]
    when = opening(within(given[0]))
    return f"{when}, a percentage point more of what targets ask for: {'; '.join(parts)}."


def _part(row: National, where: str, counted: Noun) -> str:
    if not row.is_told:
        return f"{where} what it went with can't be told, because {because(row.reason)}"
    return f"{where} it went with reoffending {_against_prediction(row, counted)}"
