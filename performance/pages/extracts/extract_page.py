"""The page of an extract: how its count goes, what was counted, what no return can show."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from performance.charts.days_of_month import DaysOf, days_of_month
from performance.charts.figure import Column, Figure, Row, Table
from performance.charts.waits import WaitsOf, waits
from performance.extracts.counting import LONGEST
from performance.extracts.rules import rule_of
from performance.extracts.shown import MeasureSum, Shown, StillOpen, Unlike, limit_of, unit_of, units_of
from performance.frameworks.rule_words import rule_in_words
from performance.models import CaseExtract, ExtractState, Measure, Series
from performance.pages.extracts.extracts import visible_extract
from performance.pages.forms.extracts import LookUpForm
from performance.pages.returns.series import returns_page
from performance.periods import written_date
from performance.wording import counted, written_counts, written_number, written_share
from trusts.models import Organisation, Person


@require_safe
@returns_page
def extract(request: HttpRequest, series: Series, pk: int) -> HttpResponseBase:
    return page_of(request, visible_extract(request, series, pk))


@require_safe
@returns_page
def progress(request: HttpRequest, series: Series, pk: int) -> HttpResponseBase:
    job = visible_extract(request, series, pk).job
    return JsonResponse(
        {
            "state": job.state,
            "step": _step(job),
            "done": job.steps_done,
            "total": job.steps_total,
            "is_finished": job.is_finished,
            "outcome": job.outcome,
        }
    )


def page_of(
    request: HttpRequest, extract: CaseExtract, form: LookUpForm | None = None, found: Any = None
) -> HttpResponse:
    """form: for looking cases up, as it was filled in; found: what came of that."""
    context: dict[str, Any] = {"extract": extract, "job": extract.job}
    if extract.state == ExtractState.REFUSED:
        return render(request, "extracts/refused.html", context)
    if extract.state == ExtractState.WAITING:
        is_over = extract.job.is_finished
        template = "extracts/failed.html" if is_over else "extracts/waiting.html"
        return render(request, template, context | {"step": _step(extract.job)})
    context |= _counted(request, extract)
    context |= {"form": form or LookUpForm(), "found": found}
    return render(request, "extracts/counted.html", context)


def is_own(extract: CaseExtract, person: Person) -> bool:
    """Whether the cases are those of the person's own trust."""
    return extract.organisation_id is not None and extract.organisation_id == person.organisation_id


def trust_asked_for(request: HttpRequest, extract: CaseExtract) -> str:
    """Raises Http404 for a trust that the extract has no figure of."""
    told = trusts_of(extract)
    asked = request.GET.get("trust") or (told[0] if told else "")
    if asked not in told:
        raise Http404(f"The extract has no figures of ‘{asked}’.")
    return asked


def trusts_of(extract: CaseExtract) -> list[str]:
    if extract.organisation:
        return [extract.organisation.slug]
    seen = {extract.result["trusts"][place] for place in extract.result["seen"]["trust"]}
    return sorted(seen)


def measure_asked_for(request: HttpRequest, measures: Sequence[Measure]) -> Measure | None:
    asked = request.GET.get("measure")
    if asked is None:
        return measures[0] if measures else None
    found = next((measure for measure in measures if measure.code == asked), None)
    if found is None:
        raise Http404(f"‘{asked}’ wasn’t counted from this extract.")
    return found


def _counted(request: HttpRequest, extract: CaseExtract) -> dict[str, Any]:
    slug = trust_asked_for(request, extract)
    own = is_own(extract, request.user)
    shown = Shown(extract, slug, own=own)
    measure = measure_asked_for(request, shown.measures)
    names = dict(Organisation.objects.filter(slug__in=trusts_of(extract)).values_list("slug", "name"))
    return {
        "shown": shown,
        "own": own,
        "trust": slug,
        "trust_name": names[slug],
        "trusts": sorted(names.items(), key=lambda pair: pair[1]),
        "sums": Table(SUMS, [_sum_row(one, slug) for one in shown.sums]),
        "unlike": Table(UNLIKE, [_unlike_row(one) for one in shown.unlike()]),
        "measure": measure,
        "rule": rule_in_words(rule_of(measure)) if measure else [],
        "still_open": _still_open(shown.still_open(measure)) if measure else "",
        "figures": _figures(shown, measure, names[slug]) if measure else [],
        "questions": shown.questions(measure) if measure else [],
    }


def _still_open(found: StillOpen | None) -> str:
    if found is None:
        return ""
    longest = "" if found.longest is None else f"; the longest for {_days(found.longest)}"
    return (
        f"Still open: {written_share(found.share)} ({written_counts(found.cases, found.counted)}), half of "
        f"them for {_days(found.half)} or less{longest}."
    )


def _days(days: int) -> str:
    return f"{LONGEST} days or more" if days == LONGEST else counted(days, "day")


def _figures(shown: Shown, measure: Measure, trust: str) -> list[tuple[str, Figure]]:
    period, taken = str(shown.extract.period), written_date(shown.extract.taken)
    limit = limit_of(rule_of(measure))
    found: list[tuple[str, Figure | None]] = []
    if limit:
        ran, runs = shown.waits(measure)
        of = WaitsOf(measure.short_title, trust, period, taken, units_of(limit), unit_of(limit), ran, runs)
        found.append(("waits", waits(of)))
    days = DaysOf(measure.short_title, trust, period, taken, shown.days(measure))
    found.append(("days-of-month", days_of_month(days)))
    return [(name, figure) for name, figure in found if figure]


FEW = "fewer than 5"
SUMS = (
    Column("measure", "Measure", link=lambda row: row["address"]),
    Column("counts", "Counted", numeric=True),
    Column("share", "Share", numeric=True),
    Column("runs", "Still open", numeric=True),
)
UNLIKE = (
    Column("measure", "Measure"),
    Column("period", "Month"),
    Column("counted", "Counted here", numeric=True),
    Column("returned", "In the return", numeric=True),
    Column("version", "Return", link=lambda row: row["address"]),
)


def _sum_row(found: MeasureSum, trust: str) -> Row:
    measure = found.measure
    return {
        "measure": measure.title,
        "address": f"?trust={trust}&measure={measure.code}#measure",
        "counts": _written((found.denominator, None))
        if found.numerator is None
        else _written((found.numerator, found.denominator)),
        "share": "" if found.share is None else written_share(found.share),
        "runs": _runs(found),
    }


def _runs(found: MeasureSum) -> str:
    if not limit_of(rule_of(found.measure)):
        return ""
    return FEW if found.runs is None else written_number(found.runs)


def _unlike_row(found: Unlike) -> Row:
    return {
        "measure": found.measure.title,
        "period": str(found.period),
        "counted": _written(found.counted),
        "returned": _written(found.returned),
        "version": str(found.version),
        "address": f"/returns/{found.version.pk}/",
    }


def _written(counts: tuple[int | None, int | None]) -> str:
    numerator, denominator = counts
    if numerator is None:
        return "No number"
    return written_number(numerator) if denominator is None else written_counts(numerator, denominator)


def _step(job: Any) -> str:
    if not job.step:
        return "Waiting to begin"
    done = f"{job.steps_done} of {job.steps_total}"
    return f"{job.step}: {done} done"
