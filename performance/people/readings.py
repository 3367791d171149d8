"""Figures that nobody has published yet, as they leave: each time is an event."""

from typing import Any

from performance.models import Event
from trusts.models import Person


def record_reading(*, by: Person, what: str, **detail: Any) -> None:
    """what: the address or file that was taken."""
    Event.objects.create(actor=by, verb="took unpublished figures", subject=what[:200], detail=detail)
