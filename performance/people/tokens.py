"""People's tokens for programs. Each action is one transaction and leaves one event."""

import datetime

from django.db import transaction
from django.utils import timezone

from performance.models import Event
from trusts.models import ApiToken, Person
from trusts.permission import SENDERS, NotAllowed, check_is_active, has
from trusts.tokens import digest_of, live_tokens_of, new_token

MOST_TOKENS = 10
MOST_DAYS = 366


def make_token(*, person: Person, name: str, days: int, may_send: bool = False) -> tuple[ApiToken, str]:
    """A token and its text, which can't be told again. days: 1 to MOST_DAYS. Raises NotAllowed."""
    if not 1 <= days <= MOST_DAYS:
        raise NotAllowed(f"A token lasts from 1 to {MOST_DAYS} days.")
    with transaction.atomic():
        person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        check_is_active(person)
        if may_send and not can_send(person):
            raise NotAllowed("You don't send returns, so your token can't either.")
        if live_tokens_of(person).count() >= MOST_TOKENS:
            raise NotAllowed(f"You have {MOST_TOKENS} tokens: end one that no program uses any more.")
        text, now = new_token(), timezone.now()
        token = ApiToken.objects.create(
            person=person,
            name=name.strip(),
            digest=digest_of(text),
            may_send=may_send,
            created=now,
            expires=now + datetime.timedelta(days=days),
        )
        _record("made a token", token)
    return token, text


def end_token(*, token: ApiToken) -> None:
    """By its person. One that has ended stays so."""
    with transaction.atomic():
        if live_tokens_of(token.person).filter(pk=token.pk).update(ended=timezone.now()):
            _record("ended a token", token)


def can_send(person: Person) -> bool:
    return any(has(person, permission) for permission in SENDERS)


def _record(verb: str, token: ApiToken) -> None:
    said = {"name": token.name, "may_send": token.may_send, "expires": token.expires.isoformat()}
    Event.objects.create(actor=token.person, verb=verb, subject=str(token.person), detail=said)
