"""People who can sign in."""

from functools import cache
from itertools import count
from typing import Any

from django.contrib.auth.hashers import make_password
from django.http import HttpResponse
from django.test import Client

from tests.factories import make_organisation, make_person
from trusts.models import Person, Role
from trusts.models.person import TRUST_ROLES

PASSWORD = "seven rusty lamp posts"
_number = count(1)


def make_account(role: str = Role.NOMS_ANALYST, **given: Any) -> Person:
    """Somebody who was invited and has chosen PASSWORD; of a new trust, where the role wants one."""
    email = given.pop("email", f"person-{next(_number)}@example.org")
    if role in TRUST_ROLES and "organisation" not in given:
        given["organisation"] = make_organisation()
    values = {"username": email, "email": email, "name": "Ann Other", "password": _hashed()}
    return make_person(role=role, **values | given)


@cache
def _hashed() -> str:
    """A hash takes its time, as it should."""
    return make_password(PASSWORD)


def sign_in(client: Client, username: str, password: str = PASSWORD, **given: Any) -> HttpResponse:
    said = {"username": username, "password": password, **given.pop("also", {})}
    return client.post("/account/sign-in/", said, **given)


def is_signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200
