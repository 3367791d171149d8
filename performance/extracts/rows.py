"""The events of an extract as columns, one row an event, with words as small numbers."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from performance.extracts.days import Whole
from performance.frameworks.case_events import CaseEvent

EVENTS = tuple(CaseEvent)
NUMBER_OF_EVENT = {event: number for number, event in enumerate(EVENTS)}
# Tiers of offender management, 4 the highest; 0 where a row has none, as of reports and victims.
TIERS = ("", "1", "2", "3", "4")

Numbers = NDArray[np.uint8]


@dataclass(frozen=True)
class EventRows:
    """Columns of one length. case: what stands for a case, the same in all of its rows; trust: its
    place in the list of trusts; tier: its place in TIERS; event: its place in EVENTS; moment: in
    minutes (see `days`)."""

    case: NDArray[np.uint64]
    trust: NDArray[np.int16]
    tier: Numbers
    event: Numbers
    moment: Whole

    def __len__(self) -> int:
        return len(self.case)

    def taken(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> "EventRows":
        """Those rows of it, by place or as a mask, in that order."""
        return EventRows(*(getattr(self, field.name)[rows] for field in fields(self)))

    @classmethod
    def none(cls) -> "EventRows":
        nothing = np.zeros(0, dtype=np.uint8)
        return cls(
            nothing.astype(np.uint64),
            nothing.astype(np.int16),
            nothing,
            nothing,
            nothing.astype(np.int32),
        )


def numbers_of(events: Iterable[CaseEvent]) -> list[int]:
    return [NUMBER_OF_EVENT[event] for event in events]
