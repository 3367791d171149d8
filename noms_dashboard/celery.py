"""The Celery application. Its settings are the CELERY_ ones of Django's settings."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "noms_dashboard.settings")

app = Celery("noms_dashboard")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["performance.calculation", "performance.people", "performance.releases"])
