"""What each framework rewards: share of measures and share of weight by kind of measure."""

from collections.abc import Iterator, Sequence
from typing import Any

from performance.charts.figure import (
    BOTTOM,
    DARK_BLUE,
    DARK_GREY,
    DARK_PINK,
    LIGHT_PURPLE,
    MID_GREY,
    ORANGE,
    TURQUOISE,
    Column,
    Figure,
    Layout,
    Row,
    Table,
    Trace,
    axis,
    legend_above,
)
from performance.releases.mix import FrameworkMix, KindShare
from performance.vocabulary import Kind
from performance.wording import counted, written_number

# Fill and a text colour that can be read on it.
COLOURS = {
    Kind.TIMELINESS: (DARK_BLUE, "#FFFFFF"),
    Kind.VOLUME: (TURQUOISE, "#0B0C0C"),
    Kind.COMPLIANCE: (DARK_PINK, "#FFFFFF"),
    Kind.QUALITY: (DARK_GREY, "#FFFFFF"),
    Kind.OUTCOME: (ORANGE, "#0B0C0C"),
    Kind.RESOURCE: (LIGHT_PURPLE, "#0B0C0C"),
}
# In grey compliance and quality are as dark as timeliness, outcome and resource as volume: patterns tell
# them apart.
PATTERNS = {
    Kind.QUALITY: ("x", "#A9A9A9", 8),
    Kind.COMPLIANCE: ("/", "#B56A92", 8),
    Kind.OUTCOME: (".", "#9A3F0E", 6),
    Kind.RESOURCE: ("-", "#7A66AE", 8),
}
# A framework takes three rows: its name, its measures, its weight.
ROWS, ROW_HEIGHT = 3, 24
# Names begin where the labels of the rows begin, left of the bars.
BEFORE_THE_BARS = 60
MEASURES, WEIGHT = "Measures", "Weight"
# Timeliness, volume and compliance together.
PROCESS = "process"
# A narrower part of a bar has no room for its figure.
NARROWEST = 8


def framework_mix_chart(mixes: Sequence[FrameworkMix]) -> Figure:
    """Mixes: every framework, oldest first."""
    shown = [kind for kind in Kind if any(mix.shares[kind].measures for mix in mixes)]
    return Figure(
        slug="framework-mix",
        title=_title(mixes),
        caption=(
            f"{counted(len(mixes), 'framework')}, "
            f"{sum(mix.measures for mix in mixes)} measures in them. Process is timeliness, volume and "
            "compliance. Weights are not in the public record: every measure counts the same within its "
            f"domain, and every domain the same. Most measures are reconstructed.{_coverage(mixes)} "
            "Sources are on each framework's page."
        ),
        description=(
            "Two bars for each framework, oldest at the top, one of its measures and one of its weight, "
            "each divided by kind of measure: timeliness, volume, compliance, quality, outcome, resource."
        ),
        data=[_bars(mixes, kind) for kind in shown],
        layout=_layout(mixes),
        table=mix_table(mixes),
        height=ROWS * ROW_HEIGHT * len(mixes) + 140,
        methods=("framework-mix",),
    )


def _title(mixes: Sequence[FrameworkMix]) -> str:
    mostly = sum(mix.process_weight > 50 for mix in mixes)
    documented = sum(mix.documented_measures for mix in mixes)
    measures = sum(mix.measures for mix in mixes)
    return (
        f"In {mostly} of {counted(len(mixes), 'framework')}, as far as they can be told, more than half "
        f"of the weight is on timeliness, volume and compliance; {documented} of {measures} measures "
        "in them are documented"
    )


def _coverage(mixes: Sequence[FrameworkMix]) -> str:
    return "".join(f" {mix.short_title}: {mix.coverage}" for mix in mixes if mix.coverage)


def _bars(mixes: Sequence[FrameworkMix], kind: Kind) -> Trace:
    """Of one kind, for each framework the part of its measures and below it the part of its weight."""
    colour, ink = COLOURS[kind]
    parts = [part for mix in mixes for part in _parts(mix, mix.shares[kind])]
    hover = [_hover(mix, mix.shares[kind]) for mix in mixes]
    return {
        "type": "bar",
        "orientation": "h",
        "name": kind.label,
        "x": [round(share, 2) for share, _ in parts],
        "y": [place for of_two in _places(len(mixes)) for place in of_two],
        "text": [written if share >= NARROWEST else "" for share, written in parts],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": ink, "size": 13},
        "marker": {"color": colour, "line": {"color": "#FFFFFF", "width": 1}, "pattern": _pattern(kind)},
        "hovertext": [text for text in hover for _ in (MEASURES, WEIGHT)],
        "hoverinfo": "text",
    }


