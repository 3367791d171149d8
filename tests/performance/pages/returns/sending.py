"""Files that were sent and their findings, made without reading them; and people who look at them."""

import datetime
from pathlib import Path
from typing import Any

from django.test import Client
from django.utils import timezone

from performance.models import Framework, Job, Measure, Series, TrustReturn, Upload
from performance.returns.actions import keep_upload
from tests import factories
from tests.performance.pages.reading import Element, read
from tests.performance.returns.sent import content_of, officer, sent
from trusts.models import Person

PASSWORDS = "trusts.authentication.PasswordBackend"
FILE = b"Trust,Measure,Num,Den\nLondon,A,45,50\nLondon,B,51,50\nLondon,C,,<b>9\n"


def visitor(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=PASSWORDS)
    return client


def download(upload: Upload, name: str, person: Person | None = None) -> Any:
    return visitor(person or upload.uploaded_by).get(f"/returns/uploads/{upload.pk}/{name}")


def bytes_of(upload: Upload) -> bytes:
    return Path(upload.file.path).read_bytes()


def page_of(response: Any) -> Element:
    return read(response.content.decode())


def main_of(response: Any) -> Element:
    return page_of(response).one("main")


def unread(series: Series, content: bytes = b"a,b\n", by: Person | None = None, **given: Any) -> Upload:
    """A file as it came, with what is given of it as if it had been read."""
    name = given.pop("name", "return.csv")
    upload = keep_upload(sent=sent(content, name), series=series, by=by or officer())
    for field, value in given.items():
        setattr(upload, field, value)
    upload.save()
    return upload


def refused_with(series: Series, content: bytes, *found: dict[str, Any], **given: Any) -> Upload:
    lines = len(content.splitlines()) - 1
    upload = unread(series, content, **{"state": "refused", "format": "csv", "lines": lines} | given)
    for finding in found:
        factories.make_finding(upload=upload, **finding)
    return upload


def wrong(row: int | None, column: str = "", sentence: str = "It is wrong.", **given: Any) -> dict[str, Any]:
    return {"row": row, "column": column, "sentence": sentence, "severity": "error", "code": "wrong"} | given


def odd(row: int | None, column: str = "", sentence: str = "It is odd.", **given: Any) -> dict[str, Any]:
    return wrong(row, column, sentence, severity="warning", code="jump") | given


def draft_with(series: Series, *found: dict[str, Any], by: Person | None = None, **given: Any) -> TrustReturn:
    """A return with one figure, from a file of one row, with findings about it."""
    by = by or officer()
    content = content_of({"organisation": by.organisation.slug, "measure": "reports-on-time"})
    upload = unread(series, content, by, state="kept", format="csv", lines=1)
    version = factories.make_trust_return(
        series=series,
        organisation=by.organisation,
        upload=upload,
        framework=Framework.objects.get(slug="ptrs"),
        period_start=datetime.date(2010, 4, 1),
        period_end=datetime.date(2010, 4, 30),
        **given,
    )
    factories.make_observation(
        trust_return=version,
        organisation=by.organisation,
        measure=Measure.objects.get(code="reports-on-time"),
        source="",
    )
    for finding in found:
        factories.make_finding(upload=upload, trust_return=version, **finding)
    return version


def checked(upload: Upload, **given: Any) -> Job:
    """The job that checks it, as far as is given."""
    values = {"kind": "check-upload", "upload": upload, "series": upload.series, "steps_total": 0}
    return factories.make_job(**values | given)


def finished(state: str, outcome: str) -> dict[str, Any]:
    return {"state": state, "outcome": outcome, "finished": timezone.now()}
