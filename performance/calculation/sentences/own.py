"""The sentences about one organisation in one year, for all organisations and years."""

from collections.abc import Iterator, Mapping, Sequence

from performance.calculation.outcomes import REOFFENDING
from performance.calculation.plans import FrameworkPlan
from performance.calculation.sentences.divergence import divergence_text
from performance.calculation.sentences.missing import Gaps, gaps_text, process_codes
from performance.calculation.sentences.outcome import cannot_tell_outcome, outcome_text
from performance.calculation.sentences.process import process_text
from performance.calculation.sentences.ratings import rating_text
from performance.calculation.sentences.rows import Divergence, Prediction, Rating, told
from performance.calculation.sentences.sentence import Sentence, sentence

Names = Mapping[str, str]
Plans = Mapping[str, FrameworkPlan]


def about_ratings(rows: Sequence[Rating], plans: Plans, names: Names) -> Iterator[Sentence]:
    """Of whole frameworks; domains have no sentence of their own."""
    for row in rows:
        text = rating_text(row, names[row.organisation], plans.get(row.framework))
        yield sentence("rating", text, row, organisation=row.organisation, framework=row.framework)


def about_divergence(rows: Sequence[Divergence], plans: Plans, names: Names) -> Iterator[Sentence]:
    planned = {slug: len(process_codes(plan)) for slug, plan in plans.items()}
    for row in rows:
        name, whose = names[row.organisation], row.organisation
        divergence = divergence_text(row, name)
        yield sentence("divergence", divergence, row, organisation=whose, framework=row.framework)
        if not row.has_neither_side:
            process = process_text(row, name, planned.get(row.framework, 0))
            yield sentence("process", process, row, organisation=whose, framework=row.framework)


def about_outcomes(
    predictions: Sequence[Prediction], divergence: Sequence[Divergence], names: Names
) -> Iterator[Sentence]:
    """Whoever has a process has a sentence on the outcome beside it, if only that there is none."""
    done = set()
    for row in predictions:
        if row.measure == REOFFENDING:
            done.add((row.organisation, row.period_start))
            text = outcome_text(row, names[row.organisation])
            yield sentence("outcome", text, row, organisation=row.organisation)
    for other in divergence:
        is_done = (other.organisation, other.period_start) in done
        if not (is_done or told(other.outcome) or other.has_neither_side):
            done.add((other.organisation, other.period_start))
            text = cannot_tell_outcome(other.period, names[other.organisation], other.reason_of_outcome)
            yield sentence("outcome", text, other, organisation=other.organisation)


def about_gaps(rows: Sequence[Gaps], names: Names) -> Iterator[Sentence]:
    for row in rows:
        name = names[row.organisation] if row.organisation else ""
        yield sentence("missing", gaps_text(row, name), row, organisation=row.organisation)
