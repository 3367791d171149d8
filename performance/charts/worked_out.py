"""What a figure was worked out from: of which measures, in how many rows, and one row worked through
with the numbers that stand in its table."""

from dataclasses import dataclass

from performance.charts.figure import Figure
from performance.releases.divergence_rows import DivergenceRow
from performance.releases.rows import ResultRow
from performance.wording import written_apart, written_number, written_share


@dataclass(frozen=True)
class WorkedOut:
    """`measures`: code and title of each that the table names; `example` is blank where no row
    holds both what went in and what came out."""

    measures: list[tuple[str, str]]
    rows: int
    example: str


def worked_out(figure: Figure) -> WorkedOut:
    rows = figure.table.rows
    named = {row["measure"]: row["measure_title"] for row in rows if "measure_title" in row}
    examples = (_example(row.get("result")) for row in rows)
    measures = sorted(named.items(), key=lambda item: item[1])
    return WorkedOut(measures, len(rows), next(filter(None, examples), ""))


def _example(result: object) -> str:
    if isinstance(result, ResultRow):
        return _of_share(result)
    return _of_divergence(result) if isinstance(result, DivergenceRow) else ""


def _of_share(row: ResultRow) -> str:
    """479 of 692 is 69.2%, and 97.5% of the target of 71%."""
    if not row.is_share or not row.counts or row.value is None:
        return ""
    share = written_share(row.value, max(1, row.decimals))
    text = f"{row.organisation_name}, {row.period}: {row.counts} is {share}"
    if row.attainment is not None and row.target is not None:
        text += f", which is {written_share(row.attainment, 1)} of the target of {row.written_target}"
    return f"{text}. Its 95% interval is {row.interval}." if row.interval else f"{text}."


def _of_divergence(row: DivergenceRow) -> str:
    """Both sides of one trust, from its cases and its offenders."""
    if row.cases is None or row.counted is None or row.outcome is None or row.expected is None:
        return ""
    way = "fewer" if row.outcome >= 0 else "more"
    return (
        f"{row.organisation_name}, {row.period}: {row.written_counted} of {written_number(row.cases)} cases "
        f"were done as asked; the targets ask for {row.written_required}, of which that is "
        f"{row.written_attainment}. {row.written_reoffended} offenders reoffended, where "
        f"{written_number(row.expected, 1)} were predicted: {written_apart(abs(row.outcome), 2)} percentage "
        f"points {way}."
    )
