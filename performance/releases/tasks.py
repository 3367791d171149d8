"""The Celery tasks about releases: shells over plain functions."""

from celery import shared_task
from django.utils import timezone

from performance.releases.actions import publish_due_releases


@shared_task
def publish_due_releases_task() -> None:
    publish_due_releases(timezone.now())
