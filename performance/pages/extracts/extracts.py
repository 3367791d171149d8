"""The extracts that were sent."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from performance.models import CaseExtract, ExtractState, Series
from performance.pages.returns.series import returns_page
from performance.returns.life_cycle import can_upload

ON_A_PAGE = 50
NOT_COUNTED = "Couldn’t be counted"


@require_safe
@returns_page
def extracts(request: HttpRequest, series: Series) -> HttpResponseBase:
    found = CaseExtract.objects.visible_to(request.user).filter(series=series)
    found = found.select_related("sent_by", "organisation", "framework", "job")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "extracts": [(one, state_of(one)) for one in page],
        "may_send": can_upload(request.user.organisation, request.user),
    }
    return render(request, "extracts/extracts.html", context)


def visible_extract(request: HttpRequest, series: Series, pk: int) -> CaseExtract:
    """Raises Http404 for what isn't there and for what isn't for this person's eyes, in the same words."""
    seen = CaseExtract.objects.visible_to(request.user).filter(series=series)
    related = ("sent_by", "organisation", "framework", "series", "job", "upload")
    extract = seen.select_related(*related).filter(pk=pk).first()
    if extract is None:
        raise Http404(f"There is no extract {pk} among those that you may see.")
    return extract


def state_of(extract: CaseExtract) -> str:
    job = getattr(extract, "job", None)
    if extract.state == ExtractState.WAITING and job and job.is_finished:
        return NOT_COUNTED
    return extract.get_state_display()
