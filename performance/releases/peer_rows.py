"""Where a trust's peers lie on each measure of a year: plain values, no database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import quantiles

from performance.calculation.peers import PEER_GROUPS
from performance.periods import Period
from performance.vocabulary import ADDED_UP
from performance.wording import written_counts

# Between fewer there is no middle half.
FEWEST = 4


@dataclass(frozen=True)
class YearFigure:
    """What one organisation had on one measure in the year that is looked at."""

    organisation: str
    organisation_name: str
    organisation_kind: str
    measure: str
    period: Period
    numerator: int | None
    denominator: int | None
    value: float | None
    target: float | None

    @property
    def attainment(self) -> float | None:
        """As a percentage of its own target."""
        return 100 * self.value / self.target if self.value is not None and self.target else None


@dataclass(frozen=True)
class Spread:
    """How so many trusts lie on one measure. `pooled` is the figure of all of them together, with
    its counts where it has any; None where they can't be added up."""

    number: int
    lowest: float
    lower_quarter: float
    middle: float
    upper_quarter: float
    highest: float
    pooled: float | None = None
    pooled_counts: str = ""

    @property
    def centre(self) -> float:
        """All together, or the one in the middle where there is no such figure."""
        return self.middle if self.pooled is None else self.pooled

    @property
    def centre_note(self) -> str:
        """What the centre is: its counts, or that it is the middle one."""
        return f"middle of {self.number}" if self.pooled is None else self.pooled_counts


@dataclass(frozen=True)
class Peers:
    """Those that a trust is set beside, itself among them: its third by size, or all trusts where
    it is in none. `slug` is whose figures are those of all of them together, `name` is as it
    stands within a sentence, `members` are their names by their slugs."""

    slug: str
    name: str
    members: Mapping[str, str]
    figures: Sequence[YearFigure]

    @property
    def described(self) -> str:
        """12 trusts with large caseloads, all 35 trusts."""
        number = len(self.members)
        return f"{number} {self.name}" if self.is_a_group else f"all {number} trusts"

    @property
    def is_a_group(self) -> bool:
        return self.slug in PEER_GROUPS

    @cached_property
    def _by_measure(self) -> dict[str, list[YearFigure]]:
        found: dict[str, dict[str, YearFigure]] = {}
        # Of several in one year the last stays.
        for figure in sorted(self.figures, key=lambda figure: figure.period.end):
            found.setdefault(figure.measure, {})[figure.organisation] = figure
        return {measure: list(by_organisation.values()) for measure, by_organisation in found.items()}

    def spread(self, measure: str) -> Spread | None:
        """Of the peers' values, in the measure's unit."""
        together = next((figure for figure in self._of(measure) if figure.organisation == self.slug), None)
        spread = spread_of(figure.value for figure in self._members(measure))
        if spread is None or together is None:
            return spread
        return replace(spread, pooled=together.value, pooled_counts=_counts(together))

    def comparable_spread(self, measure: str, unit: str) -> Spread | None:
        """Of what can be compared between trusts of unlike size: values, and of a number of cases or of
        money the percentage of each one's own target."""
        if unit not in ADDED_UP:
            return self.spread(measure)
        members = self._members(measure)
        spread = spread_of(figure.attainment for figure in members)
        return spread and _with_pooled_attainment(spread, members)

    def _of(self, measure: str) -> list[YearFigure]:
        return self._by_measure.get(measure, [])

    def _members(self, measure: str) -> list[YearFigure]:
        return [figure for figure in self._of(measure) if figure.organisation in self.members]


def spread_of(values: Iterable[float | None]) -> Spread | None:
    """Of the values that are there; None where they are too few to have a middle half."""
    known = [value for value in values if value is not None]
    if len(known) < FEWEST:
        return None
    lower, middle, upper = quantiles(known, n=4, method="inclusive")
    return Spread(len(known), min(known), lower, middle, upper, max(known))


def _counts(figure: YearFigure) -> str:
    if figure.numerator is None or figure.denominator is None:
        return ""
    return written_counts(figure.numerator, figure.denominator)


def _with_pooled_attainment(spread: Spread, figures: Iterable[YearFigure]) -> Spread:
    """Sums before ratios: what all did together, as a percentage of what all were to do."""
    both = [(figure.value, figure.target) for figure in figures if figure.value is not None and figure.target]
    done, asked = (sum(numbers) for numbers in zip(*both, strict=True))
    return replace(spread, pooled=100 * done / asked, pooled_counts=written_counts(done, asked))
