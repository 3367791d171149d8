"""Giving a reason for warnings about a draft."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from performance.models import Finding, Series, Severity, TrustReturn, Upload
from performance.pages.forms.returns import ReasonForm
from performance.pages.returns.series import returns_page
from performance.pages.returns.upload_page import page_of
from performance.pages.returns.uploads import visible_upload
from performance.pages.signed_in import say
from performance.returns.actions import give_reason
from performance.wording import counted
from trusts.models import Person

# Where somebody goes on who gave the reason on the page of the return.
RETURN = "return"


@require_POST
@returns_page
def reasons(request: HttpRequest, series: Series, pk: int) -> HttpResponseBase:
    """One reason for one finding, or for all open ones of a code about one return."""
    upload = visible_upload(request, series, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return page_of(request, upload, refused=form)
    findings = _meant(upload, request.user, form)
    is_open = [finding for finding in findings if finding.accepted_at is None]
    if is_open:
        give_reason(findings=is_open, reason=form.cleaned_data["reason"], by=request.user)
        say(request, f"Your reason is kept. It covers {counted(len(is_open), 'warning')}.")
    else:
        say(request, "A reason was given for this before. It stays as it is.")
    return redirect(_next(upload, form, findings))


def _meant(upload: Upload, person: Person, form: ReasonForm) -> list[Finding]:
    """The warnings that the form names, about returns that this person may see. Raises Http404 where
    there are none."""
    said = form.cleaned_data
    seen = TrustReturn.objects.visible_to(person).filter(upload=upload)
    about = (
        {"pk": said["finding"]}
        if said["finding"]
        else {"trust_return": said["trust_return"], "code": said["code"]}
    )
    named = Finding.objects.filter(trust_return__in=seen, severity=Severity.WARNING, **about)
    findings = list(named.select_related("trust_return").order_by("row", "pk"))
    if not findings:
        raise Http404(f"There is no such warning about {upload.name}.")
    return findings


def _next(upload: Upload, form: ReasonForm, findings: list[Finding]) -> str:
    if form.cleaned_data["then"] == RETURN:
        return reverse("return", args=[findings[0].trust_return_id])
    return reverse("upload", args=[upload.pk])
