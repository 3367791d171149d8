"""The tile map: one kind of organisation, coloured by any measure, in one year."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from performance.charts.tile_map import TileMap, map_table, raw_tile, tile_map
from performance.exports.place import place_of
from performance.exports.table_file import FileTable
from performance.models import Release
from performance.pages.file_tables import rows_file
from performance.pages.files import file_page
from performance.pages.release_page import release_page
from performance.periods import Period
from performance.releases.organisations import organisations_of_kind
from performance.releases.tiles import Offer, figures_for_map, offers
from trusts.models import OrganisationKind
from trusts.tiles import tiles

KIND_TITLES = {
    OrganisationKind.TRUST: "Probation trusts",
    OrganisationKind.AREA: "Probation areas",
    OrganisationKind.PROBATION_REGION: "Probation regions",
}
# Which of them an address needs, the fewest first: so one map has one address.
NEEDED = ((), ("show",), ("of",), ("of", "show"))


@dataclass(frozen=True)
class Asked:
    """What the address asks for, of all that there is: `of`, a kind of organisation; `show`, a subject;
    `year`, a year or day as it is written. What isn't there is passed over."""

    all: list[Offer]
    of: str = ""
    show: str = ""
    year: str = ""

    @cached_property
    def offer(self) -> Offer:
        """Of the kind and on the subject that are asked for. Without a kind, the first that has the
        subject; without a subject, what was worked out of several measures, or else the measure
        that most is known of."""
        of_kind = [one for one in self.all if one.kind == self.of] or self.all
        found = (one for one in of_kind if one.subject.show == self.show)
        worked_out = (one for one in of_kind if not one.subject.measure)
        return next(found, None) or next(worked_out, None) or max(of_kind, key=_how_much)

    @cached_property
    def period(self) -> Period:
        by_name = {str(period): period for period in self.offer.periods}
        return by_name.get(self.year, self.offer.latest)

    @property
    def subjects(self) -> list[Offer]:
        """What else that kind can be coloured by."""
        return [one for one in self.all if one.kind == self.offer.kind]

    @property
    def kinds(self) -> list[tuple[OrganisationKind, str, str]]:
        """Each kind that has a map: its title and the address of its map, on the same subject and of
        the same year where it has that."""
        return [
            (kind, KIND_TITLES[kind], self._of(kind).query)
            for kind in dict.fromkeys(o.kind for o in self.all)
        ]

    def _of(self, kind: OrganisationKind) -> "Asked":
        return Asked(self.all, kind, self.offer.subject.show, str(self.period))

    @property
    def query(self) -> str:
        """The shortest that asks for just this."""
        values = {"of": str(self.offer.kind), "show": self.offer.subject.show}
        shortest = next(
            given
            for names in NEEDED
            if Asked(self.all, **(given := {name: values[name] for name in names})).offer == self.offer
        )
        year = {} if self.period == self.offer.latest else {"year": str(self.period)}
        return f"?{urlencode(shortest | year)}"


def _how_much(offer: Offer) -> tuple[int, bool]:
    return offer.numbers[offer.latest], not offer.subject.grows_with_size


@release_page
def tile_map_page(request: HttpRequest, release: Release) -> HttpResponse:
    asked = _asked(request, release)
    drawn = _drawn(release, asked) if asked.all else None
    place = place_of(request)
    context = {"asked": asked, "map": drawn}
    if drawn:
        subject = asked.offer.subject
        context["kind_title"] = KIND_TITLES[asked.offer.kind]
        context["table"] = map_table(
            drawn, lambda slug: place.address("trust", slug), asked.period, subject.show
        )
    return render(request, "pages/map.html", context)


@file_page
def tile_map_file(request: HttpRequest, release: Release) -> FileTable:
    """The table behind the map that the address asks for."""
    asked = _asked(request, release)
    if not asked.all:
        raise Http404("There is nothing to map.")
    subject, kind = asked.offer.subject, asked.offer.kind
    rows = [raw_tile(tile, asked.period, subject.show) for tile in _drawn(release, asked).tiles]
    title = f"{KIND_TITLES[kind]}: {subject.title}, {asked.period}"
    return rows_file(f"map-{kind}-{subject.show}", title, rows, asked.query)


def _asked(request: HttpRequest, release: Release) -> Asked:
    return Asked(offers(release), *(request.GET.get(name, "") for name in ("of", "show", "year")))


def _drawn(release: Release, asked: Asked) -> TileMap:
    offer = asked.offer
    figures = figures_for_map(release, offer, asked.period, organisations_of_kind(offer.kind))
    return tile_map(offer.subject, asked.period, offer.kind, figures, tiles())
