"""What a reader of a trust's page meets first: its band with how sure it is, and three facts beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from performance.releases.divergence_rows import DivergenceRow
from performance.releases.exceptions import JudgedMeasure
from performance.releases.rating_rows import PredictionRow, RatingRow
from performance.releases.rows import ResultRow
from performance.vocabulary import PROCESS_KINDS, TargetStatus, Unit
from performance.wording import written_counts, written_probability, written_value

LEAST_LIKELY = 0.01


@dataclass(frozen=True)
class KeyFact:
    """A figure in large type, with what it is above it and what it rests on below."""

    label: str
    value: str
    notes: list[str]


def headline(rating: RatingRow) -> str:
    """Good; 83% likely to be rated Good again, 12% Exceptional."""
    band = briefly(rating.written)
    if not rating.certainty:
        return band
    others = sorted((p, other) for other, p in rating.probabilities.items() if other != rating.band)
    likely = [
        f", {written_probability(p)} {briefly(rating.words.get(other, f'Band {other}'))}"
        for p, other in reversed(others)
        if p >= LEAST_LIKELY
    ]
    return f"{band}; {rating.certainty} likely to be rated {band} again{''.join(likely)}"


def briefly(band: str) -> str:
    """A band in the framework's words, without what it has in common with others."""
    return band.removesuffix(" performance")


def key_facts(
    measures: Iterable[JudgedMeasure], place: DivergenceRow | None, prediction: PredictionRow | None
) -> list[KeyFact]:
    """Of one trust and year, each where there are figures for it."""
    facts = (_targets(measures), place and _attainment(place), prediction and _reoffending(prediction))
    return [fact for fact in facts if fact]


def _targets(measures: Iterable[JudgedMeasure]) -> KeyFact | None:
    judged = [
        one.result for one in measures if one.result.target_status in (TargetStatus.MET, TargetStatus.MISSED)
    ]
    if not judged:
        return None
    process = [row for row in judged if row.kind in PROCESS_KINDS]
    others = [row for row in judged if row.kind not in PROCESS_KINDS]
    parts = ((process, "about process"), (others, "about outcomes and resources"))
    return KeyFact("Targets met", _met(judged), [f"{_met(rows)} {words}" for rows, words in parts if rows])


def _met(rows: Sequence[ResultRow]) -> str:
    return written_counts(sum(row.target_status == TargetStatus.MET for row in rows), len(rows))


def _attainment(place: DivergenceRow) -> KeyFact | None:
    if place.attainment is None:
        return None
    notes = [f"{place.written_counted} done, {place.written_required} asked for by its targets"]
    if place.attainment_interval:
        notes.append(f"95% interval {place.attainment_interval}")
    return KeyFact("Cases done as asked", place.written_attainment, notes)


def _reoffending(prediction: PredictionRow) -> KeyFact:
    label = "Reoffending against prediction"
    if prediction.difference is None:
        return KeyFact(label, "Not compared", [prediction.remarks] if prediction.remarks else [])
    side = "above" if prediction.difference > 0 else "below"
    distance = written_value(abs(prediction.difference), Unit.POINTS, 2)
    notes = [f"{prediction.counts} reoffended, {prediction.written_expected} predicted"]
    if prediction.interval:
        notes.append(f"95% interval {prediction.interval} points")
    if prediction.verdict:
        notes.append(prediction.written_verdict)
    return KeyFact(label, f"{distance} {side}", notes)
