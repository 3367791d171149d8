"""The addresses of a site with one page, which is no more than a template: what others are measured by."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

TEMPLATE: Any = None


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(TEMPLATE.render({"title": "A bare page"}, request))


urlpatterns = [path("", page)]
