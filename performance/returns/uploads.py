"""Taking in a file as it was sent: kept as it is, with its digest, whatever is wrong with it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.core.files.base import File
from django.utils import timezone

from performance.models import Framework, Series, TrustReturn, Upload, UploadState
from performance.periods import Period, written_date
from performance.returns.layouts import Said
from trusts.models import Person
from trusts.permission import NotAllowed

# Far more than a million lines, and no burden to keep.
MOST_BYTES = 200 * 1024 * 1024
LONGEST_NAME = 200
ENDINGS = (".csv", ".xlsx", ".ods", ".parquet")


@dataclass(frozen=True)
class Sent:
    """A file and what was said beside it, for cells that it lacks."""

    file: "File[bytes]"
    name: str
    said: Said = Said()


def sha256_of(chunks: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


def kept_upload(sent: Sent, series: Series, by: Person) -> Upload:
    """The record of an attempt, with the file. To be called in a transaction.

    Raises NotAllowed where the same bytes are being checked, or are the latest version of what
    they hold: nothing in them is new.
    """
    sha256 = sha256_of(sent.file.chunks())
    check_is_new(sha256, series)
    said = sent.said
    upload = Upload(
        series=series,
        organisation=by.organisation,
        framework=Framework.objects.filter(slug=said.framework).first(),
        period_start=said.period.start if said.period else None,
        period_end=said.period.end if said.period else None,
        uploaded_at=timezone.now(),
        uploaded_by=by,
        name=Path(sent.name).name[-LONGEST_NAME:],
        size=sent.file.size,
        sha256=sha256,
    )
    # Named by its digest: a name that someone sent may be anything. It isn't undone with the
    # transaction; a file left behind is of no harm, as no row has it.
    upload.file.save(f"{sha256}{_ending(sent.name)}", sent.file, save=False)
    upload.save()
    return upload


def said_of(upload: Upload) -> Said:
    """What stood beside a file when it was sent."""
    start, end = upload.period_start, upload.period_end
    return Said(
        organisation=upload.organisation.slug if upload.organisation else "",
        framework=upload.framework.slug if upload.framework else "",
        period=Period(start, end) if start and end else None,
    )


def check_is_new(sha256: str, series: Series) -> None:
    """Raises NotAllowed for bytes that were sent before, unless they were refused then, or another
    version has followed them."""
    version = version_of(sha256, series)
    if version:
        when = written_date(version.upload.uploaded_at)
        raise NotAllowed(f"This file was sent on {when}, as version {version.version}: nothing in it is new.")
    waiting = Upload.objects.filter(series=series, sha256=sha256, state=UploadState.WAITING)
    if waiting.filter(job__finished__isnull=True).exists():
        raise NotAllowed("This file was sent a moment ago, and is being checked.")


def version_of(sha256: str, series: Series) -> TrustReturn | None:
    """The latest version of a return that came with these bytes, if one did."""
    versions = TrustReturn.objects.latest_versions().select_related("upload")
    return versions.filter(series=series, upload__sha256=sha256).first()


def seen_before(sha256: str, series: Series, person: Person) -> TrustReturn | Upload | None:
    """What came with the same bytes before, if this person may see it: the version that they are now, or else
    the file."""
    version = version_of(sha256, series)
    if version:
        seen = TrustReturn.objects.visible_to(person).select_related("organisation", "framework")
        return seen.filter(pk=version.pk).first()
    return Upload.objects.visible_to(person).filter(series=series, sha256=sha256).first()


def _ending(name: str) -> str:
    ending = Path(name).suffix.lower()
    return ending if ending in ENDINGS else ""
