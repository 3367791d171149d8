"""The sentences about all organisations together: of a framework's year, and across years."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from performance.calculation.sentences.correlations import (
    ceiling_text,
    latent_text,
    rank_text,
    reliability_text,
)
from performance.calculation.sentences.figures import ORGANISATIONS, Noun
from performance.calculation.sentences.lag import lag_text, same_year_text
from performance.calculation.sentences.missing import without_text
from performance.calculation.sentences.outcome import all_outcome_text, counting_text
from performance.calculation.sentences.own import Names, Plans
from performance.calculation.sentences.process import all_process_text
from performance.calculation.sentences.quarters import (
    against_chance_text,
    expected_text,
    hit_and_miss_text,
    quarters_text,
)
from performance.calculation.sentences.ratings import band_changes_text, bands_text, misbanded_text
from performance.calculation.sentences.rows import Divergence, National, Rating, told
from performance.calculation.sentences.sentence import Sentence, sentence
from performance.vocabulary import Method, ProcessKind, Subject

Methods = dict[str, National]
# A topic, and the figure that has to be there for it to be told.
Told = tuple[str, Subject, Method, Callable[[Methods, Noun], str]]
# An organisation and the first day of a year.
Year = tuple[str, datetime.date]


def of_a_year(
    rows: Sequence[Divergence], reasons: Mapping[Year, str], names: Names, noun: Noun
) -> Iterator[Sentence]:
    """Of one framework and year. reasons: why an organisation has no result against prediction
    in a year, where that is known."""
    first = rows[0]
    no_process = {row.organisation: row.reason_of_process for row in rows if not told(row.process)}
    no_outcome = {
        row.organisation: reasons.get((row.organisation, row.period_start)) or row.reason_of_outcome
        for row in rows
        if not told(row.outcome)
    }
    texts = {
        "quarters": quarters_text(rows, noun),
        "process": all_process_text(rows, noun),
        "outcome": all_outcome_text(rows, noun),
    }
    if texts["outcome"]:
        texts["counting"] = counting_text(first.period)
    if any(row.is_compared for row in rows):
        texts["hit-and-miss"] = hit_and_miss_text(rows, names, noun)
        texts["caveat"] = caveat_text(first.period, noun)
    for topic, lacking, what in (
        ("without-process", no_process, "figure of process"),
        ("without-outcome", no_outcome, "result against prediction"),
    ):
        if lacking:
            texts[topic] = without_text(lacking, len(rows), what, first.period, names, noun)
    for topic, text in texts.items():
        if text:
            yield sentence(topic, text, first, framework=first.framework)


def caveat_text(period: str, noun: Noun) -> str:
    return (
        f"The figures for {period} show where meeting targets and reoffending go together or part, not why: "
        f"{noun[1]} differ in ways that neither the targets nor the prediction allow for, and nothing here "
        "shows that meeting a target raised or lowered reoffending."
    )


def of_ratings(rows: Sequence[Rating], plans: Plans, noun: Noun) -> Iterator[Sentence]:
    """How many are in each band, of one framework and year."""
    text = bands_text(rows, plans.get(rows[0].framework), noun)
    yield sentence("bands", text, rows[0], framework=rows[0].framework)


# Each topic is told where the figure that it is about was looked for, found or not.
_TOLD: tuple[Told, ...] = (
    ("against-chance", Subject.PROCESS_AND_OUTCOME, Method.AGAINST_CHANCE, against_chance_text),
    ("expected", Subject.PROCESS_AND_OUTCOME, Method.EXPECTED_MET_WORSE, expected_text),
    ("latent-correlation", Subject.PROCESS_AND_OUTCOME, Method.LATENT, latent_text),
    ("rank-correlation", Subject.PROCESS_AND_OUTCOME, Method.SPEARMAN, rank_text),
    ("reliability", Subject.PROCESS_AND_OUTCOME, Method.OUTCOME_RELIABILITY, reliability_text),
    ("ceiling", Subject.PROCESS_AND_OUTCOME, Method.CEILING, ceiling_text),
    ("misbanded", Subject.BANDS, Method.MISBANDED, misbanded_text),
    ("band-changes", Subject.BANDS, Method.BAND_CHANGES, band_changes_text),
    ("lag", Subject.PROCESS_AND_OUTCOME, Method.LAG, lag_text),
    ("same-year", Subject.PROCESS_AND_OUTCOME, Method.SAME_YEAR, same_year_text),
    ("timeliness-and-reoffending", Subject.TIMELINESS_AND_REOFFENDING, Method.SPEARMAN, rank_text),
    ("accommodation-and-workload", Subject.ACCOMMODATION_AND_WORKLOAD, Method.SPEARMAN, rank_text),
)


def _told_of_kind(kind: str) -> tuple[Told, ...]:
    return ((f"kind-{kind}", Subject.PROCESS_AND_OUTCOME, Method.SPEARMAN, kind_text),)


def kind_text(methods: Methods, noun: Noun) -> str:
    """Whether one kind of process goes with the outcome, and who hits its targets and misses it."""
    ranks, chance = methods[Method.SPEARMAN], methods.get(Method.AGAINST_CHANCE)
    text = rank_text(methods, noun)
    if chance is None or (not ranks.is_told and chance.reason == ranks.reason):
        return text
    return f"{text} {against_chance_text(methods, noun)}"


_NOUNS: dict[str, Noun] = {
    Subject.TIMELINESS_AND_REOFFENDING: ("quarter", "quarters"),
    Subject.ACCOMMODATION_AND_WORKLOAD: ("area", "areas"),
}


def of_methods(rows: Sequence[National], nouns: Mapping[str, Noun]) -> Iterator[Sentence]:
    """Of what was worked out over all; of one kind of process one sentence. nouns: what to call those
    compared, by framework ('' across)."""
    groups: dict[tuple[object, ...], Methods] = defaultdict(dict)
    for row in rows:
        group = (row.subject, row.framework, row.kind, row.period_start, row.period_end)
        groups[group][row.method] = _said_of(row, _noun_of(row, nouns))
    for (_, _, kind, *_), methods in groups.items():
        for topic, subject, method, text in _TOLD if kind == ProcessKind.ALL else _told_of_kind(str(kind)):
            if method in methods and methods[method].subject == subject:
                row = methods[method]
                yield sentence(topic, text(methods, _noun_of(row, nouns)), row, framework=row.framework)


def _noun_of(row: National, nouns: Mapping[str, Noun]) -> Noun:
    return _NOUNS.get(row.subject) or nouns.get(row.framework, ORGANISATIONS)


def _said_of(row: National, noun: Noun) -> National:
    """The statistics speak of trusts, whatever is compared."""
    return replace(row, reason=row.reason.replace("trusts", noun[1]).replace("trust", noun[0]))
