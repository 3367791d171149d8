"""Where the events of an extract are kept, and for how long.

As it came an extract lies there only until it is divided into parts, in which no case can be told by
anyone without the key of the installation. The parts are deleted after a set time.
"""

import datetime
import shutil
from pathlib import Path

from django.conf import settings
from django.core.files.base import File

from performance.extracts.reading import Division
from performance.models import CaseExtract

DAY = datetime.timedelta(days=1)


def directory_of(extract: CaseExtract) -> Path:
    return Path(settings.EXTRACTS_DIRECTORY) / str(extract.pk)


def keep_as_sent(extract: CaseExtract, file: "File[bytes]") -> Path:
    """For as long as it isn't divided. Its name may be anything, so it isn't used."""
    directory = directory_of(extract) / "as-sent"
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / "0"
    with path.open("wb") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
    return path


def division_of(extract: CaseExtract, parts: int, threads: int | None = None) -> Division:
    return Division(directory_of(extract), parts, settings.CASE_KEY, threads)


def delete_as_sent(extract: CaseExtract) -> None:
    shutil.rmtree(directory_of(extract) / "as-sent", ignore_errors=True)


def delete_events(extract: CaseExtract, now: datetime.datetime) -> None:
    shutil.rmtree(directory_of(extract), ignore_errors=True)
    extract.events_deleted = now
    extract.save(update_fields=["events_deleted"])


def delete_old_events(now: datetime.datetime) -> int:
    """Of every extract whose time is over; as they came, also of those whose count ended before they were
    divided. Returns of how many the time was over."""
    for extract in CaseExtract.objects.filter(events_deleted__isnull=True, job__finished__isnull=False):
        delete_as_sent(extract)
    _delete_what_belongs_to_none(now)
    old = CaseExtract.objects.filter(events_deleted__isnull=True, delete_on__lte=now.date())
    for extract in old:
        delete_events(extract, now)
    return len(old)


def _delete_what_belongs_to_none(now: datetime.datetime) -> None:
    """Folders of extracts that were never stored, or whose events are deleted: a worker that was in the
    middle of one of several files when another was refused writes its parts all the same. One that was
    made within a day may be of an extract that is just being sent."""
    kept = set(CaseExtract.objects.filter(events_deleted__isnull=True).values_list("pk", flat=True))
    for directory in Path(settings.EXTRACTS_DIRECTORY).glob("*"):
        is_old = directory.stat().st_mtime < (now - DAY).timestamp()
        if is_old and directory.name.isdecimal() and int(directory.name) not in kept:
            shutil.rmtree(directory, ignore_errors=True)
