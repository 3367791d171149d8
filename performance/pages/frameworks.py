"""What trusts were held to, one framework, and what if its weights had been others."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from performance.charts.framework_mix import framework_mix_chart
from performance.models import Framework, Release
from performance.pages.release_page import release_page
from performance.releases.definitions import framework_in_full, mixes_of
from performance.releases.mix import FrameworkMix
from performance.releases.reweighting_scheme import reweighting_scheme
from performance.releases.reweightings import reweighted_frameworks, reweighting_of, why_not

PARTS = ("domains", "measures", "targets", "weights")


@dataclass(frozen=True)
class Listed:
    """A framework in the list; `mix` as the release has it; whether the release rates anyone by it."""

    framework: Framework
    mix: FrameworkMix | None
    is_reweighted: bool


@release_page
def frameworks(request: HttpRequest, release: Release) -> HttpResponse:
    mixes = {mix.slug: mix for mix in mixes_of(release)}
    reweighted = reweighted_frameworks(release)
    context = {
        "frameworks": [
            Listed(one, mixes.get(one.slug), one.slug in reweighted) for one in Framework.objects.all()
        ],
        "figure": framework_mix_chart(list(mixes.values())) if mixes else None,
    }
    return render(request, "pages/frameworks.html", context)


@release_page
def framework(request: HttpRequest, release: Release, slug: str) -> HttpResponse:
    definition = framework_in_full(slug)
    if definition is None:
        raise Http404(f"There is no framework '{slug}'.")
    found = reweighting_of(release, definition, request.GET.get("year", ""))
    context = {
        "framework": definition,
        "parts": [(part.capitalize(), definition.standing[part]) for part in PARTS],
        "mix": next((mix for mix in mixes_of(release) if mix.slug == slug), None),
        "found": found,
        "scheme": reweighting_scheme(release, definition, found) if found else None,
        "why_not": "" if found else why_not(release, definition),
    }
    return render(request, "pages/framework.html", context)
