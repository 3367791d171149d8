"""Every sentence of a release, as the table that is stored with it."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import pandas as pd

from performance.calculation.outcomes import REOFFENDING
from performance.calculation.plans import FrameworkPlan
from performance.calculation.process import ANSWERABLE
from performance.calculation.sentences.figures import Noun, noun_of, within
from performance.calculation.sentences.missing import gaps, measures_and_targets, without_target_text
from performance.calculation.sentences.own import (
    Plans,
    about_divergence,
    about_gaps,
    about_outcomes,
    about_ratings,
)
from performance.calculation.sentences.rows import (
    Divergence,
    National,
    Prediction,
    Rating,
    Results,
    Row,
    of_financial_years,
    rows_of,
    table,
    told,
)
from performance.calculation.sentences.sentence import Sentence, sentence
from performance.calculation.sentences.together import of_a_year, of_methods, of_ratings
from performance.vocabulary import ProcessKind, Subject

COLUMNS = ["organisation", "topic", "position", "period_start", "period_end", "text"]

Judged = TypeVar("Judged", Divergence, Rating)


def sentences(
    results: Results,
    plans: Sequence[FrameworkPlan],
    names: Mapping[str, str],
    kinds: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """The table `sentences` of a release: organisation ('' for all), topic, position, period_start,
    period_end and text, in the order of organisations, periods and positions.

    results: the other tables of the release; one that isn't there has no rows. names: every
    organisation's, by slug; kinds: their kinds, without which they are called organisations.
    An organisation has one sentence a topic and period. Where two frameworks share a year their
    sentences say which is which, and the second one's topic ends in its slug.
    Raises KeyError where a column or the name of an organisation is lacking.
    """
    found = sorted(_all_sentences(results, {plan.slug: plan for plan in plans}, names, kinds or {}))
    return _frame(_told_apart(found, {plan.slug: plan.title for plan in plans}))


def _all_sentences(
    results: Results, plans: Plans, names: Mapping[str, str], kinds: Mapping[str, str]
) -> Iterator[Sentence]:
    by_kind = rows_of(table(results, "divergence"), Divergence)
    divergence = [row for row in by_kind if row.kind == ProcessKind.ALL]
    ratings = [row for row in rows_of(table(results, "ratings"), Rating) if not row.domain]
    predictions = rows_of(of_financial_years(table(results, "predictions")), Prediction)
    yield from about_ratings(ratings, plans, names)
    yield from about_divergence(divergence, plans, names)
    yield from about_outcomes(predictions, divergence, names)
    answerable = {slug for slug, kind in kinds.items() if kind in ANSWERABLE}
    answerable |= {row.organisation for row in divergence}
    yield from about_gaps(gaps(table(results, "indicators"), answerable), names)
    reasons = {
        (row.organisation, row.period_start): row.reason
        for row in predictions
        if row.measure == REOFFENDING and row.reason
    }
    for years in _by_year(divergence):
        yield from of_a_year(years, reasons, names, _noun(years, kinds))
    for rated in _by_year(ratings):
        yield from of_ratings(rated, plans, _noun(rated, kinds))
    national = [
        row
        for row in rows_of(table(results, "national"), National)
        if row.is_told or not _is_said_already(row, divergence, ratings)
    ]
    why_nobody = _why_nobody(by_kind)
    national = [
        row if row.is_told else replace(row, reason=why_nobody.get(_of_kind(row), row.reason))
        for row in national
    ]
    yield from of_methods(national, _nouns(divergence, ratings, kinds))
    yield from _without_targets(results, divergence, plans)
    yield from _nothing_to_compare(results, divergence)


def _by_year(rows: Iterable[Judged]) -> list[list[Judged]]:
    """By framework and year."""
    groups: dict[tuple[object, ...], list[Judged]] = defaultdict(list)
    for row in rows:
        groups[row.framework, row.period_start, row.period_end].append(row)
    return list(groups.values())


def _is_said_already(row: National, divergence: Sequence[Divergence], ratings: Sequence[Rating]) -> bool:
    """Where nobody is compared, or rated, one sentence says so, and not one for each method too."""
    if row.kind != ProcessKind.ALL:
        own = (one for one in divergence if one.framework == row.framework and one.period == row.period)
        return not any(one.is_compared for one in own)
    if row.framework:
        return row.n == 0
    if row.subject == Subject.BANDS:
        return not any(told(rating.band) for rating in ratings)
    return row.subject == Subject.PROCESS_AND_OUTCOME and not any(one.is_compared for one in divergence)


def _why_nobody(divergence: Sequence[Divergence]) -> dict[tuple[object, ...], str]:
    """Where nobody has a process of a kind to compare, the reason that most have."""
    reasons: dict[tuple[object, ...], Counter[str]] = defaultdict(Counter)
    for row in divergence:
        if row.kind != ProcessKind.ALL:
            reasons[_of_kind(row)][row.reason_of_process] += 1
    return {
        kind: max(found, key=lambda why: (found[why], why)) for kind, found in reasons.items() if all(found)
    }


def _of_kind(row: Divergence | National) -> tuple[object, ...]:
    return row.framework, row.kind, row.period_start, row.period_end


def _noun(rows: Iterable[Divergence | Rating], kinds: Mapping[str, str]) -> Noun:
    return noun_of(kinds.get(row.organisation, "") for row in rows)


def _nouns(
    divergence: Sequence[Divergence], ratings: Sequence[Rating], kinds: Mapping[str, str]
) -> dict[str, Noun]:
    every: list[Divergence | Rating] = [*divergence, *ratings]
    by_framework: dict[str, list[Divergence | Rating]] = defaultdict(list)
    for row in every:
        by_framework[row.framework].append(row)
    nouns = {framework: _noun(rows, kinds) for framework, rows in by_framework.items()}
    return nouns | {"": _noun(every, kinds)}


def _without_targets(results: Results, divergence: Sequence[Divergence], plans: Plans) -> Iterator[Sentence]:
    targets = measures_and_targets(table(results, "indicators"))
    for rows in _by_year(divergence):
        first = rows[0]
        if first.framework in plans:
            seen = targets.get((first.period_start, first.period_end), [])
            text = without_target_text(plans[first.framework], seen, first.period)
            if text:
                yield sentence("without-target", text, first, framework=first.framework)


def _nothing_to_compare(results: Results, divergence: Sequence[Divergence]) -> Iterator[Sentence]:
    """A release without the finding says so."""
    indicators = table(results, "indicators")
    if divergence or indicators.empty:
        return
    start, end = indicators["period_start"].min(), indicators["period_end"].max()
    whole = Row(pd.Timestamp(start).date(), pd.Timestamp(end).date())
    text = (
        f"Process and outcome can't be set beside each other for any organisation {within(whole)}, because "
        "none has a year's figures under a framework."
    )
    yield sentence("quarters", text, whole)


def _told_apart(found: Sequence[Sentence], titles: Mapping[str, str]) -> Iterator[Sentence]:
    """Sentences of two frameworks on one topic, told apart."""
    numbers = Counter(map(_place, found))
    seen: set[tuple[object, ...]] = set()
    for one in found:
        if numbers[_place(one)] == 1 or not one.framework:
            yield one
            continue
        topic = f"{one.topic}-{one.framework}" if _place(one) in seen else one.topic
        seen.add(_place(one))
        title = titles.get(one.framework, one.framework)
        yield replace(one, topic=topic, text=f"Under {title}: {one.text}")


def _place(one: Sentence) -> tuple[str, str, datetime.date, datetime.date]:
    return one.organisation, one.topic, one.period_start, one.period_end


def _frame(found: Iterable[Sentence]) -> pd.DataFrame:
    rows = [
        (one.organisation, one.topic, one.position, one.period_start, one.period_end, one.text)
        for one in found
    ]
    frame = pd.DataFrame.from_records(rows, columns=COLUMNS)
    dates = {name: pd.to_datetime(frame[name]).astype("datetime64[s]") for name in COLUMNS[3:5]}
    return frame.assign(position=frame["position"].astype(int), **dates)
