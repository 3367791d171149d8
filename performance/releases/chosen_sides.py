"""Who stands side by side in a comparison: organisations, and groups of a reader's own."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from performance.periods import Period
from performance.releases.choices import Choice
from performance.releases.offer import Offer
from performance.vocabulary import Structure
from performance.wording import listed
from trusts.history import what_each_consists_of
from trusts.models import Organisation, OrganisationKind

ON_BOTH_MAPS = (OrganisationKind.NATION, OrganisationKind.PROBATION_REGION)
# First those that people look for, and what all others are held against last.
ORDER = [
    OrganisationKind.TRUST,
    OrganisationKind.AREA,
    OrganisationKind.CRC,
    OrganisationKind.NPS_DIVISION,
    OrganisationKind.REGION,
    OrganisationKind.PROBATION_REGION,
    OrganisationKind.PEER_GROUP,
    OrganisationKind.PROVIDER,
    OrganisationKind.NATION,
]


@dataclass(frozen=True)
class Sides:
    """organisations: in their order; groups: members by the name of each; each: who stands for each
    region or the like; named: the slugs of those chosen by themselves, whose gaps are shown; notes:
    what became of others, in sentences."""

    organisations: list[Organisation]
    groups: dict[str, list[Organisation]]
    each: dict[str, list[Organisation]]
    named: frozenset[str]
    notes: list[str] = field(default_factory=list)

    @property
    def everyone(self) -> list[Organisation]:
        return _once([*self.organisations, *(one for some in self.groups.values() for one in some)])

    @property
    def number(self) -> int:
        return len(self.organisations) + len(self.groups)


def sides_of(offer: Offer, choice: Choice, years: Sequence[Period]) -> Sides:
    """choice: of what there is in the offer."""
    singly = [offer.organisations[slug] for slug in choice.organisations]
    each = {slug: offer.members(slug, years) for slug in choice.each}
    everyone = _in_order([*singly, *(one for members in each.values() for one in members)])
    groups = {group.name: [offer.organisations[slug] for slug in group.members] for group in choice.groups}
    named = frozenset(choice.organisations)
    then = Sides(everyone, groups, each, named)
    return _by_todays_map(offer, then) if choice.structure == Structure.TODAY else then


def _by_todays_map(offer: Offer, then: Sides) -> Sides:
    """Everyone by the region of today that they lie in."""
    region_of = _regions_of_today(offer)
    groups = {
        name: _once(region_of[member] for member in members)
        for name, members in then.groups.items()
        if all(member in region_of for member in members)
    }
    shown = [region_of[one] for one in then.organisations if one in region_of]
    return Sides(
        _in_order(shown),
        groups,
        then.each,
        frozenset(one.slug for one in shown),
        [*_moved(then, region_of), *_left_out(then, region_of, groups)],
    )


def _regions_of_today(offer: Offer) -> dict[Organisation, Organisation]:
    """The region of each that lies in one; whoever is the only one of its kind in a region stands for
    it, as nothing was added up."""
    regions = [one for one in offer.organisations.values() if one.kind == OrganisationKind.PROBATION_REGION]
    region_of = {one: one for one in offer.organisations.values() if one.kind in ON_BOTH_MAPS}
    for region, lineage in what_each_consists_of(regions).items():
        number = Counter(before.kind for before in lineage.organisations)
        for before in lineage.organisations:
            region_of[before] = region if number[before.kind] > 1 else before
    return region_of


def _moved(then: Sides, region_of: dict[Organisation, Organisation]) -> list[str]:
    moved: dict[Organisation, list[str]] = {}
    for one in then.everyone:
        if one in region_of and region_of[one] != one:
            moved.setdefault(region_of[one], []).append(one.name)
    return [
        f"{region.name}, the probation region of today, stands for {listed(names)}."
        for region, names in moved.items()
    ]


def _left_out(
    then: Sides, region_of: dict[Organisation, Organisation], groups: dict[str, list[Organisation]]
) -> list[str]:
    nowhere = [one.name for one in then.organisations if one not in region_of]
    nowhere += [name for name in then.groups if name not in groups]
    if not nowhere:
        return []
    return [f"No single region of today holds {listed(nowhere)}: left out here."]


def _in_order(organisations: Iterable[Organisation]) -> list[Organisation]:
    return sorted(_once(organisations), key=lambda one: (ORDER.index(OrganisationKind(one.kind)), one.name))


def _once(organisations: Iterable[Organisation]) -> list[Organisation]:
    return list(dict.fromkeys(organisations))
