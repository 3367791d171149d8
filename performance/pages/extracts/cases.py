"""Case by case, for people of the trust alone."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from performance.exports.return_file import name_of, unpublished_csv
from performance.extracts.listing import CaseRow, cases_of, looked_up
from performance.extracts.shown import Shown
from performance.models import CaseExtract, ExtractState, Measure, Series
from performance.pages.extracts.extract_page import is_own, measure_asked_for, page_of
from performance.pages.extracts.extracts import visible_extract
from performance.pages.forms.base import sent
from performance.pages.forms.extracts import LookUpForm
from performance.pages.returns.series import returns_page
from performance.people.readings import record_reading
from performance.periods import written_date

COLUMNS = (
    "case",
    "measure",
    "tier",
    "day",
    "in_time",
    "started",
    "stopped",
    "took",
)


@require_safe
@returns_page
def cases_csv(request: HttpRequest, series: Series, pk: int) -> HttpResponseBase:
    """Every case that was counted under one measure."""
    extract = _own_extract(request, series, pk)
    trust = extract.organisation.slug
    measure = measure_asked_for(request, Shown(extract, trust, own=True).measures)
    if measure is None:
        raise Http404("No measure was counted from this extract.")
    record_reading(by=request.user, what=f"Cases of {extract}, {measure.code}", case_extract=extract.pk)
    rows = _as_values(cases_of(extract, [measure], trust))
    response = StreamingHttpResponse(
        unpublished_csv(COLUMNS, rows, series), content_type="text/csv; charset=utf-8"
    )
    name = name_of(f"cases-{measure.code}.csv", series)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@require_POST
@returns_page
def look_up(request: HttpRequest, series: Series, pk: int) -> HttpResponseBase:
    """By the trust's own numbers, which stand in the body so that no log has them."""
    extract = _own_extract(request, series, pk)
    form, found = LookUpForm(sent(request)), None
    if form.is_valid():
        numbers = form.cleaned_data["numbers"]
        trust = extract.organisation.slug
        measures = Shown(extract, trust, own=True).measures
        what = f"Cases looked up in {extract}"
        record_reading(by=request.user, what=what, case_extract=extract.pk, numbers=len(numbers))
        found = _in_words(looked_up(extract, measures, trust, numbers), measures)
    return page_of(request, extract, form, found)


def _own_extract(request: HttpRequest, series: Series, pk: int) -> CaseExtract:
    """Raises Http404 where the events aren't there any more, or aren't the person's own."""
    extract = visible_extract(request, series, pk)
    if not is_own(extract, request.user):
        raise Http404("Case by case an extract is shown to people of its trust alone.")
    if extract.state != ExtractState.COUNTED or extract.events_deleted:
        raise Http404("The events of this extract aren’t there any more.")
    return extract


def _as_values(rows: Iterator[CaseRow]) -> Iterator[Sequence[Any]]:
    for row in rows:
        yield (
            row.case,
            row.measure,
            row.tier,
            row.day,
            "yes" if row.met else "no",
            row.started,
            row.stopped,
            row.took,
        )


def _in_words(
    found: dict[str, list[CaseRow]], measures: Sequence[Measure]
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Of each number, the measures that count it, and how."""
    titles = {measure.code: measure.short_title for measure in measures}
    return [
        (number, [(titles[row.measure], _verdict(row)) for row in rows]) for number, rows in found.items()
    ]


def _verdict(row: CaseRow) -> str:
    met = "met" if row.met else "not met"
    begun = f"begun {written_date(row.started)}, " if row.started else ""
    done = f"done {written_date(row.stopped)}" if row.stopped else "still open"
    return f"{met}: {begun}{done}"
