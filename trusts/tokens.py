"""Tokens as programs show them, and whether one still opens anything."""

import datetime
import hashlib
import secrets

from django.db.models import QuerySet
from django.utils import timezone

from trusts import demo_accounts
from trusts.models import ApiToken, Person

# Says what it is to whoever finds one lying about, and to programs that look for such things.
BEGINS = "probation_"
BYTES = 32


class NotAToken(Exception):
    """Its text says why this token opens nothing, for whoever showed it."""


def new_token() -> str:
    return f"{BEGINS}{secrets.token_urlsafe(BYTES)}"


def digest_of(token: str) -> str:
    """Nobody can guess so long a random text, so a plain digest keeps it as well as a slow one."""
    return hashlib.sha256(token.encode()).hexdigest()


def live_token(token: str) -> ApiToken:
    """With its person. Notes the day of its use. Raises NotAToken."""
    found = ApiToken.objects.select_related("person__organisation").filter(digest=digest_of(token)).first()
    if found is None:
        raise NotAToken("This token isn't known here.")
    if found.ended or not found.person.is_active or not demo_accounts.may_sign_in(found.person):
        raise NotAToken("This token was ended.")
    if found.expires <= timezone.now():
        raise NotAToken(f"This token expired on {timezone.localdate(found.expires):%-d %B %Y}.")
    _note_use(found)
    return found


def live_tokens_of(person: Person) -> QuerySet[ApiToken]:
    return person.api_tokens.filter(ended__isnull=True, expires__gt=timezone.now())


def _note_use(found: ApiToken) -> None:
    """Once a day, so that reading doesn't write each time."""
    today: datetime.date = timezone.localdate()
    if found.last_used != today:
        ApiToken.objects.filter(pk=found.pk).update(last_used=today)
