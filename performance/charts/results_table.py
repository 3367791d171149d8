"""Results of a release as a table: the same columns wherever results are listed."""

from collections.abc import Iterable

from performance.charts.figure import Column, Row, Table
from performance.releases.rows import ResultRow

ORGANISATION = Column("organisation", "Organisation", show=lambda row: row["result"].organisation_name)
MEASURE = Column("measure", "Measure", show=lambda row: row["result"].measure_title)
PERIOD = Column("period", "Period", show=lambda row: str(row["result"].period))
VALUE = Column("value", "Result", numeric=True, show=lambda row: row["result"].written)
COUNTS = Column("counts", "Counts", numeric=True, show=lambda row: row["result"].counts)
INTERVAL = Column("interval", "95% interval", numeric=True, show=lambda row: row["result"].interval)
TARGET = Column("target", "Target", numeric=True, show=lambda row: row["result"].written_target)
TARGET_STATUS = Column("target_status", "Against target", show=lambda row: row["result"].target_status.label)
FLAG = Column("flag", "Against all", show=lambda row: row["result"].flag.label)


def results_table(results: Iterable[ResultRow], *columns: Column) -> Table:
    return Table(columns, [raw(result) for result in results])


def raw(result: ResultRow) -> Row:
    """A result under the keys that files use; `result` itself is for writing cells."""
    return {
        "organisation": result.organisation,
        "organisation_name": result.organisation_name,
        "measure": result.measure,
        "measure_title": result.measure_title,
        "kind": result.kind,
        "unit": result.unit,
        "period_start": result.period.start,
        "period_end": result.period.end,
        "status": result.status,
        "numerator": result.numerator,
        "denominator": result.denominator,
        "value": result.value,
        "lower_95": result.lower,
        "upper_95": result.upper,
        "target": result.target,
        "target_status": result.target_status,
        "percent_of_target": result.attainment,
        "baseline": result.baseline,
        "flag": result.flag,
        "as_printed": result.as_printed,
        "source": result.source,
        "certainty": result.certainty,
        "note": result.note,
        "result": result,
    }


RESULT_FILE_COLUMNS = [
    "organisation",
    "organisation_name",
    "measure",
    "measure_title",
    "kind",
    "unit",
    "period_start",
    "period_end",
    "status",
    "numerator",
    "denominator",
    "value",
    "lower_95",
    "upper_95",
    "target",
    "target_status",
    "percent_of_target",
    "baseline",
    "flag",
    "as_printed",
    "source",
    "certainty",
    "note",
]
