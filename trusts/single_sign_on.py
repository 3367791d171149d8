"""Letting people in whom their organisation's own sign-in vouches for (OpenID Connect).

The provider says whose email address it has verified. It lets in only who was invited here with
that address: nobody is made, and what they may do is decided here.
"""

import logging
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from jwt import PyJWTError
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from requests import RequestException

from trusts.authentication import OnlyThoseWhoMay
from trusts.models import Person

logger = logging.getLogger(__name__)

# What an answer can be that isn't the provider's, or isn't about this sign-in. A key that the
# answer should have is missing, or it isn't JSON at all.
NOT_TO_BE_TRUSTED = (SuspiciousOperation, PyJWTError, RequestException, KeyError, ValueError)


class SingleSignOnBackend(OIDCAuthenticationBackend, OnlyThoseWhoMay):  # type: ignore[misc]
    def authenticate(  # type: ignore[override]  # is passed over where there is a password
        self, request: HttpRequest, *, nonce: str, code_verifier: str
    ) -> Person | None:
        """The invited person whom the provider's answer is about, or None. The log says why not."""
        try:
            person = super().authenticate(request, nonce=nonce, code_verifier=code_verifier)
        except NOT_TO_BE_TRUSTED as error:
            logger.warning("Single sign-on failed: %s", error)
            return None
        return person if person and self.user_can_authenticate(person) else None

    def get_user(self, user_id: int) -> Any:
        return OnlyThoseWhoMay.get_user(self, user_id)

    def verify_token(self, token: str, **said: Any) -> dict[str, Any]:
        """Raises SuspiciousOperation for a token that the provider made for somebody else's site."""
        payload: dict[str, Any] = super().verify_token(token, **said)
        audience = payload.get("aud", [])
        if self.OIDC_RP_CLIENT_ID not in ([audience] if isinstance(audience, str) else audience):
            raise SuspiciousOperation("The token is for another client.")
        return payload

    def get_or_create_user(self, access_token: str, id_token: str, payload: dict[str, Any]) -> Person | None:
        """Finds, and never makes. Raises SuspiciousOperation where the details aren't the token's."""
        said = self.get_userinfo(access_token, id_token, payload)
        if said.get("sub") != payload.get("sub"):
            raise SuspiciousOperation("The details are of somebody else than the token.")
        if not said.get("email") or said.get("email_verified") is not True:
            logger.warning("Single sign-on refused: the provider gave no verified email address.")
            return None
        person = Person.objects.filter(email__iexact=said["email"]).first()
        if person is None:
            logger.warning("Single sign-on refused: nobody was invited with that email address.")
        return person
