"""The figures behind small control charts: a row for each period, a column for each measure."""

from collections.abc import Sequence
from datetime import date

from performance.charts.figure import Column, Table
from performance.periods import Period
from performance.releases.change_rows import ChangeRow
from performance.wording import written_value


def small_trends_table(shown: Sequence[ChangeRow]) -> Table:
    """A row for each period, a column for each measure: as narrow as so many figures can be."""
    by_period: dict[Period, dict[str, float | None]] = {}
    for change in shown:
        for at, value in enumerate(change.points["value"]):
            by_period.setdefault(period_at(change, at), {})[change.measure] = value
    columns = [
        Column("period_end", "Period", show=lambda row: str(Period(row["period_start"], row["period_end"])))
    ]
    columns += [_column(change) for change in shown]
    return Table(
        columns,
        [
            {"period_start": period.start, "period_end": period.end}
            | {change.measure: values.get(change.measure) for change in shown}
            for period, values in sorted(by_period.items(), key=lambda item: (item[0].end, item[0].start))
        ],
    )


def _column(change: ChangeRow) -> Column:
    return Column(
        change.measure,
        change.measure_short_title,
        numeric=True,
        show=lambda row: written_in(change, row[change.measure]),
    )


def period_at(change: ChangeRow, at: int) -> Period:
    """Of one of its points."""
    return Period(*(date.fromisoformat(change.points[end][at]) for end in ("period_start", "period_end")))


def written_in(change: ChangeRow, value: float | None) -> str:
    """A value in the measure's unit."""
    return "" if value is None else written_value(value, change.unit, change.decimals)
