"""What the address of the list of trusts asks for: a year, some of the trusts, an order."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

from performance.periods import Period
from performance.releases.rated_rows import RatedTrust
from trusts.models import Organisation, OrganisationKind


@dataclass(frozen=True)
class Order:
    """An order of the table, the highest first. Whoever lacks what it goes by comes last."""

    title: str
    key: Callable[[RatedTrust], float | None]


BY_NAME = "name"
ORDERS = {
    "rating": Order("Rating", lambda trust: trust.rating.score),
    "process": Order("Process attainment", lambda trust: trust.attainment),
    "outcome": Order("Reoffending", lambda trust: trust.outcome),
}


@dataclass(frozen=True)
class Asked:
    """Slugs of a region and of a peer group, blank where all are asked for. What isn't there is
    passed over."""

    year: Period | None
    region: str
    peers: str
    sort: str

    @classmethod
    def by(
        cls, request: HttpRequest, years: Sequence[Period], organisations: Iterable[Organisation]
    ) -> "Asked":
        known = {str(year): year for year in years}
        slugs = {(one.kind, one.slug): one.slug for one in organisations}
        region, peers = request.GET.get("region"), request.GET.get("peers")
        sort = request.GET.get("sort", "")
        return cls(
            year=known.get(request.GET.get("year", ""), years[-1] if years else None),
            region=slugs.get((OrganisationKind.REGION, region), ""),
            peers=slugs.get((OrganisationKind.PEER_GROUP, peers), "") if years else "",
            sort=sort if sort in ORDERS else BY_NAME,
        )

    @property
    def query(self) -> str:
        given = {"year": self.year, "region": self.region, "peers": self.peers, "sort": self.sort}
        return f"?{urlencode({name: value for name, value in given.items() if value})}"

    def shown(self, trusts: Iterable[RatedTrust]) -> list[RatedTrust]:
        """Those asked for, in the order asked for; trusts come by name."""
        some = [
            trust for trust in trusts if self.region in ("", trust.region) and self.peers in ("", trust.peers)
        ]
        if self.sort == BY_NAME:
            return some
        order = ORDERS[self.sort]
        return sorted(some, key=lambda trust: _place(order.key(trust)))

    def of_region(self, organisations: Collection[Organisation]) -> list[Organisation]:
        if not self.region:
            return list(organisations)
        return [one for one in organisations if one.region and one.region.slug == self.region]


def _place(value: float | None) -> tuple[bool, float]:
    return value is None, -(value or 0.0)
