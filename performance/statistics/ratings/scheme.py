"""A rating scheme as plain data: which measures, in which domains, scored how, banded where.

Reconstructed: how the Probation Trust Rating System and the Weighted Scorecard went from measure
to domain to band isn't in the public record. What is known is their shape: bands 1 to 4 on four
(later three) domains, and signed scores round a zero that is the minimum expected. So a scheme is
data that its caller states, and no scheme of ours is theirs.
"""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from performance.statistics.columns import Floats
from performance.vocabulary import Polarity

# The columns of a rating beside its domains.
RESERVED = ("score", "band", "weight_used", "reason")


@dataclass(frozen=True)
class RatedMeasure:
    """code, the code of its domain, its weight there (above 0), and its target in the unit of its
    values. scale is the distance that a signed score counts as 1, in the same unit: where it is
    None, the target. Raises ValueError for a measure that no scheme can score."""

    code: str
    domain: str
    weight: float
    target: float
    polarity: Polarity = Polarity.HIGHER
    scale: float | None = None

    def __post_init__(self) -> None:
        _check_weight(self.code, self.weight)
        if self.polarity == Polarity.NONE:
            raise ValueError(f"{self.code} has no good side, so it can't be scored")
        if not math.isfinite(self.target):
            raise ValueError(f"{self.code} needs a target")
        if self.scale is not None and not (self.scale > 0 and math.isfinite(self.scale)):
            raise ValueError(f"the scale of {self.code} must be above 0")


@dataclass(frozen=True)
class RatedDomain:
    """code and weight (above 0)."""

    code: str
    weight: float

    def __post_init__(self) -> None:
        _check_weight(self.code, self.weight)


@dataclass(frozen=True)
class StepScore:
    """Whole scores by attainment, as of PTRS: `lowest`, and one more for each edge reached.

    Attainment is value over target, 1 where the target is just met; where lower is better it is
    as far above 1 as the value lies below its target, 2 - value / target. Targets are above 0.
    """

    edges: tuple[float, ...]
    lowest: int = 1

    def __post_init__(self) -> None:
        _check_rising("the edges of a score", self.edges)


@dataclass(frozen=True)
class SignedScore:
    """Distance from the target in units of the measure's scale, 0 at the target and positive on
    its good side, cut off at `limit` on both sides, as of the Weighted Scorecard."""

    limit: float

    def __post_init__(self) -> None:
        if not self.limit > 0:
            raise ValueError("the limit of a score must be above 0")


@dataclass(frozen=True)
class Cap:
    """A trust whose score in `domain` is below `below` is in `band` at most."""

    domain: str
    below: float
    band: str


@dataclass(frozen=True)
class Scheme:
    """All of a rating scheme. bands: names, lowest first; band_edges: the score from which each
    band but the lowest begins. A score is the weighted mean of domain scores, which are weighted
    means of measure scores. least_weight: how much of a domain's weight (0 to 1) must be there
    for the rest to stand for it. Raises ValueError, in a sentence, where the parts don't fit.
    """

    measures: tuple[RatedMeasure, ...]
    domains: tuple[RatedDomain, ...]
    scoring: StepScore | SignedScore
    bands: tuple[str, ...]
    band_edges: tuple[float, ...]
    caps: tuple[Cap, ...] = ()
    least_weight: float = 0.5

    def __post_init__(self) -> None:
        _check_once("measure", self.codes)
        _check_once("domain", self.domain_codes)
        _check_once("band", self.bands)
        _check_domains(self)
        _check_bands(self)
        for measure in self.measures:
            _check_scorable(measure, self.scoring)
        if not 0 < self.least_weight <= 1:
            raise ValueError("the least weight must be above 0 and at most 1")

    @property
    def codes(self) -> list[str]:
        """Of the measures, in the order of every array of measures."""
        return [measure.code for measure in self.measures]

    @property
    def domain_codes(self) -> list[str]:
        return [domain.code for domain in self.domains]

    @cached_property
    def targets(self) -> Floats:
        return np.array([measure.target for measure in self.measures], dtype=float)

    @cached_property
    def is_in(self) -> Floats:
        """Measures x domains, 1 where a measure is in a domain."""
        codes = self.domain_codes
        return np.array([[float(measure.domain == code) for code in codes] for measure in self.measures])

    @cached_property
    def weights_within(self) -> Floats:
        """Measures x domains: each measure's part of its domain, adding up to 1 in each."""
        weights = self.is_in * np.array([[measure.weight] for measure in self.measures])
        return weights / weights.sum(axis=0)

    @cached_property
    def domain_weights(self) -> Floats:
        """Each domain's part of the whole, adding up to 1."""
        weights = np.array([domain.weight for domain in self.domains], dtype=float)
        return weights / weights.sum()

    @cached_property
    def measure_weights(self) -> Floats:
        """Each measure's part of the whole, adding up to 1."""
        return self.weights_within @ self.domain_weights


def _check_weight(code: str, weight: float) -> None:
    if not (weight > 0 and math.isfinite(weight)):
        raise ValueError(f"the weight of {code} must be above 0")


def _check_rising(what: str, edges: tuple[float, ...]) -> None:
    if not edges or not all(map(math.isfinite, edges)):
        raise ValueError(f"{what} must be numbers, at least one")
    if any(lower >= upper for lower, upper in pairwise(edges)):
        raise ValueError(f"{what} must rise")


def _check_once(what: str, names: Iterable[str]) -> None:
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise ValueError(f"{what} {twice[0]} is there twice")


def _check_domains(scheme: Scheme) -> None:
    used, known = {measure.domain for measure in scheme.measures}, set(scheme.domain_codes)
    if used != known:
        raise ValueError(f"domain {min(used ^ known)} lacks its measures or its weight")
    if not known or known & set(RESERVED):
        raise ValueError(f"a scheme needs domains, and none may be called {', '.join(RESERVED)}")


def _check_bands(scheme: Scheme) -> None:
    _check_rising("the edges of bands", scheme.band_edges)
    if len(scheme.bands) != len(scheme.band_edges) + 1:
        raise ValueError("there must be one band more than edges between bands")
    for cap in scheme.caps:
        if cap.domain not in scheme.domain_codes or cap.band not in scheme.bands:
            raise ValueError(f"a cap names {cap.domain} and {cap.band}, of which one isn't in the scheme")
        if not math.isfinite(cap.below):
            raise ValueError(f"the cap of {cap.domain} needs a score")


def _check_scorable(measure: RatedMeasure, scoring: StepScore | SignedScore) -> None:
    if isinstance(scoring, StepScore) and measure.target <= 0:
        raise ValueError(f"attainment of {measure.code} needs a target above 0")
    if isinstance(scoring, SignedScore) and measure.scale is None and measure.target == 0:
        raise ValueError(f"{measure.code} has a target of 0, so it needs a scale")
