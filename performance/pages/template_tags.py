"""What templates need beyond Django's own, loaded in all of them."""

import datetime
from typing import Any

import orjson
from django import template
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from performance.models import FrameworkMeasure, Measure
from performance.periods import written_date
from performance.wording import written_value

register = template.Library()

IN_SCRIPT = {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"}


@register.simple_tag(takes_context=True)
def page(context: Context, name: str, *args: Any) -> str:
    """The address of a page in the release that the reader is in."""
    number = getattr(context.get("request"), "release_number", None)
    if number is None:
        return reverse(name, args=args)
    return reverse(f"numbered:{name}", args=[number, *args])


@register.simple_tag(takes_context=True)
def permanent_address(context: Context) -> str:
    """Where this page will stand with these figures for good, whichever release is current then."""
    request = context["request"]
    match = request.resolver_match
    if match is None or match.url_name in ("release", "releases"):
        return str(request.build_absolute_uri(request.path))
    named = {key: value for key, value in match.kwargs.items() if key != "number"}
    path = reverse(f"numbered:{match.url_name}", args=[request.release.number, *named.values()])
    if request.GET:
        path = f"{path}?{request.GET.urlencode()}"
    return str(request.build_absolute_uri(path))


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
