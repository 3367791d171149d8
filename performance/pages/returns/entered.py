"""Lines that were typed into the form, as a file like any other."""

import csv
import io
from collections.abc import Iterable

from django.core.files.base import ContentFile

from performance.exports.return_template import COLUMNS, written_in_a_file
from performance.models import Framework, FrameworkMeasure, Upload
from performance.pages.returns.period_address import in_address
from performance.periods import Period
from performance.returns.layouts import Said
from performance.returns.uploads import Sent
from performance.vocabulary import Status
from trusts.models import Organisation

# A line that somebody typed: its measure, and what they wrote by column.
TypedLine = tuple[FrameworkMeasure, dict[str, str]]

ENTERED, NIL_RETURN = "entered", "nil-return"


def nil_lines(entries: Iterable[FrameworkMeasure]) -> list[TypedLine]:
    return [(entry, {"status": Status.NIL}) for entry in entries]


def file_of(
    lines: Iterable[TypedLine], framework: Framework, period: Period, trust: Organisation, kind: str = ENTERED
) -> Sent:
    """With the columns of a template, a row for each line."""
    same = {
        "organisation": trust.slug,
        "framework": framework.slug,
        "period": written_in_a_file(period),
    }
    text = io.StringIO()
    writer = csv.DictWriter(text, list(COLUMNS), restval="")
    writer.writeheader()
    for entry, typed in lines:
        writer.writerow(same | {"measure": entry.measure.code, "title": entry.measure.title} | typed)
    content = ContentFile(text.getvalue().encode())
    return Sent(content, file_name(kind, framework, period), Said(framework=framework.slug, period=period))


def file_name(kind: str, framework: Framework, period: Period) -> str:
    return f"{kind}-{framework.slug}-{in_address(period)}.csv"


def typed_in(upload: Upload) -> dict[str, dict[str, str]]:
    """What was typed, by code of the measure and column; nothing where the file isn't of this kind."""
    if not is_entered(upload):
        return {}
    try:
        with upload.file.open() as file:
            rows = list(csv.DictReader(io.StringIO(file.read().decode())))
    except (OSError, ValueError):
        return {}
    return {row["measure"]: row for row in rows if row.get("measure")}


def is_entered(upload: Upload) -> bool:
    """Whether it was typed into the form, by its name: somebody may give a file that name too."""
    if not upload.framework or not upload.period_start:
        return False
    period = Period(upload.period_start, upload.period_end)
    return upload.name == file_name(ENTERED, upload.framework, period)
