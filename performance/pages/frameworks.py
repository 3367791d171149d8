"""What trusts were held to, and one framework."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from performance.charts.framework_mix import framework_mix_chart
from performance.models import Framework, Release
from performance.pages.release_page import release_page
from performance.releases.definitions import framework_in_full, mixes_of

PARTS = ("domains", "measures", "targets", "weights")


@release_page
def frameworks(request: HttpRequest, release: Release) -> HttpResponse:
    mixes = mixes_of(release)
    context = {
        "frameworks": Framework.objects.all(),
        "figure": framework_mix_chart(mixes) if mixes else None,
    }
    return render(request, "pages/frameworks.html", context)


@release_page
def framework(request: HttpRequest, release: Release, slug: str) -> HttpResponse:
    definition = framework_in_full(slug)
    if definition is None:
        raise Http404(f"There is no framework '{slug}'.")
    context = {
        "framework": definition,
        "parts": [(part.capitalize(), definition.standing[part]) for part in PARTS],
        "mix": next((mix for mix in mixes_of(release) if mix.slug == slug), None),
    }
    return render(request, "pages/framework.html", context)
