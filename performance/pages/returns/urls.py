"""Addresses under /returns/: what to do, what was sent, and sending it."""

from django.urls import include, path

from performance.pages.returns import send_urls, work_urls

urlpatterns = [
    *work_urls.urlpatterns,
    *send_urls.urlpatterns,
    path("extracts/", include("performance.pages.extracts.urls")),
]
