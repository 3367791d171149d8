"""Typing a few lines instead of sending a file, and saying that there is nothing to report."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from performance.models import Framework, FrameworkMeasure, Series, Upload
from performance.pages.forms.base import PageForm, sent
from performance.pages.forms.lines import TYPED, LinesForm, MonthForm, NilForm
from performance.pages.returns.entered import NIL_RETURN, file_of, nil_lines, typed_in
from performance.pages.returns.series import returns_page
from performance.periods import Period
from performance.returns.actions import upload_file
from performance.returns.life_cycle import check_may_upload
from performance.returns.uploads import Sent
from trusts.models import Person
from trusts.permission import NotAllowed

# Digits of a key.
LONGEST_KEY = 18
# The button with which the nil return is sent.
NIL = "nil"


@require_http_methods(["GET", "HEAD", "POST"])
@returns_page
def enter(request: HttpRequest, series: Series) -> HttpResponseBase:
    """First of which framework and month, as the address may say; then the lines of those."""
    check_may_upload(request.user.organisation, request.user)
    asked = MonthForm(request.GET if "month" in request.GET else None, initial=request.GET.dict())
    if not asked.is_valid():
        return render(request, "returns/enter_month.html", {"form": asked})
    return _enter(request, series, asked.cleaned_data["framework"], asked.cleaned_data["month"])


def _enter(request: HttpRequest, series: Series, framework: Framework, month: Period) -> HttpResponseBase:
    entries = _entries(framework)
    own, is_nil = request.user.organisation, NIL in request.POST
    typed_before = _typed_before(request, series)
    lines = LinesForm(own, entries, None if is_nil else sent(request), initial=typed_before)
    nil = NilForm(own, sent(request) if is_nil else None, prefix="nil")
    form: LinesForm | NilForm = nil if is_nil else lines
    if form.is_valid():
        file = (
            file_of(nil_lines(entries), framework, month, nil.trust, NIL_RETURN)
            if is_nil
            else file_of(lines.filled_in, framework, month, lines.trust)
        )
        upload = _sent(file, series, request.user, form)
        if upload:
            return redirect("upload", pk=upload.pk)
    context = {"lines": lines, "nil": nil, "form": form, "framework": framework, "month": month}
    return render(request, "returns/enter.html", context | {"is_again": bool(typed_before)})


def _entries(framework: Framework) -> list[FrameworkMeasure]:
    entries = FrameworkMeasure.objects.filter(domain__framework=framework)
    return list(entries.select_related("measure", "domain").order_by("domain__position", "position"))


def _sent(file: Sent, series: Series, person: Person, form: PageForm) -> Upload | None:
    """The form says why, where there is none."""
    try:
        return upload_file(sent=file, series=series, by=person)
    except NotAllowed as reason:
        form.refuse(str(reason))
        return None


def _typed_before(request: HttpRequest, series: Series) -> dict[str, Any]:
    """What an upload that had errors has in each field, for mending it."""
    number = request.GET.get("again", "")
    if not number.isdecimal() or len(number) > LONGEST_KEY:
        return {}
    uploads = Upload.objects.visible_to(request.user).filter(series=series).select_related("framework")
    upload = uploads.filter(pk=int(number)).first()
    lines = typed_in(upload) if upload else {}
    return _trust_of(lines) | {
        f"{code}-{column}": row.get(column, "") for code, row in lines.items() for column in TYPED
    }


def _trust_of(lines: dict[str, dict[str, str]]) -> dict[str, str]:
    slugs: Sequence[str] = [row.get("organisation") or "" for row in lines.values()]
    return {"organisation": slugs[0]} if slugs else {}
