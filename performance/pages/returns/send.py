"""Sending a file."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from performance.exports.return_template import written_in_a_file
from performance.models import Series, TrustReturn
from performance.pages.forms.base import sent
from performance.pages.forms.returns import SendForm
from performance.pages.returns.period_address import period_in
from performance.pages.returns.series import returns_page
from performance.pages.returns.version import Version
from performance.returns.actions import upload_file
from performance.returns.life_cycle import check_may_upload
from performance.returns.uploading import Refusal, take_in
from performance.returns.uploads import MOST_BYTES, Sent, seen_before, sha256_of
from trusts.models import Person
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
    form = SendForm(
        sent(request),
        request.FILES or None,
        initial=_asked_for(request.GET),
        missing_because=refusal.sentence if refusal else "",
    )
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = upload_file(sent=Sent(file, file.name, form.said), series=series, by=request.user)
        except NotAllowed as reason:
            form.refuse(str(reason), "file")
            context["same"] = _same_file(file, series, request.user)
        else:
            return redirect("upload", pk=upload.pk)
    return render(request, "returns/send.html", context, status=refusal.status if refusal else 200)


def _asked_for(query: QueryDict) -> dict[str, Any]:
    """What the address says that the file will be."""
    period = period_in(query.get("month", ""))
    return {"framework": query.get("framework"), "period": written_in_a_file(period) if period else None}


def _same_file(file: UploadedFile, series: Series, person: Person) -> tuple[str, str] | None:
    """Address and name of what came with the same bytes before, if this person may see it."""
    found = seen_before(sha256_of(file.chunks()), series, person)
    if isinstance(found, TrustReturn):
        return Version(found).address, Version(found).full_name
    return (reverse("upload", args=[found.pk]), found.name) if found else None
