"""What is measured, and one measure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from performance.charts.figure import Table
from performance.charts.results_table import (
    COUNTS,
    FLAG,
    INTERVAL,
    ORGANISATION,
    PERCENT_OF_TARGET,
    PERIOD,
    TARGET,
    TARGET_STATUS,
    VALUE,
    results_table,
)
from performance.exports.table_file import FileTable
from performance.extracts.rules import rule_of
from performance.frameworks.rule_words import rule_in_words
from performance.models import Measure, Release
from performance.pages.figures import is_published, measure_figures
from performance.pages.file_tables import figure_file, results_file
from performance.pages.files import file_page
from performance.pages.measure_asked import Asked
from performance.pages.release_page import release_page
from performance.periods import Period
from performance.releases.change_rows import ChangeRow
from performance.releases.changes import change_of
from performance.releases.definitions import measure_in_full, measures_with_counts
from performance.releases.measure_findings import (
    TargetsMet,
    everyone,
    measure_finding,
    nation_in,
    organisation_finding,
)
from performance.releases.results import all_results_of_measures, results_of_organisations, shown_and_parts_of
from performance.releases.rows import ResultRow
from performance.releases.structures import times_of
from performance.releases.summary import NATION
from performance.vocabulary import Kind
from trusts.tiles import KINDS_WITH_A_MAP

COLUMNS = (ORGANISATION, PERIOD, VALUE, COUNTS, INTERVAL, TARGET, PERCENT_OF_TARGET, TARGET_STATUS, FLAG)


@dataclass(frozen=True)
class Listed:
    """A measure in the list, with its latest figure for the nation, if there is one."""

    measure: Measure
    latest: ResultRow | None


@dataclass(frozen=True)
class Section:
    """Measures of one kind: those with figures, and the others."""

    kind: Kind
    known: list[Listed]
    others: list[Measure]


@release_page
def measures(request: HttpRequest, release: Release) -> HttpResponse:
    latest: dict[str, ResultRow] = {}
    for row in results_of_organisations(release, [NATION]):
        if row.value is not None and (row.measure not in latest or latest[row.measure].period < row.period):
            latest[row.measure] = row
    by_kind = groupby(measures_with_counts(release), key=lambda measure: measure.kind)
    context = {"sections": [_section(Kind(kind), list(some), latest) for kind, some in by_kind]}
    return render(request, "pages/measures.html", context)


def _section(kind: Kind, some: Sequence[Measure], latest: dict[str, ResultRow]) -> Section:
    known = [one for one in some if one.figures]  # type: ignore[attr-defined]
    others = [one for one in some if one not in known]
    return Section(kind, [Listed(one, latest.get(one.code)) for one in known], others)


@release_page
def measure(request: HttpRequest, release: Release, code: str) -> HttpResponse:
    definition = _measure(code)
    rows = shown_and_parts_of(release, code, NATION)
    asked = Asked.by(request, rows)
    group = everyone(rows, asked.period)
    period = asked.period or (group[0].period if group else None)
    change = _change(release, code, asked)
    figures = measure_figures(rows, change, asked.organisation, asked.period)
    targets = TargetsMet.of(group)
    listed = _listed_period(release, asked, period)
    context = {
        "measure": definition,
        "rule": rule_in_words(rule_of(definition)) if definition.case_rule else [],
        "asked": asked,
        "period": period,
        "finding": measure_finding(rows, group),
        "own": organisation_finding(rows, asked.organisation, period),
        "cases": nation_in(rows, period),
        "figures": figures,
        "change": change,
        "targets": targets if targets.judged else None,
        "times": times_of(rows),
        "has_rows": bool(rows),
        "has_map": any(row.organisation_kind in KINDS_WITH_A_MAP and row.value is not None for row in rows),
        "listed": listed,
        "table": _table(rows, asked, listed),
    }
    return render(request, "pages/measure.html", context)


@file_page
def measure_file(request: HttpRequest, release: Release, code: str) -> FileTable:
    title = f"{_measure(code).title}: every figure"
    return results_file(code, title, all_results_of_measures(release, [code]))


@file_page
def measure_figure_file(request: HttpRequest, release: Release, code: str, name: str) -> FileTable:
    """The table of a figure on its page, of what the address asks for."""
    rows = shown_and_parts_of(release, code, NATION)
    asked = Asked.by(request, rows)
    change = _change(release, code, asked)
    for figure in measure_figures(rows, change, asked.organisation, asked.period):
        if figure.slug == name:
            return figure_file(name, figure, asked.query)
    raise Http404(f"There is no figure '{name}'.")


def _change(release: Release, code: str, asked: Asked) -> ChangeRow | None:
    return change_of(release, code, asked.organisation or NATION)


def _listed_period(release: Release, asked: Asked, period: Period | None) -> Period | None:
    """Of which period figures are listed; None for all. What was published is of many odd periods, so
    there it is all unless one is asked for."""
    if asked.is_every or (asked.period is None and is_published(release)):
        return None
    return period


def _table(rows: Sequence[ResultRow], asked: Asked, period: Period | None) -> Table | None:
    """By the organisations of the structure asked for, without the months that a year's figure is the
    sum of."""
    of_structure = [row for row in rows if row.structure == asked.structure and row.is_shown]
    shown = [row for row in of_structure if period in (None, row.period)] or of_structure
    return results_table(shown, *COLUMNS) if shown else None


def _measure(code: str) -> Measure:
    definition = measure_in_full(code)
    if definition is None:
        raise Http404(f"There is no measure '{code}'.")
    return definition
