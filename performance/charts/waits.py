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
    )


def _title(of: WaitsOf) -> str:
    done, in_time = of.cases(), sum(of.cases(took) for took in _tooks(of) if took <= of.limit)
    share = f"{written_share(100 * in_time / done)} ({written_counts(in_time, done)})"
    if of.hidden:
        return f"{of.measure}: of the cases that can be shown, {share} were in time"
    last = of.cases(of.limit) or "none"
    return f"{of.measure}: {share} of those done were in time, {last} of them on the last day"


def _caption(of: WaitsOf) -> str:
    runs = sum(row["cases"] or 0 for row in of.still_open)
    still = f" {counted(runs, 'case').capitalize()} that counted had not been done by then." if runs else ""
    hidden = (
        f" {counted(of.hidden, 'number')} of fewer than 5 cases, or from which such a one could be worked "
        "out, can’t be shown."
        if of.hidden
        else ""
    )
    return f"{of.trust}, {of.period}, as the extract of {of.taken} has it.{still}{hidden}"


def _x_title(of: WaitsOf) -> str:
    return f"{of.unit.capitalize()} {'after the day that was set' if of.limit == 0 else 'from start to stop'}"


def _tooks(of: WaitsOf) -> list[int]:
    return sorted({row["took"] for row in of.rows})


def _end(of: WaitsOf) -> int:
    """The last that has a column of its own."""
    wanted, so_far = PART_SHOWN * of.cases(), 0
    for took in _tooks(of):
        so_far += of.cases(took)
        if so_far >= wanted:
            return min(max(took, 2 * of.limit, LEAST_WIDTH), MANY)
    return MANY


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
            "line": {"color": "#FFFFFF", "width": 1},
            "pattern": {"shape": pattern, "fgcolor": INK, "fillmode": "overlay", "fgopacity": 0.4},
        },
        "hovertext": [f"{_took(place)}<br>{_tier(tier)}: {counted(sums[place], 'case')}" for place in places],
        "hoverinfo": "text",
    }


def _ticks(of: WaitsOf, end: int) -> list[int]:
    """Some ten, the limit among them, and the columns of what is shorter and longer than any number."""
    step = next(step for step in STEPS if end <= TICKS * step)
    beside = [tick for tick in range(0, end, step) if abs(tick - of.limit) >= step / 2]
    before = [BEFORE] if BEFORE in _tooks(of) else []
    longer = [end + 1] if any(row["took"] > end for row in of.rows) else []
    return [*before, *sorted([*beside, of.limit]), *longer]


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
    tiers = [Column(f"tier_{tier or 'none'}", _tier(tier), numeric=True) for tier in of.tiers]
    columns = [
        Column("took", of.unit.capitalize(), show=lambda row: row["label"]),
        *tiers,
        Column("in_time", "In time"),
    ]
    return Table(columns, [*(_row(of, took) for took in _tooks(of)), *_open_row(of)])


def _row(of: WaitsOf, took: int) -> Row:
    cells = {row["tier"]: row["cases"] for row in of.rows if row["took"] == took}
    return {
        "took": took,
        "label": _took(took),
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


def _took(took: int) -> str:
    if took == BEFORE:
        return "before it began"
    return f"{MANY} or more" if took == MANY else written_number(took)
