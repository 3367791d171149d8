"""What a calculation needs to know of a framework: plain values, no database."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from performance.vocabulary import PROCESS_KINDS, Kind, Polarity, Unit


@dataclass(frozen=True)
class PlannedMeasure:
    """A measure in a domain, its weight there, and the framework's own target in the measure's
    unit (None where none is known)."""

    code: str
    domain: str
    weight: float
    kind: Kind
    polarity: Polarity
    unit: Unit
    target: float | None = None

    @property
    def is_process(self) -> bool:
        return self.kind in PROCESS_KINDS


@dataclass(frozen=True)
class PlannedDomain:
    code: str
    title: str
    weight: float


@dataclass(frozen=True)
class FrameworkPlan:
    """A framework as it is worked with.

    bands: from the lowest, each with its number; steps: attainments (1 is the target just met)
    from each of which a measure's score is one more, beginning at 1; band_edges: scores from
    which each band but the lowest begins. Without bands, steps or edges nobody is rated.
    """

    slug: str
    title: str
    starts: datetime.date
    ends: datetime.date
    domains: tuple[PlannedDomain, ...]
    measures: tuple[PlannedMeasure, ...]
    bands: tuple[tuple[int, str], ...] = ()
    steps: tuple[float, ...] = ()
    band_edges: tuple[float, ...] = ()

    @property
    def is_scored(self) -> bool:
        return bool(self.bands and self.steps and self.band_edges)

    @property
    def weights(self) -> dict[str, float]:
        """Each measure's part of the whole, adding up to 1: a domain's weight is shared among its
        measures by theirs, and the whole among domains by theirs."""
        of_domain = {domain.code: domain.weight for domain in self.domains}
        within = {code: sum(m.weight for m in self._in(code)) for code in of_domain}
        whole = sum(of_domain[code] for code, weight in within.items() if weight)
        return {m.code: m.weight / within[m.domain] * of_domain[m.domain] / whole for m in self.measures}

    def _in(self, domain: str) -> Iterable[PlannedMeasure]:
        return (measure for measure in self.measures if measure.domain == domain)
