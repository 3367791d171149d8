"""Two measures of many organisations, the one against the other."""

from collections.abc import Sequence

from performance.charts.chosen_parts import (
    axes_caption,
    bars_of,
    begins_at_zero,
    has_intervals,
    look_of,
    short_names,
    value_axis,
    with_counts,
)
from performance.charts.chosen_table import caption_of
from performance.charts.figure import Figure, Table, Trace, legend_above, rounded
from performance.releases.rows import ResultRow

FEWEST = 3
# A name takes so much of the width and of the height of the chart. One that would lie on another is
# shown on pointing only, and in the table.
WIDE, HIGH = 0.25, 0.06
# Above its mark or below it.
PLACES = {"top center": 0.04, "bottom center": -0.04}

Pair = tuple[ResultRow, ResultRow]


def pairs_of(one: Sequence[ResultRow], other: Sequence[ResultRow]) -> list[Pair]:
    """Both figures of each organisation that has both; each has one on each measure."""
    beside = {row.organisation: row for row in other}
    return [(row, beside[row.organisation]) for row in one if row.organisation in beside]


def chosen_scatter(pairs: Sequence[Pair], table: Table, gist: str) -> Figure:
    """pairs: FEWEST or more, values known, of two measures; table: what stands behind the chart;
    gist: what they come to together, or ''."""
    across, up = ([pair[place] for pair in pairs] for place in (0, 1))
    names = short_names(across)
    looks = {look_of(row): None for row in across}
    return Figure(
        slug="compared",
        title=(
            f"{across[0].measure_title} beside {up[0].measure_title}: {gist or f'{len(pairs)} organisations'}"
        ),
        caption=(
            f"{caption_of([*across, *up])}; {len(pairs)} with both figures."
            f"{' Bars are 95% intervals.' if has_intervals(across + up) else ''}{axes_caption([across, up])} "
            "That two go together doesn’t say that the one brings about the other."
        ),
        description="A mark for each organisation, further right and further up the higher its figures are.",
        data=[_marks([p for p in pairs if look_of(p[0]) == look], names, _labels(pairs)) for look in looks],
        layout={
            "showlegend": len(looks) > 1,
            "legend": legend_above(),
            "margin": {"l": 64, "r": 24, "t": 40, "b": 64},
            "xaxis": value_axis(across, _axis_title(across[0])),
            "yaxis": value_axis(up, _axis_title(up[0])),
            "hovermode": "closest",
        },
        table=table,
        height=520,
        methods=("compare", "correlation"),
    )


def _axis_title(row: ResultRow) -> str:
    return f"{row.measure_short_title}, {row.period}"


def _labels(pairs: Sequence[Pair]) -> dict[str, str]:
    """Where the names stand that there is room for, by organisation."""
    points = list(zip(*(_on_paper([pair[place] for pair in pairs]) for place in (0, 1)), strict=True))
    taken = list(points)
    found = {}
    for (row, _), (x, y) in zip(pairs, points, strict=True):
        for place, shift in PLACES.items():
            others = [point for point in taken if point != (x, y)]
            if not any(abs(x - a) < WIDE and abs(y + shift - b) < HIGH for a, b in others):
                found[row.organisation] = place
                taken.append((x, y + shift))
                break
    return found


def _on_paper(rows: Sequence[ResultRow]) -> list[float]:
    """How far along its axis each lies, 0 to 1."""
    values = [row.value or 0.0 for row in rows]
    least = 0.0 if begins_at_zero(rows) else min(values)
    return [(value - least) / ((max(values) - least) or 1.0) for value in values]


def _marks(pairs: Sequence[Pair], names: dict[str, str], labels: dict[str, str]) -> Trace:
    across, up = ([pair[place] for pair in pairs] for place in (0, 1))
    look = look_of(across[0])
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": look.name,
        "x": [rounded(row.value) for row in across],
        "y": [rounded(row.value) for row in up],
        "text": [names[row.organisation] if row.organisation in labels else "" for row in across],
        "textposition": [labels.get(row.organisation, "top center") for row in across],
        "textfont": {"size": 12},
        "marker": {"symbol": look.symbol, "size": 10, "color": look.colour},
        "error_x": bars_of(across) | {"thickness": 1, "width": 0},
        "error_y": bars_of(up) | {"thickness": 1, "width": 0},
        "hovertext": [_hover(*pair) for pair in pairs],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _hover(across: ResultRow, up: ResultRow) -> str:
    lines = [f"{row.measure_short_title}: {with_counts(row)}" for row in (across, up)]
    return "<br>".join([across.organisation_name, *lines])
