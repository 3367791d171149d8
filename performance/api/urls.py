"""Addresses for programs, under /api/v1/. A change that would break a program makes a v2 beside it."""

from django.urls import path, re_path

from performance.api import catalogue, private_tables, release_tables, sending
from performance.api.nowhere import Nowhere
from performance.api.schema import SchemaView
from performance.api.start import Start
from performance.exports import converters  # noqa: F401 - registers what addresses hold
from performance.releases.whole_tables import WHOLE_TABLES

IN_A_RELEASE = "series/<slug:series>/releases/<release:release>/"

urlpatterns = [
    path("", Start.as_view(), name="api-start"),
    path("schema/", SchemaView.as_view(), name="api-schema"),
    *(
        path(f"{table.slug}/", catalogue.view_of(table, rows_of), name=f"api-{table.slug}")
        for table, rows_of in catalogue.CATALOGUE
    ),
    path(IN_A_RELEASE, release_tables.ReleaseView.as_view(), name="api-release"),
    *(
        path(f"{IN_A_RELEASE}{table.slug}/", release_tables.view_of(table), name=f"api-{table.slug}")
        for table in WHOLE_TABLES.values()
    ),
    path("uploads/", sending.UploadsView.as_view(), name="api-uploads"),
    *(
        path(f"{name}/", private_tables.table_view_of(name), name=f"api-{name}")
        for name in ("observations", "returns", "findings", "jobs")
    ),
    *(
        path(f"{name}s/<int:pk>/", private_tables.row_view_of(f"{name}s"), name=f"api-{name}")
        for name in ("return", "upload", "job")
    ),
    path("returns/<int:pk>/submit/", sending.SubmitView.as_view(), name="api-submit-return"),
    re_path("^(?P<rest>.*)$", Nowhere.as_view(), name="api-nowhere"),
]
