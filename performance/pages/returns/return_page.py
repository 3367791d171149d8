"""One version of a return: its state, what can be done now, what happened, its figures."""

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from performance.models import Observation, TrustReturn, Upload
from performance.pages.forms.base import PageForm
from performance.pages.returns import figures
from performance.pages.returns.give_reason import RETURN
from performance.pages.returns.offers import SendBackForm, offers, sends
from performance.pages.returns.series import enter_series
from performance.pages.returns.story import story_of
from performance.pages.returns.version import Version
from performance.pages.returns.warnings import warnings_about
from performance.pages.signed_in import signed_in
from performance.returns.differences import differences
from trusts.models import Person

PEOPLE = ("submitted_by", "approved_by", "returned_by", "accepted_by")
NONE_SUCH = "There is no such return, or it is of a trust whose returns aren’t yours to see."


@require_safe
@signed_in
def return_page(request: HttpRequest, pk: int) -> HttpResponse:
    return shown(request, visible_version(pk, request.user))


def visible_version(pk: int, person: Person) -> TrustReturn:
    """With how many figures it has, and whether this person may see its file. Raises
    Http404 for what they may not see, as for what isn't there."""
    found = (
        TrustReturn.objects.visible_to(person)
        .filter(pk=pk)
        .select_related("series", "organisation", "framework", "upload__uploaded_by", "supersedes", *PEOPLE)
        .annotate(
            figures=Coalesce(Subquery(_number_of_figures()), 0),
            shows_file=Exists(Upload.objects.visible_to(person).filter(pk=OuterRef("upload"))),
        )
        .first()
    )
    if found is None:
        raise Http404(NONE_SUCH)
    return found


def shown(
    request: HttpRequest, stored: TrustReturn, problem: PageForm | None = None, status: int = 200
) -> HttpResponse:
    """problem: the form that can't be used, where a step was tried; its errors stand above all else."""
    enter_series(request, stored.series)
    story, before = story_of(stored), stored.supersedes
    changed = differences(before, stored) if before else []
    context = {
        "version": Version(stored),
        "story": story,
        "offers": offers(stored, request.user),
        "sends": not story.latest and sends(stored, request.user),
        "problem": problem,
        "send_back": problem if isinstance(problem, SendBackForm) else SendBackForm(),
        "warnings": warnings_about([stored], request.user, RETURN),
        "before": before,
        "differences": figures.differences_table(before, stored, changed) if changed else None,
        "differences_in_all": len(changed),
        "figures": figures.figures_table(stored),
        "most_figures": figures.MOST_SHOWN,
    }
    return render(request, "returns/return.html", context, status=status)


def _number_of_figures() -> "QuerySet[Observation, int]":
    figures = Observation.objects.filter(trust_return=OuterRef("pk")).order_by().values("trust_return")
    return figures.annotate(number=Count("pk")).values("number")
