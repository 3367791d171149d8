"""The shape of a definition file, checked before anything is stored.

A file under content/measures/ holds a list of measures; a file under content/frameworks/
holds one framework. Unknown keys are refused, so a misspelt key can't be lost in silence.
"""

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, StringConstraints, model_validator

from performance.frameworks.case_rules import SHARES, CaseRule
from performance.vocabulary import (
    PARTS_OF_A_WHOLE,
    Kind,
    Polarity,
    RatingScheme,
    Standing,
    Unit,
)
from trusts.content import Date, Slug

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
Text160 = Annotated[Text, StringConstraints(max_length=160)]


class Definition(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Definition):
    title: Text
    address: HttpUrl | None = None


class MeasureDefinition(Definition):
    code: Slug
    title: Text160
    short_title: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    kind: Kind
    polarity: Polarity
    unit: Unit
    unit_label: Annotated[str, StringConstraints(max_length=60)] = ""
    decimals: int = Field(default=0, ge=0, le=3)
    counted: Text
    out_of: str = ""
    why_it_matters: Text
    caveats: str = ""
    # What someone must write down for it, where it is counted from records of single cases.
    recording: str = ""
    # How it is counted from the dated events of cases, where it can be.
    case_rule: CaseRule | None = None
    standing: Standing
    standing_note: str = ""
    sources: list[Source] = Field(min_length=1)

    @model_validator(mode="after")
    def share_says_out_of_what(self) -> "MeasureDefinition":
        if self.unit in PARTS_OF_A_WHOLE and not self.out_of:
            raise ValueError("a measure whose unit is share or tally says in out_of what it is a share of")
        return self

    @model_validator(mode="after")
    def rule_counts_what_the_unit_says(self) -> "MeasureDefinition":
        if self.case_rule and isinstance(self.case_rule, SHARES) != (self.unit == Unit.SHARE):
            raise ValueError("a case_rule that counts shares for a share, and numbers for a count")
        return self

    @model_validator(mode="after")
    def reconstruction_is_explained(self) -> "MeasureDefinition":
        if self.standing == Standing.RECONSTRUCTED and not self.standing_note:
            raise ValueError("a reconstructed measure says in standing_note what was reconstructed")
        return self


class MeasureFile(Definition):
    measures: list[MeasureDefinition] = Field(min_length=1)


class TargetValue(Definition):
    """A target that the record gives, or one that we had to reconstruct."""

    value: float
    standing: Standing = Standing.DOCUMENTED
    note: str = ""


class TargetUnknown(Definition):
    """No target: either the record we could read doesn't give it, or there was none."""

    unknown: Text


class MeasureInFramework(Definition):
    measure: Slug
    local_code: Annotated[str, StringConstraints(max_length=40)] = ""
    target: TargetValue | TargetUnknown
    weight: float = Field(default=1.0, gt=0)
    standing: Standing
    note: str = ""


class DomainDefinition(Definition):
    code: Slug
    title: Annotated[Text, StringConstraints(max_length=120)]
    weight: float = Field(default=1.0, gt=0)
    measures: list[MeasureInFramework] = Field(min_length=1)


class Scoring(Definition):
    """From results to a band. A measure scores 1, and 1 more for each of the steps that its
    attainment reaches (value over target, 1 where the target is just met); the weighted mean of
    the scores falls into the lowest band, or into a higher one for each of the edges that it reaches."""

    standing: Standing
    note: Text
    steps: tuple[Finite, ...] = Field(min_length=1)
    band_edges: tuple[Finite, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def steps_rise(self) -> "Scoring":
        if self.steps[0] <= 0 or not _rises(self.steps):
            raise ValueError("steps that are attainments above 0, each above the one before")
        return self

    @model_validator(mode="after")
    def band_edges_rise_within_the_scores(self) -> "Scoring":
        best = len(self.steps) + 1
        if not _rises((1, *self.band_edges)) or self.band_edges[-1] > best:
            raise ValueError(
                f"band_edges that are scores above 1, the lowest, up to {best}, the best that "
                f"{len(self.steps)} steps allow, each above the one before"
            )
        return self


def _rises(numbers: tuple[float, ...]) -> bool:
    return all(lower < upper for lower, upper in pairwise(numbers))


class Bands(Definition):
    scheme: Literal[RatingScheme.BANDS]
    bands: dict[int, Text]
    scoring: Scoring | None = None

    @model_validator(mode="after")
    def an_edge_between_any_two_bands(self) -> "Bands":
        if self.scoring and len(self.scoring.band_edges) != len(self.bands) - 1:
            raise ValueError(
                f"scoring to have a band edge between each two bands: {len(self.bands) - 1} for "
                f"{len(self.bands)} bands, not {len(self.scoring.band_edges)}"
            )
        return self


class Signed(Definition):
    scheme: Literal[RatingScheme.SIGNED]
    zero_means: Text


class NoRating(Definition):
    scheme: Literal[RatingScheme.NONE]


class Part(Definition):
    """One part of a framework (its domains, measures, targets or weights) and how we know it."""

    standing: Standing
    note: Text


class FrameworkStanding(Definition):
    domains: Part
    measures: Part
    targets: Part
    weights: Part


class FrameworkDefinition(Definition):
    slug: Slug
    title: Text160
    short_title: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    starts: Date
    ends: Date
    applies_to: Text160
    summary: Text
    rating: Annotated[Bands | Signed | NoRating, Field(discriminator="scheme")]
    standing: FrameworkStanding
    coverage: str = ""
    sources: list[Source] = Field(min_length=1)
    domains: list[DomainDefinition] = Field(min_length=1)

    @model_validator(mode="after")
    def starts_before_it_ends(self) -> "FrameworkDefinition":
        if self.starts >= self.ends:
            raise ValueError("starts must be a date before ends")
        return self

    @model_validator(mode="after")
    def each_measure_once(self) -> "FrameworkDefinition":
        codes = [m.measure for domain in self.domains for m in domain.measures]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f"a measure stands in one domain only; more than once: {', '.join(twice)}")
        return self
