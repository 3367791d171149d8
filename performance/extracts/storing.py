"""From what was counted to drafts of returns, by the path that a file of figures takes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from django.core.files.base import ContentFile

from performance.extracts.count import Count
from performance.extracts.figures import Counting, figures_of
from performance.extracts.oddities import Told, oddities
from performance.models import Series, TrustReturn, Upload
from performance.returns.actions import keep_upload
from performance.returns.checking import keep, read_upload
from performance.returns.found import Found
from performance.returns.known import ReturnNames
from performance.returns.uploads import LONGEST_NAME, Sent
from trusts.models import Person

NOTHING = "The extract has no event from which a measure of the framework is counted."


@dataclass(frozen=True)
class Stored:
    """upload: the file of figures; drafts: the returns that it came to, none where its figures have
    errors."""

    upload: Upload
    drafts: list[TrustReturn]
    found: list[Found]


def store_count(
    count: Count, counting: Counting, name: str, series: Series, by: Person, names: ReturnNames
) -> Stored:
    """To be called in a transaction. name: of the extract. Raises NotAllowed, also where the same figures
    are there already."""
    figures = figures_of(count, counting)
    titles: Mapping[str, str] = {code: found.short_title for code, found in names.names.measures.items()}
    trusts: Mapping[str, str] = {slug: found.name for slug, found in names.names.organisations.items()}
    found = oddities(count, Told(counting, titles, trusts, figures))
    file_name = f"counted-{Path(name).stem}"[: LONGEST_NAME - 4] + ".csv"
    content = ContentFile(figures.to_csv(index=False, lineterminator="\n").encode(), file_name)
    upload = keep_upload(sent=Sent(content, file_name), series=series, by=by)
    reading = read_upload(upload, names)
    reading = replace(reading, found=sorted([*reading.found, *found], key=lambda one: one.place))
    return Stored(upload, keep(upload, reading, names), found)
