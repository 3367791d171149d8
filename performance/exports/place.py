"""Where a reader is: in which series, and in a numbered release of it or the current one.

The public record stands at the bare addresses, any other series under /series/<slug>/ with the
same pages. Whoever reads one series is led to pages of that series alone.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from performance.published.loader import PUBLIC_RECORD

# Pages about no one release, and pages about one that don't stand in it.
APART, ABOUT_RELEASES = ("method",), ("release",)
WITHIN_A_SERIES = re.compile(r"/series/(?P<slug>[-\w]+)/")


@dataclass(frozen=True)
class Place:
    """`number` is that of the release in whose address the reader is, None at the current one."""

    series: str = PUBLIC_RECORD
    number: int | None = None

    def address(self, name: str, *args: Any) -> str:
        """Of a page in this series and release."""
        namespaces, leading = [], []
        if self.series != PUBLIC_RECORD:
            namespaces.append("series")
            leading.append(self.series)
        if self.number is not None:
            namespaces.append("numbered")
            leading.append(self.number)
        return reverse(":".join([*namespaces, name]), args=[*leading, *args])

    def outside(self, name: str, *args: Any) -> str:
        """Of a page about the series' releases, which stands in none of them."""
        return Place(self.series).address(name, *args)

    def in_release(self, number: int) -> "Place":
        return Place(self.series, number)


def series_in(address: str) -> str:
    """The slug of the series that an address, of a page or of none, lies in."""
    found = WITHIN_A_SERIES.match(address)
    return found["slug"] if found else PUBLIC_RECORD


def place_of(request: HttpRequest) -> Place:
    return getattr(request, "place", None) or Place()


def address_of(request: HttpRequest, place: Place) -> Callable[..., str]:
    """Of pages, by name and what their address holds: whole, as files and answers have them."""

    def of(name: str, *args: Any) -> str:
        if name in APART:
            path = reverse(name, args=args)
        else:
            path = (place.outside if name in ABOUT_RELEASES else place.address)(name, *args)
        return str(request.build_absolute_uri(path))

    return of
