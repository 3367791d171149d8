"""The shape of a table from the public record."""

import datetime
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from performance.vocabulary import Status
from trusts.certainty import Certainty
from trusts.content import Blank, Date, Located, OptionalFloat, Slug, TableRow, read_table
from trusts.tables import Filled

# Far above any count of people, and within what a database stores as a whole number.
OptionalCount = Annotated[Annotated[int, Field(le=10**15)] | None, Blank]

DATA = Path(__file__).parent / "data"
# The day on which the public record was last read for these tables.
READ_ON = datetime.date(2026, 11, 21)


class PublishedRow(TableRow):
    """One figure. `value` is as printed, in the measure's unit; `target` and
    `percent_of_target` are what the source prints beside it."""

    organisation: Slug
    measure: Slug
    framework: str
    period_start: Date
    period_end: Date
    status: Status
    numerator: OptionalCount
    denominator: OptionalCount
    value: OptionalFloat
    target: OptionalFloat
    percent_of_target: OptionalFloat
    as_printed: Annotated[str, StringConstraints(max_length=200)]
    source: Filled
    certainty: Certainty
    note: str


def read_published(path: Path) -> list[Located[PublishedRow]]:
    return read_table(path, PublishedRow)
