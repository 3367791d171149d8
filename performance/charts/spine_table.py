"""The figures behind a spine."""

from collections.abc import Callable, Sequence

from performance.charts.figure import Column, Row, Table
from performance.charts.results_table import RECONSTRUCTED
from performance.releases.exceptions import JudgedMeasure
from performance.vocabulary import Standing

Address = Callable[[str], str]


def spine_table(measures: Sequence[JudgedMeasure], address: Address) -> Table:
    """address: of a measure's page."""
    measure = Column(
        "measure_title",
        "Measure",
        link=lambda row: address(row["measure"]),
        note=lambda row: RECONSTRUCTED if row["definition"] == Standing.RECONSTRUCTED else "",
    )
    columns = [
        measure,
        Column(
            "value",
            "Result",
            numeric=True,
            show=lambda row: row["result"].result.written,
            note=lambda row: _counts(row["result"]),
        ),
        Column(
            "peers",
            "Peers together",
            numeric=True,
            show=lambda row: row["result"].written_peers,
            note=lambda row: row["result"].peers.centre_note,
        ),
        Column(
            "peers_lowest",
            "Lowest to highest",
            numeric=True,
            show=lambda row: _range(row, "lowest", "highest"),
        ),
        Column(
            "peers_lower_quarter",
            "Middle half",
            numeric=True,
            show=lambda row: _range(row, "lower_quarter", "upper_quarter"),
        ),
        Column("target", "Target", numeric=True, show=lambda row: row["result"].result.written_target),
        Column("target_status", "Against target", show=lambda row: row["result"].result.target_status.label),
        Column("side", "Against all trusts", show=lambda row: row["result"].side.label),
    ]
    return Table(columns, [raw_measure(one) for one in measures])


def raw_measure(one: JudgedMeasure) -> Row:
    """As files have it; `result` itself, for writing cells, comes along. Figures of the peers, and
    `compared`, are in per cent of each one's target where `is_of_target`."""
    row, peers = one.result, one.peers
    return {
        "organisation": row.organisation,
        "measure": row.measure,
        "measure_title": row.measure_title,
        "definition": row.definition,
        "kind": row.kind,
        "polarity": row.polarity,
        "unit": row.unit,
        "period_start": row.period.start,
        "period_end": row.period.end,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "value": row.value,
        "target": row.target,
        "target_status": row.target_status,
        "is_of_target": one.is_of_target,
        "compared": one.comparable,
        "peers": peers and peers.centre,
        "peers_number": peers and peers.number,
        "peers_lowest": peers and peers.lowest,
        "peers_lower_quarter": peers and peers.lower_quarter,
        "peers_upper_quarter": peers and peers.upper_quarter,
        "peers_highest": peers and peers.highest,
        "flag": row.flag,
        "side": one.side,
        "result": one,
    }


def _counts(one: JudgedMeasure) -> str:
    """Counts, or of a number of cases how much of its target it is."""
    if one.is_of_target:
        return f"{one.result.written_attainment} of target" if one.result.written_attainment else ""
    return one.result.counts if one.result.counts != one.result.written else ""


def _range(row: Row, start: str, end: str) -> str:
    one: JudgedMeasure = row["result"]
    low, high = (one.written_comparable(getattr(one.peers, name)) for name in (start, end))
    return f"{low} to {high}"
