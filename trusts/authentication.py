"""Who is let in, and at each request whether that is still so."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from trusts import demo_accounts


class OnlyThoseWhoMay(ModelBackend):
    """Lets in active people alone, and demo accounts on one's own machine alone. Django asks again
    with each request, so a session ends when its person is deactivated."""

    def user_can_authenticate(self, user: Any) -> bool:
        return super().user_can_authenticate(user) and demo_accounts.may_sign_in(user)


class PasswordBackend(OnlyThoseWhoMay):
    def authenticate(  # type: ignore[override]  # is passed over where there is no password
        self, request: HttpRequest | None, username: str, password: str
    ) -> AbstractBaseUser | None:
        return super().authenticate(request, username=username, password=password)
