"""Timeliness of the national providers above, their reoffending below, on one time line."""

import datetime
from collections.abc import Sequence

from performance.charts.figure import (
    DARK_BLUE,
    DARK_PINK,
    INK,
    ORANGE,
    TURQUOISE,
    Figure,
    Layout,
    Trace,
    axis,
    legend_above,
)
from performance.charts.results_table import MEASURE, ORGANISATION, PERIOD, VALUE, results_table
from performance.periods import Period
from performance.releases.rows import ResultRow
from performance.releases.summary import NPS
from performance.wording import counted
from trusts.certainty import Certainty

CRCS = "community-rehabilitation-companies"
TIMELINESS = ("nps-sl001", "nps-sl002", "nps-sl003r", "nps-sl004r", "crc-sl001r", "crc-sl002r")
BINARY, FREQUENCY = "binary-rate", "reoffences-per-reoffender"
# Above and below by turns, as the last two cohorts stand close together.
LABEL_PLACES = ["top center", "bottom center", "top center"]
REOFFENDING = (BINARY, FREQUENCY)
FIRST_COHORT = datetime.date(2015, 10, 1)
LOOKS = {
    "nps-sl001": ("circle", DARK_BLUE, "NPS SL001 court reports"),
    "nps-sl002": ("square", DARK_BLUE, "NPS SL002 allocation"),
    "nps-sl003r": ("diamond", DARK_BLUE, "NPS SL003R first contact, orders"),
    "nps-sl004r": ("triangle-up", DARK_BLUE, "NPS SL004R first contact, licences"),
    "crc-sl001r": ("diamond-open", ORANGE, "CRC SL001R first contact, orders"),
    "crc-sl002r": ("triangle-up-open", ORANGE, "CRC SL002R first contact, licences"),
}
PROVIDER_LOOKS = {NPS: ("circle", TURQUOISE, "NPS"), CRCS: ("square", DARK_PINK, "CRCs")}


def timeliness_beside_reoffending(rows: Sequence[ResultRow]) -> Figure:
    """Rows: the measures in TIMELINESS and REOFFENDING. Only the two national providers are
    shown, and cohorts from the first that was paid by results: the 2011 baseline of the CRCs was
    another population."""
    rows = [row for row in rows if row.organisation in PROVIDER_LOOKS and row.period.start >= FIRST_COHORT]
    timeliness = [row for row in rows if row.measure in TIMELINESS]
    binary = [row for row in rows if row.measure == BINARY]
    frequency = [row for row in rows if row.measure == FREQUENCY]
    return Figure(
        slug="timeliness-beside-reoffending",
        title=_title(timeliness, binary),
        caption=(
            f"Service levels by quarter ({counted(len(timeliness), 'figure')}), binary rate "
            f"({counted(len(binary), 'cohort')}) and reoffences per reoffender "
            f"({counted(len(frequency), 'cohort')}). The sources give no counts. Too few cohorts were "
            "published to tell whether the two moved together."
        ),
        description=(
            "Three panels over one time line from 2015 to 2020: the percentage done on time, the "
            "percentage who reoffended within a year, and reoffences for each person who reoffended."
        ),
        data=[
            *(_line(timeliness, code, *LOOKS[code]) for code in TIMELINESS),
            *_outcomes(binary, "y2", legend=True),
            *_outcomes(frequency, "y3", legend=False),
        ],
        layout=_layout(),
        table=results_table(
            sorted(rows, key=lambda row: (row.measure_title, row.organisation_name, row.period)),
            MEASURE,
            ORGANISATION,
            PERIOD,
            VALUE,
        ),
        height=720,
        methods=("correlation",),
    )


def _title(timeliness: Sequence[ResultRow], binary: Sequence[ResultRow]) -> str:
    found = (_timeliness_finding(timeliness), _reoffending_finding(binary))
    text = "; ".join(finding for finding in found if finding)
    return text or "Too little is published to say how timeliness and reoffending went"


