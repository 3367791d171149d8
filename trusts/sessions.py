"""When a session ends: some time after the last page that needed it, and in any case the day it began.

The first is Django's (SESSION_COOKIE_AGE), but a session is only renewed by the pages that need
one, so that public pages set no cookie.
"""

import datetime
import time
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

LONGEST = datetime.timedelta(hours=12)
# Each renewal is a write to the database, and SQLite takes one writer at a time.
RENEWED_EVERY = datetime.timedelta(minutes=1)
BEGAN, RENEWED = "began", "renewed"


def begin(sender: object, request: HttpRequest, **said: Any) -> None:
    """Receives the signal that somebody has signed in."""
    request.session[BEGAN] = time.time()


def is_over(session: SessionBase) -> bool:
    return time.time() - session.get(BEGAN, 0) > LONGEST.total_seconds()


def renew(session: SessionBase) -> None:
    """Put off the end that comes by doing nothing."""
    if time.time() - session.get(RENEWED, 0) > RENEWED_EVERY.total_seconds():
        session[RENEWED] = time.time()
