"""Links by which one person, and nobody else, chooses a password."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.http import base36_to_int, int_to_base36

from trusts.models import Person


class Links(PasswordResetTokenGenerator):
    """Each is good once: it ends when another password is chosen or the person signs in, and after
    a time at the latest, which is at most PASSWORD_RESET_TIMEOUT."""

    def __init__(self, purpose: str, lasts: datetime.timedelta):
        super().__init__()
        self.key_salt = f"performance.people.links.{purpose}"
        self.lasts = lasts

    def link_for(self, person: Person) -> str:
        """Letters, digits and hyphens, for the end of an address."""
        return f"{int_to_base36(person.pk)}-{self.make_token(person)}"

    def person_by(self, link: str) -> Person | None:
        """Whose password a link may change now, if anybody's."""
        number, _, token = link.partition("-")
        try:
            person = Person.objects.filter(pk=base36_to_int(number), is_active=True).first()
        except ValueError:
            return None
        return person if person and self.check_token(person, token) else None

    def check_token(self, user: Any, token: str | None) -> bool:
        return super().check_token(user, token) and self._age(str(token)) <= self.lasts

    def _age(self, token: str) -> datetime.timedelta:
        made = base36_to_int(token.split("-")[0])
        return datetime.timedelta(seconds=self._num_seconds(self._now()) - made)


INVITATION = Links("invitation", datetime.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT))
FORGOTTEN = Links("forgotten-password", datetime.timedelta(hours=1))
