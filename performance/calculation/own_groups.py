"""What organisations of a reader's own choice have together. Sums before ratios."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from performance.calculation.adding_up import FIGURES, LACKING, State, added_up, addends, states_of
from performance.calculation.cells import cells, firsts
from performance.calculation.sum_notes import Wording, notes
from performance.statistics.columns import Booleans
from performance.statistics.intervals import wilson
from performance.vocabulary import Status, Unit

ALIKE = ["measure", "unit", "period_start", "period_end"]
NOT_MEASURED = "No member is measured by this."


def own_group(rows: pd.DataFrame, members: Sequence[str], wording: Wording) -> pd.DataFrame:
    """The members together, a row for each measure, unit and period in which one has a result.

    rows: shares and counts of the members, each once: ALIKE, organisation, status, is_partial (a sum
    with gaps) and FIGURES. Returns ALIKE, the figures, lower and upper (Wilson's 95% interval, 0 to
    100), status and note.
    Where a member has no figure the group isn't told: in contrast to a region, whose sum says from
    how many it is, this one was chosen by name. It is suppressed where a member is, else missing. A
    member to which the measure doesn't apply lacks nothing.
    """
    whole = cells(rows, ALIKE)
    number = int(whole.max(initial=-1)) + 1
    parts, place = addends(rows), pd.Index(members).get_indexer(pd.Index(rows["organisation"].astype(object)))
    states = states_of(parts, whole, place, (number, len(members)))
    sums = _told(added_up(parts, whole, states, targets=False), states)
    note = np.asarray(notes(sums, states, wording), dtype=object)
    alike = rows[ALIKE].take(firsts(whole, number)).reset_index(drop=True)
    is_share = alike["unit"] == Unit.SHARE
    interval = wilson(sums["numerator"].where(is_share), sums["denominator"].where(is_share))
    return alike.assign(
        **{name: sums[name] for name in [*FIGURES, "status"]},
        lower=100 * interval["lower"],
        upper=100 * interval["upper"],
        note=np.where(_applies(states), note, NOT_MEASURED),
    )


def _told(sums: pd.DataFrame, states: NDArray[np.int8]) -> pd.DataFrame:
    """Without the figures of wholes that lack a part's."""
    lacking, suppressed = np.isin(states, LACKING).any(axis=1), (states == State.SUPPRESSED).any(axis=1)
    status = np.select(
        [~_applies(states), suppressed, lacking],
        [Status.NOT_APPLICABLE, Status.SUPPRESSED, Status.MISSING],
        sums["status"].astype(object),
    )
    told = ~np.isin(status, [Status.NOT_APPLICABLE, Status.SUPPRESSED, Status.MISSING])
    return sums.assign(**{name: sums[name].where(told) for name in FIGURES}, status=status)


def _applies(states: NDArray[np.int8]) -> Booleans:
    return (states != State.NOT_APPLICABLE).any(axis=1)
