"""Process against outcome: each trust's attainment beside how its reoffending went against prediction."""

from collections.abc import Callable, Sequence

from performance.calculation.divergence import MARGIN
from performance.charts.divergence_marks import Marks
from performance.charts.divergence_tables import trusts_table
from performance.charts.figure import Figure, Layout, axis, legend_above
from performance.charts.quarters import corner_words, parting_lines
from performance.releases.divergence_rows import DivergenceRow, targets_of
from performance.statistics.divergence.quadrants import LEAST_TO_NAME
from performance.vocabulary import ProcessKind, Quadrant
from performance.wording import counted, written_probability

Address = Callable[[str], str]


def divergence_chart(
    rows: Sequence[DivergenceRow], *, own: str = "", region: str = "", address: Address | None = None
) -> Figure:
    """Rows: the organisations of one year, framework and kind, at least one of them with a point. own:
    the slug of one to mark; region: the slug of one whose organisations stand out, are counted and
    tabled, with the others faint behind; address: of a trust's page."""
    marks = Marks([row for row in rows if row.has_a_point], own, region)
    own_rows = [row for row in rows if region in ("", row.region)]
    return Figure(
        slug="divergence",
        title=_title(own_rows, region),
        caption=_caption(own_rows, len(marks.rows)),
        description=(
            "Each point is one trust. To the right of the upright line the targets are met; below the "
            "level line more people reoffended than predicted."
        ),
        data=marks.traces,
        layout=_layout(marks),
        table=trusts_table(own_rows, address, own),
        height=560,
        methods=("divergence", "quarters"),
    )


def _title(rows: Sequence[DivergenceRow], region: str) -> str:
    shown = [row for row in rows if row.has_a_point]
    named = sum(row.quadrant == Quadrant.MET_WORSE for row in shown)
    as_counted = sum(row.fact == Quadrant.MET_WORSE for row in shown)
    unsure = sum(not row.is_named for row in shown)
    where = f"{rows[0].region_name}: as" if region else "As"
    if not shown:
        return f"{where} counted no trust can be placed ({rows[0].period})"
    return (
        f"{where} counted {as_counted or 'none'} of {counted(len(shown), 'trust')} met the "
        f"{targets_of(shown[0].kind)} with more reoffending than predicted; allowing for chance "
        f"{named or 'none'} can be named so and {f'{unsure} can’t' if unsure else 'all can'} be placed "
        f"({shown[0].period})"
    )


def _caption(rows: Sequence[DivergenceRow], drawn: int) -> str:
    shown = sum(row.has_a_point for row in rows)
    first = rows[0]
    faint = f", and {drawn - shown} of other regions faint behind" if drawn > shown else ""
    kind = "" if first.kind == ProcessKind.ALL else f" {first.kind.label}."
    return (
        f"{counted(shown, 'trust')}{faint}, {first.period}, {first.framework}.{kind} Across: cases done as "
        "asked, as a percentage of those that the targets ask for. Up: percentage points of reoffending "
        "below the predicted rate, so higher is better. A filled mark is probable enough to be named "
        f"({written_probability(LEAST_TO_NAME)} or more, worse then being over {MARGIN:g} points above "
        "prediction); a hollow one lies where it was counted and could as well belong elsewhere."
        f"{_left_out(len(rows) - shown)}"
    )


def _left_out(missing: int) -> str:
    if not missing:
        return ""
    lacks = "lacks" if missing == 1 else "lack"
    return f" {counted(missing, 'trust')} {lacks} one side or both; the table says why."


def _layout(marks: Marks) -> Layout:
    return {
        "showlegend": True,
        "legend": legend_above(),
        "xaxis": axis("Per cent of the cases asked for", ticksuffix="%", range=marks.across),
        "yaxis": axis("Points below predicted reoffending", range=marks.up),
        "shapes": parting_lines(),
        "annotations": corner_words(),
        "hovermode": "closest",
    }
