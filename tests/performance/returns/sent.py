"""Files as trusts send them, and people who do."""

import csv
import datetime
import io

from performance.models import Framework, Measure, Series, TrustReturn
from performance.returns.actions import accept_return, approve_return, submit_return
from performance.returns.reader import ReturnFile, ReturnNames, read_return
from performance.returns.rows import ReturnRow
from tests import factories
from trusts.models import Organisation, Person, Role

COLUMNS = list(ReturnRow.model_fields)
APRIL = {"period_start": "2010-04-01", "period_end": "2010-04-30"}
MAY = {"period_start": "2010-05-01", "period_end": "2010-05-31"}
GOOD = APRIL | {
    "organisation": "london",
    "framework": "ptrs",
    "measure": "reports-on-time",
    "status": "reported",
    "numerator": "45",
    "denominator": "50",
    "target": "92.5",
}


def make_what_is_known() -> None:
    """Two trusts, an area, and two frameworks of the same year with a measure in common."""
    for slug, kind in (("london", "trust"), ("kent", "trust"), ("kent-area", "area")):
        factories.make_organisation(slug=slug, name=slug.title(), kind=kind)
    for code, unit in (("reports-on-time", "share"), ("orders-completed", "count"), ("reoffending", "share")):
        factories.make_measure(code=code, unit=unit)
    for slug in ("ptrs", "ippf"):
        put_in_framework(factories.make_framework(slug=slug), "reports-on-time", "orders-completed")
    later = factories.make_framework(
        slug="ptrs-2011-13", starts=datetime.date(2011, 4, 1), ends=datetime.date(2013, 3, 31)
    )
    put_in_framework(later, "reports-on-time")


def put_in_framework(framework: Framework, *codes: str) -> None:
    domain = factories.make_domain(framework=framework)
    for code in codes:
        factories.make_framework_measure(domain=domain, measure=Measure.objects.get(code=code))


def content_of(*rows: dict[str, str]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def sent(*rows: dict[str, str]) -> ReturnFile:
    return read_return("return.csv", content_of(*rows), ReturnNames.from_database())


def trust(slug: str = "london") -> Organisation:
    return Organisation.objects.get(slug=slug)


def someone(role: Role, of: str = "") -> Person:
    return factories.make_person(role=role, organisation=trust(of) if of else None)


def officer(of: str = "london") -> Person:
    return someone(Role.TRUST_OFFICER, of)


def chief_executive(of: str = "london") -> Person:
    return someone(Role.CHIEF_EXECUTIVE, of)


def submitted(series: Series, *rows: dict[str, str]) -> TrustReturn:
    """Submitted by an officer of the trust that the rows are of."""
    return submit_return(file=sent(*rows), series=series, by=officer(rows[0]["organisation"]))


def approved(series: Series, *rows: dict[str, str]) -> TrustReturn:
    version = submitted(series, *rows)
    return approve_return(trust_return=version, by=chief_executive(rows[0]["organisation"]))


def accepted(series: Series, *rows: dict[str, str]) -> TrustReturn:
    return accept_return(trust_return=approved(series, *rows), by=someone(Role.NOMS_ANALYST))
