"""Rows of events as they are drawn, and what has to be counted in them, gathered kind by kind."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from performance.frameworks.case_events import CaseEvent

Days = NDArray[np.int64]
Flags = NDArray[np.bool_]

NO_DAY = np.iinfo(np.int64).min


@dataclass
class Drawn:
    """cases: so many have been drawn; taken: the day on which the extract is taken, since 1970, after
    which there are no events and no clock is known to have run out."""

    random: np.random.Generator
    taken: int
    cases: int = 0
    rows: list[pd.DataFrame] = field(default_factory=list)
    answers: list[pd.DataFrame] = field(default_factory=list)

    def new_cases(self, count: int) -> NDArray[np.int64]:
        first = self.cases
        self.cases += count
        return np.arange(first, self.cases)

    def happens(
        self,
        event: CaseEvent,
        case: NDArray[np.int64],
        trust: NDArray[np.int64],
        tier: NDArray[np.int64],
        day: Days,
        where: Flags | None = None,
    ) -> None:
        """A row for each case in which the event is, on its day."""
        is_there = (day != NO_DAY) & (day <= self.taken)
        is_there = is_there if where is None else is_there & where
        columns = {"case": case, "trust": trust, "tier": tier, "day": day}
        rows = pd.DataFrame({name: column[is_there] for name, column in columns.items()})
        self.rows.append(rows.assign(event=event.value))

    def answer(
        self, measure: str, trust: NDArray[np.int64], day: Days, met: Flags, where: Flags | None = None
    ) -> None:
        """To be counted under a measure: the cases whose day is there."""
        is_there = day != NO_DAY
        is_there = is_there if where is None else is_there & where
        month = (day[is_there] // 1).astype("datetime64[D]").astype("datetime64[M]")
        rows = pd.DataFrame(
            {"trust": trust[is_there], "month": month.astype("datetime64[s]"), "met": met[is_there]}
        )
        by = rows.groupby(["trust", "month"], as_index=False)["met"].agg(["sum", "size"])
        by = by.rename(columns={"sum": "numerator", "size": "denominator"})
        self.answers.append(by.assign(measure=measure))
