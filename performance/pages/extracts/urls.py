"""Addresses under /returns/extracts/."""

from django.urls import path

from performance.pages.extracts import cases, extract_page, extracts, send

urlpatterns = [
    path("", extracts.extracts, name="extracts"),
    path("send/", send.send, name="send-extract"),
    path("<int:pk>/", extract_page.extract, name="extract"),
    path("<int:pk>/progress.json", extract_page.progress, name="extract-progress"),
    path("<int:pk>/cases.csv", cases.cases_csv, name="extract-cases"),
    path("<int:pk>/look-up/", cases.look_up, name="extract-look-up"),
]
