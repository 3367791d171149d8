"""Regions, the nation, peer groups and today's regions, added up from trusts or areas."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from performance.calculation.adding_up import ADDABLE
from performance.calculation.cells import Integers, always
from performance.calculation.peers import peers_of
from performance.calculation.places import Places
from performance.calculation.sum_notes import Wording, of_organisations
from performance.calculation.sum_rows import Parts, sum_rows
from performance.statistics.columns import Booleans
from performance.vocabulary import Structure
from performance.wording import NOUNS

# Whose figures make up those of regions and of the nation, the first before the second: where both
# are on record for one period, they are of the same cases.
MEMBERS = ("trust", "area")
FEWEST_MEMBERS = 2
# Fewer of the members than this stand for nobody but themselves.
LEAST_PART = 0.5


@dataclass(frozen=True)
class Group:
    slug: str
    kind: str
    members: tuple[str, ...]
    structure: Structure = Structure.THEN


def group_sums(rows: pd.DataFrame, places: Places) -> Iterator[pd.DataFrame]:
    """A row for each group, measure and period of which two members have figures, and half of those
    to whom the measure applies.

    rows: of one financial year, with the years added up. A group's figure may come twice, from
    trusts and then from areas.
    """
    names = dict(zip(places.organisations["slug"], places.organisations["name"], strict=True))
    peers = peers_of(rows)
    for kind in MEMBERS:
        own = rows[(rows["organisation_kind"] == kind) & rows["unit"].isin(ADDABLE)]
        parts = Parts.of(own, ["measure", "unit", "period_start", "period_end"])
        for group in _groups(kind, places, peers) if len(own) else ():
            place = _places_of(own["organisation"], group.members)
            if np.count_nonzero(np.bincount(place + 1)[1:]) >= FEWEST_MEMBERS:
                wording = of_organisations(NOUNS[kind], [names[member] for member in group.members])
                yield _rows_of(group, parts, place, wording)


def _groups(kind: str, places: Places, peers: pd.DataFrame) -> Iterator[Group]:
    of_kind = places.organisations[places.organisations["kind"] == kind]
    today = places.today[places.today["kind"] == kind]
    own_peers = peers[peers["organisation"].isin(of_kind["slug"])]
    everyone = [Group(places.nation, "nation", tuple(of_kind["slug"]))] if places.nation else []
    groups = [
        *everyone,
        *_by(of_kind["region"], of_kind["slug"], "region"),
        *_by(own_peers["peer_group"], own_peers["organisation"], "peer-group"),
        *_by(today["today"], today["organisation"], "probation-region", Structure.TODAY),
    ]
    return (group for group in groups if len(group.members) >= FEWEST_MEMBERS)


def _by(
    groups: pd.Series, members: pd.Series, kind: str, structure: Structure = Structure.THEN
) -> Iterator[Group]:
    for slug, own in members[groups != ""].groupby(groups[groups != ""]):
        yield Group(str(slug), kind, tuple(sorted(own)), structure)


def _rows_of(group: Group, parts: Parts, place: Integers, wording: Wording) -> pd.DataFrame:
    made = sum_rows(parts, place, len(group.members), wording, _is_enough, targets=False)
    texts = {
        "organisation": group.slug,
        "organisation_kind": group.kind,
        "structure": group.structure,
        "region": "",
    }
    return made.assign(**{name: always(text, len(made)) for name, text in texts.items()})


def _places_of(organisations: pd.Series, members: tuple[str, ...]) -> Integers:
    """Where each organisation stands among the members, -1 for others."""
    places = pd.Index(members).get_indexer(organisations.cat.categories)
    return np.append(places, -1)[organisations.cat.codes.to_numpy()]


def _is_enough(sums: pd.DataFrame) -> Booleans:
    found, asked = sums["counted"], sums["asked"]
    return ((found >= FEWEST_MEMBERS) & (found >= LEAST_PART * asked)).to_numpy()
