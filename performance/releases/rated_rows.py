"""Trusts as they were rated in one year, with what stands beside the rating: plain values."""

from collections.abc import Sequence
from dataclasses import dataclass

from performance.periods import Period
from performance.releases.divergence_rows import DivergenceRow
from performance.releases.movement import Move
from performance.releases.rating_rows import DomainScore, RatingRow
from performance.statistics.divergence.quadrants import LEAST_TO_NAME
from performance.wording import counted, short_name, written_number, written_probability

# Of four bands the third is the first that frameworks call good.
GOOD = 3


@dataclass(frozen=True)
class RatedTrust:
    """`region` and `peers` are slugs, blank where it is in none."""

    slug: str
    name: str
    region: str
    peers: str
    move: Move
    divergence: DivergenceRow | None

    @property
    def rating(self) -> RatingRow:
        return self.move.after

    @property
    def short_name(self) -> str:
        return short_name(self.name)

    @property
    def attainment(self) -> float | None:
        return self.divergence.attainment if self.divergence else None

    @property
    def outcome(self) -> float | None:
        return self.divergence.outcome if self.divergence else None

    @property
    def written_outcome(self) -> str:
        """'1.57 below', or nothing where there is no prediction."""
        if self.outcome is None:
            return ""
        return f"{written_number(abs(self.outcome), 2)} {'below' if self.outcome >= 0 else 'above'}"

    @property
    def domain_scores(self) -> dict[str, DomainScore]:
        return {domain.title: domain for domain in self.rating.domains}


@dataclass(frozen=True)
class BandCount:
    """The trusts in one band, those first whose band is likely enough to be named."""

    words: str
    trusts: Sequence[RatedTrust]

    @property
    def number_sure(self) -> int:
        return sum(not trust.rating.could_be_another for trust in self.trusts)


def bands_of(trusts: Sequence[RatedTrust]) -> list[BandCount]:
    """Each band of their framework, the best first, with who is in it: nobody, in some."""
    words = {band: text for trust in trusts for band, text in trust.rating.words.items()}
    return [
        BandCount(
            text,
            sorted((t for t in trusts if t.rating.band == band), key=lambda t: t.rating.could_be_another),
        )
        for band, text in sorted(words.items(), reverse=True)
    ]


def finding(trusts: Sequence[RatedTrust], year: Period) -> str:
    """In a sentence: how many are good, and for how many the band could as well be another."""
    rated = [trust.rating for trust in trusts if trust.rating.band is not None]
    if not trusts:
        return f"No trust fits that choice for {year}."
    if not rated:
        return f"None of {counted(len(trusts), 'trust')} shown here is rated for {year}."
    good = sum((rating.band or 0) >= GOOD for rating in rated)
    are = "are" if good > 1 else "is"
    of = f"{good or 'None'} of {counted(len(rated), 'rated trust' if len(rated) < len(trusts) else 'trust')}"
    words = rated[0].words.get(GOOD, f"Band {GOOD}")
    return f"{of} {are} rated {words} or better for {year}; {_how_sure(rated)}."


def _how_sure(rated: Sequence[RatingRow]) -> str:
    least = written_probability(LEAST_TO_NAME)
    unsure = sum(rating.could_be_another for rating in rated)
    if not any(rating.chance is not None for rating in rated):
        return "how sure the bands are can’t be told"
    if not unsure:
        return f"each band is at least {least} likely"
    return (
        f"for {unsure} of the {len(rated)} the band is less than {least} likely and could as well be another"
    )
