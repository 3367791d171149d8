"""What bands would have been in one release, had kinds of measure counted otherwise."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from performance.models import Framework, Release, ReweightingResult
from performance.periods import Period
from performance.releases.rating_rows import RatingRow
from performance.releases.ratings import ratings_by
from performance.vocabulary import Weighting
from performance.wording import counted, listed

OTHERWISE = {
    Weighting.OUTCOMES_ONLY: "outcomes alone counted",
    Weighting.TIMELINESS_ONLY: "timeliness alone counted",
    Weighting.EQUAL: "every kind counted the same",
}


@dataclass(frozen=True)
class ReweightedTrust:
    """One trust's band under each weighting. `rating`: as it was, with how sure that is."""

    rating: RatingRow
    bands: Mapping[Weighting, int | None]

    def written(self, weighting: Weighting) -> str:
        band = self.bands.get(weighting)
        return "No band" if band is None else self.rating.words.get(band, f"Band {band}")

    def change(self, weighting: Weighting) -> int:
        """Bands up, or down below 0."""
        before, after = self.rating.band, self.bands.get(weighting)
        return 0 if before is None or after is None else after - before

    @property
    def cells(self) -> list[tuple[str, str, int]]:
        """Under each other weighting: the band's number and words, and by how much it changes."""
        return [(str(self.bands.get(one) or ""), self.written(one), self.change(one)) for one in OTHERWISE]


@dataclass(frozen=True)
class Preset:
    """A weighting, and how many trusts it would put into each band: its words and the number, the
    highest first."""

    weighting: Weighting
    of_bands: list[tuple[str, int]]
    up: int
    down: int
    reason: str

    @property
    def changed(self) -> int:
        return self.up + self.down

    @property
    def is_as_it_was(self) -> bool:
        return self.weighting == Weighting.AS_IT_WAS

    @property
    def finding(self) -> str:
        """'had outcomes alone counted, 21 of 35 trusts would have been in another band: 15 higher and
        6 lower'."""
        ways = [f"{n} {way}" for n, way in ((self.up, "higher"), (self.down, "lower")) if n]
        rated = counted(sum(number for _, number in self.of_bands), "trust")
        moved = f"{self.changed or 'none'} of {rated} would have been in another band"
        return f"had {OTHERWISE[self.weighting]}, {moved}{': ' if ways else ''}{listed(ways)}"


@dataclass(frozen=True)
class Reweighting:
    """A framework in one year. `reasons`: why a weighting gives nobody a band."""

    year: Period
    years: list[Period]
    trusts: list[ReweightedTrust]
    reasons: Mapping[Weighting, str] = field(default_factory=dict)

    @cached_property
    def bands(self) -> dict[int, str]:
        """By number, the highest first."""
        return dict(sorted(self.trusts[0].rating.words.items(), reverse=True))

    @cached_property
    def presets(self) -> list[Preset]:
        return [self._preset(weighting) for weighting in Weighting]

    @property
    def finding(self) -> str:
        """Of the first of the other weightings under which trusts have bands."""
        told = next((one for one in self.presets if not one.is_as_it_was and not one.reason), None)
        return f"In {self.year}, {told.finding}." if told else ""

    @property
    def otherwise(self) -> list[str]:
        return [weighting.label for weighting in OTHERWISE]

    @property
    def unsure(self) -> int:
        """How many have a band that is itself less likely than is asked of one to be named."""
        return sum(trust.rating.could_be_another for trust in self.trusts)

    def _preset(self, weighting: Weighting) -> Preset:
        bands = [trust.bands.get(weighting) for trust in self.trusts]
        changes = [trust.change(weighting) for trust in self.trusts]
        return Preset(
            weighting,
            [(words, bands.count(band)) for band, words in self.bands.items()],
            up=sum(change > 0 for change in changes),
            down=sum(change < 0 for change in changes),
            reason="" if any(bands) else self.reasons.get(weighting, ""),
        )


def reweighting_of(release: Release, framework: Framework, asked: str) -> Reweighting | None:
    """Of the year asked for or the latest, in two queries; None where the release rates nobody by it."""
    results = release.reweighting_results.filter(framework=framework).select_related("organisation")
    by_year: dict[Period, list[ReweightingResult]] = defaultdict(list)
    for result in results:
        by_year[Period(result.period_start, result.period_end)].append(result)
    years = sorted(year for year, some in by_year.items() if any(one.band for one in some))
    if not years:
        return None
    year = next((one for one in years if str(one) == asked), years[-1])
    trusts = _trusts(by_year[year], ratings_by(release, framework, year))
    return Reweighting(year, years, trusts, _reasons(by_year[year])) if trusts else None


def why_not(release: Release, framework: Framework) -> str:
    """What the release says of why nobody has a band under any weighting, blank where it says nothing."""
    reasons = release.reweighting_results.filter(framework=framework).values_list("reason", flat=True)
    return reasons.first() or ""


def reweighted_frameworks(release: Release) -> set[str]:
    """Slugs of those by which the release rates anyone."""
    rated = release.reweighting_results.filter(band__isnull=False)
    return set(rated.values_list("framework__slug", flat=True).distinct().order_by())


def _trusts(results: Sequence[ReweightingResult], ratings: Sequence[RatingRow]) -> list[ReweightedTrust]:
    """Those that were rated, by name."""
    bands: dict[str, dict[Weighting, int | None]] = defaultdict(dict)
    for result in results:
        bands[result.organisation.slug][Weighting(result.weighting)] = result.band
    return [ReweightedTrust(row, bands[row.organisation]) for row in ratings if row.band is not None]


def _reasons(results: Sequence[ReweightingResult]) -> dict[Weighting, str]:
    return {Weighting(result.weighting): result.reason for result in results if result.reason}
