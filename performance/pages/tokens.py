"""A person's tokens for programs: each is shown once, when it is made, and ended here."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from performance.pages.forms.base import sent
from performance.pages.forms.tokens import TokenForm
from performance.pages.signed_in import say, signed_in
from performance.people.tokens import can_send, end_token, make_token
from trusts.permission import NotAllowed


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@sensitive_variables("text")
def tokens(request: HttpRequest) -> HttpResponseBase:
    form = TokenForm(sent(request), may_send=can_send(request.user))
    if form.is_valid():
        try:
            token, text = make_token(person=request.user, **form.cleaned_data)
        except NotAllowed as reason:
            form.refuse(str(reason))
        else:
            # In this answer and nowhere else: a redirect would have to keep it for the next page.
            return render(request, "account/token_made.html", {"token": token, "text": text})
    kept = request.user.api_tokens.all()
    return render(request, "account/tokens.html", {"form": form, "tokens": kept, "now": timezone.now()})


@require_POST
@signed_in
def end(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Of one's own alone: another's is as if it weren't there."""
    token = get_object_or_404(request.user.api_tokens, pk=pk)
    end_token(token=token)
    say(request, f"The token ‘{token.name}’ is ended: no program can use it any more.")
    return redirect("tokens")
