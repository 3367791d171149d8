"""Results of a release as a table: the same columns wherever results are listed."""

from collections.abc import Iterable, Sequence
from operator import attrgetter

from performance.charts.figure import Column, Row, Table, publisher
from performance.releases.rows import ResultRow
from performance.vocabulary import ADDED_UP, Flag, Standing, TargetStatus
from performance.wording import NOUNS
from trusts.certainty import Certainty

RECONSTRUCTED = "Reconstructed definition"
ADDED_UP_HERE, IN_A_RETURN = "Added up here", "In a return"
# A region has the name of a trust or of an area, so a table says which it is.
NAMED_WITH_KIND = ("region", "probation-region")

ORGANISATION = Column(
    "organisation_name",
    "Organisation",
    note=lambda row: (
        NOUNS[row["organisation_kind"]][0] if row["organisation_kind"] in NAMED_WITH_KIND else ""
    ),
)
MEASURE = Column(
    "measure_title",
    "Measure",
    note=lambda row: RECONSTRUCTED if row["definition"] == Standing.RECONSTRUCTED else "",
)
PERIOD = Column("period_start", "Period", show=lambda row: str(row["result"].period))
VALUE = Column("value", "Result", numeric=True, show=lambda row: row["result"].written)
COUNTS = Column("numerator", "Counts", numeric=True, show=lambda row: row["result"].counts)
INTERVAL = Column("lower_95", "95% interval", numeric=True, show=lambda row: row["result"].interval)
TARGET = Column("target", "Target", numeric=True, show=lambda row: row["result"].written_target)
TARGET_STATUS = Column("target_status", "Against target", show=lambda row: row["result"].target_status.label)
SOURCE = Column(
    "source",
    "Source",
    show=lambda row: source_name(row["result"]),
    link=lambda row: row["source"] if publisher(row["source"]) else "",
    note=lambda row: remarks(row["result"]),
)
PERCENT_OF_TARGET = Column(
    "percent_of_target",
    "Per cent of target",
    numeric=True,
    show=lambda row: row["result"].written_attainment,
)
FLAG = Column("flag", "Against all", show=lambda row: row["result"].flag.label)
NATION_COLUMN = "nation"
NOTHING = (None, TargetStatus.NO_TARGET, Flag.NOT_COMPARED)
# Left out where no row has any: an empty column says nothing.
SOMETIMES = (COUNTS, INTERVAL, TARGET, PERCENT_OF_TARGET, TARGET_STATUS, FLAG)


def beside(nation: Iterable[ResultRow]) -> Column:
    """A column with the nation's figure for a row's measure and period, where there is one and
    it is a level to compare with, not the total that the row is part of."""
    known = {
        (row.measure, row.period): row for row in nation if row.unit not in ADDED_UP and row.value is not None
    }

    def show(row: Row) -> str:
        national = known.get((row["measure"], row["result"].period))
        return national.written if national else ""

    return Column(NATION_COLUMN, "England and Wales", numeric=True, show=show)


def source_name(result: ResultRow) -> str:
    """Whose page a figure comes from, if it is from any."""
    return ADDED_UP_HERE if result.is_added_up else publisher(result.source) or IN_A_RETURN


def results_table(results: Iterable[ResultRow], *columns: Column) -> Table:
    """The columns asked for, less those of SOMETIMES that would be empty, and the source."""
    rows = [raw(result) for result in results]
    used = [column for column in columns if _is_used(column, rows)]
    return Table([*used, SOURCE], rows)


def _is_used(column: Column, rows: Sequence[Row]) -> bool:
    if column.key == NATION_COLUMN:
        return any(column.cell(row).text for row in rows)
    if column is PERCENT_OF_TARGET:
        # Beside a result and its target the percentage adds nothing but width.
        return any(row["target"] is None and row["percent_of_target"] is not None for row in rows)
    return column not in SOMETIMES or any(row[column.key] not in NOTHING for row in rows)


def remarks(result: ResultRow) -> str:
    """What a reader of this figure must know: how it was printed, how sure it is, what was noted."""
    said = [result.note]
    if result.as_printed and result.as_printed not in result.note:
        said.insert(0, f"Printed as “{result.as_printed}”.")
    if _is_unsure(result):
        said.insert(0, f"{result.certainty.label.capitalize()}.")
    return " ".join(text for text in said if text)


def _is_unsure(result: ResultRow) -> bool:
    """Whether that a figure isn't from its source itself is still to be said."""
    is_said = result.is_added_up or result.note.startswith("Worked out")
    return result.certainty != Certainty.VERBATIM and not is_said


# What a file holds of a result, under the names that files use.
FILE_FIELDS = {
    "organisation": "organisation",
    "organisation_name": "organisation_name",
    "organisation_kind": "organisation_kind",
    "structure": "structure",
    "measure": "measure",
    "measure_title": "measure_title",
    "definition": "definition",
    "kind": "kind",
    "unit": "unit",
    "period_start": "period.start",
    "period_end": "period.end",
    "is_part": "is_part",
    "status": "status",
    "numerator": "numerator",
    "denominator": "denominator",
    "expected": "expected",
    "value": "value",
    "lower_95": "lower",
    "upper_95": "upper",
    "target": "target",
    "target_status": "target_status",
    "percent_of_target": "attainment",
    "baseline": "baseline",
    "flag": "flag",
    "as_printed": "as_printed",
    "source": "source",
    "certainty": "certainty",
    "note": "note",
}
RESULT_FILE_COLUMNS = list(FILE_FIELDS)
_values = attrgetter(*FILE_FIELDS.values())


def raw(result: ResultRow) -> Row:
    """A result as files have it; `result` itself, for writing cells, comes along."""
    return dict(zip(FILE_FIELDS, _values(result), strict=True)) | {"result": result}
