"""Process beside outcome as a table: all trusts with their counts."""

from collections.abc import Callable, Sequence
from dataclasses import asdict

from performance.charts.figure import Column, Row, Table
from performance.releases.divergence_rows import DivergenceRow
from performance.releases.rating_rows import capitalised

MARKED = "Marked in the chart"
TARGETS = Column(
    "targets_met",
    "Targets met",
    numeric=True,
    show=lambda row: row["result"].written_targets,
    note=lambda row: f"{process} by weight" if (process := row["result"].written_process) else "",
)
DONE = Column("counted", "Cases as asked", numeric=True, show=lambda row: row["result"].written_counted)
ASKED_FOR = Column(
    "required", "Cases asked for", numeric=True, show=lambda row: row["result"].written_required
)
ATTAINMENT = Column(
    "attainment",
    "Attainment and its 95% interval",
    numeric=True,
    show=lambda row: row["result"].written_attainment,
    note=lambda row: row["result"].attainment_interval,
)
REOFFENDED = Column(
    "reoffended", "Reoffended", numeric=True, show=lambda row: row["result"].written_reoffended
)
EXPECTED = Column("expected", "Predicted", numeric=True, show=lambda row: row["result"].written_expected)
OUTCOME = Column(
    "outcome",
    "Points below predicted and their 95% interval",
    numeric=True,
    show=lambda row: row["result"].written_outcome,
    note=lambda row: row["result"].outcome_interval,
)
FACT = Column("fact", "As counted", show=lambda row: row["result"].written_fact)
QUARTER_AND_HOW_SURE = Column(
    "quadrant",
    "Quarter",
    show=lambda row: row["result"].written_quadrant,
    note=lambda row: capitalised(f"{row['reason']}.") if row["reason"] else row["result"].how_sure,
)


def raw_divergence(row: DivergenceRow) -> Row:
    """As files have it; `result` itself, for writing cells, comes along."""
    plain = asdict(row) | {"period_start": row.period.start, "period_end": row.period.end}
    del plain["period"]
    plain["process_kind"] = plain.pop("kind")
    return plain | {"result": row}


def trust_column(address: Callable[[str], str] | None, own: str) -> Column:
    """A link to each one's page, where there is an `address` for it, and a note at the one marked."""
    return Column(
        "organisation_name",
        "Trust",
        link=(lambda row: address(row["organisation"])) if address else None,
        note=lambda row: MARKED if row["organisation"] == own else "",
    )


def trusts_table(
    rows: Sequence[DivergenceRow], address: Callable[[str], str] | None = None, own: str = ""
) -> Table:
    """Every trust of a year with the counts behind its place, or why it has none."""
    columns = [
        trust_column(address, own),
        TARGETS,
        DONE,
        ASKED_FOR,
        ATTAINMENT,
        REOFFENDED,
        EXPECTED,
        OUTCOME,
        FACT,
        QUARTER_AND_HOW_SURE,
    ]
    return Table(columns, [raw_divergence(row) for row in rows])
