"""The Celery application. Its settings are the CELERY_ ones of Django's settings."""

import os

from celery import Celery

from noms_dashboard import folder_broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "noms_dashboard.settings")

folder_broker.use_it()
app = Celery("noms_dashboard")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["performance.calculation", "performance.people", "performance.releases"])
