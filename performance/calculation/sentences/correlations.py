"""Whether process and outcome go together over all organisations, and what so many can show."""

from collections.abc import Mapping

from performance.calculation.sentences.figures import (
    Noun,
    because,
    correlation,
    how_many,
    in_brackets,
    interval_of_correlation,
    is_significant,
    of_all,
    opening,
    p_value,
    percentage,
    within,
)
from performance.calculation.sentences.rows import National, told
from performance.statistics.divergence.ceiling import TOO_MANY
from performance.vocabulary import Method, Subject
from performance.wording import listed

Methods = Mapping[str, National]

# What is set beside what.
_PAIRS = {
    Subject.PROCESS_AND_OUTCOME: "{} attainment and outcome",
    Subject.TIMELINESS_AND_REOFFENDING: (
        "court reports of the National Probation Service on time and offenders who didn't reoffend"
    ),
    Subject.ACCOMMODATION_AND_WORKLOAD: "accommodation attainment and workload",
}
# What a correlation above 0 says, and one below 0; see `pairings` and `divergence` for which way they run.
_WAYS = {
    Subject.PROCESS_AND_OUTCOME: (
        "{0} that did more of what {1} ask for tended to have reoffending further below prediction",
        "{0} that did more of what {1} ask for tended to have reoffending further above prediction",
    ),
    Subject.TIMELINESS_AND_REOFFENDING: (
        "of offenders of {} with more reports on time fewer tended to reoffend",
        "of offenders of {} with more reports on time more tended to reoffend",
    ),
    Subject.ACCOMMODATION_AND_WORKLOAD: (
        "{} with more offenders to a manager tended to attain more of their targets",
        "{} with more offenders to a manager tended to attain less of their targets",
    ),
}


def _pair(row: National) -> str:
    return _PAIRS[Subject(row.subject)].format(row.process)


def latent_text(methods: Methods, noun: Noun) -> str:
    row = methods[Method.LATENT]
    what = f"Behind the noise of counting, the correlation of {_pair(row)} {within(row)}"
    if not row.is_told:
        return f"{what} can't be told, because {because(row.reason)}."
    text = (
        f"{what} is {correlation(row.estimate)} over {how_many(row.n, noun)}"
        f"{in_brackets(interval_of_correlation(row))}"
    )
    if not told(row.lower, row.upper):
        return f"{text}."
    if row.lower <= 0 <= row.upper:
        return f"{text}: as the interval holds 0, whether the two go together can't be told."
    return f"{text}: {_go_together(row, noun)}."


def rank_text(methods: Methods, noun: Noun) -> str:
    """The plain rank correlation, and beside it what so many could show, so that "not
    significant" isn't read as "none"."""
    row = methods[Method.SPEARMAN]
    if not row.is_told:
        return f"Whether {_pair(row)} go together {within(row)} can't be told, because {because(row.reason)}."
    significant = is_significant(row.p)
    text = (
        f"The rank correlation of {_pair(row)} {within(row)} is {correlation(row.estimate)} over "
        f"{how_many(row.n, noun)}{in_brackets(interval_of_correlation(row), p_value(row.p))}"
    )
    if significant:
        text += f", significantly different from 0 (95%): {_go_together(row, noun)}"
    elif told(row.p):
        text += ", not significantly different from 0"
    return f"{text}.{_weighted(methods)}{_could_show(methods, noun, significant)}"


def _go_together(row: National, noun: Noun) -> str:
    above, below = _WAYS[Subject(row.subject)]
    way = (above if row.estimate > 0 else below).format(noun[1], row.targets)
    return f"{way}, which doesn't show that the one brought about the other"


def _weighted(methods: Methods) -> str:
    row = methods.get(Method.WEIGHTED_RANK)
    if row is None or not row.is_told:
        return ""
    return f" Weighted by how precisely each is measured it is {correlation(row.estimate)}."


def _could_show(methods: Methods, noun: Noun, is_found: bool) -> str:
    least, detectable = methods.get(Method.LEAST_SIGNIFICANT), methods.get(Method.DETECTABLE)
    if least is None or detectable is None or not (least.is_told and detectable.is_told):
        return ""
    so = "" if is_found else ", so a weaker one may be there and not be found"
    return (
        f" With {how_many(least.n, noun)} only a correlation beyond {correlation(least.estimate)} either way "
        f"can be significant, and a true one of {correlation(detectable.estimate)} would be found 4 times in "
        f"5{so}."
    )


def reliability_text(methods: Methods, noun: Noun) -> str:
    """How much of what sets organisations apart is more than chance."""
    sides = {"process attainment": Method.PROCESS_RELIABILITY, "outcome": Method.OUTCOME_RELIABILITY}
    rows = {side: methods[method] for side, method in sides.items() if method in methods}
    first = next(iter(rows.values()))
    if not any(row.is_told for row in rows.values()):
        what = f"How much of what sets {noun[1]} apart {within(first)} is more than chance"
        return f"{what} can't be told, because {because(first.reason)}."
    found = [f"{percentage(100 * row.estimate, 0)} in {side}" for side, row in rows.items() if row.is_told]
    untold = [
        f"; in {side} that can't be told, because {because(row.reason)}"
        for side, row in rows.items()
        if not row.is_told
    ]
    whose = f"How much of what sets {how_many(first.n, noun)} apart {within(first)} is more than chance"
    return f"{whose}: {listed(found)}{''.join(untold)}."


def ceiling_text(methods: Methods, noun: Noun) -> str:
    row = methods[Method.CEILING]
    did = "did 99% or more of their cases as asked"
    if not row.is_told:
        return f"How many {noun[1]} {did} {within(row)} can't be told, because {because(row.reason)}."
    number = of_all(round(row.estimate * row.n), row.n, noun)
    text = f"{opening(number)} ({percentage(100 * row.estimate, 0)}) {did} {within(row)}"
    if row.estimate > TOO_MANY:
        return f"{text}; with more than a fifth there, process attainment no longer sets {noun[1]} apart."
    return f"{text}."
