"""Process and outcome of all together, year by year, one panel each over the same years."""

from collections.abc import Sequence
from dataclasses import asdict

from performance.charts.figure import (
    DARK_BLUE,
    DARK_PINK,
    MID_GREY,
    Column,
    Figure,
    Layout,
    Row,
    Table,
    Trace,
    axis,
    legend_above,
    rounded,
)
from performance.releases.together_rows import Together
from performance.wording import counted, written_apart, written_number


def process_and_outcome(years: Sequence[Together]) -> Figure | None:
    """Years: oldest first. None where fewer than two have both sides: one year is a sentence."""
    shown = [year for year in years if year.met is not None and year.predicted_rate is not None]
    if len(shown) < 2:
        return None
    return Figure(
        slug="process-and-outcome",
        title=_title(shown),
        caption=(
            f"{counted(len(shown), 'year')}, all trusts together. Above: targets for timeliness, volume and "
            "compliance that were met, as a percentage of those judged. Below: offenders who reoffended "
            "within three months, actual against predicted; this axis doesn’t begin at 0. Each framework "
            "had targets of its own, so a change may be one of targets."
        ),
        description=(
            "Two panels over the same years: bars of the percentage of targets met, and under them two "
            "lines, reoffending as predicted and as it was."
        ),
        data=[_targets(shown), *_rates(shown)],
        layout=_layout(shown),
        table=_table(shown),
        height=560,
        methods=("attainment", "actual-against-predicted"),
    )


def _title(years: Sequence[Together]) -> str:
    first, last = years[0], years[-1]
    return (
        f"Trusts met {last.written_met} of their targets in {last.period} ({last.written_targets}) and "
        f"{first.written_met} in {first.period} ({first.written_targets}); reoffending was {_beside(last)} "
        f"prediction, and {_beside(first)} it in {first.period}"
    )


def _beside(year: Together) -> str:
    difference = (year.actual_rate or 0.0) - (year.predicted_rate or 0.0)
    return f"{written_apart(abs(difference), 2)} points {'above' if difference > 0 else 'below'}"


def _targets(years: Sequence[Together]) -> Trace:
    return {
        "type": "bar",
        "name": "Targets met",
        "showlegend": False,
        "x": [_name(year) for year in years],
        "y": [rounded(year.met) for year in years],
        "text": [f"{year.written_met}<br>{year.written_targets}" for year in years],
        "textposition": "outside",
        "textangle": 0,
        "cliponaxis": False,
        "marker": {"color": DARK_BLUE},
        "width": 0.5,
        "hovertext": [f"{_name(year)}: {year.written_targets} targets met" for year in years],
        "hoverinfo": "text",
    }


def _rates(years: Sequence[Together]) -> list[Trace]:
    predicted = _line(years, "Predicted to reoffend", "square-open", MID_GREY, "top center")
    actual = _line(years, "Reoffended", "circle", DARK_PINK, "bottom center")
    predicted |= _labelled([year.predicted_rate for year in years])
    actual |= _labelled([year.actual_rate for year in years])
    predicted["line"] = {"color": MID_GREY, "width": 2, "dash": "dash"}
    return [predicted, actual]


def _labelled(rates: Sequence[float | None]) -> Trace:
    return {
        "y": [rounded(rate, 3) for rate in rates],
        "text": ["" if rate is None else f"{written_number(rate, 2)}%" for rate in rates],
    }


def _line(years: Sequence[Together], name: str, symbol: str, colour: str, place: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "name": name,
        "yaxis": "y2",
        "x": [_name(year) for year in years],
        "textposition": place,
        "line": {"color": colour, "width": 2},
        "marker": {"symbol": symbol, "size": 10, "color": colour},
        "hovertext": [
            f"{_name(year)}: {year.written_reoffended} reoffended, {year.written_expected} predicted"
            for year in years
        ],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _name(year: Together) -> str:
    return str(year.period)


def _layout(years: Sequence[Together]) -> Layout:
    rates = [rate for year in years for rate in (year.actual_rate, year.predicted_rate) if rate is not None]
    # Room for the labels above and below.
    room = 0.35 * (max(rates) - min(rates)) or 0.5
    return {
        "showlegend": True,
        "legend": legend_above() | {"y": 0.47},
        "xaxis": axis("", type="category", anchor="y2"),
        "yaxis": axis("Targets met", domain=[0.62, 1], range=[0, 100], ticksuffix="%"),
        "yaxis2": axis(
            "Reoffending",
            domain=[0, 0.45],
            ticksuffix="%",
            range=[round(min(rates) - room, 3), round(max(rates) + room, 3)],
        ),
        "margin": {"l": 64, "r": 24, "t": 16, "b": 40},
        "hovermode": "closest",
    }


def _table(years: Sequence[Together]) -> Table:
    columns = [
        Column("period_start", "Year", show=lambda row: str(row["result"].period)),
        Column("framework", "Framework"),
        Column("organisations", "Trusts", numeric=True),
        Column("targets_met", "Targets met", numeric=True, show=lambda row: row["result"].written_targets),
        Column("met", "Of those judged", numeric=True, show=lambda row: row["result"].written_met),
        Column("reoffended", "Reoffended", numeric=True, show=lambda row: row["result"].written_reoffended),
        Column("expected", "Predicted", numeric=True, show=lambda row: row["result"].written_expected),
        Column("actual_rate", "Actual rate", numeric=True, show=lambda row: _rate(row["actual_rate"])),
        Column(
            "predicted_rate", "Predicted rate", numeric=True, show=lambda row: _rate(row["predicted_rate"])
        ),
    ]
    return Table(columns, [_raw(year) for year in years])


def _rate(rate: float) -> str:
    return f"{written_number(rate, 2)}%"


def _raw(year: Together) -> Row:
    rates = {"met": year.met, "actual_rate": year.actual_rate, "predicted_rate": year.predicted_rate}
    plain = asdict(year) | {"period_start": year.period.start, "period_end": year.period.end} | rates
    del plain["period"]
    return plain | {"result": year}
