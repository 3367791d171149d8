"""What whoever has signed in has to do about returns."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from performance.models import Series
from performance.pages.returns.noms_work import noms_work
from performance.pages.returns.series import returns_page
from performance.pages.returns.trust_work import trust_work
from trusts.permission import Permission, has


@require_safe
@returns_page
def work_list(request: HttpRequest, series: Series) -> HttpResponse:
    if has(request.user, Permission.READ_ANY_UNPUBLISHED):
        return render(request, "returns/noms_work.html", {"work": noms_work(series, request.user)})
    context = {
        "trust": request.user.organisation,
        "work": trust_work(series, request.user),
        "sends": has(request.user, Permission.SEND_OWN_RETURN),
        "approves": has(request.user, Permission.APPROVE_OWN_RETURN),
    }
    return render(request, "returns/trust_work.html", context)
