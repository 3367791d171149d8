"""Addresses of the pages on which returns are sent, and of the files that were."""

from django.urls import path

from performance.pages.returns import enter, give_reason, send, templates, upload_page, uploads

urlpatterns = [
    path("send/", send.send, name="send-return"),
    path("enter/", enter.enter, name="enter-return"),
    path("templates/", templates.templates, name="return-templates"),
    path("templates/<slug:framework>/<str:period>.xlsx", templates.template, name="return-template"),
    path("uploads/", uploads.uploads, name="uploads"),
    path("uploads/<int:pk>/", upload_page.upload, name="upload"),
    path("uploads/<int:pk>/progress.json", upload_page.progress, name="upload-progress"),
    path("uploads/<int:pk>/findings.csv", uploads.findings_as_csv, name="upload-findings-csv"),
    path("uploads/<int:pk>/findings.xlsx", uploads.findings_as_workbook, name="upload-findings-workbook"),
    path("uploads/<int:pk>/file", uploads.as_sent, name="upload-file"),
    path("uploads/<int:pk>/reasons/", give_reason.reasons, name="give-reason"),
]
