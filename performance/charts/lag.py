"""Whether better process comes before better outcome, beside what can't be of process: four slopes, with
their intervals about none at all."""

from collections.abc import Sequence

from performance.charts.figure import (
    DARK_BLUE,
    INK,
    Figure,
    Layout,
    Trace,
    axis,
    in_lines,
    rounded,
)
from performance.charts.intervals import interval_bars
from performance.charts.national_tables import national_table, written_estimate, written_interval
from performance.releases.divergence_rows import NationalFigure
from performance.releases.rating_rows import capitalised
from performance.vocabulary import Method, Subject
from performance.wording import counted, listed, written_p

# What each is about, in the order of the argument: what process might do, what it can't do, and what sets
# trusts apart anyhow.
WORDS = {
    Method.LAG: "The year after",
    Method.SAME_YEAR: "The same year",
    Method.PLACEBO_LEAD: "The year before, as a check",
    Method.BETWEEN_TRUSTS: "Between trusts, over all years",
}
WITHIN = {
    Method.LAG: "in the year after",
    Method.SAME_YEAR: "in the same year",
    Method.PLACEBO_LEAD: "in the year before",
}
LABEL_WIDTH = 22
ROW, AROUND = 44, 76
ROOM = 0.12


def lag_chart(figures: Sequence[NationalFigure]) -> Figure | None:
    """figures: of all together, among them the four of one time. None where none of them is told."""
    by_method = {one.method: one for one in figures if one.subject == Subject.PROCESS_AND_OUTCOME}
    four = [by_method[method] for method in WORDS if method in by_method]
    told = [one for one in four if one.estimate is not None]
    if not told:
        return None
    return Figure(
        slug="lag",
        title=_title(told),
        caption=_caption(told, len(four) - len(told)),
        description=(
            "A point for each tie with its 95% interval, beside an upright line at no difference. To the "
            "right of it more process goes with less reoffending."
        ),
        data=[_points(told)],
        layout=_layout(told),
        table=national_table(four),
        height=AROUND + ROW * len(told),
        methods=("lag",),
    )


def _title(told: Sequence[NationalFigure]) -> str:
    """What can be told from chance: where an interval leaves out 0."""
    period = told[0].period
    clear = [one for one in told if not one.holds_zero]
    if not clear:
        return f"None of {counted(len(told), 'tie')} of process to outcome can be told from chance ({period})"
    within = [one for one in clear if one.method in WITHIN]
    parts = [_between(one) for one in clear if one not in within]
    if within:
        parts.append(_within(within))
    if len(clear) < len(told):
        rest = "the rest can’t" if within else "within one trust nothing can"
        parts.append(f"{rest} be told from chance")
    return f"{capitalised('; '.join(parts))} ({period})"


def _between(one: NationalFigure) -> str:
    return f"trusts that did more of what targets ask for had {_reoffending(one)} against prediction"


def _within(clear: Sequence[NationalFigure]) -> str:
    when = listed([f"{_reoffending(one)} {WITHIN[one.method]}" for one in clear])
    return f"a trust that did more of what targets ask for had {when}"


def _reoffending(one: NationalFigure) -> str:
    return "less reoffending" if (one.estimate or 0.0) > 0 else "more reoffending"


def _caption(told: Sequence[NationalFigure], untold: int) -> str:
    rests = "; ".join(f"{WORDS[one.method].lower()} {one.n}" for one in told)
    why = f" {counted(untold, 'tie')} can’t be told; the table says why." if untold else ""
    return (
        f"All trusts, {told[0].period}, timeliness, volume and compliance together. Percentage points less "
        "reoffending against prediction that went with one percentage point more of what targets ask for, "
        "with 95% intervals; hollow where that holds 0. Process can’t change the year before: where that "
        "goes with it too, the year after is of something else. The last sets trusts beside each other, the "
        f"others one trust beside itself. Rest on: {rests}.{why}"
    )


def _points(told: Sequence[NationalFigure]) -> Trace:
    intervals = [(one.lower, one.estimate, one.upper) for one in told]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [rounded(one.estimate, 4) for one in told],
        "y": list(range(1, len(told) + 1)),
        "marker": {
            "symbol": ["circle-open" if one.holds_zero else "circle" for one in told],
            "size": 13,
            "color": DARK_BLUE,
            "line": {"color": DARK_BLUE, "width": 2},
        },
        "error_x": interval_bars(intervals, DARK_BLUE, width=6, thickness=2),
        "hovertext": [_hover(one) for one in told],
        "hoverinfo": "text",
    }


def _hover(one: NationalFigure) -> str:
    interval = written_interval(one)
    parts = [
        WORDS[one.method],
        f"{written_estimate(one)} points" + (f" (95% interval {interval})" if interval else ""),
        written_p(one.p) if one.p is not None else "",
    ]
    return "<br>".join(part for part in parts if part)


def _layout(told: Sequence[NationalFigure]) -> Layout:
    ends = [end for one in told for end in (one.estimate, one.lower, one.upper) if end is not None]
    low, high = min([*ends, 0.0]), max([*ends, 0.0])
    room = ROOM * (high - low) or 1.0
    return {
        "xaxis": axis(
            "Points against prediction<br>◀ more reoffending   less ▶",
            range=[round(low - room, 4), round(high + room, 4)],
        ),
        "yaxis": axis(
            "",
            range=[len(told) + 0.6, 0.4],
            tickvals=list(range(1, len(told) + 1)),
            ticktext=[in_lines(WORDS[one.method], LABEL_WIDTH) for one in told],
            ticks="",
            showgrid=False,
        ),
        "shapes": [
            {
                "type": "line",
                "x0": 0,
                "x1": 0,
                "y0": 0,
                "y1": 1,
                "yref": "paper",
                "line": {"color": INK, "width": 1.5, "dash": "dash"},
            }
        ],
        "hovermode": "closest",
    }
