"""Who was rated in one year of a release, with what stands beside the rating."""

from collections.abc import Iterable

from performance.models import Release
from performance.periods import Period
from performance.releases.divergence import divergence_in
from performance.releases.movement import moves_between
from performance.releases.peers import peer_groups_in
from performance.releases.rated_rows import RatedTrust
from performance.releases.ratings import ratings_in
from trusts.models import Organisation


def rated_trusts(
    release: Release, year: Period, before: Period | None, organisations: Iterable[Organisation]
) -> list[RatedTrust]:
    """Everyone who was looked at in that year, by name, beside the year before, in three queries.
    organisations: at least those that were looked at, with their regions."""
    rows = ratings_in(release, [one for one in (before, year) if one])
    moves = moves_between(
        [row for row in rows if row.period == before], [row for row in rows if row.period == year]
    )
    known = {one.slug: one for one in organisations}
    beside = {row.organisation: row for row in divergence_in(release, year)}
    peers = peer_groups_in(release, year)
    return [
        RatedTrust(
            slug=move.after.organisation,
            name=move.after.organisation_name,
            region=_region(known[move.after.organisation]),
            peers=peers.get(move.after.organisation, ""),
            move=move,
            divergence=beside.get(move.after.organisation),
        )
        for move in moves
    ]


def _region(organisation: Organisation) -> str:
    return organisation.region.slug if organisation.region else ""
