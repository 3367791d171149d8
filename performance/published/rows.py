"""The shape of a table from the public record."""

import datetime
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints

from performance.frameworks.figures import FigureRow
from trusts.certainty import Certainty
from trusts.content import Located, OptionalFloat, read_table
from trusts.tables import Filled

DATA = Path(__file__).parent / "data"
# The day on which the public record was last read for these tables.
READ_ON = datetime.date(2026, 11, 21)


class PublishedRow(FigureRow):
    """One figure as printed; `target` and `percent_of_target` are what the source prints beside it."""

    percent_of_target: OptionalFloat
    as_printed: Annotated[str, StringConstraints(max_length=200)]
    source: Filled
    certainty: Certainty


def read_published(path: Path) -> list[Located[PublishedRow]]:
    return read_table(path, PublishedRow)
