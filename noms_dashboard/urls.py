"""All addresses."""

from django.urls import include, path

from performance.api.page import page

urlpatterns = [
    path("api/", page, name="api"),
    path("api/v1/", include("performance.api.urls")),
    path("", include("performance.pages.urls")),
]

handler404 = "performance.pages.errors.not_found"
handler500 = "performance.pages.errors.fault"
