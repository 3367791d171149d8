"""Files as trusts send them, the people who do, and returns at every stage of their life."""

import csv
import datetime
import io
from typing import Any

from django.core.files.base import ContentFile

from performance.models import Finding, Framework, Measure, Series, Severity, TrustReturn, Upload
from performance.returns.actions import (
    accept_return,
    approve_return,
    give_reason,
    keep_upload,
    submit_return,
)
from performance.returns.checking import keep, read_upload
from performance.returns.known import ReturnNames
from performance.returns.layouts import Said
from performance.returns.uploads import Sent
from tests import factories
from trusts.models import Organisation, Person, Role

COLUMNS = (
    "organisation",
    "measure",
    "framework",
    "period_start",
    "period_end",
    "status",
    "numerator",
    "denominator",
    "value",
    "target",
    "note",
    "expected",
)
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
ORDERS = GOOD | {
    "measure": "orders-completed",
    "numerator": "",
    "denominator": "",
    "value": "30",
    "target": "",
}
REASON = "The court closed for a week."


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


def content_of(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def sent(content: bytes, name: str = "return.csv", **said: Any) -> Sent:
    return Sent(ContentFile(content), name, Said(**said))


def trust(slug: str = "london") -> Organisation:
    return Organisation.objects.get(slug=slug)


def someone(role: Role, of: str = "") -> Person:
    return factories.make_person(role=role, organisation=trust(of) if of else None)


def officer(of: str = "london") -> Person:
    return someone(Role.TRUST_OFFICER, of)


def chief_executive(of: str = "london") -> Person:
    return someone(Role.CHIEF_EXECUTIVE, of)


def uploaded(
    series: Series, content: bytes, by: Person | None = None, name: str = "return.csv", **said: Any
) -> Upload:
    """Sent by an officer of London unless another is named, and checked."""
    upload = keep_upload(sent=sent(content, name, **said), series=series, by=by or officer())
    names = ReturnNames.from_database()
    keep(upload, read_upload(upload, names), names)
    return upload


def refused(series: Series, *rows: dict[str, str]) -> Upload:
    upload = uploaded(series, content_of(*rows))
    assert upload.state == "refused", list(upload.findings.all())
    return upload


def drafted(series: Series, *rows: dict[str, str], by: Person | None = None) -> TrustReturn:
    """A draft by an officer of the trust that the rows are of."""
    upload = uploaded(series, content_of(*rows), by or officer(rows[0]["organisation"]))
    said = [finding.sentence for finding in upload.findings.all()]
    assert upload.state == "kept", said
    return upload.trust_returns.select_related("organisation", "series").get()


def submitted(series: Series, *rows: dict[str, str]) -> TrustReturn:
    """Submitted by the officer who sent it, with a reason for each warning."""
    return submit(drafted(series, *rows))


def submit(version: TrustReturn) -> TrustReturn:
    by = version.upload.uploaded_by
    if warnings := warnings_of(version):
        give_reason(findings=warnings, reason=REASON, by=by)
    return submit_return(trust_return=version, by=by)


def warnings_of(version: TrustReturn) -> list[Finding]:
    return list(version.findings.filter(severity=Severity.WARNING, accepted_at=None))


def approved(series: Series, *rows: dict[str, str]) -> TrustReturn:
    return approve(drafted(series, *rows))


def approve(draft: TrustReturn) -> TrustReturn:
    return approve_return(trust_return=submit(draft), by=chief_executive(draft.organisation.slug))


def accepted(series: Series, *rows: dict[str, str]) -> TrustReturn:
    return accept(drafted(series, *rows))


def accept(draft: TrustReturn) -> TrustReturn:
    return accept_return(trust_return=approve(draft), by=someone(Role.NOMS_ANALYST))
