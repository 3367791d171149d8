"""Pages of administrators: who has an account, and what they may do."""

from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from performance.pages.forms.base import sent
from performance.pages.forms.people import InvitationForm, RoleForm
from performance.pages.signed_in import allowed, say
from performance.people import rules
from performance.people.actions import (
    activate_person,
    change_role,
    deactivate_person,
    invite_again,
    invite_person,
)
from performance.people.mail import CannotSend, send_invitation
from performance.periods import written_moment
from trusts.models import Person, Role
from trusts.permission import NotAllowed, Permission

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])
for_administrators = allowed(Permission.MANAGE_PEOPLE)

# Made by a command to take steps with simulated returns: nobody can sign in as one of them.
NOBODY = Q(email="", password__startswith=UNUSABLE_PASSWORD_PREFIX)


@require_safe
@for_administrators
def people(request: HttpRequest) -> HttpResponse:
    found = Person.objects.exclude(NOBODY).select_related("organisation")
    by_name = sorted(found, key=lambda one: str(one).casefold())
    return render(request, "people/people.html", {"people": [(one, standing_of(one)) for one in by_name]})


@reading_or_sending
@for_administrators
def invite(request: HttpRequest) -> HttpResponseBase:
    form = InvitationForm(sent(request))
    if form.is_valid():
        try:
            person = invite_person(by=request.user, **_said(form))
        except NotAllowed as reason:
            form.refuse(str(reason), "email")
        else:
            return _send(request, person)
    return render(request, "people/invite.html", {"form": form})


@reading_or_sending
@for_administrators
def person(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One person, what may be done with their account, and a form for what they do."""
    found = _found(pk)
    form = RoleForm(sent(request), initial=_now(found))
    if form.is_valid():
        try:
            change_role(person=found, by=request.user, **_said(form))
        except NotAllowed as reason:
            form.refuse(str(reason))
        else:
            return _done(request, found, f"The role of {found} is changed.")
    may = {
        "deactivate": rules.can(rules.check_may_deactivate, found, request.user),
        "activate": rules.can(rules.check_may_activate, found, request.user),
        "invite_again": rules.can(rules.check_may_invite_again, found, request.user),
        "change_role": rules.can(rules.check_may_change_role, found, request.user),
    }
    context = {"person": found, "standing": standing_of(found), "form": form, "may": may}
    return render(request, "people/person.html", context)


@require_POST
@for_administrators
def deactivate(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = deactivate_person(person=_found(pk), by=request.user)
    return _done(request, found, f"The account of {found} is deactivated, and they are signed out.")


@require_POST
@for_administrators
def activate(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _send(request, activate_person(person=_found(pk), by=request.user))


@require_POST
@for_administrators
def send_again(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _send(request, invite_again(person=_found(pk), by=request.user))


def standing_of(person: Person) -> str:
    if not person.is_active:
        return "Deactivated"
    if person.has_usable_password() or person.last_login or not person.email:
        return "Active"
    if person.invitation_sent is None:
        return "Invitation not sent"
    return f"Invited on {written_moment(timezone.localtime(person.invitation_sent))}"


def _found(pk: int) -> Person:
    return get_object_or_404(Person.objects.exclude(NOBODY).select_related("organisation"), pk=pk)


def _said(form: RoleForm) -> dict[str, Any]:
    return form.cleaned_data | {"role": Role(form.cleaned_data["role"])}


def _now(person: Person) -> dict[str, Any]:
    return {"role": person.role, "organisation": person.organisation and person.organisation.slug}


def _send(request: HttpRequest, person: Person) -> HttpResponseBase:
    try:
        send_invitation(person, request.user, request.build_absolute_uri("/").rstrip("/"))
    except CannotSend as reason:
        return _done(request, person, str(reason))
    return _done(request, person, f"An invitation is on its way to {person.email}.")


def _done(request: HttpRequest, person: Person, sentence: str) -> HttpResponseBase:
    say(request, sentence)
    return redirect("person", pk=person.pk)
