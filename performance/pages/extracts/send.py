"""Sending an extract to be counted."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from performance.extracts.actions import MOST_BYTES, send_extract
from performance.frameworks.case_events import CaseEvent
from performance.models import Series
from performance.pages.forms.base import sent
from performance.pages.forms.extracts import ExtractForm
from performance.pages.returns.series import returns_page
from performance.returns.life_cycle import check_may_upload
from performance.returns.uploading import Refusal, take_in
from trusts.permission import NotAllowed


# The token stands in the body, which is read only once it is known how: `_send` checks it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@returns_page
def send(request: HttpRequest, series: Series) -> HttpResponseBase:
    check_may_upload(request.user.organisation, request.user)
    refusal = take_in(request, MOST_BYTES) if request.method == "POST" else None
    return _send(request, series, refusal)


@csrf_protect
def _send(request: HttpRequest, series: Series, refusal: Refusal | None) -> HttpResponseBase:
    form = ExtractForm(
        sent(request),
        request.FILES or None,
        initial={"taken": series.today, "framework": request.GET.get("framework")},
        missing_because=refusal.sentence if refusal else "",
    )
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            extract = send_extract(
                file=file, name=file.name, request=form.asked, series=series, by=request.user
            )
        except NotAllowed as reason:
            form.refuse(str(reason))
        else:
            return redirect("extract", pk=extract.pk)
    context: dict[str, Any] = {"form": form, "events": list(CaseEvent)}
    return render(request, "extracts/send.html", context, status=refusal.status if refusal else 200)
