"""The shell around the product: settings, addresses, background jobs. Nothing about probation."""

from noms_dashboard.celery import app as celery_app

__all__ = ["celery_app"]
