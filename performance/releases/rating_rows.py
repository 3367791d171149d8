"""Ratings, and reoffending against prediction, as pages and files see them: plain values."""

from dataclasses import dataclass
from typing import Any

from performance.periods import Period
from performance.statistics.divergence.quadrants import LEAST_TO_NAME
from performance.vocabulary import Unit
from performance.wording import written_counts, written_number, written_probability, written_value


@dataclass(frozen=True)
class DomainScore:
    title: str
    score: float | None
    reason: str

    def __str__(self) -> str:
        said = self.reason if self.score is None else self.written
        return f"{self.title}: {said}"

    @property
    def written(self) -> str:
        return "Not scored" if self.score is None else written_number(self.score, 2)


@dataclass(frozen=True)
class RatingRow:
    """One organisation in one year. `words` are the framework's for each band, `probabilities`
    (0 to 1) how likely its level is to belong in each, chance allowed for, `weight_used` (0 to 1)
    the part of the weight whose measures had figures, `is_reconstructed` whether how results became
    a band had to be put together here."""

    organisation: str
    organisation_name: str
    framework: str
    period: Period
    score: float | None
    band: int | None
    words: dict[int, str]
    probabilities: dict[int, float]
    weight_used: float | None
    domains: list[DomainScore]
    reason: str
    is_reconstructed: bool = False

    @property
    def chance(self) -> float | None:
        """How likely (0 to 1) its level is to belong in its band; None where that isn't told."""
        return None if self.band is None else self.probabilities.get(self.band)

    @property
    def could_be_another(self) -> bool:
        """Whether its band is less likely than a quarter of the divergence chart has to be to be named."""
        return self.chance is not None and self.chance < LEAST_TO_NAME

    @property
    def written(self) -> str:
        """The band in the framework's words, or 'Not rated'."""
        return "Not rated" if self.band is None else self.words.get(self.band, f"Band {self.band}")

    @property
    def written_score(self) -> str:
        return "" if self.score is None else written_number(self.score, 2)

    @property
    def certainty(self) -> str:
        """Its chance in words, or nothing where that isn't told."""
        return "" if self.chance is None else written_probability(self.chance)

    @property
    def others(self) -> str:
        """The other bands that are likelier than 1 in 100, likeliest first: 'Good performance 12%'."""
        others = [(p, band) for band, p in self.probabilities.items() if band != self.band and p >= 0.01]
        return ", ".join(
            f"{self.words.get(band, f'Band {band}')} {written_probability(p)}"
            for p, band in sorted(others, reverse=True)
        )

    @property
    def next_likeliest(self) -> str:
        """The likeliest other band, where it is likelier than 1 in 100: 'Good performance 12%'."""
        return self.others.split(", ")[0]

    @property
    def as_file(self) -> dict[str, Any]:
        """Under the names that files use."""
        return {
            "organisation": self.organisation,
            "organisation_name": self.organisation_name,
            "framework": self.framework,
            "period_start": self.period.start,
            "period_end": self.period.end,
            "band": self.band,
            "rating": self.written,
            "probability_of_band": self.chance,
            "probabilities": "; ".join(f"{band}: {p:.4f}" for band, p in self.probabilities.items()),
            "score": self.score,
            "domains": "; ".join(map(str, self.domains)),
            "weight_used": self.weight_used,
            "reason": self.reason,
        }

    @property
    def headline(self) -> str:
        """As a reader meets it first: the band, and how sure it is."""
        likely = f" ({self.certainty} likely)" if self.certainty else ""
        return f"{self.written}{likely}, {self.period}"


@dataclass(frozen=True)
class PredictionRow:
    """Rates, differences and limits are in percentage points; below 0 is less than predicted."""

    organisation: str
    organisation_name: str
    measure: str
    measure_title: str
    period: Period
    observed: int | None
    cases: int | None
    expected: float | None
    actual_rate: float | None
    predicted_rate: float | None
    difference: float | None
    lower: float | None
    upper: float | None
    p: float | None
    adjusted_p: float | None
    verdict: str
    verdict_changes: bool
    spread_verdict: str
    national_difference: float | None
    national_verdict: str
    reason: str
    flag_reason: str

    @property
    def counts(self) -> str:
        if self.observed is None or self.cases is None:
            return ""
        return written_counts(self.observed, self.cases)

    @property
    def written_expected(self) -> str:
        return "" if self.expected is None else written_number(self.expected)

    @property
    def written_difference(self) -> str:
        return "" if self.difference is None else written_value(self.difference, Unit.POINTS, 2)

    @property
    def interval(self) -> str:
        if self.lower is None or self.upper is None:
            return ""
        return f"{written_number(self.lower, 2)} to {written_number(self.upper, 2)}"

    @property
    def written_verdict(self) -> str:
        return capitalised(self.verdict) or "Not compared"

    @property
    def remarks(self) -> str:
        """What a reader of the verdict must know beside it: why there is none, or what it hangs on."""
        said = [self.reason, self.flag_reason if self.flag_reason != self.reason else ""]
        if self.verdict_changes:
            said.append("the verdict hangs on how often the same person is counted")
        return " ".join(f"{capitalised(text)}." for text in said if text)


def capitalised(text: str) -> str:
    """A sentence's first letter, and the rest as it is: 'capitalize' would lower names."""
    return text[:1].upper() + text[1:]
