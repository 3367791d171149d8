"""Who has sent what: trusts by month and measures by month, in one framework."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from performance.models import Framework, Series
from performance.pages.returns.matrix_rows import LEGEND, Count, TrustLine, all_measures, in_all, measure_line
from performance.pages.returns.matrix_words import summary
from performance.pages.returns.series import returns_page
from performance.returns.expected import expected_returns, months_of, stands_through
from performance.returns.matrix import measures_by_month, sent_by_month, trusts_by_month
from trusts.models import Organisation, OrganisationKind
from trusts.permission import Permission, check_has


@require_safe
@returns_page
def matrix(request: HttpRequest, series: Series) -> HttpResponse:
    check_has(request.user, Permission.READ_ANY_UNPUBLISHED, "see what all trusts have sent")
    frameworks = _frameworks_with_months(series)
    chosen = next((one for one in frameworks if one.slug == request.GET.get("framework")), None)
    chosen = chosen or next(iter(frameworks), None)
    context = {"frameworks": frameworks, "chosen": chosen, **(_tables(series, chosen) if chosen else {})}
    return render(request, "returns/matrix.html", context)


def _frameworks_with_months(series: Series) -> list[Framework]:
    """Those that some trust had to send a month for, the latest first."""
    trusts = list(Organisation.objects.of_kind(OrganisationKind.TRUST))
    found = [framework for framework in Framework.objects.all() if _is_expected(framework, trusts, series)]
    return sorted(found, key=lambda framework: (framework.ends, framework.starts), reverse=True)


def _is_expected(framework: Framework, trusts: Sequence[Organisation], series: Series) -> bool:
    months = months_of(framework, series.today)
    return any(stands_through(trust, month) for month in months for trust in trusts)


def _tables(series: Series, framework: Framework) -> dict[str, Any]:
    expected = expected_returns(series, framework=framework)
    rows = trusts_by_month(expected)
    # The newest month first: what is late is seen before a narrow screen is scrolled.
    newest_first = reversed(sent_by_month(expected).items())
    by_month = {month: Count(*counts) for month, counts in newest_first}
    measures = [measure_line(row, by_month) for row in measures_by_month(series, framework)]
    return {
        "summary": summary(expected, series.today),
        "months": by_month,
        "trusts": [TrustLine(row, list(by_month)) for row in rows],
        "trusts_in_all": in_all(by_month.values()),
        "late_in_all": sum(row.late for row in rows),
        "measures": measures,
        "measures_in_all": all_measures(measures),
        "legend": LEGEND,
    }
