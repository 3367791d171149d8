"""Who asks: whoever a token is of, or anybody."""

from typing import Any

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from performance.api.throttles import count_refusal
from trusts.models import ApiToken, Person
from trusts.permission import NotAllowed
from trusts.tokens import NotAToken, live_token

SCHEME = "Bearer"
HOW = f"Send a token in the header 'Authorization: {SCHEME} …'. You make one under 'Your account'."


class TokenAuthentication(BaseAuthentication):
    """Cookies count for nothing here, so a page elsewhere can do nothing in a reader's name."""

    def authenticate(self, request: Request) -> tuple[Person, ApiToken] | None:
        header = get_authorization_header(request).decode("latin-1")
        if not header:
            return None
        scheme, _, text = header.partition(" ")
        if scheme.lower() != SCHEME.lower() or not text.strip():
            count_refusal(request)
            raise AuthenticationFailed(f"The header 'Authorization' can't be read. {HOW}")
        try:
            token = live_token(text.strip())
        except NotAToken as reason:
            count_refusal(request)
            raise AuthenticationFailed(str(reason)) from reason
        return token.person, token

    def authenticate_header(self, request: Request) -> str:
        return f'{SCHEME} realm="api"'


class WithToken(BasePermission):
    def has_permission(self, request: Request, view: Any) -> bool:
        if request.auth is None:
            count_refusal(request)
            raise NotAuthenticated(f"What isn't published is for those who may see it. {HOW}")
        return True


def check_may_send(request: Request) -> None:
    """Raises NotAllowed for a token that was made for reading."""
    if not request.auth.may_send:
        raise NotAllowed("This token is for reading alone: make one that may send returns.")
