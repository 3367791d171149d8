"""Pages for people who have signed in, and for those of them who may see the page.

Public pages are kept by caches and are the same for everyone; these are kept by nobody.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from performance.exports.freshness import KEPT_BY_NOBODY
from performance.pages.errors import not_found
from trusts import sessions
from trusts.permission import NotAllowed, Permission, check_has

SAID = "said"

View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """Turns a view away from those who haven't signed in, to sign in and come back. A NotAllowed
    or Http404 that it raises becomes a page that says why, kept by nobody either."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        if request.user.is_authenticated and sessions.is_over(request.session):
            logout(request)
        if not request.user.is_authenticated:
            return kept_by_nobody(_to_sign_in(request))
        sessions.renew(request.session)
        try:
            response = view(request, *args, **named)
        except NotAllowed as reason:
            response = not_allowed(request, str(reason))
        except Http404 as error:
            response = not_found(request, error)
        return kept_by_nobody(response)

    return shown


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """And then back to the page asked for; of a form that was sent, to the page on which it stands,
    as an address that takes only forms shows nothing."""
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path())
    before = urlsplit(request.headers.get("Referer", ""))
    return redirect_to_login(before.path) if before.netloc == request.get_host() else redirect("sign-in")


def allowed(permission: Permission) -> Callable[[View], View]:
    """As signed_in, and only for people who have this permission."""

    def for_some(view: View) -> View:
        @wraps(view)
        def shown(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
            check_has(request.user, permission)
            return view(request, *args, **named)

        return signed_in(shown)

    return for_some


def not_allowed(request: HttpRequest, reason: str) -> HttpResponse:
    return render(request, "account/not_allowed.html", {"reason": reason}, status=403)


def kept_by_nobody(response: HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = KEPT_BY_NOBODY
    return response


def say(request: HttpRequest, sentence: str) -> None:
    """Have the next private page say what came of this one."""
    request.session[SAID] = sentence
