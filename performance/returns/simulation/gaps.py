"""Figures that aren't there, as in real returns: missing, nil, suppressed, not applicable. They lie
in small trusts in which nothing is planted, and in process measures only."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from performance.returns.simulation.layout import NUMBERS
from performance.returns.simulation.record import trusts
from performance.vocabulary import Status


@dataclass(frozen=True)
class Gap:
    """place: among the trusts in which nothing is planted, 0 the smallest. first, last: days."""

    place: int
    measure: str
    first: str
    last: str
    status: Status
    note: str


GAPS = (
    Gap(0, "victim-contact-8-weeks", "2012-02-01", "2012-02-29", Status.SUPPRESSED, "Fewer than 5 cases."),
    Gap(1, "obp-completions", "2012-08-01", "2012-08-31", Status.NIL, "No programme ended in the month."),
    Gap(
        2,
        "obp-starts-meeting-criteria",
        "2010-12-01",
        "2010-12-31",
        Status.NOT_APPLICABLE,
        "No accredited programme was run in the month.",
    ),
    Gap(3, "unpaid-work-completions", "2010-08-01", "2010-08-31", Status.MISSING, "Not sent."),
    Gap(
        4,
        "oasys-15-days",
        "2011-06-01",
        "2011-07-31",
        Status.MISSING,
        "Not sent: the trust was changing its case records.",
    ),
)


def with_gaps(returns: pd.DataFrame, plan: pd.DataFrame) -> pd.DataFrame:
    quiet = trusts()["size"][plan["is_quiet"]].sort_values(kind="stable").index
    returns = returns.copy()
    for gap in GAPS:
        _open(returns, quiet[gap.place], gap)
    return returns


def _open(returns: pd.DataFrame, organisation: str, gap: Gap) -> None:
    is_in = (
        (returns["organisation"] == organisation)
        & (returns["measure"] == gap.measure)
        & (returns["period_start"] >= gap.first)
        & (returns["period_end"] <= gap.last)
    )
    numbers = [column for column in NUMBERS if column != "target"]
    # A nil return says that there was nothing: what was a number becomes 0, the rest stays empty.
    nothing = 0.0 if gap.status == Status.NIL else np.nan
    returns.loc[is_in, numbers] = returns.loc[is_in, numbers] * nothing
    returns.loc[is_in, ["status", "note"]] = [str(gap.status), gap.note]
