"""The tables of a comparison, one for each measure."""

from collections.abc import Callable
from dataclasses import dataclass

from performance.charts.chosen_parts import by_measure
from performance.charts.chosen_table import caption_of, chosen_table, remark_on_all, sources_of
from performance.charts.figure import Table, publisher
from performance.models import Measure
from performance.releases.offer import Offer
from performance.releases.rows import ResultRow

Address = Callable[[str], str]


@dataclass(frozen=True)
class MeasureTable:
    """The figures of one measure; `remark` is said of all of them, and `source` is where they all
    were published, '' where they have several sources or none."""

    measure: Measure
    caption: str
    table: Table
    remark: str
    source: str
    publisher: str

    @classmethod
    def of(cls, measure: Measure, rows: list[ResultRow], page_of: Address) -> "MeasureTable":
        sources = sources_of(rows)
        source = sources[0] if len(sources) == 1 else ""
        remark = "" if len(sources) > 1 else remark_on_all(rows)
        table = chosen_table(rows, page_of)
        return cls(measure, caption_of(rows), table, remark, source, publisher(source))


def measure_tables(rows: list[ResultRow], offer: Offer, page_of: Address) -> list[MeasureTable]:
    """rows: by measure; page_of: the address of an organisation's page, by its slug."""
    return [MeasureTable.of(offer.measures[own[0].measure], own, page_of) for own in by_measure(rows)]
