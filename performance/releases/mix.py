"""What a framework rewards, as charts and tables see it: plain values, no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from performance.vocabulary import PROCESS_KINDS, Kind
from performance.wording import counted, written_number


@dataclass(frozen=True)
class KindShare:
    """What part of a framework one kind of measure makes up: how many, and per cent of weight."""

    kind: Kind
    measures: int
    weight: float


@dataclass(frozen=True)
class FrameworkMix:
    """Weights are relative: within a domain, and among domains. `coverage` says how much of the
    framework's list of measures could be read, where that isn't all."""

    slug: str
    title: str
    short_title: str
    coverage: str
    documented_measures: int
    shares: dict[Kind, KindShare]

    @classmethod
    def from_release(cls, kept: Mapping[str, Any]) -> "FrameworkMix":
        """From what a release keeps of one framework."""
        shares = {k: KindShare(k, kept["measures"][k], kept["weight"][k]) for k in Kind}
        plain = {k: v for k, v in kept.items() if k not in ("measures", "weight")}
        return cls(**plain, shares=shares)

    @property
    def measures(self) -> int:
        return sum(share.measures for share in self.shares.values())

    @property
    def process_weight(self) -> float:
        """Per cent of weight on timeliness, volume and compliance together."""
        return sum(self.shares[kind].weight for kind in PROCESS_KINDS)

    @property
    def process_measures(self) -> int:
        return sum(self.shares[kind].measures for kind in PROCESS_KINDS)

    def share_of_measures(self, kind: Kind) -> float:
        """Per cent of its measures that are of that kind."""
        return 100 * self.shares[kind].measures / self.measures if self.measures else 0.0

    @property
    def finding(self) -> str:
        return (
            f"{self.process_measures} of its {counted(self.measures, 'measure')} count timeliness, "
            f"volume or compliance: {written_number(self.process_weight)}% of the weight, if every "
            "measure counts the same within its domain."
        )

    @property
    def documented(self) -> str:
        if self.documented_measures == self.measures:
            return "All are documented for this framework."
        if self.documented_measures == 0:
            return "All are reconstructed for this framework."
        return (
            f"{self.documented_measures} of the {self.measures} are documented for this framework; "
            "the others are reconstructed."
        )
