"""Extracts as trusts send them, of a framework whose measures can be counted from cases."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.files.base import ContentFile

from performance.extracts.actions import Request, send_extract
from performance.extracts.jobs import run_count
from performance.extracts.simulation import Plan, Simulated, simulate
from performance.frameworks.reader import read_definitions
from performance.models import CaseExtract, Framework, Measure, Series
from performance.periods import Period
from tests import factories
from trusts.models import Organisation, Person

FRAMEWORK = "ptrs-2010-11"
MEASURES = (
    "oasys-15-days",
    "court-reports-on-time",
    "victim-contact-8-weeks",
    "employment-sustained-4-weeks",
    "orders-licences-completed",
)
PERIOD = Period(datetime.date(2010, 9, 1), datetime.date(2010, 10, 31))
TAKEN = datetime.date(2011, 1, 31)
HEADER = "case,trust,unit,tier,event,date"


def make_what_can_be_counted() -> Series:
    """Two trusts, a framework with rules, and the series to which returns are sent."""
    for slug in ("london", "kent"):
        factories.make_organisation(slug=slug, name=slug.title(), kind="trust")
    framework = factories.make_framework(slug=FRAMEWORK, short_title="PTRS 2010-11")
    domain = factories.make_domain(framework=framework)
    definitions = read_definitions().measures
    for code in MEASURES:
        values = definitions[code].model_dump(mode="json")
        factories.make_framework_measure(domain=domain, measure=factories.make_measure(**values))
    return factories.make_series(
        slug="monthly", title="Monthly returns", standing="management-information", takes_returns=True
    )


def request_of(**given: Any) -> Request:
    values = {"framework": Framework.objects.get(slug=FRAMEWORK), "period": PERIOD, "taken": TAKEN}
    return Request(**values | given)


def simulated(trusts: Sequence[str] = ("london",), odd: int = 0, cases: int = 1_500) -> Simulated:
    plan = Plan(
        cases=cases,
        trusts=tuple(trusts),
        first=datetime.date(2010, 5, 1),
        last=datetime.date(2010, 12, 31),
        taken=TAKEN,
        odd=odd,
    )
    return simulate(plan)


def content_of(simulated: Simulated) -> bytes:
    return (
        simulated.rows.assign(date=simulated.rows["date"].dt.strftime("%Y-%m-%d"))
        .to_csv(index=False)
        .encode()
    )


def lines(*rows: str) -> bytes:
    return "\n".join([HEADER, *rows]).encode()


def sent(series: Series, content: bytes, by: Person, name: str = "events.csv", **asked: Any) -> CaseExtract:
    return send_extract(
        file=ContentFile(content), name=name, request=request_of(**asked), series=series, by=by
    )


def counted(series: Series, content: bytes, by: Person, **asked: Any) -> CaseExtract:
    """Sent, and counted by one worker."""
    extract = sent(series, content, by, **asked)
    run_count(extract.job.pk)
    return CaseExtract.objects.select_related("upload", "job").get(pk=extract.pk)


Sums = dict[tuple[str, datetime.date], tuple[int, int]]


def answer_of(simulated: Simulated, trust: str = "london") -> Sums:
    """What has to be counted, by measure and month, of the measures and months that are asked for."""
    rows = simulated.answer[simulated.answer["trust"] == trust]
    rows = rows[rows["measure"].isin(MEASURES)]
    rows = rows[rows["month"].between(str(PERIOD.start), str(PERIOD.end))]
    return {
        (measure, month.date()): (int(numerator), int(denominator))
        for measure, month, numerator, denominator in rows[
            ["measure", "month", "numerator", "denominator"]
        ].itertuples(index=False)
    }


def figures_of(figures: Any) -> Sums:
    """Those of returns, in the same form: of a number, twice itself."""
    return {
        (figure.measure.code, figure.period_start): (figure.numerator, figure.denominator)
        if figure.measure.unit == "share"
        else (round(figure.value), round(figure.value))
        for figure in figures.select_related("measure")
    }


def trust(slug: str = "london") -> Organisation:
    return Organisation.objects.get(slug=slug)


def measure(code: str) -> Measure:
    return Measure.objects.get(code=code)
