"""The steps in a return's life. Each is sent as a form from the return's page, and leads back to it."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from performance.models import TrustReturn
from performance.pages.forms.base import PageForm
from performance.pages.returns.offers import SendBackForm, takes
from performance.pages.returns.return_page import shown, visible_version
from performance.pages.signed_in import say, signed_in
from performance.returns import actions
from performance.returns.life_cycle import ACCEPT, APPROVE, SEND_BACK, SUBMIT, Step, check_may_take
from trusts.permission import NotAllowed

# What was asked for can't be used as it is; what was asked for doesn't go with the return as it is now.
UNUSABLE, CONFLICT = 422, 409


@require_POST
@signed_in
def submit(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _take(request, pk, SUBMIT, actions.submit_return)


@require_POST
@signed_in
def approve(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _take(request, pk, APPROVE, actions.approve_return)


@require_POST
@signed_in
def accept(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _take(request, pk, ACCEPT, actions.accept_return)


@require_POST
@signed_in
def send_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    form = SendBackForm(request.POST)
    return _take(request, pk, SEND_BACK, actions.send_back_return, form)


def _take(
    request: HttpRequest,
    pk: int,
    step: Step,
    action: Callable[..., TrustReturn],
    form: PageForm | None = None,
) -> HttpResponseBase:
    """What a role never may becomes a page of its own; what this version doesn't allow now is said
    on its page."""
    version = visible_version(pk, request.user)
    form = form or PageForm({})
    if not takes(step, request.user):
        check_may_take(step, version, request.user)
    if not form.is_valid():
        return shown(request, version, form, UNUSABLE)
    try:
        action(trust_return=version, by=request.user, **form.cleaned_data)
    except NotAllowed as reason:
        form.refuse(str(reason))
        # As it is now, which may not be as it was a moment ago.
        return shown(request, visible_version(pk, request.user), form, CONFLICT)
    say(request, f"You {step.done} this return.")
    return redirect("return", pk)
