"""Attainment of the accommodation target against workload, area by area."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from performance.charts.figure import (
    DARK_BLUE,
    INK,
    ORANGE,
    Column,
    Figure,
    Layout,
    Row,
    Table,
    Trace,
    axis,
    legend_above,
    publisher,
    rounded,
)
from performance.charts.national_tables import written_estimate, written_interval
from performance.releases.divergence_rows import NationalFigure
from performance.releases.rows import ResultRow
from performance.vocabulary import Method, TargetStatus
from performance.wording import counted, written_number

LOOKS = {
    TargetStatus.MET: ("circle", DARK_BLUE, "Met own target"),
    TargetStatus.MISSED: ("diamond", ORANGE, "Missed own target"),
}


@dataclass(frozen=True)
class Pair:
    """One area's two figures."""

    accommodation: ResultRow
    workload: ResultRow

    @property
    def attainment(self) -> float:
        return self.accommodation.attainment or 0.0

    @property
    def cases_each(self) -> float:
        return self.workload.value or 0.0


def accommodation_beside_workload(
    accommodation: Sequence[ResultRow], workload: Sequence[ResultRow], national: NationalFigure | None
) -> Figure | None:
    """Rows: the accommodation measure, and offenders for each offender manager, of areas; national:
    their correlation, if it was worked out. None where no area has both."""
    pairs = _pairs(accommodation, workload)
    if not pairs:
        return None
    first = pairs[0]
    return Figure(
        slug="accommodation-beside-workload",
        title=_title(pairs, national),
        caption=(
            f"{counted(len(pairs), 'area')}. Across: {first.workload.measure_title.lower()}, "
            f"{first.workload.period}. Up: {first.accommodation.measure_title.lower()} as a percentage "
            f"of each area’s own target, {first.accommodation.period}. {_strength(national)}"
            "The two are of different times, and each area had a target of its own."
        ),
        description=(
            "Each point is one area. Above the level line it met its own target for accommodation; "
            "further to the right each offender manager had more offenders."
        ),
        data=[_marks(pairs, status) for status in LOOKS if _of(pairs, status)],
        layout=_layout(first),
        table=_table(pairs),
        height=460,
        methods=("attainment", "correlation"),
    )


def _pairs(accommodation: Sequence[ResultRow], workload: Sequence[ResultRow]) -> list[Pair]:
    """Areas with both, by name, each at the latest date of its measure."""
    latest_workload = _latest(row for row in workload if row.value is not None)
    latest_accommodation = _latest(row for row in accommodation if row.attainment is not None)
    both = sorted(latest_workload.keys() & latest_accommodation.keys())
    return [Pair(latest_accommodation[slug], latest_workload[slug]) for slug in both]


def _latest(rows: Iterable[ResultRow]) -> dict[str, ResultRow]:
    ordered = sorted((row for row in rows if row.organisation_kind == "area"), key=lambda row: row.period)
    return {row.organisation: row for row in ordered}


def _title(pairs: Sequence[Pair], national: NationalFigure | None) -> str:
    met = len(_of(pairs, TargetStatus.MET))
    low, high = min(p.cases_each for p in pairs), max(p.cases_each for p in pairs)
    spread = (
        f"{met} of {counted(len(pairs), 'area')} met their own accommodation target; offender managers "
        f"had from {written_number(low, 1)} to {written_number(high, 1)} offenders each"
    )
    if national is None or national.estimate is None:
        return spread
    if national.holds_zero:
        return f"{spread}; the one doesn’t tell the other"
    more_or_less = "more" if national.estimate > 0 else "less"
    return f"{spread}; where there were more, {more_or_less} of the target was reached"


def _strength(national: NationalFigure | None) -> str:
    if national is None or national.method != Method.SPEARMAN:
        return ""
    if national.estimate is None:
        return f"Rank correlation: not told, as {national.reason}. "
    interval = written_interval(national)
    return f"Rank correlation {written_estimate(national)}{f' (95% {interval})' if interval else ''}. "


def _of(pairs: Sequence[Pair], status: TargetStatus) -> list[Pair]:
    return [pair for pair in pairs if pair.accommodation.target_status == status]


def _marks(pairs: Sequence[Pair], status: TargetStatus) -> Trace:
    symbol, colour, name = LOOKS[status]
    some = _of(pairs, status)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [rounded(pair.cases_each) for pair in some],
        "y": [rounded(pair.attainment) for pair in some],
        "marker": {"symbol": symbol, "size": 10, "color": colour},
        "hovertext": [_hover(pair) for pair in some],
        "hoverinfo": "text",
    }


def _hover(pair: Pair) -> str:
    own = pair.accommodation
    return (
        f"{own.organisation_name}<br>{pair.workload.written} offenders for each manager"
        f"<br>{own.written} in accommodation ({own.counts}), own target {own.written_target}"
    )


def _layout(first: Pair) -> Layout:
    return {
        "showlegend": True,
        "legend": legend_above(),
        "xaxis": axis(first.workload.measure_title),
        "yaxis": axis("Per cent of own target", ticksuffix="%"),
        "shapes": [
            {
                "type": "line",
                "x0": 0,
                "x1": 1,
                "xref": "paper",
                "y0": 100,
                "y1": 100,
                "line": {"color": INK, "width": 1.5, "dash": "dash"},
            }
        ],
        "hovermode": "closest",
    }


def _table(pairs: Sequence[Pair]) -> Table:
    columns = [
        Column("area", "Area"),
        Column(
            "workload",
            "Offenders for each manager",
            numeric=True,
            show=lambda row: row["result"].workload.written,
        ),
        Column(
            "share", "In accommodation", numeric=True, show=lambda row: row["result"].accommodation.written
        ),
        Column("numerator", "Counts", numeric=True, show=lambda row: row["result"].accommodation.counts),
        Column(
            "target", "Own target", numeric=True, show=lambda row: row["result"].accommodation.written_target
        ),
        Column(
            "percent_of_target",
            "Per cent of target",
            numeric=True,
            show=lambda row: f"{written_number(row['percent_of_target'], 1)}%",
        ),
        _source("workload_source", "Source of workload"),
        _source("source", "Source of accommodation"),
    ]
    return Table(columns, [_raw(pair) for pair in pairs])


def _source(key: str, label: str) -> Column:
    return Column(key, label, show=lambda row: publisher(row[key]), link=lambda row: row[key])


def _raw(pair: Pair) -> Row:
    own, workload = pair.accommodation, pair.workload
    return {
        "area": own.organisation_name,
        "workload": workload.value,
        "workload_date": workload.period.end,
        "workload_source": workload.source,
        "share": own.value,
        "numerator": own.numerator,
        "denominator": own.denominator,
        "target": own.target,
        "percent_of_target": own.attainment,
        "period_start": own.period.start,
        "period_end": own.period.end,
        "source": own.source,
        "definition": own.definition,
        "result": pair,
    }
