"""Better or worse, improving or worsening: how a measure of one trust is judged from what a release holds.

On which side of the others it lies is its flag against all trusts; where it has a prediction for the
people it is about, its verdict against that instead. Which way it moves is told by a special cause at
the last point of its control chart, or by a change on the year whose 95% interval leaves out no
change; where these two disagree, by neither.
"""

from performance.releases.change_rows import ChangeRow
from performance.statistics.reoffending.verdicts import AgainstPrediction
from performance.vocabulary import HIGH, LOW, Flag, Polarity, Variation
from trusts.words import Word


class Side(Word):
    """Of the other trusts, or of the prediction, with what is good for the measure in mind."""

    WORSE = "worse", "Worse"
    BETTER = "better", "Better"
    NO_DIFFERENT = "no-different", "No different"
    NO_JUDGEMENT = "no-judgement", "No judgement"
    NOT_COMPARED = "not-compared", "Not compared"


class Movement(Word):
    WORSENING = "worsening", "Worsening"
    IMPROVING = "improving", "Improving"
    STEADY = "steady", "No clear change"
    BOTH_WAYS = "both-ways", "Months and years disagree"
    CANNOT_TELL = "cannot-tell", "Cannot tell"


def side_of_flag(flag: Flag, polarity: Polarity) -> Side:
    if flag == Flag.NOT_COMPARED:
        return Side.NOT_COMPARED
    if polarity == Polarity.NONE:
        return Side.NO_JUDGEMENT
    if flag == Flag.INSIDE:
        return Side.NO_DIFFERENT
    return Side.BETTER if flag in (HIGH if polarity == Polarity.HIGHER else LOW) else Side.WORSE


def side_of_prediction(verdict: str) -> Side:
    """Fewer reoffending than predicted is better."""
    match verdict:
        case AgainstPrediction.LOWER_95 | AgainstPrediction.LOWER_998:
            return Side.BETTER
        case AgainstPrediction.HIGHER_95 | AgainstPrediction.HIGHER_998:
            return Side.WORSE
        case AgainstPrediction.NOT_DIFFERENT:
            return Side.NO_DIFFERENT
    return Side.NOT_COMPARED


def movement_of(change: ChangeRow) -> Movement:
    told = {_movement_of_months(change.variation), _movement_of_years(change)} - {Movement.CANNOT_TELL}
    ways = told - {Movement.STEADY}
    if len(ways) == 2:
        return Movement.BOTH_WAYS
    return next(iter(ways or told), Movement.CANNOT_TELL)


def _movement_of_months(variation: Variation) -> Movement:
    """What the last point of the control chart says."""
    match variation:
        case Variation.IMPROVEMENT:
            return Movement.IMPROVING
        case Variation.CONCERN:
            return Movement.WORSENING
        case Variation.COMMON_CAUSE:
            return Movement.STEADY
    return Movement.CANNOT_TELL


def _movement_of_years(change: ChangeRow) -> Movement:
    """What the interval of the change on the year says."""
    if change.lower is None or change.upper is None or change.polarity == Polarity.NONE:
        return Movement.CANNOT_TELL
    if change.lower <= 0 <= change.upper:
        return Movement.STEADY
    is_good = (change.lower > 0) == (change.polarity == Polarity.HIGHER)
    return Movement.IMPROVING if is_good else Movement.WORSENING
