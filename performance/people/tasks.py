"""The Celery tasks about people: shells over plain functions."""

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore

from performance.people.mail import send_password_link


@shared_task
def send_password_link_task(email: str, site: str) -> None:
    """In the background, so that the page takes as long for an address that nobody has."""
    send_password_link(email, site)


@shared_task
def clear_sessions_task() -> None:
    """Remove the rows of sessions that are over."""
    SessionStore.clear_expired()
