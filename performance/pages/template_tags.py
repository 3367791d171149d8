"""What templates need beyond Django's own, loaded in all of them."""

import datetime
from typing import Any

import orjson
from django import template
from django.http import HttpRequest
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from performance.charts.figure import Figure, with_watermark
from performance.charts.worked_out import WorkedOut
from performance.charts.worked_out import worked_out as work_out
from performance.exports.formats import CSV, FORMATS, Format
from performance.exports.place import Place, place_of
from performance.help.methods import BY_SLUG as METHODS
from performance.models import FrameworkMeasure, Measure, Release, Series, SeriesStanding
from performance.periods import written_date
from performance.releases.citation import cited_as
from performance.wording import written_value

register = template.Library()

WATERMARK = "SIMULATED<br>none is real"
IN_SCRIPT = {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"}


@register.simple_tag(takes_context=True)
def page(context: Context, name: str, *args: Any) -> str:
    """The address of a page in the series and the release that the reader is in."""
    return place_of(context["request"]).address(name, *args)


@register.simple_tag(takes_context=True)
def series_page(context: Context, name: str, *args: Any) -> str:
    """The address of a page about the releases of the series that the reader is in."""
    return place_of(context["request"]).outside(name, *args)


@register.simple_tag(takes_context=True)
def record_page(context: Context) -> str:
    """The address of this very page in the public record, or of its first page where there is none."""
    request = context["request"]
    name, named = _page_of(request)
    if name is None or name == "release" or request.release is None:
        return Place().address("summary")
    return Place().address(name, *named)


@register.simple_tag(takes_context=True)
def permanent_address(context: Context) -> str:
    """Where this page will stand with these figures for good, whichever release is current then."""
    request = context["request"]
    name, named = _page_of(request)
    if name in (None, "release", "releases", "all-series"):
        return str(request.build_absolute_uri(request.path))
    path = place_of(request).in_release(request.release.number).address(name, *named)
    if request.GET:
        path = f"{path}?{request.GET.urlencode()}"
    return str(request.build_absolute_uri(path))


def _page_of(request: HttpRequest) -> tuple[str | None, list[Any]]:
    """The name of the page, and what is named in its address beside the series and the release."""
    match = request.resolver_match
    if match is None:
        return None, []
    return match.url_name, [value for key, value in match.kwargs.items() if key not in ("series", "number")]


@register.filter
def other_formats(csv: str) -> list[tuple[Format, str]]:
    """Each other format of a file with its address, from that of the CSV."""
    others = (one for one in FORMATS.values() if one.ending != CSV)
    return [(one, csv.replace(f".{CSV}", f".{one.ending}", 1)) for one in others]


@register.filter
def plot_in(figure: Figure, series: Series) -> dict[str, Any]:
    """A figure's plot, which says by itself where its figures aren't real."""
    is_simulated = series.standing == SeriesStanding.SIMULATED
    return with_watermark(figure.plot, WATERMARK) if is_simulated else figure.plot


@register.filter
def plot_json(plot: dict[str, Any]) -> SafeString:
    """A figure for a script element of type application/json. Infinity and not-a-number, which
    JSON doesn't have, become null; what could end the element is escaped."""
    text = orjson.dumps(plot).decode()
    for character, escaped in IN_SCRIPT.items():
        text = text.replace(character, escaped)
    return mark_safe(text)  # noqa: S308 - escaped just above


@register.filter
def day(value: datetime.date) -> str:
    return written_date(value)


@register.filter
def cited(release: Release) -> str:
    """How it is cited, without an address."""
    return cited_as(release)


@register.filter
def worked_out(figure: Figure) -> WorkedOut:
    return work_out(figure)


@register.filter
def method_title(slug: str) -> str:
    """Of a page under /methods/."""
    return METHODS[slug].title


@register.filter
def readable(name: str) -> str:
    """A table's file name as words."""
    return name.replace("_", " ").capitalize()


@register.filter
def sources(text: str) -> list[str]:
    """A source holds one address or several, parted by spaces."""
    return text.split()


@register.filter
def target_text(entry: FrameworkMeasure, measure: Measure) -> str:
    """A framework's target, in the unit of its measure."""
    if entry.target is None:
        return "none known"
    decimals = 0 if entry.target == int(entry.target) else measure.decimals
    return written_value(entry.target, measure.unit, decimals)