def _timeliness_finding(rows: Sequence[ResultRow]) -> str:
    known = [row for row in rows if row.value is not None]
    if not known:
        return ""
    least = min(known, key=lambda row: row.value or 0.0)
    first, last = min(row.period for row in known), max(row.period for row in known)
    return (
        f"{least.written} or more was done on time at each of "
        f"{counted(len({row.measure for row in known}), 'published service level')}, "
        f"{first.start:%B %Y} to {last.end:%B %Y}"
    )


def _reoffending_finding(rows: Sequence[ResultRow]) -> str:
    service = sorted((row for row in rows if row.organisation == NPS), key=lambda row: row.period)
    if len(service) < 2:
        return ""
    first, last = service[0], service[-1]
    return (
        f"the NPS reoffending rate went from {first.written} ({_cohort(first)}) to "
        f"{last.written} ({_cohort(last)})"
    )


def _cohort(row: ResultRow) -> str:
    months = f"{row.period.start:%b}\N{EN DASH}{row.period.end:%b %Y} cohort"
    return f"{months}, derived" if row.certainty == Certainty.DERIVED else months


def _middle(period: Period) -> str:
    half = (period.end - period.start) / 2
    return (period.start + datetime.timedelta(days=half.days)).isoformat()


def _line(rows: Sequence[ResultRow], code: str, symbol: str, colour: str, name: str) -> Trace:
    some = sorted((row for row in rows if row.measure == code), key=lambda row: row.period)
    return _trace(some, name, symbol, colour, "y") | {"mode": "lines+markers"}


def _outcomes(rows: Sequence[ResultRow], y_axis: str, *, legend: bool) -> list[Trace]:
    traces = []
    for provider, (symbol, colour, name) in PROVIDER_LOOKS.items():
        some = sorted((r for r in rows if r.organisation == provider), key=lambda r: r.period)
        if some:
            traces.append(
                _trace(some, f"{name} reoffending", symbol, colour, y_axis)
                | {"mode": "markers+text", "text": [row.written for row in some]}
                | {"textposition": LABEL_PLACES, "showlegend": legend}
            )
    return traces


def _trace(rows: Sequence[ResultRow], name: str, symbol: str, colour: str, y_axis: str) -> Trace:
    return {
        "type": "scatter",
        "name": name,
        "x": [_middle(row.period) for row in rows],
        "y": [row.value for row in rows],
        "xaxis": "x",
        "yaxis": y_axis,
        "line": {"color": colour, "width": 2},
        "marker": {"symbol": symbol, "size": 8, "color": colour},
        "hovertext": [f"{name}<br>{row.period}: {row.written}" for row in rows],
        "hoverinfo": "text",
    }


def _layout() -> Layout:
    return {
        "showlegend": True,
        "legend": legend_above() | {"y": 1.06},
        "margin": {"l": 56, "r": 16, "t": 110, "b": 48},
        "xaxis": axis("", type="date", range=["2015-07-01", "2020-07-01"], anchor="y3", dtick="M12")
        | {"tickformat": "%Y"},
        "yaxis": axis("", domain=[0.6, 1], range=[90, 100.8], ticksuffix="%"),
        "yaxis2": axis("", domain=[0.28, 0.5], range=[30, 50], ticksuffix="%"),
        "yaxis3": axis("", domain=[0, 0.18], range=[3.5, 4.5]),
        "annotations": [
            _panel("Done on time (axis from 90%)", 1.0),
            _panel("Reoffended within a year (axis from 30%)", 0.5),
            _panel("Reoffences per reoffender (axis from 3.5)", 0.18),
        ],
        "hovermode": "closest",
    }


def _panel(text: str, y: float) -> dict[str, object]:
    return {
        "text": f"{text}",
        "x": 0,
        "y": y,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 14, "weight": 700, "color": INK},
    }
