"""How long clocks ran, by tier, with the limit marked: how late, and for whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from performance.charts.figure import (
    BOTTOM,
    DARK_BLUE,
    DARK_GREY,
    DARK_PINK,
    INK,
    LIGHT_GREY,
    LIGHT_PURPLE,
    TURQUOISE,
    Column,
    Figure,
    Row,
    Table,
    Trace,
    axis,
    legend_above,
)
from performance.wording import counted, written_counts, written_number, written_share

# Fill and pattern of each tier, the highest darkest, so that they are told apart without colour too.
LOOKS = {
    "4": (DARK_BLUE, ""),
    "3": (TURQUOISE, "/"),
    "2": (LIGHT_PURPLE, ""),
    "1": (DARK_PINK, "x"),
    "": (LIGHT_GREY, ""),
}
BEFORE, MANY = -1, 366
# How a cell is written that may not be shown.
SUPPRESSED = "c"
# Where the picture ends there is a column for all that took longer.
LEAST_WIDTH, PART_SHOWN = 10, 0.99
TICKS, STEPS = 12, (1, 2, 5, 7, 10, 14, 28, 50)


@dataclass(frozen=True)
class WaitsOf:
    """limit: the last unit in time, 0 where a day was set; unit: days, working days or hours. rows: `took`,
    `tier` ('' for none) and `cases`, None where they may not be shown; took -1 is before the clock began
    or before the day that was set, and 366 stands for more too. still_open: the same of clocks that run."""

    measure: str
    trust: str
    period: str
    taken: str
    limit: int
    unit: str
    rows: Sequence[Row]
    still_open: Sequence[Row]

    @property
    def tiers(self) -> list[str]:
        """The highest first."""
        return sorted({row["tier"] for row in (*self.rows, *self.still_open)}, reverse=True)

    @property
    def hidden(self) -> int:
        return sum(row["cases"] is None for row in (*self.rows, *self.still_open))

    def cases(self, took: int | None = None, tier: str | None = None) -> int:
        """Of those that may be shown."""
        return sum(
            row["cases"] or 0
            for row in self.rows
            if took in (None, row["took"]) and tier in (None, row["tier"])
        )


def waits(of: WaitsOf) -> Figure | None:
    """None where no clock stopped."""
    if not of.cases():
        return None
    end = _end(of)
    return Figure(
        slug="waits",
        title=_title(of),
        caption=_caption(of),
        description=(
            f"Columns for each number of {of.unit}, divided by tier, and a line after the last that is in "
            "time."
        ),
        data=[_bars(of, tier, end) for tier in of.tiers],
        layout={
            "barmode": "stack",
            "showlegend": len(of.tiers) > 1,
            "legend": legend_above() | {"traceorder": "normal"},
            "margin": {"l": 56, "r": 16, "t": 56, "b": BOTTOM},
            "bargap": 0.1,
            "xaxis": axis(_x_title(of), tickvals=_ticks(of, end), ticktext=_labels(of, end)),
            "yaxis": axis("Cases", rangemode="tozero"),
            "shapes": [_line(of)],
            "annotations": [_last_in_time(of)],
        },
        table=_table(of),
        methods=("audit-signals",),
    )


def _title(of: WaitsOf) -> str:
    done, in_time = of.cases(), sum(of.cases(took) for took in _tooks(of) if took <= of.limit)
    share = f"{written_share(100 * in_time / done)} ({written_counts(in_time, done)})"
    if of.hidden:
        return f"{of.measure}: of the cases that can be shown, {share} were in time"
    last = written_number(of.cases(of.limit)) if of.cases(of.limit) else "none"
    when = "in the last hour" if of.unit == "hours" else "on the last day"
    return f"{of.measure}: {share} of those done were in time, {last} of them {when}"


def _caption(of: WaitsOf) -> str:
    hidden = (
        f" {counted(of.hidden, 'number')} of fewer than 5 cases, or from which such a one could be worked "
        f"out, can’t be shown: {SUPPRESSED} in the table."
        if of.hidden
        else ""
    )
    return f"{of.trust}, {of.period}, as the extract of {of.taken} has it.{_still(of)}{hidden}"


def _still(of: WaitsOf) -> str:
    """Where some of them may not be shown, those that may are the least there can be."""
    runs = sum(row["cases"] or 0 for row in of.still_open)
    if not runs:
        return ""
    cases = counted(runs, "case")
    is_hidden = any(row["cases"] is None for row in of.still_open)
    return f" {f'At least {cases}' if is_hidden else cases} that counted had not been done by then."


def _x_title(of: WaitsOf) -> str:
    return f"{of.unit.capitalize()} {'after the day that was set' if of.limit == 0 else 'from start to stop'}"


def _tooks(of: WaitsOf) -> list[int]:
    return sorted({row["took"] for row in of.rows})


def _end(of: WaitsOf) -> int:
    """The last that has a column of its own. What stands for more never has: it is no number of days."""
    wanted, so_far = PART_SHOWN * of.cases(), 0
    for took in _tooks(of):
        so_far += of.cases(took)
        if so_far >= wanted:
            return min(max(took, 2 * of.limit, LEAST_WIDTH), MANY - 1)
    return MANY - 1


def _bars(of: WaitsOf, tier: str, end: int) -> Trace:
    colour, pattern = LOOKS[tier]
    sums: dict[int, int] = {}
    for row in of.rows:
        if row["tier"] == tier and row["cases"]:
            place = min(row["took"], end + 1)
            sums[place] = sums.get(place, 0) + row["cases"]
    places = sorted(sums)
    return {
        "type": "bar",
        "name": _tier(tier),
        "x": places,
        "y": [sums[place] for place in places],
        "marker": {
            "color": colour,
            "pattern": {"shape": pattern, "fgcolor": INK, "fillmode": "overlay", "fgopacity": 0.4},
        },
        "hovertext": [
            f"{_place(of, place, end)}<br>{_tier(tier)}: {counted(sums[place], 'case')}" for place in places
        ],
        "hoverinfo": "text",
    }


def _ticks(of: WaitsOf, end: int) -> list[int]:
    """Some ten, the limit among them, and the columns of what is shorter and longer than any number."""
    step = next(step for step in STEPS if end <= TICKS * step)
    before = [BEFORE] if BEFORE in _tooks(of) else []
    longer = [end + 1] if any(row["took"] > end for row in of.rows) else []
    taken = [*before, of.limit, *longer]
    beside = [tick for tick in range(0, end, step) if all(abs(tick - one) >= step / 2 for one in taken)]
    return sorted([*taken, *beside])


def _labels(of: WaitsOf, end: int) -> list[str]:
    words = {BEFORE: "before", end + 1: "more"}
    return [words.get(tick, str(tick)) for tick in _ticks(of, end)]


def _line(of: WaitsOf) -> dict[str, object]:
    return {
        "type": "line",
        "x0": of.limit + 0.5,
        "x1": of.limit + 0.5,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": DARK_GREY, "width": 2, "dash": "dash"},
    }


def _last_in_time(of: WaitsOf) -> dict[str, object]:
    return {
        "x": of.limit + 0.5,
        "y": 1,
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "top",
        "xshift": 4,
        "text": "too late",
        "showarrow": False,
        "font": {"size": 14, "color": DARK_GREY},
    }


def _table(of: WaitsOf) -> Table:
    columns = [
        Column("took", of.unit.capitalize(), show=lambda row: row["label"]),
        *map(_tier_column, of.tiers),
        Column("in_time", "In time"),
    ]
    return Table(columns, [*(_row(of, took) for took in _tooks(of)), *_open_row(of)])


def _tier_column(tier: str) -> Column:
    key = f"tier_{tier or 'none'}"
    return Column(key, _tier(tier), numeric=True, show=lambda row: _written(row[key]))


def _written(cases: int | str) -> str:
    return cases if isinstance(cases, str) else written_number(cases)


def _row(of: WaitsOf, took: int) -> Row:
    cells = {row["tier"]: row["cases"] for row in of.rows if row["took"] == took}
    return {
        "took": took,
        "label": _took(of, took),
        **_cells(of, cells),
        "in_time": "yes" if took <= of.limit else "no",
    }


def _open_row(of: WaitsOf) -> list[Row]:
    if not of.still_open:
        return []
    cells = {row["tier"]: row["cases"] for row in of.still_open}
    return [{"took": MANY + 1, "label": "still open", **_cells(of, cells), "in_time": "no"}]


def _cells(of: WaitsOf, cells: dict[str, int | None]) -> dict[str, int | str]:
    written = {tier: cells.get(tier, 0) for tier in of.tiers}
    return {
        f"tier_{tier or 'none'}": SUPPRESSED if cases is None else cases for tier, cases in written.items()
    }


def _tier(tier: str) -> str:
    return f"Tier {tier}" if tier else "No tier"


def _place(of: WaitsOf, place: int, end: int) -> str:
    """What a column holds: the last of them, all that is longer."""
    return f"more than {end}" if place > end else _took(of, place)


def _took(of: WaitsOf, took: int) -> str:
    if took == BEFORE:
        return "before it began" if of.limit else "before that day"
    return f"{MANY} or more" if took == MANY else written_number(took)
