"""What a framework rewards, as charts and tables see it: plain values, no database."""

from dataclasses import dataclass

from performance.vocabulary import PROCESS_KINDS, Kind


@dataclass(frozen=True)
class KindShare:
    """What part of a framework one kind of measure makes up: how many, and per cent of weight."""

    kind: Kind
    measures: int
    weight: float


@dataclass(frozen=True)
class FrameworkMix:
    """Weights are relative: within a domain, and among domains."""

    slug: str
    title: str
    short_title: str
    measures: int
    documented_measures: int
    shares: dict[Kind, KindShare]

    @property
    def process_weight(self) -> float:
        """Per cent of weight on timeliness, volume and compliance together."""
        return sum(self.shares[kind].weight for kind in PROCESS_KINDS)

    @property
    def process_measures(self) -> int:
        return sum(self.shares[kind].measures for kind in PROCESS_KINDS)
