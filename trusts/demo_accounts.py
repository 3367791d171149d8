"""Accounts for showing the dashboard to oneself: one of each role, on one's own machine only."""

import secrets
from pathlib import Path

from django.conf import settings

from trusts.models import Organisation, Person, Role
from trusts.models.person import TRUST_ROLES

PREFIX = "demo-"
# The trust whose last return is left for a reader to send.
TRUST = "warwickshire"
OFFICER, CHIEF_EXECUTIVE = f"{PREFIX}officer", f"{PREFIX}chief-executive"
ANALYST, PUBLISHER = f"{PREFIX}analyst", f"{PREFIX}publisher"
ADMINISTRATOR = f"{PREFIX}administrator"
ACCOUNTS = {
    OFFICER: Role.TRUST_OFFICER,
    CHIEF_EXECUTIVE: Role.CHIEF_EXECUTIVE,
    ANALYST: Role.NOMS_ANALYST,
    PUBLISHER: Role.NOMS_PUBLISHER,
    ADMINISTRATOR: Role.ADMINISTRATOR,
}


def may_sign_in(person: Person) -> bool:
    """Nobody signs in as one of them in service, whatever its password: somebody may have served
    a database that was made by the demo. An invited person's username is an email address."""
    is_demo = person.username.startswith(PREFIX) and "@" not in person.username
    return settings.LOCAL or not is_demo


def prepare() -> None:
    """Make one of each role; those of a trust are of the same one. Whatever was changed about them
    since the last start is changed back."""
    trust = Organisation.objects.get(slug=TRUST)
    for username, role in ACCOUNTS.items():
        organisation = trust if role in TRUST_ROLES else None
        person, _ = Person.objects.update_or_create(
            username=username, defaults={"role": role, "organisation": organisation, "is_active": True}
        )
        if not person.check_password(password()):
            person.set_password(password())
            person.save(update_fields=["password"])


def password() -> str:
    """Made up once for each installation, and kept beside its database."""
    path = Path(settings.VAR_DIRECTORY / "demo-password")
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(12))
    return path.read_text()
