"""What people are sent by email."""

import datetime
import logging
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from performance.models import Event
from performance.people.links import FORGOTTEN, INVITATION
from trusts.models import Person

LINK_SENT = "was sent a link for another password"
BETWEEN_LINKS = datetime.timedelta(minutes=5)

logger = logging.getLogger(__name__)


class CannotSend(Exception):
    """A message didn't leave. Its text says so, for whoever wanted it sent."""


def send_invitation(person: Person, by: Person, site: str) -> None:
    """Send a link to choose a first password. `site` is the site's address, without a slash at its
    end. Raises CannotSend."""
    address = site + reverse("accept-invitation", args=[INVITATION.link_for(person)])
    days, sign_in = INVITATION.lasts.days, settings.OIDC_RP_CLIENT_ID and site + reverse("sign-in")
    said = {"person": person, "by": by, "address": address, "days": days, "sign_in": sign_in}
    _send(person, "Your account for Probation performance", "people/invitation.txt", said)
    person.invitation_sent = timezone.now()
    person.save(update_fields=["invitation_sent"])


def send_password_link(email: str, site: str) -> None:
    """Send a link to choose another password, if an active person has this address and wasn't sent
    one just before. Raises CannotSend."""
    person = Person.objects.filter(email__iexact=email, is_active=True).first() if email else None
    if person is None or _was_sent_one_just_now(person):
        return
    address = site + reverse("choose-password", args=[FORGOTTEN.link_for(person)])
    _send(person, "Choose another password", "account/forgotten.txt", {"person": person, "address": address})
    Event.objects.create(verb=LINK_SENT, subject=str(person), detail={"username": person.username})


def _was_sent_one_just_now(person: Person) -> bool:
    """So that nobody's post can be filled by asking again and again."""
    recent = Event.objects.filter(verb=LINK_SENT, happened__gt=timezone.now() - BETWEEN_LINKS)
    return recent.filter(detail__username=person.username).exists()


def _send(person: Person, subject: str, template: str, said: dict[str, Any]) -> None:
    try:
        send_mail(subject, render_to_string(template, said), None, [person.email])
    except (OSError, SMTPException) as error:
        logger.exception("A message couldn't be sent.")
        raise CannotSend(f"The email to {person.email} couldn't be sent. Try again later.") from error
