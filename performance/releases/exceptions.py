"""What to ask about first: each measure of one trust in one year, sorted by two questions. Is it worse
than the other trusts? Is it getting worse?
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from performance.periods import Period
from performance.releases.change_rows import ChangeRow
from performance.releases.judgements import Movement, Side, movement_of, side_of_flag, side_of_prediction
from performance.releases.peer_rows import Peers, Spread
from performance.releases.rating_rows import PredictionRow
from performance.releases.rows import ResultRow
from performance.vocabulary import ADDED_UP, Flag, TargetStatus
from performance.wording import written_share, written_value
from trusts.words import Word

# Of so many measures that are no different this part is flagged by chance alone.
BY_CHANCE = 0.05


class Priority(Word):
    """In the order in which they are to be asked about."""

    WORSE_AND_WORSENING = "worse-and-worsening", "Worse and worsening"
    WORSE = "worse", "Worse"
    WORSENING = "worsening", "Worsening"
    IMPROVING = "improving", "Improving"


@dataclass(frozen=True)
class JudgedMeasure:
    """One measure of one trust in one year. `peers`: how its peers lie on it, for numbers of cases in
    per cent of each one's own target; `change`: how it went up to the end of that year; `prediction`:
    where its cases have one."""

    result: ResultRow
    peers: Spread | None = None
    change: ChangeRow | None = None
    prediction: PredictionRow | None = None

    @property
    def side(self) -> Side:
        if self.prediction is not None:
            return side_of_prediction(self.prediction.verdict)
        return side_of_flag(self.result.flag, self.result.polarity)

    @property
    def movement(self) -> Movement:
        """Not told where there is a prediction: those whom it is about change from year to year."""
        if self.change is None or self.prediction is not None:
            return Movement.CANNOT_TELL
        return movement_of(self.change)

    @property
    def priority(self) -> Priority | None:
        return priority_of(self.side, self.movement)

    @property
    def is_of_target(self) -> bool:
        """Whether it is compared as a percentage of its target."""
        return self.result.unit in ADDED_UP

    @property
    def comparable(self) -> float | None:
        """What is set beside the peers."""
        return self.result.attainment if self.is_of_target else self.result.value

    @property
    def comparable_target(self) -> float | None:
        if self.is_of_target:
            return None if self.result.target is None else 100.0
        return self.result.target

    @property
    def written_peers(self) -> str:
        """All of its peers together, or the one in the middle."""
        if self.peers is None:
            return ""
        return self.written_comparable(self.peers.centre)

    @property
    def written_predicted(self) -> str:
        if self.prediction is None or self.prediction.predicted_rate is None:
            return ""
        return self.written_comparable(self.prediction.predicted_rate)

    def written_comparable(self, value: float) -> str:
        if self.is_of_target:
            return f"{written_share(value)} of target"
        return written_value(value, self.result.unit, self.result.decimals)

    @property
    def _order(self) -> tuple[int, bool, bool, str]:
        return (
            list(Priority).index(self.priority) if self.priority else len(Priority),
            self.result.flag not in (Flag.LOW_998, Flag.HIGH_998),
            self.result.target_status != TargetStatus.MISSED,
            self.result.measure_title,
        )


def priority_of(side: Side, movement: Movement) -> Priority | None:
    """None: nothing that stands out."""
    if side == Side.WORSE:
        return Priority.WORSE_AND_WORSENING if movement == Movement.WORSENING else Priority.WORSE
    match movement:
        case Movement.WORSENING:
            return Priority.WORSENING
        case Movement.IMPROVING:
            return Priority.IMPROVING
    return None


def exceptions_among(measures: Iterable[JudgedMeasure]) -> list[JudgedMeasure]:
    """Those that stand out, in the order in which they are to be asked about; of one kind first what
    lies furthest from all trusts, then what missed its target."""
    return sorted((one for one in measures if one.priority), key=lambda one: one._order)


def judged_measures(
    own: Iterable[ResultRow],
    year: Period,
    peers: Peers,
    changes: Iterable[ChangeRow],
    predictions: Iterable[PredictionRow],
) -> list[JudgedMeasure]:
    """Each measure of which the trust has a figure in that year, by title. A measure's last change counts
    where it is of that year: how it went up to an earlier one isn't kept."""
    rows = {row.measure: row for row in sorted(own, key=_length_and_end) if _is_in(row.period, year)}
    moved = {change.measure: change for change in changes if change.period.end == year.end}
    predicted = {one.measure: one for one in predictions if one.period == year}
    return [
        JudgedMeasure(
            result=row,
            peers=peers.comparable_spread(row.measure, row.unit),
            change=moved.get(row.measure),
            prediction=predicted.get(row.measure),
        )
        for row in sorted(rows.values(), key=lambda row: row.measure_title)
    ]


def _is_in(period: Period, year: Period) -> bool:
    return year.start <= period.start and period.end <= year.end


def _length_and_end(row: ResultRow) -> tuple[int, date]:
    """The year before its parts, and of figures for days the last."""
    return (row.period.end - row.period.start).days, row.period.end


def compared(measures: Sequence[JudgedMeasure]) -> list[JudgedMeasure]:
    """Those that could have been flagged as better or worse."""
    return [one for one in measures if one.side not in (Side.NOT_COMPARED, Side.NO_JUDGEMENT)]
