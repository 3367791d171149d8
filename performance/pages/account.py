"""People's own accounts: signing in and out, and choosing a password."""

from collections.abc import Callable
from typing import Any

from axes.utils import reset
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from performance.pages.forms.account import ChangePasswordForm, ForgottenForm, NewPasswordForm, SignInForm
from performance.pages.forms.base import sent
from performance.pages.private_pages import first_page
from performance.pages.signed_in import kept_by_nobody, say, signed_in
from performance.people.actions import choose_password
from performance.people.links import FORGOTTEN, INVITATION, Links
from performance.people.tasks import send_password_link_task

View = Callable[..., HttpResponseBase]

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


def unkept(view: View) -> View:
    """Of pages that need no session, but are about one person."""

    def shown(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        return kept_by_nobody(view(request, *args, **named))

    return shown


class SignIn(LoginView):
    template_name = "account/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        return first_page(self.request.user)

    def get_context_data(self, **said: Any) -> dict[str, Any]:
        return super().get_context_data(has_single_sign_on=bool(settings.OIDC_RP_CLIENT_ID), **said)


sign_in = unkept(SignIn.as_view())
sign_out = unkept(LogoutView.as_view())


@unkept
@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    return render(request, "account/signed_out.html")


def locked_out(request: HttpRequest, *rest: Any) -> HttpResponseBase:
    """django-axes puts this in the place of a sign-in after too many wrong ones."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    response = render(request, "account/locked_out.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = minutes * 60
    return kept_by_nobody(response)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Django puts this in the place of a form that doesn't carry what was given to this browser."""
    return kept_by_nobody(render(request, "account/form_too_old.html", status=403))


@sensitive_post_parameters()
@reading_or_sending
@signed_in
def own_account(request: HttpRequest) -> HttpResponseBase:
    """Who the reader is here, and a form for another password. Whoever signs in elsewhere has none."""
    has_password = request.user.has_usable_password()
    form = ChangePasswordForm(request, sent(request)) if has_password else None
    if form and form.is_valid():
        choose_password(person=request.user, password=form.cleaned_data["password"])
        update_session_auth_hash(request, request.user)
        say(request, "Your password is changed. If you are signed in anywhere else, that has ended.")
        return redirect("own-account")
    return render(request, "account/own_account.html", {"form": form})


@unkept
@reading_or_sending
def forgotten(request: HttpRequest) -> HttpResponseBase:
    """The same answer, and after the same time, whoever has this address."""
    form = ForgottenForm(sent(request))
    if form.is_valid():
        send_password_link_task.delay(form.cleaned_data["email"], request.build_absolute_uri("/").rstrip("/"))
        return redirect("password-link-sent")
    return render(request, "account/forgotten.html", {"form": form})


@unkept
@require_safe
def password_link_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "account/password_link_sent.html")


@sensitive_post_parameters()
@unkept
@reading_or_sending
def accept_invitation(request: HttpRequest, link: str) -> HttpResponseBase:
    return _by_link(request, link, INVITATION)


@sensitive_post_parameters()
@unkept
@reading_or_sending
def choose_another_password(request: HttpRequest, link: str) -> HttpResponseBase:
    return _by_link(request, link, FORGOTTEN)


def _by_link(request: HttpRequest, link: str, links: Links) -> HttpResponseBase:
    """Opening the link changes nothing: mail servers open links too."""
    is_invitation = links is INVITATION
    person = links.person_by(link)
    if person is None:
        return render(request, "account/link_ended.html", {"is_invitation": is_invitation}, status=410)
    form = NewPasswordForm(person, sent(request))
    if form.is_valid():
        choose_password(person=person, password=form.cleaned_data["password"])
        # Whoever has this link has shown who they are, so wrong tries before it count no more.
        reset(username=person.username)
        return redirect("password-chosen")
    context = {"form": form, "person": person, "is_invitation": is_invitation}
    return render(request, "account/choose_password.html", context)


@unkept
@require_safe
def password_chosen(request: HttpRequest) -> HttpResponse:
    return render(request, "account/password_chosen.html")
