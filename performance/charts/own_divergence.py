"""One trust's own point among all of them: process against outcome, with how sure each side of it is."""

from collections.abc import Callable, Sequence

from performance.charts.divergence_tables import QUARTER_AND_HOW_SURE, raw_divergence
from performance.charts.figure import LIGHT_GREY, Column, Figure, Layout, Table, Trace, axis, rounded
from performance.charts.quarters import (
    AS_PREDICTED,
    LOOKS,
    MET,
    corner_words,
    hover_of,
    parting_lines,
    range_around,
    symbol_of,
)
from performance.releases.divergence_rows import Z95, DivergenceRow
from performance.vocabulary import Quadrant
from performance.wording import counted, short_name

OWN_SIZE, OTHER_SIZE = 16, 8
AS_COUNTED = {
    Quadrant.MET_BETTER: "met its targets with no more",
    Quadrant.MET_WORSE: "met its targets with more",
    Quadrant.MISSED_BETTER: "missed its targets with no more",
    Quadrant.MISSED_WORSE: "missed its targets with more",
}


def own_divergence(rows: Sequence[DivergenceRow], slug: str, address: Callable[[str], str]) -> Figure | None:
    """rows: of all trusts in one year; slug: the one that is marked; address: of a trust's page. None
    where that one has no point."""
    shown = [row for row in rows if row.has_a_point]
    own = next((row for row in shown if row.organisation == slug), None)
    if own is None:
        return None
    others = [row for row in shown if row is not own]
    return Figure(
        slug="divergence",
        title=f"{together(own)} ({own.period})",
        caption=(
            f"{own.organisation_name} among {counted(len(shown), 'trust')}, {own.period}. Across: cases "
            "done as asked, as a percentage of those that the targets ask for. Up: percentage points of "
            "reoffending below the predicted rate. Bars are 95% intervals; a hollow mark isn’t sure enough "
            "of its quarter to be named in it."
        ),
        description=(
            "Each point is a trust, this one large and named. To the right of the upright line the targets "
            "are met; below the level line more people reoffended than predicted."
        ),
        data=[_others(others), _own(own, shown)],
        layout=_layout(shown, own),
        table=_table(shown, address),
        height=420,
        methods=("divergence", "quarters"),
    )


def together(own: DivergenceRow) -> str:
    """What its process and its outcome are together, and how sure that is."""
    name = short_name(own.organisation_name)
    if own.is_named:
        said = f"{own.quadrant.label[:1].lower()}{own.quadrant.label[1:]}"
        return f"{name} {said}: {own.written_probability} likely"
    return (
        f"Which quarter {name} belongs in can’t be told (the likeliest is {own.written_probability} likely); "
        f"as counted it {AS_COUNTED[own.fact]} reoffending than predicted"
    )


def _others(rows: Sequence[DivergenceRow]) -> Trace:
    return _marks(rows) | {
        "marker": {
            "symbol": "circle",
            "size": OTHER_SIZE,
            "color": LIGHT_GREY,
            "line": {"color": "#FFFFFF", "width": 1},
        }
    }


def _own(row: DivergenceRow, shown: Sequence[DivergenceRow]) -> Trace:
    colour = LOOKS[row.quarter][1]
    middle = sum(_across(one) for one in shown) / len(shown)
    return _marks([row]) | {
        "mode": "markers+text",
        "marker": {
            "symbol": symbol_of(row),
            "size": OWN_SIZE,
            "color": colour,
            "line": {"color": colour, "width": 2},
        },
        "text": [short_name(row.organisation_name)],
        "textposition": "top left" if _across(row) > middle else "top right",
        "textfont": {"size": 15, "weight": 700},
        "error_x": _bar(row.attainment_standard_error, colour),
        "error_y": _bar(row.outcome_standard_error, colour),
    }


def _bar(error: float | None, colour: str) -> dict[str, object]:
    if error is None:
        return {"visible": False}
    return {"type": "data", "array": [rounded(Z95 * error, 3)], "color": colour, "thickness": 1.5, "width": 5}


def _marks(rows: Sequence[DivergenceRow]) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [rounded(row.attainment) for row in rows],
        "y": [rounded(row.outcome, 3) for row in rows],
        "hovertext": [hover_of(row) for row in rows],
        "hoverinfo": "text",
    }


def _across(row: DivergenceRow) -> float:
    return row.attainment or 0.0


def _up(row: DivergenceRow) -> float:
    return row.outcome or 0.0


def _layout(shown: Sequence[DivergenceRow], own: DivergenceRow) -> Layout:
    """Holds every point and the whole of the own interval."""
    across = [*map(_across, shown), *_ends(_across(own), own.attainment_standard_error)]
    up = [*map(_up, shown), *_ends(_up(own), own.outcome_standard_error)]
    return {
        "xaxis": axis(
            "Per cent of the cases asked for",
            ticksuffix="%",
            range=range_around(across, MET),
            showgrid=False,
        ),
        "yaxis": axis(
            "Points below predicted reoffending", range=range_around(up, AS_PREDICTED), showgrid=False
        ),
        "shapes": parting_lines(),
        "annotations": corner_words(),
        "hovermode": "closest",
    }


def _ends(value: float, error: float | None) -> list[float]:
    return [value - Z95 * (error or 0.0), value + Z95 * (error or 0.0)]


def _table(shown: Sequence[DivergenceRow], address: Callable[[str], str]) -> Table:
    columns = [
        Column("organisation_name", "Trust", link=lambda row: address(row["organisation"])),
        Column(
            "attainment",
            "Cases as asked",
            numeric=True,
            show=lambda row: row["result"].written_attainment,
            note=lambda row: f"{row['result'].written_counted} for {row['result'].written_required}",
        ),
        Column(
            "outcome",
            "Points below predicted",
            numeric=True,
            show=lambda row: row["result"].written_outcome,
            note=lambda row: (
                f"{row['result'].written_reoffended}, {row['result'].written_expected} predicted"
            ),
        ),
        QUARTER_AND_HOW_SURE,
    ]
    return Table(columns, [raw_divergence(row) for row in shown])
