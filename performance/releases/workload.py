"""Cost and workload of a trust in one year, beside those of its peers and beside what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from performance.calculation.outcomes import REOFFENDING
from performance.releases.divergence_rows import DivergenceRow
from performance.releases.exceptions import JudgedMeasure
from performance.releases.peer_rows import Peers, Spread, spread_of
from performance.releases.summary import WORKLOAD
from performance.vocabulary import Kind, Unit
from performance.wording import written_number, written_value


@dataclass(frozen=True)
class WorkloadRow:
    """A measure with what the one in the middle of the peers has, and the lowest and the highest."""

    measure: str
    measure_title: str
    when: str
    written: str
    counts: str
    middle: str
    lowest_to_highest: str
    number: int


def workload_rows(
    measures: Sequence[JudgedMeasure], peers: Peers, places: Sequence[DivergenceRow]
) -> list[WorkloadRow]:
    """measures: of one trust and year; places: of all trusts in that year. Last comes the outcome; there
    are no rows where nothing is known of cost and workload."""
    rows = [_row(one, peers) for one in measures if one.result.kind == Kind.RESOURCE]
    return [*rows, *_outcome(measures, peers, places)] if rows else []


def workload_sentence(measures: Sequence[JudgedMeasure], peers: Peers, place: DivergenceRow | None) -> str:
    """Workload and outcome in one sentence, where both are there; that the one brings about the other
    isn't in it."""
    found = next((one for one in measures if one.result.measure == WORKLOAD and one.result.value), None)
    if found is None or place is None or place.outcome is None:
        return ""
    spread, row = peers.spread(WORKLOAD), found.result
    middle = f" (the one in the middle of {peers.name}: {_written(found, spread.middle)})" if spread else ""
    side = "fewer" if place.outcome >= 0 else "more"
    return (
        f"With {row.written} {row.measure_title[:1].lower()}{row.measure_title[1:]}{middle}, "
        f"{written_value(abs(place.outcome), Unit.POINTS, 2)} {side} reoffended than predicted "
        f"({place.written_reoffended}). That the two stand side by side doesn’t say that one brought about "
        "the other."
    )


def _row(one: JudgedMeasure, peers: Peers) -> WorkloadRow:
    row, spread = one.result, peers.spread(one.result.measure)
    return WorkloadRow(
        measure=row.measure,
        measure_title=row.measure_title,
        when=str(row.period),
        written=row.written,
        counts=row.counts if row.counts != row.written else "",
        middle=_written(one, spread.middle) if spread else "",
        lowest_to_highest=f"{_written(one, spread.lowest)} to {_written(one, spread.highest)}"
        if spread
        else "",
        number=spread.number if spread else 0,
    )


def _written(one: JudgedMeasure, value: float) -> str:
    return written_value(value, one.result.unit, one.result.decimals)


def _outcome(
    measures: Sequence[JudgedMeasure], peers: Peers, places: Sequence[DivergenceRow]
) -> list[WorkloadRow]:
    own = next((place for place in places if place.organisation == measures[0].result.organisation), None)
    if own is None or own.outcome is None:
        return []
    spread = spread_of(place.outcome for place in places if place.organisation in peers.members)
    return [
        WorkloadRow(
            measure=REOFFENDING,
            measure_title="Reoffending below prediction, in percentage points",
            when=str(own.period),
            written=own.written_outcome,
            counts=f"{own.written_reoffended}, {own.written_expected} predicted",
            middle=written_number(spread.middle, 2) if spread else "",
            lowest_to_highest=_lowest_to_highest(spread),
            number=spread.number if spread else 0,
        )
    ]


def _lowest_to_highest(spread: Spread | None) -> str:
    return f"{written_number(spread.lowest, 2)} to {written_number(spread.highest, 2)}" if spread else ""
