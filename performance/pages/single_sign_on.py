"""Signing in with an organisation's own account. Where none is set there are no such pages."""

from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView

from performance.pages.private_pages import first_page
from performance.pages.signed_in import kept_by_nobody


class Answer(OIDCAuthenticationCallbackView):
    """Where the provider sends people back to."""

    @property
    def success_url(self) -> str:
        return self.request.session.get("oidc_login_next") or first_page(self.user)

    def login_failure(self) -> HttpResponseBase:
        return render(self.request, "account/single_sign_on_refused.html", status=403)

    def get(self, request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        """An answer to what this browser didn't ask, or asked too long ago, is refused too."""
        try:
            return super().get(request)
        except SuspiciousOperation:
            return self.login_failure()


@require_GET
def ask(request: HttpRequest) -> HttpResponseBase:
    _check_is_set()
    return kept_by_nobody(OIDCAuthenticationRequestView.as_view()(request))


@require_GET
def answer(request: HttpRequest) -> HttpResponseBase:
    _check_is_set()
    return kept_by_nobody(Answer.as_view()(request))


def _check_is_set() -> None:
    if not settings.OIDC_RP_CLIENT_ID:
        raise Http404("Signing in with an organisation’s account isn’t set up here.")
