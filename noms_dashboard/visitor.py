"""What django-axes asks about whoever signs in."""

from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest


def address_of_visitor(request: HttpRequest) -> str | None:
    """Each of our proxies adds to X-Forwarded-For the address that it was asked from. What stands
    before those is the visitor's own word, and counts for nothing. None where it can't be told."""
    said = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    is_forwarded = 0 < settings.PROXIES <= len(said)
    found = said[-settings.PROXIES] if is_forwarded else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_address(found))
    except ValueError:
        return None


def has_no_password(request: HttpRequest, credentials: dict[str, Any]) -> bool:
    """Single sign-on: there is no password to guess, and whoever was refused may be one of many
    behind one address."""
    return not credentials.get("username")
