"""A sentence, where it belongs, and the order in which pages print them."""

import datetime
from dataclasses import dataclass

from performance.calculation.sentences.rows import Row
from performance.vocabulary import PROCESS_KINDS

# First what a reader came for, then what it rests on, then what it can't show.
TOPICS = (
    "rating",
    "process",
    "outcome",
    "divergence",
    "quarters",
    "hit-and-miss",
    "against-chance",
    "expected",
    "latent-correlation",
    "rank-correlation",
    "reliability",
    "ceiling",
    *(f"kind-{kind}" for kind in PROCESS_KINDS),
    "bands",
    "misbanded",
    "band-changes",
    "lag",
    "same-year",
    "timeliness-and-reoffending",
    "accommodation-and-workload",
    "without-process",
    "without-outcome",
    "missing",
    "without-target",
    "counting",
    "caveat",
)
POSITIONS = {topic: position for position, topic in enumerate(TOPICS, start=1)}


@dataclass(frozen=True, order=True)
class Sentence:
    """About one organisation, or about all ('')."""

    organisation: str
    period_start: datetime.date
    period_end: datetime.date
    position: int
    framework: str
    topic: str
    text: str


def sentence(topic: str, text: str, row: Row, *, organisation: str = "", framework: str = "") -> Sentence:
    """For the period of the row that it is made from."""
    return Sentence(organisation, row.period_start, row.period_end, POSITIONS[topic], framework, topic, text)
