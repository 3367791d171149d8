"""What can be compared in one release: who has figures, on what, of which years."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from performance.models import Measure, Release
from performance.periods import Period, financial_year_of
from performance.releases.organisations import organisations_with_counts
from performance.releases.peers import peer_groups_in
from performance.releases.summary import NATION
from trusts.models import Organisation, OrganisationKind

# Who makes up a region, a group of peers or the nation.
MEMBERS = (OrganisationKind.TRUST, OrganisationKind.AREA)


@dataclass(frozen=True)
class Offer:
    """By their slugs, codes and names: all organisations by name, each with its `figures`; all
    measures by title; the years that there is a figure of, oldest first. `measured` holds for each
    measure that has a figure the names of its years, oldest first."""

    release: Release
    organisations: dict[str, Organisation]
    measures: dict[str, Measure]
    years: dict[str, Period]
    measured: dict[str, list[str]]
    _peers: dict[Period, dict[str, str]] = field(default_factory=dict)

    @cached_property
    def measure_of(self) -> dict[int, Measure]:
        return {one.pk: one for one in self.measures.values()}

    @cached_property
    def organisation_of(self) -> dict[int, Organisation]:
        return {one.pk: one for one in self.organisations.values()}

    @property
    def with_figures(self) -> list[Organisation]:
        return [one for one in self.organisations.values() if one.figures]  # type: ignore[attr-defined]

    def years_of(self, measures: Collection[str]) -> list[str]:
        """Those in which one of these measures has a figure, or any where none is named."""
        found = {year for code in measures for year in self.measured.get(code, [])}
        return [year for year in self.years if year in found or not measures]

    def has_members(self, slug: str) -> bool:
        """Whether it is a group, and has more members than one."""
        organisation = self.organisations[slug]
        if organisation.kind == OrganisationKind.PEER_GROUP:
            return organisation in self.with_figures
        return len(self._members(organisation)) > 1

    def members(self, slug: str, years: Sequence[Period]) -> list[Organisation]:
        """Each trust or area in it that has figures. Of a group of peers those of the last of these
        years, or of all where none is named."""
        organisation = self.organisations[slug]
        if organisation.kind != OrganisationKind.PEER_GROUP:
            return self._members(organisation)
        group_of = self._peers_in(max(years or self.years.values()))
        return [one for name, one in self.organisations.items() if group_of.get(name) == slug]

    def _peers_in(self, year: Period) -> dict[str, str]:
        """Read once, however many groups are asked for."""
        if year not in self._peers:
            self._peers[year] = peer_groups_in(self.release, year)
        return self._peers[year]

    def _members(self, group: Organisation) -> list[Organisation]:
        is_nation = group.slug == NATION
        return [
            one
            for one in self.with_figures
            if one.kind in MEMBERS and (is_nation or one.region_id == group.pk)
        ]


def offer_of(release: Release) -> Offer:
    """In four queries."""
    organisations = organisations_with_counts(release)
    days = release.indicator_results.order_by().values_list("measure__code", "period_end").distinct()
    measured: dict[str, set[Period]] = {}
    for code, day in days:
        measured.setdefault(code, set()).add(financial_year_of(day))
    years = sorted(set().union(*measured.values()))
    return Offer(
        release=release,
        organisations={one.slug: one for one in organisations},
        measures={one.code: one for one in Measure.objects.order_by("title")},
        years={str(year): year for year in years},
        measured={code: [str(year) for year in sorted(own)] for code, own in measured.items()},
    )
