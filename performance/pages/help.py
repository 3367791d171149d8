"""What stands behind all figures: how they are worked out, what the words mean, what this is. About
no release, so a copy is checked by its content."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from performance.help.glossary import terms
from performance.help.methods import ALL, BY_SLUG
from performance.pages.release_page import kept_current


@csrf_exempt
@require_safe
def methods(request: HttpRequest) -> HttpResponseBase:
    return _answer(request, "pages/methods.html", {"methods": ALL})


@csrf_exempt
@require_safe
def method(request: HttpRequest, slug: str) -> HttpResponseBase:
    found = BY_SLUG.get(slug)
    if found is None:
        raise Http404(f"There is no method '{slug}'.")
    return _answer(request, f"methods/{slug}.html", {"method": found})


@csrf_exempt
@require_safe
def glossary(request: HttpRequest) -> HttpResponseBase:
    return _answer(request, "pages/glossary.html", {"terms": terms()})


@csrf_exempt
@require_safe
def about(request: HttpRequest) -> HttpResponseBase:
    return _answer(request, "pages/about.html", {})


def _answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponseBase:
    return kept_current(request, "", lambda: render(request, template, context))
