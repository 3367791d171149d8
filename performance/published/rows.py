"""The shape of a table from the public record."""

import datetime
from pathlib import Path

from performance.vocabulary import Status
from trusts.certainty import Certainty
from trusts.content import Located, OptionalFloat, OptionalInt, TableRow, read_table
from trusts.tables import Filled, Slug

DATA = Path(__file__).parent / "data"


class PublishedRow(TableRow):
    """One figure. `value` is as printed, in the measure's unit; `target` and
    `percent_of_target` are what the source prints beside it."""

    organisation: Slug
    measure: Slug
    framework: str
    period_start: datetime.date
    period_end: datetime.date
    status: Status
    numerator: OptionalInt
    denominator: OptionalInt
    value: OptionalFloat
    target: OptionalFloat
    percent_of_target: OptionalFloat
    as_printed: str
    source: Filled
    certainty: Certainty
    note: str


def read_published(path: Path) -> list[Located[PublishedRow]]:
    return read_table(path, PublishedRow)
