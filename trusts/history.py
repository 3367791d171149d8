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
    return _follow(organisation, _steps(_successions(), near="predecessor"), "successor")


def consists_of(organisation: Organisation) -> Lineage:
    """What it took over from, then what those took over from, back to the first."""
    return _follow(organisation, _steps(_successions(), near="successor"), "predecessor")


def before_and_after(organisation: Organisation) -> tuple[Lineage, Lineage]:
    """`consists_of` and `became` in one query."""
    successions = _successions()
    before = _follow(organisation, _steps(successions, near="successor"), "predecessor")
    return before, _follow(organisation, _steps(successions, near="predecessor"), "successor")


def what_each_consists_of(organisations: Iterable[Organisation]) -> dict[Organisation, Lineage]:
    """`consists_of` for many at once, in one query."""
    steps = _steps(_successions(), near="successor")
    return {organisation: _follow(organisation, steps, "predecessor") for organisation in organisations}


Steps = dict[Organisation, list[Succession]]


def _successions() -> list[Succession]:
    """All of them. There are some two hundred: to read them all is one query, to read them step by
    step many."""
    successions = Succession.objects.select_related("predecessor", "successor")
    return list(successions.order_by("date", "predecessor__name", "successor__name"))


def _steps(successions: Iterable[Succession], near: str) -> Steps:
    """Successions by the organisation at their near end."""
    steps: Steps = defaultdict(list)
    for succession in successions:
        steps[getattr(succession, near)].append(succession)
    return steps


def _follow(start: Organisation, steps: Steps, far: str) -> Lineage:
    """Walk from organisation to organisation. A step that passes on part of a territory is told
    where the walk starts, and isn't walked past: what lies beyond may be about the other part."""
    found: list[Succession] = []
    reached = [start]
    for organisation in reached:
        for succession in steps.get(organisation, []):
            is_whole = succession.territory == Territory.WHOLE
            if is_whole or organisation == start:
                found.append(succession)
            if is_whole and getattr(succession, far) not in reached:
                reached.append(getattr(succession, far))
    return Lineage(found, reached[1:])
