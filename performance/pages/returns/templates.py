"""Workbooks to fill in, one for each framework and period."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from performance.exports.return_template import template_workbook
from performance.models import Framework, Series
from performance.pages.returns.period_address import in_address, period_in
from performance.pages.returns.series import returns_page
from performance.periods import Period, financial_year_of, month_of, quarter_of
from performance.returns.expected import DAY

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# (how it is written, address of its workbook)
Link = tuple[str, str]


@dataclass(frozen=True)
class Year:
    """A financial year of a framework, as far as it has come; whole: nothing, where only a part of
    the year is the framework's."""

    name: str
    months: list[Link]
    quarters: list[Link]
    whole: list[Link]


@dataclass(frozen=True)
class Choice:
    framework: Framework
    years: list[Year]
    is_open: bool


@require_safe
@returns_page
def templates(request: HttpRequest, series: Series) -> HttpResponseBase:
    """The framework in the address is open, otherwise the last one that has begun."""
    begun = list(Framework.objects.filter(starts__lte=series.today).order_by("-starts", "slug"))
    opened = request.GET.get("framework") or next((framework.slug for framework in begun), "")
    choices = [Choice(framework, _years(framework, series), framework.slug == opened) for framework in begun]
    return render(request, "returns/templates.html", {"choices": choices})


@require_safe
@returns_page
def template(request: HttpRequest, series: Series, framework: str, period: str) -> HttpResponseBase:
    found = Framework.objects.filter(slug=framework).first()
    if found is None:
        raise Http404(f"There is no framework '{framework}'.")
    asked = period_in(period)
    if asked is None or not _is_of(found, asked):
        years = Period(found.starts, found.ends)
        raise Http404(f"{found.short_title} is of {years}, and has no template for '{period}'.")
    workbook = template_workbook(found, asked, request.user.organisation)
    response = HttpResponse(workbook, content_type=XLSX)
    name = f"return-{found.slug}-{in_address(asked)}.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _years(framework: Framework, series: Series) -> list[Year]:
    """The last one first."""
    months = list(_months(framework, series))
    years = dict.fromkeys(financial_year_of(month.start) for month in reversed(months))
    return [
        Year(
            str(year),
            _links(framework, [month for month in months if financial_year_of(month.start) == year]),
            _links(framework, _wholly(framework, map(_quarter, months), year)),
            _links(framework, _wholly(framework, [year], year)),
        )
        for year in years
    ]


def _months(framework: Framework, series: Series) -> Iterator[Period]:
    """Those that have begun: a template may be wanted before its month is over."""
    month = month_of(framework.starts)
    while month.start <= min(framework.ends, series.today):
        yield month
        month = month_of(month.end + DAY)


def _quarter(month: Period) -> Period:
    return quarter_of(month.start)


def _wholly(framework: Framework, periods: Iterator[Period] | list[Period], year: Period) -> list[Period]:
    """Those of a year, each once, that lie in the framework's."""
    return [
        period
        for period in dict.fromkeys(periods)
        if financial_year_of(period.start) == year and _is_of(framework, period)
    ]


def _is_of(framework: Framework, period: Period) -> bool:
    return framework.starts <= period.start and period.end <= framework.ends


def _links(framework: Framework, periods: list[Period]) -> list[Link]:
    return [
        (str(period), reverse("return-template", args=[framework.slug, in_address(period)]))
        for period in periods
    ]
