"""Who stood when, what became of an organisation, and what one of today consists of."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from trusts.models import Organisation, OrganisationKind, Succession
from trusts.models.succession import Territory


def standing_on(day: datetime.date, *kinds: OrganisationKind) -> list[Organisation]:
    """The organisations that stood on that day, of the given kinds or of all, by name."""
    organisations = Organisation.objects.standing_on(day).select_related("region")
    return list(organisations.of_kind(*kinds) if kinds else organisations)


@dataclass(frozen=True)
class Lineage:
    """The successions reachable from one organisation, nearest first, in one direction, and the
    organisations whose whole territory went that way."""

    successions: list[Succession]
    organisations: list[Organisation]

    def of_kind(self, *kinds: OrganisationKind) -> list[Organisation]:
        return [organisation for organisation in self.organisations if organisation.kind in kinds]


def became(organisation: Organisation) -> Lineage:
    """What took over from it, then what took over from those, and so on to today."""
    return _follow(organisation, "predecessor", "successor")


def consists_of(organisation: Organisation) -> Lineage:
    """What it took over from, then what those took over from, back to the first."""
    return _follow(organisation, "successor", "predecessor")


def _follow(start: Organisation, near: str, far: str) -> Lineage:
    """Walk from organisation to organisation. All successions are read in one query: there are
    some two hundred, and a query for each step would cost more.

    A step that passes on part of a territory is told where the walk starts, and isn't walked
    past: what lies beyond it may be about the other part.
    """
    steps: dict[Organisation, list[Succession]] = defaultdict(list)
    for succession in _all_successions():
        steps[getattr(succession, near)].append(succession)
    found: list[Succession] = []
    reached = [start]
    for organisation in reached:
        for succession in steps[organisation]:
            is_whole = succession.territory == Territory.WHOLE
            if not is_whole and organisation != start:
                continue
            found.append(succession)
            if is_whole and getattr(succession, far) not in reached:
                reached.append(getattr(succession, far))
    return Lineage(found, reached[1:])


def _all_successions() -> Iterable[Succession]:
    return Succession.objects.select_related("predecessor", "successor").order_by(
        "date", "predecessor__name", "successor__name"
    )