def _pattern(kind: Kind) -> Trace:
    if kind not in PATTERNS:
        return {"shape": ""}
    shape, colour, size = PATTERNS[kind]
    return {"shape": shape, "fillmode": "overlay", "fgcolor": colour, "size": size, "solidity": 0.12}


def _parts(mix: FrameworkMix, share: KindShare) -> Iterator[tuple[float, str]]:
    """Per cent of measures and of weight, each as it is written into its bar."""
    yield mix.share_of_measures(share.kind), str(share.measures)
    yield share.weight, f"{written_number(share.weight)}%"


def _hover(mix: FrameworkMix, share: KindShare) -> str:
    return (
        f"{mix.short_title}<br>{share.kind.label}: {counted(share.measures, 'measure')} of "
        f"{mix.measures}, {written_number(share.weight)}% of weight"
    )


def _places(number: int) -> list[tuple[int, int]]:
    """Rows of measures and of weight, of each framework; the row above them is for its name."""
    return [(ROWS * place + 1, ROWS * place + 2) for place in range(number)]


def _layout(mixes: Sequence[FrameworkMix]) -> Layout:
    places = _places(len(mixes))
    rows = axis("", ticks="", showgrid=False, showline=False, range=[ROWS * len(mixes) - 0.3, -0.5])
    half = {"type": "line", "layer": "below", "x0": 50, "x1": 50, "y0": 0, "y1": 1, "yref": "paper"}
    return {
        "barmode": "stack",
        "showlegend": True,
        "legend": legend_above() | {"traceorder": "normal"},
        "margin": {"l": 8, "r": 20, "t": 48, "b": BOTTOM},
        "xaxis": axis("Per cent of measures, and of weight", range=[0, 100], ticksuffix="%", dtick=25),
        "yaxis": rows
        | {
            "tickvals": [place for of_two in places for place in of_two],
            "ticktext": [MEASURES, WEIGHT] * len(mixes),
        },
        "bargap": 0.12,
        "shapes": [half | {"line": {"color": MID_GREY, "width": 1.5, "dash": "dot"}}],
        "annotations": [
            words
            for mix, (measures, _) in zip(mixes, places, strict=True)
            for words in _words_above(mix, measures - 1, is_first=mix is mixes[0])
        ],
    }


def _words_above(mix: FrameworkMix, row: int, *, is_first: bool) -> Iterator[dict[str, Any]]:
    """Its name, and what of it is process: said in full of the first."""
    process = f"{mix.process_measures} of {mix.measures}, {written_number(mix.process_weight)}%"
    place = {"y": row + 0.1, "xref": "paper", "yanchor": "middle", "showarrow": False}
    name = {"x": 0, "xanchor": "left", "xshift": -BEFORE_THE_BARS, "font": {"size": 12, "weight": 700}}
    yield place | name | {"text": mix.short_title}
    told = f"process {process}" if is_first else process
    yield place | {"x": 1, "xanchor": "right", "font": {"size": 12}, "text": told}


def mix_table(mixes: Sequence[FrameworkMix]) -> Table:
    columns = [
        Column("framework", "Framework"),
        Column("measures", "Measures", numeric=True),
        Column("documented", "Documented", numeric=True),
        *(_column(kind, kind.label) for kind in Kind),
        _column(PROCESS, "Process in all"),
    ]
    return Table(columns, [_row(mix) for mix in mixes])


def _column(kind: str, label: str) -> Column:
    """Per cent of weight, and below it of how many measures."""
    weight = f"{kind}_weight"

    def number(row: Row) -> int:
        found: int = row[f"{kind}_measures"]
        return found

    return Column(
        weight,
        label,
        numeric=True,
        show=lambda row: f"{written_number(row[weight])}%" if number(row) else "none",
        note=lambda row: f"{number(row)} of {row['measures']}" if number(row) else "",
    )


def _row(mix: FrameworkMix) -> dict[str, Any]:
    weights = {f"{kind}_weight": mix.shares[kind].weight for kind in Kind}
    counts = {f"{kind}_measures": mix.shares[kind].measures for kind in Kind}
    return {
        "framework": mix.short_title,
        "measures": mix.measures,
        "documented": mix.documented_measures,
        f"{PROCESS}_weight": round(mix.process_weight, 6),
        **weights,
        **counts,
        f"{PROCESS}_measures": mix.process_measures,
    }
