"""What each framework rewards: share of weight by kind of measure."""

from collections.abc import Sequence
from typing import Any

from performance.charts.figure import (
    BOTTOM,
    DARK_BLUE,
    DARK_GREY,
    DARK_PINK,
    LIGHT_PURPLE,
    ORANGE,
    TURQUOISE,
    Column,
    Figure,
    Table,
    Trace,
    axis,
    legend_above,
)
from performance.releases.mix import FrameworkMix
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
ROW_HEIGHT = 48


def framework_mix_chart(mixes: Sequence[FrameworkMix]) -> Figure:
    """Mixes: every framework, oldest first."""
    shown = [kind for kind in Kind if any(mix.shares[kind].measures for mix in mixes)]
    return Figure(
        slug="framework-mix",
        title=_title(mixes),
        caption=(
            f"{counted(len(mixes), 'framework')}, "
            f"{sum(mix.measures for mix in mixes)} measures in them. Weights are not in the public "
            "record: every measure counts the same within its domain, and every domain the same. "
            f"Most measures are reconstructed.{_coverage(mixes)} Sources are on each framework's page."
        ),
        description=(
            "One bar for each framework, oldest at the top, divided by kind of measure: timeliness, "
            "volume, compliance, quality, outcome, resource."
        ),
        data=[_bar(mixes, kind) for kind in shown],
        layout={
            "barmode": "stack",
            "showlegend": True,
            "legend": legend_above() | {"traceorder": "normal"},
            "margin": {"l": 8, "r": 32, "t": 48, "b": BOTTOM},
            "xaxis": axis("Per cent of weight", range=[0, 100], ticksuffix="%"),
            "yaxis": axis("", autorange="reversed", ticks=""),
            "bargap": 0.3,
        },
        table=mix_table(mixes),
        height=ROW_HEIGHT * len(mixes) + 140,
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


def _bar(mixes: Sequence[FrameworkMix], kind: Kind) -> Trace:
    colour, ink = COLOURS[kind]
    shares = [mix.shares[kind] for mix in mixes]
    return {
        "type": "bar",
        "orientation": "h",
        "name": kind.label,
        "x": [round(share.weight, 1) for share in shares],
        "y": [mix.short_title for mix in mixes],
        "text": [f"{written_number(share.weight)}%" if share.weight >= 10 else "" for share in shares],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": ink, "size": 13},
        "marker": {"color": colour, "line": {"color": "#FFFFFF", "width": 1}},
        "hovertext": [
            f"{mix.short_title}<br>{kind.label}: {counted(share.measures, 'measure')} of "
            f"{mix.measures}, {written_number(share.weight)}% of weight"
            for mix, share in zip(mixes, shares, strict=True)
        ],
        "hoverinfo": "text",
    }


def mix_table(mixes: Sequence[FrameworkMix]) -> Table:
    columns = [
        Column("framework", "Framework"),
        Column("measures", "Measures", numeric=True),
        Column("documented", "Documented", numeric=True),
        *(_kind_column(kind) for kind in Kind),
        Column(
            "process",
            "Process in all",
            numeric=True,
            show=lambda row: f"{written_number(row['process'])}%",
        ),
    ]
    return Table(columns, [_row(mix) for mix in mixes])


def _kind_column(kind: Kind) -> Column:
    def show(row: Any) -> str:
        measures = row[f"{kind}_measures"]
        return f"{written_number(row[kind])}% ({measures})" if measures else "none"

    return Column(kind, kind.label, numeric=True, show=show)


def _row(mix: FrameworkMix) -> dict[str, Any]:
    weights = {str(kind): mix.shares[kind].weight for kind in Kind}
    counts = {f"{kind}_measures": mix.shares[kind].measures for kind in Kind}
    return {
        "framework": mix.short_title,
        "measures": mix.measures,
        "documented": mix.documented_measures,
        "process": round(mix.process_weight, 6),
        **weights,
        **counts,
    }
